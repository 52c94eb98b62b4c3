"""Whom a backup is encrypted to.

Recipients stand in groups, "locks": a backup opens with one key of *every* lock. One lock for each side means that
neither organisation opens a backup alone, as neither may read the other's internal notes; one lock for all means
that any one of the keys opens it.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from sulh.kernel.backups.streams import Unusable, recipient

FILE = "backup-recipients"


def recorded(home: Path) -> list[list[str]]:
    """Return the locks of this installation: of the file ``backup-recipients``, else one for each side's vault.

    In the file each line is a recipient (``age1…``); an empty line begins the next lock; ``#`` begins a remark.
    Returns no lock where nothing is recorded. Raises ``Unusable`` where the file holds something else.
    """
    path = home / FILE
    locks = _read(path) if path.exists() else _of_the_vault()
    for lock in locks:
        for one in lock:
            recipient(one)
    return locks


def _read(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path} cannot be read: {error}.") from error
    locks: list[list[str]] = [[]]
    for line in text.splitlines():
        if not line.strip():
            locks.append([])
        elif said := line.split("#")[0].strip():
            locks[-1].append(said)
    return [lock for lock in locks if lock]


def _of_the_vault() -> list[list[str]]:
    """One lock a side, of the public recipients that its vault has; none where there is no vault."""
    try:
        vault = importlib.import_module("sulh.kernel.vault")
    except ImportError:
        return []
    told = getattr(vault, "backup_recipients", None)
    return [sorted(lock) for lock in told() if lock] if told else []
