"""What a seat says of a viewer and of an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sulh.kernel.access import NotPermitted, Viewer
from sulh.rooms.people.models import Seat
from sulh.rooms.programme.access import DESK, LEADS


def side_of(viewer: Viewer, programme: Any, *roles: str) -> str | None:
    """Return the one side with which the viewer holds one of these roles; None where it is none or both."""
    sides = {seat.side for seat in viewer.seats_in(programme.id) if seat.role in roles and seat.side}
    return sides.pop() if len(sides) == 1 else None


def sits_with(programme_id: UUID, account_id: UUID, side: str, *roles: str) -> bool:
    """Whether an open account holds one of these roles with this side, and none of them with the other."""
    rows = Seat.objects.filter(
        programme_id=programme_id,
        account_id=account_id,
        account__is_active=True,
        role__in=roles,
        side__isnull=False,
    )
    return set(rows.values_list("side__key", flat=True)) == {side}


def is_lead(programme_id: UUID, account_id: UUID, side: str) -> bool:
    """Whether an account leads this side, and not the other too."""
    return sits_with(programme_id, account_id, side, *LEADS)


def own_side(viewer: Viewer, programme: Any, permission: str, *roles: str) -> str:
    """Return the side for which the viewer does this (as a lead, or as the desk with ``*DESK``).

    Raises ``NotPermitted`` where the viewer is neutral, sits with both sides or lacks the role.
    """
    side = side_of(viewer, programme, *(roles or LEADS))
    if side is None:
        raise NotPermitted(permission)
    return side


__all__ = ["DESK", "LEADS", "is_lead", "own_side", "side_of", "sits_with"]
