"""The SQLite database in and out of a backup.

``VACUUM INTO`` reads one snapshot while others write (the log of WAL mode keeps the two apart), so it ends however
much is written; and it copies rows, not pages: what was deleted and still lies in free pages of the running
database does not get into the backup.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sulh.kernel.backups import archive
from sulh.kernel.backups.streams import Unusable

PART = "database"


def snapshot(source: Path, target: Path, empty: tuple[str, ...]) -> dict[str, int]:
    """Write the database as it stands at one instant to ``target``; return the rows of each table.

    The tables named in ``empty`` are left without rows, and nothing of them stays in the file.
    """
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=60)) as live:
            live.execute("VACUUM INTO ?", (str(target),))
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA secure_delete=ON")
            for table in set(_tables(copy)) & set(empty):
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 (a name of our own list)
            return count(copy)
    except sqlite3.Error as error:
        raise Unusable(f"The database cannot be copied ({error}). Is there room on the disk?") from error


def pack(snapshot_file: Path, rows: dict[str, int], writer: archive.Writer) -> None:
    """Add the snapshot to the archive."""
    writer.file(PART, snapshot_file, rows=rows)


def check(database: Path, told: dict[str, Any]) -> None:
    """Fail unless the database is sound and holds the rows that the backup says it holds."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            sound = [row[0] for row in opened.execute("PRAGMA integrity_check(3)")]
            dangling = opened.execute("PRAGMA foreign_key_check").fetchone()
            rows = count(opened)
    except sqlite3.Error as error:
        raise Unusable(f"The database in the backup cannot be read ({error}).") from error
    if sound != ["ok"]:
        raise Unusable(f"The database in the backup is damaged ({'; '.join(sound)}).")
    if dangling:
        raise Unusable(f"The database in the backup is damaged: a row of {dangling[0]} points to nothing.")
    if rows != told["rows"]:
        raise Unusable("The database in the backup does not hold the rows that were copied.")


def count(database: sqlite3.Connection) -> dict[str, int]:
    """Return the rows of every table."""
    counted = {}
    for table in _tables(database):
        counted[table] = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
    return counted


def _tables(database: sqlite3.Connection) -> list[str]:
    return [
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
    ]


def migrations(database: Path) -> list[list[str]]:
    """Return the migrations that have been applied to a database, as pairs of app and name."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=60)) as opened:
        return [list(row) for row in opened.execute("SELECT app, name FROM django_migrations ORDER BY id")]


def is_empty(database: Path) -> bool:
    """Whether nothing is kept here yet."""
    if not database.exists():
        return True
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=60)) as opened:
        return not _tables(opened)


def put_to_rest(database: Path) -> None:
    """Bring everything into the one file, without a log beside it that a new database could be mixed up with.

    Raises ``Unusable`` where somebody has the database open and works on it.
    """
    try:
        with closing(sqlite3.connect(database, timeout=5, isolation_level=None)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            mode = opened.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise Unusable(f"The database is in use ({error}). Stop “sulh serve” first.") from error
    if mode != "delete":
        raise Unusable("The database is in use. Stop “sulh serve” first.")
