"""What the home page says of the installation itself, the last good backup, and what is due for removal anywhere."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from sulh.kernel import backups
from sulh.kernel import due as timers
from sulh.kernel.access import may
from sulh.kernel.backups import schedule
from sulh.kernel.panels import Panel
from sulh.rooms.programme.pages import ProgrammeRequest

LATE_AFTER = 2
"""A backup is late when this many of its times have passed."""


def read(request: ProgrammeRequest) -> dict[str, Any]:
    """The last good backup, whether it is late, and whether the attempt after it failed."""
    state, now = backups.state(), timezone.now()
    good = state.last_good
    return {
        "good": good,
        "at": good.taken if good else None,
        "is_late": good is not None and now - good.taken > LATE_AFTER * _every(),
        "failed_at": datetime.datetime.fromisoformat(state.failed_at) if state.failed_at else None,
    }


def _every() -> datetime.timedelta:
    try:
        return schedule.every()
    except backups.Unusable:
        return schedule.EVERY["day"]


def shown(request: ProgrammeRequest) -> bool:
    """Leads and programme officers see it: they are whom it warns."""
    return may(request.viewer, "programme.see_backups", request.programme)


LAST_BACKUP = Panel("last-backup", 60, "programme/panel_last_backup.html", read, shown)


def read_due(request: ProgrammeRequest) -> dict[str, Any]:
    """What is due for removal in every room, as far as this viewer may know of it."""
    return {"due": timers.due(request.viewer, request.programme, timezone.localdate())}


DUE_FOR_REMOVAL = Panel("due-for-removal", 5, "programme/panel_due_for_removal.html", read_due)
