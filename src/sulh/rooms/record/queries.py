"""Reading sessions and their records. What a level hides is not read at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Prefetch

from sulh.engines.calendars import PartialDate
from sulh.engines.disclosure.levels import allowed
from sulh.kernel.access import Viewer
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import retention
from sulh.rooms.record.compartments import sessions_for
from sulh.rooms.record.enums import Phase, PointKind
from sulh.rooms.record.levels import SECRET
from sulh.rooms.record.models import Minutes, Point, Session


def in_order_of_time(sessions: Iterable[Session]) -> list[Session]:
    """The latest first; those without a date by the day on which they were begun here."""

    def when(one: Session) -> datetime.date:
        return PartialDate.parse(one.date).earliest if one.date else one.begun_on

    return sorted(sessions, key=lambda one: (when(one), one.key), reverse=True)


def sessions_of(viewer: Viewer, programme: Programme) -> list[Session]:
    """The sessions that this viewer is inside of, the latest first."""
    return in_order_of_time(sessions_for(viewer, programme).select_related("round", "group", "side"))


def points_of(session: Session) -> list[Point]:
    """The points of a session in the order of the room; none where the level lets nothing be written."""
    if not allowed(session.level).may_record:
        return []
    return list(session.points.exclude(text="").select_related("theme"))


def points_by_kind(session: Session) -> list[tuple[PointKind, list[Point]]]:
    """The points gathered by kind, kinds without any left out."""
    points = points_of(session)
    gathered = [(kind, [point for point in points if point.kind == kind]) for kind in PointKind]
    return [(kind, found) for kind, found in gathered if found]


def parking_lot(viewer: Viewer, programme: Programme) -> list[Session]:
    """The sessions that left something in the parking lot, each with these points as ``parked``."""
    parked = Point.objects.filter(kind=PointKind.PARKING_LOT).exclude(text="").select_related("theme")
    sessions = (
        sessions_for(viewer, programme)
        .filter(id__in=parked.values("session_id"))
        .select_related("round", "group", "side")
        .prefetch_related(Prefetch("points", parked, to_attr="parked"))
    )
    return in_order_of_time(one for one in sessions if allowed(one.level).may_record)


def due_for_removal(viewer: Viewer, programme: Programme, today: datetime.date) -> list[Session]:
    """The sessions this viewer is inside of whose time to be kept is over."""
    return [one for one in sessions_of(viewer, programme) if retention.is_due(one, today)]


def waiting_for(viewer: Viewer, programme: Programme) -> list[Minutes]:
    """The minutes that wait for the reading of the side that this viewer leads."""
    side = viewer.leads_in(programme.id)
    if not side:
        return []
    inside = sessions_for(viewer, programme)
    waiting = Minutes.objects.filter(session__in=inside, phase=Phase.WITH_BOTH_SIDES)
    return list(waiting.exclude(read_by__key=side).select_related("session"))


def is_secret(session: Session) -> bool:
    """Whether that it took place may not be told outside its circle."""
    return session.level in SECRET
