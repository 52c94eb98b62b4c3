"""Reading the files that a command is given, and writing the one it is to make."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sulh.surfaces.cli.failing import Fail

if TYPE_CHECKING:
    from sulh.engines import texts


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes (``-`` is standard input); a file that cannot be read fails in one sentence."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise Fail(f"{path} is a folder; name the files in it.") from error
    except OSError as error:
        raise Fail(f"{path} cannot be read: {error.strerror}.") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file; one that cannot be written fails in one sentence."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Fail(f"{path} cannot be written: {error.strerror}.") from error


def read_document(path: Path) -> texts.Document:
    """Read a document as the web import does: lists of participants and signatures are left out."""
    from sulh.engines import texts

    name = "standard-input.txt" if str(path) == "-" else path.name
    try:
        return texts.without_people(texts.read(read_bytes(path), name))
    except texts.Unreadable as error:
        raise Fail(f"{path}: {error}") from error
