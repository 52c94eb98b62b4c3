"""Reading seats, and what waits for a key."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from sulh.kernel import travel, two_keys
from sulh.kernel.access import NOBODY, Seat, Viewer
from sulh.kernel.models import Account, KeyTurn, Proposal
from sulh.kernel.sides import in_turn
from sulh.kernel.two_keys import KINDS
from sulh.kernel.vault import signing
from sulh.rooms.people import models
from sulh.rooms.programme.models import Programme, Side

SHOWN = 20
"""How many ended proposals the page of keys shows."""


def seats_held(account: Account) -> tuple[Seat, ...]:
    """Every seat of an account, whether or not it travels."""
    seats = models.Seat.objects.filter(account=account).select_related("side").prefetch_related("groups")
    return tuple(_seat(row) for row in seats)


def viewer_of(account: object) -> Viewer:
    """Return the viewer that this account is, with its seats; with none while it travels; nobody where it is closed."""
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    if travel.travels(account, timezone.localdate()):
        return Viewer(account.id, account.handle)
    return Viewer(account.id, account.handle, seats_held(account))


def _seat(row: models.Seat) -> Seat:
    groups = tuple(group.key for group in row.groups.all())
    return Seat(row.programme_id, row.role, row.side.key if row.side else "", groups)


def seats_of(programme: Programme) -> list[models.Seat]:
    """Every seat of the programme, by role."""
    return list(programme.seats.select_related("account", "side").order_by("role", "account__handle"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as the page of keys shows it: what it is, whose key is turned and signed; never why one is not."""

    proposal: Proposal
    title: str
    words: str
    keys: tuple[tuple[Side, bool, bool], ...]
    mine_turned: bool
    mine_proposed: bool

    @property
    def mark(self) -> str:
        """The beginning of the content's hash, in groups, so that two people can compare it on the telephone."""
        start = self.proposal.content_hash[:16]
        return " ".join(start[at : at + 4] for at in range(0, 16, 4))


def proposals_for(viewer: Viewer, programme: Programme) -> dict[str, list[Shown]]:
    """The proposals that a lead may know of: ``open`` and ``ended`` (done, withdrawn or lapsed)."""
    mine = viewer.leads_in(programme.id)
    sides = in_turn(tuple(programme.sides.all()), timezone.localdate())
    opened: list[Shown] = []
    ended: list[Shown] = []
    for one in Proposal.objects.filter(programme=programme.id).prefetch_related("turns"):
        kind = KINDS.get(one.kind)
        if kind is None or not kind.visible(viewer, programme, one.subject, one.terms):
            continue
        is_open = not one.done_at and not one.closed_at and one.lapses_at > timezone.now()
        if not is_open and len(ended) >= SHOWN:
            continue
        turned = {turn.side: is_signed(turn, one) for turn in one.turns.all()}
        (opened if is_open else ended).append(
            Shown(
                one,
                str(kind.title),
                kind.describe(programme, one.subject, one.terms),
                tuple((side, side.key in turned, turned.get(side.key, False)) for side in sides),
                mine in turned,
                mine == one.proposed_side,
            )
        )
    return {"open": opened, "ended": ended}


def signature_for(viewer: Viewer, programme: Programme, session: SessionBase, proposal_id: UUID) -> bytes:
    """Return the viewer's signature over a proposal, or nothing where their keys are locked or not made.

    A turned key without a signature rests on the sign-in alone; the page of keys says which is which.
    """
    proposal = two_keys.find(viewer, programme, proposal_id)
    return signing.sign_for(viewer, session, two_keys.message(proposal)) or b""


def is_signed(turn: KeyTurn, proposal: Proposal) -> bool:
    """Whether a turned key carries a signature that holds: of this account, for this side, over this proposal."""
    return bool(turn.signature) and signing.verify(
        proposal.programme,
        turn.side,
        turn.account,
        two_keys.message(proposal),
        bytes(turn.signature),
        turn.at,
    )


def waiting_for(viewer: Viewer, programme: Programme) -> int:
    """How many open proposals wait for the key of the side that the viewer leads."""
    if not viewer.leads_in(programme.id):
        return 0
    return sum(not one.mine_turned for one in proposals_for(viewer, programme)["open"])
