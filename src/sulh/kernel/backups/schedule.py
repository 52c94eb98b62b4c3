"""Backups at their time: a thread of ``sulh serve`` that asks, every minute, whether one is due.

Due is counted from the last good backup and not from a clock, so a time that was missed while the server was down is
caught up at the next start. The backup itself runs as ``sulh backup`` in a process of its own: what it holds in
memory ends with it, and the server serves on.
"""

from __future__ import annotations

import datetime
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from sulh.kernel import backups

EVERY = {
    "hour": datetime.timedelta(hours=1),
    "day": datetime.timedelta(days=1),
    "week": datetime.timedelta(weeks=1),
}
RETRY = datetime.timedelta(minutes=15)
"""How long after a failed backup the next is tried."""

logger = logging.getLogger("sulh.backups")


def folder() -> Path | None:
    """Return the folder that backups are put into by themselves; None where that is not set up."""
    told = os.environ.get("SULH_BACKUPS")
    return Path(told).resolve() if told else None


def every() -> datetime.timedelta:
    """Return how often a backup is due. Raises ``Unusable`` where the setting is not one of ``EVERY``."""
    told = os.environ.get("SULH_BACKUP_EVERY", "day")
    if told not in EVERY:
        raise backups.Unusable(f"SULH_BACKUP_EVERY is “{told}”. Set it to one of {', '.join(EVERY)}.")
    return EVERY[told]


def keep() -> int:
    """Return how many backups stay. Raises ``Unusable`` where the setting is no number."""
    told = os.environ.get("SULH_BACKUP_KEEP", "14")
    if not told.isdecimal():
        raise backups.Unusable(f"SULH_BACKUP_KEEP is “{told}”. Set it to a number; 0 keeps all.")
    return int(told)


def is_due(state: backups.State, now: datetime.datetime, interval: datetime.timedelta) -> bool:
    """Whether a backup is to be taken now: the last good one is old enough, and the last failure long enough ago."""
    if state.failed_at and now - datetime.datetime.fromisoformat(state.failed_at) < RETRY:
        return False
    return state.last_good is None or now - state.last_good.taken >= interval


def begin(seconds: float = 60) -> threading.Event | None:
    """Take backups at their time from now on, where ``SULH_BACKUPS`` is set; return the event that ends it.

    Raises:
        Unusable: where a setting is wrong, so that the server does not start with backups that never come.
    """
    if folder() is None:
        return None
    interval, stay = every(), keep()
    ended = threading.Event()

    def run() -> None:
        while True:
            if is_due(backups.state(), datetime.datetime.now(datetime.UTC), interval):
                take(stay)
            if ended.wait(seconds):
                return

    threading.Thread(target=run, name="backups", daemon=True).start()
    return ended


def take(stay: int) -> bool:
    """Take one backup in a process of its own; return whether it is good. Why not is logged, and kept as state."""
    command = [sys.executable, "-m", "sulh", "backup", "--into", str(folder()), "--keep", str(stay)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().removeprefix("sulh: ") or f"ended with {done.returncode}"
        logger.error("The backup failed: %s", said)
        backups.note_failure(said)
    return done.returncode == 0
