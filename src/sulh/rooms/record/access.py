"""Who may see and do what with sessions and their records."""

from __future__ import annotations

from uuid import UUID

import rules

from sulh.kernel.access import Hidden, Viewer, has_role, is_system, leads_a_side
from sulh.rooms.programme.models import Programme
from sulh.rooms.record.compartments import WRITERS, sessions_for
from sulh.rooms.record.models import Minutes, Point, Session


def grant() -> None:
    """State which roles hold this room's permissions. Within a session, ``compartments`` decides besides."""
    rules.set_rule("record.write", has_role(*WRITERS))
    rules.set_rule("record.load", is_system)
    rules.set_rule("record.read_for_side", leads_a_side)
    rules.set_rule("record.remove", leads_a_side | is_system)
    rules.set_rule("record.by_both_keys", is_system)


def access_session(viewer: Viewer, programme: Programme, session_id: UUID) -> Session:
    """Return a session that the viewer is inside of, or raise ``Hidden``."""
    found = (
        sessions_for(viewer, programme)
        .select_related("programme", "round", "group", "side")
        .filter(id=session_id)
        .first()
    )
    if found is None:
        raise Hidden
    return found


def access_minutes(session: Session, minutes_id: UUID) -> Minutes:
    """Return minutes of a session the viewer was let into, or raise ``Hidden``."""
    found = session.minutes.filter(id=minutes_id).first()
    if found is None:
        raise Hidden
    found.session = session
    return found


def access_point(session: Session, point_id: UUID) -> Point:
    """Return a point of a session the viewer was let into, or raise ``Hidden``."""
    found = session.points.filter(id=point_id).first()
    if found is None:
        raise Hidden
    found.session = session
    return found
