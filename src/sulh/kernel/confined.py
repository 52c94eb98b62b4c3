"""The process that reads foreign files: it waits with everything loaded, and forks a confined child for each file.

Only :mod:`sulh.kernel.parsing` starts it, as a process of its own without environment, database or open files. The
waiting process copies bytes and never looks into them; the child that does look can use little memory and time, and
can open nothing: neither a file nor a connection. This module must not import Django.
"""

from __future__ import annotations

import dataclasses
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import struct
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

MEMORY: Final = 600_000_000
"""Bytes of address space for one file (a PDF of 300 pages with 15,000 lines needs 90 MB)."""

CPU_SECONDS: Final = 20
WALL_SECONDS: Final = 40
ANSWER: Final = 60_000_000
"""Bytes of an answer at most: a text of two million characters and its passages fit well."""

_LENGTH: Final = struct.Struct(">Q")
_PIECE: Final = 1 << 16


def serve() -> None:
    """Answer requests on standard input until it is closed."""
    os.umask(0o077)
    _load()
    gc.collect()
    gc.freeze()
    while (head := read_frame(0)) is not None:
        data = read_frame(0)
        if data is None:
            return
        request = json.loads(head)
        work = _probe if request.get("probe") else partial(_read, data, request)
        write_frame(1, _in_child(work))


def read_frame(source: int, deadline: float | None = None, most: int | None = None) -> bytes | None:
    """Read one message: eight bytes of length, and as many bytes. None where the other end closed.

    Raises:
        TimeoutError: where the deadline (of the monotonic clock) passes first.
        ValueError: where the message is longer than ``most``.
    """
    head = _exactly(source, _LENGTH.size, deadline)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if most is not None and length > most:
        raise ValueError("the message is too long")
    return _exactly(source, length, deadline)


def write_frame(target: int, data: bytes) -> None:
    """Write one message."""
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(target, view) :]


def _exactly(source: int, length: int, deadline: float | None) -> bytes | None:
    pieces = []
    while length:
        if deadline is not None and not _wait(source, deadline):
            raise TimeoutError
        piece = os.read(source, min(length, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _wait(source: int, deadline: float) -> bool:
    left = deadline - time.monotonic()
    return left > 0 and bool(select.select([source], [], [], left)[0])


def _load() -> None:
    """Load all that reading may need: afterwards nothing can be loaded, as no file can be opened."""
    import encodings.aliases

    for name in ("lxml.etree", "selectolax.lexbor", "sulh.engines.texts.reading", "socket"):
        importlib.import_module(name)
    import pypdf

    parts = [one.name for one in pkgutil.walk_packages(pypdf.__path__, "pypdf.")]
    codecs = [f"encodings.{name}" for name in sorted(set(encodings.aliases.aliases.values()))]
    for name in [*parts, *codecs]:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # an encoding of another operating system, a part that needs what is not here

    from sulh.engines import texts

    for sample, title in ((b"A sample.", "a.txt"), (b"<html><p>A sample.</p></html>", "a.html")):
        texts.read(sample, title)


def _in_child(work: Callable[[], bytes]) -> bytes:
    """Do the work in a confined child and return its answer, or why there is none."""
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        _be_child(target, work)
    os.close(target)
    answer, reason = bytearray(), ""
    deadline = time.monotonic() + WALL_SECONDS
    while True:
        if not _wait(source, deadline):
            reason = "costly"
            break
        piece = os.read(source, _PIECE)
        if not piece:
            break
        answer += piece
        if len(answer) > ANSWER:
            reason = "costly"
            break
    os.close(source)
    if reason:
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if not reason and status != 0:
        ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        reason = "costly" if ended in (signal.SIGXCPU, signal.SIGKILL) else "crashed"
    return json.dumps({"failed": reason}).encode() if reason else bytes(answer)


def _be_child(target: int, work: Callable[[], bytes]) -> None:
    """Confine this process, do the work, write the answer, and end."""
    status = 1
    try:
        confine(target)
        answer = work()
        view = memoryview(answer)
        while view:
            view = view[os.write(0, view) :]
        status = 0
    except MemoryError:
        os.write(0, b'{"failed": "costly"}')
        status = 0
    finally:
        os._exit(status)


def confine(target: int) -> None:
    """Give this process one open descriptor, ``target`` (as number 0), and no way to get another; limit the rest.

    The limits are set for good (hard limits). One that a system does not know is left out, and :func:`_probe` tells.
    """
    import resource

    os.dup2(target, 0)
    os.closerange(1, 1024)
    limits = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_CPU": CPU_SECONDS,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 1,
    }
    for name, most in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):
            continue


def _read(data: bytes, request: dict[str, Any]) -> bytes:
    from sulh.engines import texts

    try:
        document = texts.read(data, request["name"], texts.Limits(**request["limits"]))
    except texts.Unreadable as error:
        refused = {"code": error.code, "message": error.message, "remedy": error.remedy}
        return json.dumps({"refused": refused}).encode()
    return json.dumps({"document": dataclasses.asdict(document)}).encode()


def _probe() -> bytes:
    """Try what the child must not be able to do, and say what was prevented."""
    import socket

    def is_prevented(attempt: Callable[[], Any]) -> bool:
        try:
            attempt()
        except (OSError, MemoryError):
            return True
        return False

    def fork() -> None:
        if (child := os.fork()) == 0:
            os._exit(0)
        os.waitpid(child, 0)

    prevented = {
        "connections": is_prevented(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
        "files": is_prevented(lambda: os.open(os.devnull, os.O_RDONLY)),
        "memory": is_prevented(lambda: bytearray(MEMORY)),
        "processes": is_prevented(fork),
        "environment": set(os.environ) <= {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"},
    }
    return json.dumps({"prevented": prevented}).encode()
