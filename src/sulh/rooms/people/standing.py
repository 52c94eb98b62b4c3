"""Who needs a second factor, and whose account a lead answers for."""

from __future__ import annotations

from collections.abc import Iterable

from sulh.kernel import factors
from sulh.kernel.access import LEADS, Seat, Viewer
from sulh.kernel.models import Account
from sulh.rooms.people.enums import Role
from sulh.rooms.people.queries import seats_held

NEED_SECOND_FACTOR = frozenset({*LEADS, Role.SECURITY_LEAD.value})
"""Roles that need a second factor, with either side or neutral."""


def is_lead(seats: Iterable[Seat]) -> bool:
    """Whether one of these seats needs a second factor and short sessions."""
    return any(seat.role in NEED_SECOND_FACTOR for seat in seats)


def needs_second_factor(account: Account) -> bool:
    """Whether the account must have a second factor: every lead, but in a demonstration, where all is public."""
    return not account.is_demo and is_lead(seats_held(account))


def seat_keys(seats: Iterable[Seat]) -> set[str]:
    """Return the seats as short texts, for a session to remember what it was opened with."""
    return {f"{seat.programme_id}:{seat.role}:{seat.side}" for seat in seats}


def link_may_open(account: Account) -> bool:
    """Whether a link may stand for the passphrase of this account.

    Not where the account has a passphrase, and its seat needs a second factor that it still lacks: whoever read such
    a link would set up the factor in the lead's place.
    """
    return (
        not factors.has_credential(account)
        or factors.has_second_factor(account)
        or not needs_second_factor(account)
    )


def answers_for(viewer: Viewer, account: Account) -> bool:
    """Whether the viewer leads the side of *every* seat of somebody else's account.

    An account may have seats in several programmes; who leads a side of one of them must not open what belongs to
    another. Nobody answers alone for who is neutral, and nobody at all for a demonstration account.
    """
    seats = seats_held(account)
    return (
        bool(seats)
        and viewer.account_id != account.pk
        and not account.is_demo
        and all(seat.side and viewer.leads_in(seat.programme_id) == seat.side for seat in seats)
    )


def may_free(viewer: Viewer, account: Account) -> bool:
    """Whether the viewer may end the travel of somebody else's account before its date.

    A member is freed by a lead of the same side. A lead or a neutral account is freed by any other lead of the
    programme, of either side, because a side often has but one lead, and who is neutral has none.
    """
    seats = seats_held(account)
    return (
        bool(seats)
        and viewer.account_id != account.pk
        and all(_may_free_seat(viewer, seat) for seat in seats)
    )


def _may_free_seat(viewer: Viewer, seat: Seat) -> bool:
    mine = viewer.leads_in(seat.programme_id)
    return bool(mine) and (mine == seat.side or not seat.side or is_lead([seat]))
