"""A disk whose power can be cut: only what was synced is sure to survive, and what was not may survive torn.

The disk is a virtual file system for SQLite (through apsw). At the cut, every 512-byte sector of every write since the
last sync of its file survives or not, each by itself; a truncation and a removal likewise. A file that was never
synced is gone, for its name was not in the folder.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import apsw

SECTOR = 512
_names = count(1)


class PowerCut(Exception):
    """The power went."""


@dataclass
class Content:
    """A file: as it is seen now, as it is on the platter, and what was written since the last sync."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytearray = field(default_factory=bytearray)
    is_synced: bool = False
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def survives(self, luck: random.Random, share: float) -> bytes | None:
        """What is left of it after a cut at which this share of unsynced sectors had reached the platter."""
        if not self.is_synced and luck.random() >= share:
            return None
        left = bytearray(self.synced)
        for place, data in self.pending:
            if data is None:
                if luck.random() < share:
                    del left[place:]
                continue
            start = place
            while start < place + len(data):
                end = min((start // SECTOR + 1) * SECTOR, place + len(data))
                if luck.random() < share:
                    _put(left, start, data[start - place : end - place])
                start = end
        return bytes(left)


def _put(content: bytearray, place: int, data: bytes) -> None:
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data


class Disk(apsw.VFS):
    """The disk as a file system of SQLite. After ``cut_after`` writes, syncs and truncations the power goes."""

    def __init__(self, files: Mapping[str, bytes], luck: random.Random, cut_after: int | None = None) -> None:
        self.name = f"power-{next(_names)}"
        super().__init__(self.name, "")
        self.files = {
            name: Content(bytearray(data), bytearray(data), is_synced=True) for name, data in files.items()
        }
        self.steps, self.cut_after, self.luck = 0, cut_after, luck
        self.left: dict[str, bytes] | None = None
        """What survived the cut, once there was one."""

    def step(self) -> bool:
        """Count one step; return whether there is still power. At the cut itself it is an error."""
        if self.left is not None:
            return False
        self.steps += 1
        if self.steps == self.cut_after:
            share = self.luck.choice((0.0, 0.1, 0.5, 0.9))
            left = {name: content.survives(self.luck, share) for name, content in self.files.items()}
            self.left = {name: data for name, data in left.items() if data is not None}
            raise PowerCut
        return True

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = name.filename() if hasattr(name, "filename") else (name or f"temporary-{id(flags)}")
        flags[1] = flags[0]
        return File(self, self.files.setdefault(path, Content()))

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if self.left is None:
            self.files.pop(filename, None)

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self.files

    def xFullPathname(self, filename: str) -> str:
        return filename


class File:
    """An open file of the disk."""

    def __init__(self, disk: Disk, content: Content) -> None:
        self._disk, self._content = disk, content

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._content.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        if self._disk.step():
            _put(self._content.now, offset, bytes(data))
            self._content.pending.append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        if self._disk.step():
            del self._content.now[size:]
            self._content.pending.append((size, None))

    def xSync(self, flags: int) -> None:
        if self._disk.step():
            for place, data in self._content.pending:
                if data is None:
                    del self._content.synced[place:]
                else:
                    _put(self._content.synced, place, data)
            self._content.pending.clear()
            self._content.is_synced = True

    def xFileSize(self) -> int:
        return len(self._content.now)

    def xLock(self, level: int) -> None:
        pass

    def xUnlock(self, level: int) -> None:
        pass

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)  # as SQLite assumes of real disks

    def xClose(self) -> None:
        pass


@dataclass(frozen=True)
class Script:
    """What the actions told the database: its content before, and the statements of each write in order."""

    before: bytes
    writes: Sequence[Sequence[str]]


@dataclass
class Survived:
    """What came of the cuts: ``lost`` acknowledged writes; ``mixed``: no number of whole writes gives that state."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    mixed: int = 0
    damaged: int = 0
    one_more: int = 0
    """Cuts after which a write was there whose acknowledgement was cut off: no fault."""


@contextmanager
def opened(disk: Disk, pragmas: str, checkpoint: int = 1000) -> Iterator[apsw.Connection]:
    """The database on this disk. Exclusive locking, since such a file system has no shared memory."""
    connection = apsw.Connection("house", vfs=disk.name)
    try:
        for pragma in ("PRAGMA locking_mode=EXCLUSIVE", *pragmas.split(";")):
            connection.execute(pragma).fetchall()
        connection.execute(f"PRAGMA wal_autocheckpoint={checkpoint}").fetchall()
        yield connection
    finally:
        connection.close(True)


def state_of(connection: apsw.Connection) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    tables = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
    ]
    for table in tables:
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2'):
            digest.update(repr((table, row)).encode())
    return digest.hexdigest()


def states(script: Script) -> tuple[list[str], int]:
    """The digest before the first write and after each, and how many steps on the disk all of them take."""
    disk = Disk({"house": script.before}, random.Random(0))
    with opened(disk, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL") as connection:
        digests = [state_of(connection)]
        for write in script.writes:
            for statement in write:
                connection.execute(statement).fetchall()
            digests.append(state_of(connection))
    return digests, disk.steps


def cut_repeatedly(script: Script, pragmas: str, cuts: int, seed: int = 1) -> Survived:
    """Play the writes on a fresh disk, cut the power at a random step, look at what is left; ``cuts`` times."""
    expected, steps = states(script)
    luck = random.Random(seed)
    told = Survived()
    while told.cuts < cuts:
        checkpoint = luck.choice((10, 60, 1000))
        disk = Disk({"house": script.before}, luck, luck.randint(1, steps))
        acknowledged = 0
        try:
            with opened(disk, pragmas, checkpoint) as connection:
                for write in script.writes:
                    for statement in write:
                        connection.execute(statement).fetchall()
                    if disk.left is not None:
                        break
                    acknowledged += 1
        except (PowerCut, apsw.Error):
            pass
        if disk.left is None:
            continue  # with fewer syncs there are fewer steps: all writes were done before the cut
        told.cuts += 1
        told.acknowledged += acknowledged
        try:
            with opened(Disk(disk.left, luck), pragmas) as connection:
                sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                now = state_of(connection)
        except apsw.Error:
            sound, now = False, ""
        told.damaged += not sound
        there = expected.index(now) if now in expected else None
        if there is None:
            told.mixed += 1
        else:
            told.lost += max(0, acknowledged - there)
            told.one_more += there > acknowledged
    return told
