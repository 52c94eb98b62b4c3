"""What somebody reads who has taken the machine: files, tables, keys, remnants of what was deleted.

It reads files and counts; no content is returned. The database is opened without Sulh's own queries, as a thief
would open it; a PostgreSQL lies elsewhere, and its tables are counted over the connection that Sulh has.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sulh.kernel import exposure
from sulh.kernel.exposure import FILES, KEY_FILES, Mark


@dataclass(frozen=True, slots=True)
class File:
    """A file or folder in the home of the installation: its size in bytes (a folder: of all in it)."""

    name: str
    what: str
    size: int
    mode: str
    others: bool
    """Whether somebody else than its owner may read or enter it."""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table: how many rows hold something in it."""

    name: str
    filled: int
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: of which model (or its own name where Sulh knows none), how many rows, and what they hold."""

    name: str
    rows: int
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Remnants:
    """Free pages of a SQLite file: how many there are, and how many of them still hold bytes of deleted rows."""

    free: int
    dirty: int
    overwrites: bool
    """Whether Sulh's own connection overwrites what it deletes."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine does with memory and disk; None where it cannot be told."""

    disk_encrypted: bool | None
    swap: list[str] | None
    core_dumps: bool | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """All that was found."""

    home: str
    database: str
    files: tuple[File, ...]
    temporary: tuple[str, ...]
    tables: tuple[Table, ...]
    sessions: int
    remnants: Remnants | None
    machine: Machine
    faults: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def look() -> Exposure:
    """Open the installation as a thief would."""
    home: Path = settings.HOME
    name = str(settings.DATABASES["default"]["NAME"])
    is_file = connection.vendor == "sqlite"
    with closing(_cursor(name) if is_file else connection.cursor()) as cursor:
        tables = tuple(_tables(cursor))
        placeholder = "?" if is_file else "%s"
        now = timezone.now().strftime("%Y-%m-%d %H:%M:%S")
        cursor.execute(f"SELECT COUNT(*) FROM django_session WHERE expire_date > {placeholder}", [now])  # noqa: S608
        sessions = cursor.fetchone()[0]
    temporary = Path(tempfile.gettempdir()).glob("sulh-*")
    return Exposure(
        home=str(home),
        database=name if is_file else "PostgreSQL, on a server of its own",
        files=tuple(_files(home)),
        temporary=tuple(sorted(path.name for path in temporary)),
        tables=tables,
        sessions=sessions,
        remnants=Remnants(*free_pages(Path(name)), _overwrites()) if is_file else None,
        machine=Machine(_disk_encrypted(home), _swap(), _core_dumps()),
        faults=tuple(exposure.unmarked()),
    )


def _cursor(name: str) -> sqlite3.Cursor:
    opened = sqlite3.connect(f"{Path(name).resolve().as_uri()}?mode=ro", uri=True)
    return _Owning(opened)


class _Owning(sqlite3.Cursor):
    """A cursor that closes its connection with it."""

    def close(self) -> None:
        held = self.connection
        super().close()
        held.close()


# Tables


def _tables(cursor: Any) -> list[Table]:
    there = set(_names(cursor))
    found = []
    for model, fields in exposure.tables():
        name = model._meta.db_table
        if name not in there:
            continue
        there.discard(name)
        counts = "".join(
            f", COUNT(CASE WHEN CAST(\"{one.column}\" AS text) NOT IN ('', '[]', '{{}}', '\\x') THEN 1 END)"
            for one in fields
        )
        cursor.execute(f'SELECT COUNT(*){counts} FROM "{name}"')  # noqa: S608 — names of our own tables
        rows, *filled = cursor.fetchone()
        marked = (
            Field(one.name, count, exposure.mark_of(model, one))
            for one, count in zip(fields, filled, strict=True)
        )
        found.append(Table(model._meta.label, rows, tuple(marked)))
    for name in sorted(there):
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608
        found.append(Table(name, cursor.fetchone()[0], ()))
    return found


def _names(cursor: Any) -> list[str]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return [row[0] for row in cursor.fetchall()]


# Files


def _files(home: Path) -> list[File]:
    found = [File(".", "The home of the installation.", 0, *_mode(home))]
    for path in sorted(home.iterdir()):
        inside = [path, *path.rglob("*")] if path.is_dir() and not path.is_symlink() else [path]
        size = sum(one.lstat().st_size for one in inside if not one.is_dir())
        mode, others = _mode(path)
        if path.name in KEY_FILES:
            others = others or any(_mode(one)[1] for one in inside)
        what = FILES.get(path.name, "Not known to Sulh: look at what it is.")
        found.append(File(path.name, what, size, mode, others, path.name in KEY_FILES))
    return found


def _mode(path: Path) -> tuple[str, bool]:
    mode = stat.S_IMODE(path.lstat().st_mode)
    return f"{mode:04o}", bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


# Remnants of what was deleted


def free_pages(path: Path) -> tuple[int, int]:
    """Return how many free pages a SQLite file has, and how many of them are not all zeros.

    Read from the file itself (https://www.sqlite.org/fileformat2.html#the_freelist): a list of trunk pages, each of
    which names leaf pages that held something once. Changes that still stand in the write-ahead log are not seen.
    """
    free = dirty = 0
    with path.open("rb") as file:
        header = file.read(100)
        size = int.from_bytes(header[16:18], "big")
        size = 65536 if size == 1 else size

        def page(number: int) -> bytes:
            file.seek((number - 1) * size)
            return file.read(size)

        trunk, seen = int.from_bytes(header[32:36], "big"), set()
        while trunk and trunk not in seen:
            seen.add(trunk)
            data = page(trunk)
            count = min(int.from_bytes(data[4:8], "big"), size // 4 - 2)
            leaves = [int.from_bytes(data[8 + 4 * n : 12 + 4 * n], "big") for n in range(count)]
            free += 1 + count
            dirty += sum(any(page(leaf)) for leaf in leaves) + any(data[8 + 4 * count :])
            trunk = int.from_bytes(data[:4], "big")
    return free, dirty


def _overwrites() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        return bool(cursor.fetchone()[0] == 1)


# The machine, as far as it can be told at little cost


def _disk_encrypted(home: Path) -> bool | None:
    """Whether the home lies on a volume that the kernel of Linux decrypts; None where that cannot be told."""
    device = home.stat().st_dev
    path = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
    if not path.exists():
        return None
    layers = [path, *path.glob("slaves/*"), *path.glob("slaves/*/slaves/*")]
    return any(
        (one / "dm/uuid").exists() and (one / "dm/uuid").read_text().startswith("CRYPT") for one in layers
    )


def _swap() -> list[str] | None:
    try:
        rows = Path("/proc/swaps").read_text().splitlines()[1:]
    except OSError:
        return None
    return [row.split()[0] for row in rows if row.strip()]


def _core_dumps() -> bool | None:
    """Whether a crash may write the memory of the process to the disk."""
    try:
        pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    except OSError:
        return None
    return bool(pattern) and (pattern.startswith("|") or resource.getrlimit(resource.RLIMIT_CORE)[0] != 0)
