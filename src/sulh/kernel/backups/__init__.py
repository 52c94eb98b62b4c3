"""Backups: taken while the installation runs, encrypted, verified by restoring them, and restored whole or not at all.

A backup holds the database as it stood at one instant and the files of ``SULH_HOME``, but for what ``LEFT_OUT``
names. It is written for the holders of age keys; the server cannot open what it has made. To verify a backup all the
same, each one is encrypted also to a key that is made for it and lives only in the memory of the process that makes
it: with that key the finished file is read back from the disk and restored into a scratch place.
"""

from __future__ import annotations

import datetime
import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from sulh import __version__
from sulh.kernel.backups import archive, sqlite
from sulh.kernel.backups.streams import Locks, Unusable, failure_of, lock, piped, recipient, unlocked

__all__ = ["Backup", "Locks", "State", "Unusable", "make", "note_failure", "restore", "state"]

SUFFIX, PLAIN_SUFFIX = ".backup.age", ".backup"
STATE = "backup-state.json"
SCRATCH = "backup-scratch-"
SCRATCH_SCHEMA = "sulh_scratch_"

LEFT_OUT = {
    "secret-key": "whoever holds it can forge a sign-in on the running server; a restored one makes its own",
    "static": "made anew by “sulh serve”",
    "sulh.sqlite3": "taken by itself, at one instant",
    "sulh.sqlite3-wal": "part of the database",
    "sulh.sqlite3-shm": "part of the database",
    "sulh.sqlite3-journal": "part of the database",
    STATE: "says which backups there are here",
    "backup.lock": "says that a backup is being made",
}
"""What of ``SULH_HOME`` is not in a backup, and why."""

LEFT_EMPTY = ("django_session", "usersessions_usersession")
"""Tables whose rows are not in a backup: with a live session somebody who opens it could walk in."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: when it was taken (UTC, ISO 8601), where it lies, its size, and the rows in it."""

    at: str
    file: str
    bytes: int
    rows: int
    encrypted: bool

    @property
    def taken(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class State:
    """The last good backup of this installation, and the attempt after it that failed."""

    last_good: Backup | None = None
    failed_at: str = ""
    failed_because: str = ""


# Making one


def make(into: Path, locks: Locks, *, plain: bool = False, keep: int = 0) -> Backup:
    """Make a backup in the folder ``into``, verify it, and then let only the newest ``keep`` stay (0: all).

    ``locks`` are groups of age recipients: one key of every group is needed to open the file. Without any, ``plain``
    must be said. The finished file appears under its name only when it has been verified and is on the disk.

    Raises:
        Unusable: with the reason; no file is left, and the earlier backups stay.
    """
    with _one_at_a_time():
        try:
            with _said_plainly(into), ExitStack() as undo:
                made = _make(into, locks, plain, undo)
                _drop_old(into, keep)
        except Unusable as failure:
            note_failure(str(failure))
            raise
        _keep_state(State(made))
        return made


def _make(into: Path, locks: Locks, plain: bool, undo: ExitStack) -> Backup:
    if not locks and not plain:
        raise Unusable("Nobody is named who could open the backup.")
    keys = [[recipient(one) for one in group] for group in locks]
    once = [pyrage.x25519.Identity.generate() for _ in keys]
    for group, identity in zip(keys, once, strict=True):
        group.append(identity.to_public())
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    at = _now()
    target = _free_name(into, at, PLAIN_SUFFIX if plain else SUFFIX)
    part = target.with_name(f".{target.name}.part")
    undo.callback(part.unlink, missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        with piped(lambda writer: _pack(writer, at)) as content:
            try:
                lock(content, keys, out)
            except pyrage.EncryptError as error:
                raise failure_of(content) or error from error
        out.flush()
        os.fsync(out.fileno())
    rows = _verify(part, once)
    os.rename(part, target)
    _sync_folder(into)
    return Backup(at.isoformat(), str(target), target.stat().st_size, rows, not plain)


def _pack(out: BinaryIO, at: datetime.datetime) -> None:
    """Write the plain content."""
    writer = archive.Writer(out)
    about = {
        "format": archive.FORMAT,
        "sulh": __version__,
        "database": connection.vendor,
        "at": at.isoformat(),
    }
    if connection.vendor == "sqlite":
        with _scratch() as scratch:
            copy = scratch / "copy"
            rows = sqlite.snapshot(Path(str(settings.DATABASES["default"]["NAME"])), copy, LEFT_EMPTY)
            writer.data("manifest.json", json.dumps(about | {"migrations": sqlite.migrations(copy)}).encode())
            sqlite.pack(copy, rows, writer)
    else:
        from sulh.kernel.backups import postgres

        with postgres.snapshot() as live:
            about |= {"migrations": postgres.migrations(live), "sequences": postgres.sequences(live)}
            writer.data("manifest.json", json.dumps(about).encode())
            postgres.pack(live, writer, LEFT_EMPTY)
    for path in _files():
        writer.file(f"files/{path.relative_to(settings.HOME).as_posix()}", path)
    writer.close()


def _files() -> Iterator[Path]:
    """The files of ``SULH_HOME`` that belong into a backup."""
    into = os.environ.get("SULH_BACKUPS")
    folder = Path(into).resolve() if into else None
    for top in sorted(settings.HOME.iterdir()):
        if top.name in LEFT_OUT or top.name.startswith((SCRATCH, "before-restore-")):
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() and not top.is_symlink() else [top]:
            is_backup = path.name.endswith((SUFFIX, PLAIN_SUFFIX, ".part")) or path.parent == folder
            if path.is_file() and not path.is_symlink() and not is_backup:
                yield path


def _verify(part: Path, once: Sequence[Any]) -> int:
    """Restore the finished file into a scratch place, throw that away, and return how many rows there were."""
    with part.open("rb") as file, _scratch() as scratch:
        return _unpack(file, once, scratch, lambda filling: None)


# Reading one


def restore(source: Path, identities: Sequence[Any], *, over: bool = False) -> int:
    """Restore a backup into this installation; return the number of rows.

    Everything is unpacked and checked beside the present state, which stays as it is until then. Where there is an
    installation already, ``over`` must be said: the old one is kept aside (``before-restore-…`` in ``SULH_HOME``, or
    a schema of that name on PostgreSQL).

    Raises:
        Unusable: with the reason. Nothing was changed.
    """
    home: Path = settings.HOME
    home.mkdir(parents=True, exist_ok=True)
    aside = f"before-restore-{_now():%Y%m%dT%H%M%S}"
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    with _one_at_a_time(), _said_plainly(source), source.open("rb") as file, _scratch() as scratch:
        if connection.vendor == "sqlite":
            _refuse_unless(over or sqlite.is_empty(database), f"There is an installation in {home} already.")

            def take_place(filling: Any) -> None:
                if database.exists():
                    sqlite.put_to_rest(database)
                _take_place(scratch, home, home / aside, database)
        else:
            from sulh.kernel.backups import postgres

            with postgres.connect() as live:
                empty = postgres.is_empty(live)
            _refuse_unless(over or empty, "There is an installation in this database already.")
            connection.close()

            def take_place(filling: Any) -> None:
                schema = aside.replace("-", "_").lower()
                filling.take_place(schema, lambda: _take_place(scratch, home, home / aside, None))

        return _unpack(file, identities, scratch, take_place)


def _refuse_unless(allowed: bool, there: str) -> None:
    if not allowed:
        raise Unusable(
            f"{there} Restore into an empty SULH_HOME, or say --over: the old one is then kept aside."
        )


def _take_place(scratch: Path, home: Path, aside: Path, database: Path | None) -> None:
    """Move what was unpacked to where it belongs: first the files, and the database last, in one step."""
    files = scratch / "files"
    moves = [(path, home / path.relative_to(files)) for path in sorted(files.rglob("*")) if path.is_file()]
    if database:
        moves.append((scratch / "database", database))
    for new, place in moves:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if place.exists():
            kept = aside / place.name if place == database else aside / place.relative_to(home)
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.link(place, kept)
            _sync_folder(kept.parent)
        os.replace(new, place)
        _sync_folder(place.parent)


def _unpack(file: BinaryIO, identities: Sequence[Any], scratch: Path, finish: Any) -> int:
    """Unpack a backup into ``scratch`` (and a scratch schema), check all of it, ``finish``; return its rows."""
    filling: Any = None
    manifest: dict[str, Any] | None = None
    told: dict[str, Any] | None = None
    digests: dict[str, str] = {}
    buffered = open(os.dup(file.fileno()), "rb")  # noqa: SIM115 (the layers close it)
    try:
        with unlocked(buffered, identities) as plain:
            for name, content in archive.parts(plain):
                if manifest is None:
                    manifest = _manifest(name, content)
                    if connection.vendor != "sqlite":
                        filling = _filling(manifest)
                elif name == "check.json":
                    told = archive.read_json(content)
                elif name.startswith("tables/") and filling:
                    filling.part(name, content)
                elif name == sqlite.PART or (
                    name.startswith("files/") and name.split("/")[1] not in LEFT_OUT
                ):
                    digests[name] = archive.write_part(content, scratch / name)
                else:
                    raise Unusable("This is not a backup of Sulh: it holds what none holds.")
        if manifest is None or told is None:
            raise Unusable("This backup is cut short. Take another one.")
        rows = _check(told, digests, scratch, filling, manifest)
        finish(filling)
        return rows
    except pyrage.DecryptError as error:
        raise Unusable(
            "None of the given keys opens this backup, or it is damaged. A backup with a lock for each side needs "
            "one key of both."
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise Unusable(
            "This backup is damaged: it does not say what it must say. Take another one."
        ) from error
    finally:
        if filling:
            filling.throw_away()


def _check(
    told: Mapping[str, Any],
    digests: Mapping[str, str],
    scratch: Path,
    filling: Any,
    manifest: Mapping[str, Any],
) -> int:
    whole = {name: about["sha256"] for name, about in told.items() if not name.startswith("tables/")}
    if whole != dict(digests):
        raise Unusable("This backup is damaged: a part of it is not what was copied. Take another one.")
    if filling:
        filling.finish(told, manifest["sequences"])
        return sum(about["rows"] for name, about in told.items() if name.startswith("tables/"))
    if sqlite.PART not in told:
        raise Unusable("This backup is damaged: it holds no database. Take another one.")
    sqlite.check(scratch / sqlite.PART, told[sqlite.PART])
    return sum(told[sqlite.PART]["rows"].values())


def _manifest(name: str, content: BinaryIO) -> dict[str, Any]:
    if name != "manifest.json":
        raise Unusable("This is not a backup of Sulh: its manifest is missing.")
    manifest = archive.read_json(content)
    if manifest.get("format") != archive.FORMAT:
        raise Unusable("This backup was made by another version of Sulh. Restore it with that version.")
    if manifest["database"] != connection.vendor:
        raise Unusable(
            f"This is a backup of {manifest['database']}, and DATABASE_URL names {connection.vendor}. "
            "Restore it into the kind of database it was taken from."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    strange = [f"{app}.{one}" for app, one in manifest["migrations"] if (app, one) not in known]
    if strange:
        raise Unusable(
            f"This backup was made by Sulh {manifest['sulh']}, which has tables that this version does not know "
            f"({strange[-1]}). Restore it with that version or a later one."
        )
    return manifest


def _filling(manifest: Mapping[str, Any]) -> Any:
    from sulh.kernel.backups import postgres

    for left in postgres.leftovers(SCRATCH_SCHEMA):
        postgres.drop_schema(left)
    return postgres.Filling(f"{SCRATCH_SCHEMA}{os.getpid()}", manifest["migrations"])


# Around both


def state() -> State:
    """Return what is known of the backups of this installation."""
    try:
        told = json.loads((settings.HOME / STATE).read_text(encoding="utf-8"))
        good = told.get("last_good")
        return State(Backup(**good) if good else None, told["failed_at"], told["failed_because"])
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def note_failure(because: str) -> None:
    """Keep that an attempt failed, so that the home page can tell."""
    _keep_state(State(state().last_good, _now().isoformat(), because))


def _keep_state(new: State) -> None:
    path = settings.HOME / STATE
    part = path.with_suffix(".part")
    with suppress(OSError):  # a full disk must not hide why the backup failed
        part.write_text(json.dumps(asdict(new), indent=1), encoding="utf-8")
        os.replace(part, path)


def _drop_old(into: Path, keep: int) -> None:
    """Remove the oldest backups so that ``keep`` stay."""
    if keep:
        for suffix in (SUFFIX, PLAIN_SUFFIX):
            for old in sorted(into.glob(f"sulh-*{suffix}"), key=lambda path: path.stat().st_mtime_ns)[:-keep]:
                old.unlink(missing_ok=True)


def _free_name(into: Path, at: datetime.datetime, suffix: str) -> Path:
    base = f"sulh-{at:%Y%m%dT%H%M%S}Z"
    number = 0
    while (path := into / f"{base}{f'-{number}' if number else ''}{suffix}").exists():
        number += 1
    return path


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the lock of this installation's backups, and clear away what an interrupted run has left."""
    with (settings.HOME / "backup.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise Unusable(
                    "Another backup or restore is running here. Wait until it has ended."
                ) from error
            raise
        for left in settings.HOME.glob(f"{SCRATCH}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _driver_error() -> type[Exception]:
    """What the driver of the database raises where Django does not stand between."""
    error: type[Exception] = connection.Database.Error  # type: ignore[attr-defined]
    return error


@contextmanager
def _said_plainly(where: Path) -> Iterator[None]:
    """Turn what the disk, the database or the encryption says into one sentence."""
    try:
        yield
    except Unusable:
        raise
    except OSError as error:
        raise Unusable(f"{error.filename or where}: {error.strerror or error}.") from error
    except (pyrage.EncryptError, DatabaseError, _driver_error()) as error:
        raise Unusable(f"{str(error).splitlines()[0]}.") from error


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder beside the data, for its owner only: what lies there is as safe as the data themselves."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=settings.HOME) as folder:
        yield Path(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
