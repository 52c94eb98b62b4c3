"""What a lead sees of somebody's account, and may do for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from sulh.kernel import travel
from sulh.kernel.access import Hidden, Viewer
from sulh.rooms.people.models import Seat
from sulh.rooms.people.queries import seats_held
from sulh.rooms.people.standing import answers_for, is_lead, may_free


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link just made: whose (``pk``), and its token, which is shown once and kept nowhere."""

    pk: UUID
    token: str


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """An account as a lead sees it: until when it travels, and what this lead may do."""

    seat: Seat
    travels_until: date | None
    may_act: bool
    may_free: bool


def looked_after(viewer: Viewer, seat: Seat) -> LookedAfter:
    """Return what a lead may know of the account of a seat, or raise ``Hidden``.

    A lead knows of the accounts of the own side, and of leads and neutral accounts, whose travel may have to be ended.
    """
    mine = viewer.leads_in(seat.programme_id)
    side = seat.side.key if seat.side else ""
    leads = is_lead(one for one in seats_held(seat.account) if one.programme_id == seat.programme_id)
    if not seat.account.is_active or not mine or not (mine == side or not side or leads):
        raise Hidden
    travels = travel.travels(seat.account, timezone.localdate())
    return LookedAfter(
        seat,
        seat.account.travels_until if travels else None,
        answers_for(viewer, seat.account),
        travels and may_free(viewer, seat.account),
    )
