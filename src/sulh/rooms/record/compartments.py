"""Which sessions a viewer is inside of.

A session is seen through one seat at a time: a seat opens it where it stands with the session's side, is not limited to
other working groups, and, where the session is secret, has a role of its circle. Two seats never add up.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sulh.kernel.access import LEADS, Hidden, NotPermitted, Seat, Viewer
from sulh.rooms.programme.models import Programme
from sulh.rooms.record.levels import SECRET
from sulh.rooms.record.models import Session

WRITERS = ("rapporteur", "facilitator", *LEADS)
"""Roles that write the record; they are also the circle of a secret session."""


def _opened_by(seat: Seat) -> Q:
    opened = Q(side=None) | Q(side__key=seat.side) if seat.side else Q(side=None)
    if seat.groups:
        opened &= Q(group=None) | Q(group__key__in=seat.groups)
    if seat.role not in WRITERS:
        opened &= ~Q(level__in=SECRET)
    return opened


def sessions_for(viewer: Viewer, programme: Programme, roles: tuple[str, ...] = ()) -> QuerySet[Session]:
    """The sessions of a programme that this viewer is inside of, through a seat of one of ``roles`` (or any)."""
    every = Session.objects.filter(programme=programme)
    if viewer.is_system:
        return every
    seats = [seat for seat in viewer.seats_in(programme.id) if not roles or seat.role in roles]
    if not seats:
        return every.none()
    opened = Q()
    for seat in seats:
        opened |= _opened_by(seat)
    return every.filter(opened)


def need_inside(viewer: Viewer, session: Session, permission: str, roles: tuple[str, ...] = ()) -> None:
    """Let pass who is inside of a session through a seat of one of ``roles`` (or any).

    Raises:
        Hidden: the viewer may not know of the session.
        NotPermitted: the viewer sees it, but through no seat of such a role.
    """
    if not sessions_for(viewer, session.programme).filter(pk=session.pk).exists():
        raise Hidden
    if roles and not sessions_for(viewer, session.programme, roles).filter(pk=session.pk).exists():
        raise NotPermitted(permission)
