"""Whether words that should be gone, or that should never have lain there, stand anywhere in the bytes of the disk.

It reads files as bytes, the database with its write-ahead log among them, and looks for each word in the forms in which
software writes text: UTF-8, UTF-16, escaped as in JSON, in base 64, and inside compressed streams (zlib, gzip, and the
parts of a ZIP, hence DOCX, ODT and XLSX). SQLite splits long values over pages, so each half of a word is looked for as
well. What it cannot find: words inside what is encrypted, in streams with another filter (as a PDF may have), in
another spelling.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SHORTEST = 8
"""Characters; a shorter word would be found by chance, and its half says nothing."""

INFLATED = 64_000_000
"""Bytes that are read of one compressed stream at most."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A word found: the number of the word (never the word itself), where, in which form, whole or half of it."""

    word: int
    path: Path
    at: int
    """Byte in the file; inside a compressed stream, the byte at which the stream begins."""
    form: str
    whole: bool


def search(places: Iterable[Path], words: Sequence[str]) -> list[Trace]:
    """Return every trace of these words in these files and in all files of these folders.

    Raises:
        ValueError: where a word is shorter than :data:`SHORTEST`.
        OSError: where a file cannot be read; a search that left one out would prove nothing.
    """
    for word in words:
        if len(word) < SHORTEST:
            raise ValueError(f"A word to search for needs {SHORTEST} characters or more.")
    wanted = [
        (number, form, data, whole)
        for number, word in enumerate(words)
        for whole, piece in _pieces(word)
        for form, data in forms(piece)
    ]
    return [trace for path in files(places) for trace in _in_file(path, wanted)]


def files(places: Iterable[Path]) -> Iterator[Path]:
    """Yield every regular file in or at these places; links are not followed."""
    for place in places:
        if not place.exists():
            raise FileNotFoundError(f"{place} is not there, so nothing can be said of it.")
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not path.is_symlink():
                yield path


def _pieces(word: str) -> list[tuple[bool, str]]:
    """The word, and the two halves of a word that is long enough for them to mean something."""
    middle = len(word) // 2
    halves = [word[:middle], word[middle:]] if middle >= SHORTEST else []
    return [(True, word), *((False, half) for half in halves)]


def forms(word: str) -> list[tuple[str, bytes]]:
    """Return the bytes in which a word may lie on a disk, each once, by the name of the form."""
    found: dict[bytes, str] = {}
    for spelling in dict.fromkeys(unicodedata.normalize(form, word) for form in ("NFC", "NFD")):
        escaped = json.dumps(spelling)[1:-1]
        upper = re.sub(r"\\u[0-9a-f]{4}", lambda code: "\\u" + code[0][2:].upper(), escaped)
        plain = spelling.encode("utf-8")
        told = [
            ("UTF-8", plain),
            ("UTF-16", spelling.encode("utf-16-le")),
            ("UTF-16", spelling.encode("utf-16-be")),
            ("JSON", escaped.encode()),
            ("JSON", upper.encode()),
            ("JSON", json.dumps(spelling, ensure_ascii=False)[1:-1].encode("utf-8")),
            *(("base 64", data) for data in _in_base64(plain)),
        ]
        for form, data in told:
            found.setdefault(data, form)
    return [(form, data) for data, form in found.items()]


def _in_base64(data: bytes) -> Iterator[bytes]:
    """The characters that ``data`` surely gives in base 64, at each of the three places at which it can begin."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + data)
        start, end = (0, 2, 3)[before], (before + len(data)) * 8 // 6
        for text in (encoded[start:end], encoded[start:end].translate(bytes.maketrans(b"+/", b"-_"))):
            if len(text) >= SHORTEST:
                yield text


_Wanted = Sequence[tuple[int, str, bytes, bool]]


def _in_file(path: Path, wanted: _Wanted) -> Iterator[Trace]:
    data = path.read_bytes()
    for number, form, word, whole in wanted:
        at = data.find(word)
        if at >= 0:
            yield Trace(number, path, at, form, whole)
    for start, content in _streams(data):
        for number, form, word, whole in wanted:
            if word in content:
                yield Trace(number, path, start, f"compressed, {form}", whole)


_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")


def _streams(data: bytes) -> Iterator[tuple[int, bytes]]:
    """What every compressed stream in ``data`` holds, as far as it can be read, and where the stream begins."""
    for found in _ZLIB.finditer(data):
        start, bits = found.start(), zlib.MAX_WBITS
        if found[0].startswith(b"PK"):
            names = int.from_bytes(data[start + 26 : start + 28], "little")
            extra = int.from_bytes(data[start + 28 : start + 30], "little")
            start, bits = start + 30 + names + extra, -zlib.MAX_WBITS
        elif found[0].startswith(b"\x1f"):
            bits += 16
        content = _inflated(memoryview(data)[start:], bits)
        if content:
            yield found.start(), content


def _inflated(data: memoryview, bits: int) -> bytes:
    """Decompress as much as there is; a stream that breaks off still gave what came before."""
    reader, parts, length = zlib.decompressobj(bits), [], 0
    for at in range(0, len(data), 65536):
        try:
            parts.append(reader.decompress(data[at : at + 65536]))
        except zlib.error:
            break
        length += len(parts[-1])
        if reader.eof or length > INFLATED:
            break
    return b"".join(parts)
