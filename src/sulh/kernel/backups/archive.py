"""The plain content of a backup: a compressed tar that is written and read in one pass.

``manifest.json`` comes first and says what this is; then the database (``database`` for SQLite, or
``tables/NAME/NUMBER`` for PostgreSQL, a table in pieces of a few megabytes), then ``files/PATH``, and last
``check.json``: rows and digest of every part. An archive that breaks off has no check and is refused.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from sulh.kernel.backups.streams import Unusable

FORMAT = 1
PIECE = 4 << 20
"""Bytes of a table held in memory at once."""


class Writer:
    """Writes an archive into a stream that cannot be wound back."""

    def __init__(self, out: BinaryIO) -> None:
        self._packed = gzip.GzipFile(fileobj=out, mode="wb", compresslevel=4, mtime=0)
        self._tar = tarfile.open(fileobj=self._packed, mode="w|")  # noqa: SIM115 (closed by close)
        self._check: dict[str, dict[str, Any]] = {}

    def data(self, name: str, content: bytes) -> None:
        """Add a part that is held in memory."""
        about = tarfile.TarInfo(name)
        about.size, about.mode = len(content), 0o600
        self._tar.addfile(about, io.BytesIO(content))

    def file(self, name: str, path: Path, **about_it: Any) -> None:
        """Add a file; it is read once, and noted with its digest."""
        with path.open("rb") as source:
            hashing = _Hashing(source)
            about = tarfile.TarInfo(name)
            about.size, about.mode = path.stat().st_size, 0o600
            self._tar.addfile(about, hashing)  # type: ignore[arg-type]
        self.note(name, sha256=hashing.digest.hexdigest(), **about_it)

    def note(self, name: str, **about: Any) -> None:
        """Note what a reader must find in a part."""
        self._check[name] = about

    def close(self) -> None:
        """End the archive with its check."""
        self.data("check.json", json.dumps(self._check).encode())
        self._tar.close()
        self._packed.close()


class _Hashing:
    def __init__(self, source: BinaryIO) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


def parts(plain: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Yield name and content of every part in order, and read the stream to its very end.

    Only at the end of the stream has every byte been authenticated: what is done with the parts before counts for
    nothing until this has ended without an error.
    """
    try:
        packed = gzip.GzipFile(fileobj=plain, mode="rb")
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for about in tar:
                content = tar.extractfile(about) if about.isreg() else None
                if content is None or not _is_safe(about.name):
                    raise Unusable("This is not a backup of Sulh: it holds what none holds.")
                yield about.name, content  # type: ignore[misc]
        while packed.read(1 << 16):
            pass
        if plain.read(1):
            raise Unusable("This backup has something behind its end. Take another one.")
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Unusable(
            "This is not a backup of Sulh, or it is damaged or cut short. Take another one."
        ) from error


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\0" not in name


def read_json(content: BinaryIO) -> dict[str, Any]:
    """Return a small JSON part."""
    try:
        told = json.loads(content.read(16 << 20))
    except ValueError as error:
        raise Unusable("This backup is damaged: its manifest cannot be read. Take another one.") from error
    if not isinstance(told, dict):
        raise Unusable("This backup is damaged: its manifest cannot be read. Take another one.")
    return told


def write_part(content: BinaryIO, target: Path) -> str:
    """Write a new file for its owner only, bring it to the disk, and return its SHA-256."""
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()
