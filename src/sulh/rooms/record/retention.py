"""Until when a record is kept."""

from __future__ import annotations

import datetime

from sulh.engines.calendars import PartialDate
from sulh.engines.disclosure.levels import allowed
from sulh.rooms.record.enums import How
from sulh.rooms.record.models import Session


def due_on(session: Session, level: int | None = None) -> datetime.date | None:
    """Return the day from which a session's record is due for removal; None where its level sets no limit.

    The days count from the session's date (from the last day that a date known in part may mean), else from the day
    on which the session was begun here.
    """
    days = allowed(session.level if level is None else level).kept_days
    if days is None:
        return None
    held = PartialDate.parse(session.date).latest if session.date else session.begun_on
    return min(held, datetime.date.max - datetime.timedelta(days=days)) + datetime.timedelta(days=days)


def is_due(session: Session, today: datetime.date) -> bool:
    """Whether the record is due for removal at its present level."""
    due = due_on(session)
    return due is not None and due <= today


def level_not_tightened(session: Session) -> int:
    """The level that was set at the beginning or by both keys, before one side tightened it."""
    settled = session.changes.exclude(how=How.TIGHTENED).last()
    return settled.level if settled else session.level


def one_side_may_remove(session: Session, today: datetime.date) -> bool:
    """Whether one lead may remove the record alone.

    A side's own session is its own. A joint one must be due at the level that no side set alone, and counted from
    the day it was begun here too: else one side could tighten a record, or correct its date, until it is due, and so
    destroy what belongs to both.
    """
    if session.side_id is not None:
        return True
    level = level_not_tightened(session)
    due, days = due_on(session, level), allowed(level).kept_days
    if due is None or days is None:
        return False
    return max(due, session.begun_on + datetime.timedelta(days=days)) <= today
