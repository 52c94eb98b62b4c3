"""What may be done on a schedule. Nothing schedules it yet: a host runs it, or leads remove by hand what is listed."""

from __future__ import annotations

import datetime

from sulh.kernel.access import SYSTEM
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import actions, queries, retention
from sulh.rooms.record.removal import Removed


def remove_due(programme: Programme, today: datetime.date) -> list[Removed]:
    """Remove every record of a programme that is due, but for those that one side alone tightened until they were."""
    due = queries.due_for_removal(SYSTEM, programme, today)
    return [
        actions.remove_session(SYSTEM, programme, one)
        for one in due
        if retention.one_side_may_remove(one, today)
    ]
