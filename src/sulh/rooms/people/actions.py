"""What can be done about seats and keys, and for the accounts of one's own side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sulh.kernel import sessions, travel, two_keys
from sulh.kernel.access import NotPermitted, Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.keep import keep
from sulh.kernel.models import Account, Proposal
from sulh.kernel.signin import renew_token
from sulh.rooms.people.enums import Role, needs_both
from sulh.rooms.people.invitations import Invitation
from sulh.rooms.people.models import Seat
from sulh.rooms.people.standing import answers_for, link_may_open, may_free
from sulh.rooms.programme.models import Programme

# Seats


@action("people.seat")
def keep_seat(
    viewer: Viewer,
    programme: Programme,
    handle: str,
    role: str,
    side: str = "",
    is_demo: bool = False,
    groups: Sequence[str] = (),
) -> Kept:
    """Give the account of this handle (made where there is none) a role in the programme.

    An account stands with one side or is neutral, in all its seats of a programme. With ``groups`` (their keys) the
    seat opens the compartments of these working groups only.
    """
    account = Account.objects.filter(handle=handle).first()
    if account is None:
        account = Account(handle=handle, is_demo=is_demo)
        account.set_unusable_password()
        account.save()
    with_side = programme.sides.get(key=side) if side else None
    others = programme.seats.filter(account=account).exclude(role=role)
    if any(seat.side_id != (with_side.id if with_side else None) for seat in others):
        raise Refused(_("This account stands elsewhere already. Nobody sits on both sides of a table."))
    row, changed = keep(Seat, {"programme": programme, "account": account, "role": role}, {"side": with_side})
    if set(row.groups.values_list("key", flat=True)) != set(groups):
        row.groups.set(programme.groups.filter(key__in=groups))
        changed = True
    return Kept(row, changed)


@action("people.edit_seats")
def give_seat(viewer: Viewer, programme: Programme, name: str, role: str) -> Seat:
    """Give a seat on the viewer's own side to somebody new; ``name`` is a label for the account, never a name."""
    _need_role(role)
    if needs_both(role, viewer.leads_in(programme.id)):
        raise Refused(_("This seat takes both sides' keys. Propose it instead."))
    handle = _free_handle(programme, name, role)
    seat: Seat = keep_seat.__wrapped__(  # type: ignore[attr-defined]
        viewer, programme, handle, role, viewer.leads_in(programme.id)
    ).row
    return seat


@action("people.edit_seats")
def propose_seat(viewer: Viewer, programme: Programme, name: str, role: str, side: str = "") -> Proposal:
    """Propose a seat that takes both keys: one that leads a side, reads the audit log, or is neutral."""
    _need_role(role)
    if side and not programme.sides.filter(key=side).exists():
        raise Refused(_("There is no such side in this programme."))
    if not needs_both(role, side):
        raise Refused(_("This seat is its own side's to give; it takes no other key."))
    terms = {"handle": _free_handle(programme, name, role), "role": role, "side": side}
    return two_keys.propose(viewer, programme, "people.add_seat", terms["handle"], terms)


@action("people.end_seat")
def end_seat(viewer: Viewer, programme: Programme, seat: Seat) -> Seat:
    """Take a seat away; one that takes both keys is taken away by both."""
    side = seat.side.key if seat.side else ""
    if not viewer.is_system:
        if needs_both(seat.role, side):
            raise Refused(_("Taking this seat away takes both sides' keys. Propose it instead."))
        if side != viewer.leads_in(programme.id):
            raise Refused(_("This seat is the other side's to take away."))
    _need_another_lead(programme, seat)
    seat.delete()
    return seat


@action("people.edit_seats")
def propose_end(viewer: Viewer, programme: Programme, seat: Seat) -> Proposal:
    """Propose to take away a seat that takes both keys. A side is never left without a lead by this."""
    side = seat.side.key if seat.side else ""
    if not needs_both(seat.role, side):
        raise Refused(_("This seat is its own side's to take away; it takes no other key."))
    _need_another_lead(programme, seat)
    return two_keys.propose(viewer, programme, "people.end_seat", str(seat.pk), {"seat": seat.pk})


def _need_role(role: str) -> None:
    if role not in Role.values:
        raise Refused(_("There is no such role."))


def _need_another_lead(programme: Programme, seat: Seat) -> None:
    if not seat.leads:
        return
    others = programme.seats.filter(side=seat.side).exclude(pk=seat.pk)
    if not any(other.leads for other in others):
        raise Refused(_("This is the side's only lead. Give it another one first."))


def _free_handle(programme: Programme, name: str, role: str) -> str:
    start = f"{programme.slug}/{slugify(name) or slugify(role)}"[:70]
    taken = set(Account.objects.filter(handle__startswith=start).values_list("handle", flat=True))
    free = (start if not number else f"{start}-{number + 1}" for number in range(len(taken) + 2))
    return next(handle for handle in free if handle not in taken)


# Keys


@action("people.turn_keys")
def turn_key(
    viewer: Viewer, programme: Programme, proposal_id: UUID, seen_hash: str, signature: bytes = b""
) -> Proposal:
    """Turn one's side's key on exactly the content of this hash. The second key carries the proposal out."""
    return two_keys.turn(viewer, programme, proposal_id, seen_hash, signature)


@action("people.turn_keys")
def take_back_key(viewer: Viewer, programme: Programme, proposal_id: UUID) -> Proposal:
    """Take one's side's key back while the other side's is not turned."""
    return two_keys.take_back(viewer, programme, proposal_id)


@action("people.turn_keys")
def withdraw_proposal(viewer: Viewer, programme: Programme, proposal_id: UUID) -> Proposal:
    """End a proposal of one's own side before it is done."""
    return two_keys.withdraw(viewer, programme, proposal_id)


# Accounts of one's own side: how they sign in


@action("people.invite")
def invite_account(viewer: Viewer, programme: Programme, account: Account) -> Invitation:
    """Make a link for an account of the own side; earlier links of it lapse."""
    if not answers_for(viewer, account):
        raise NotPermitted("people.invite")
    if not link_may_open(account):
        raise Refused(
            _(
                "This account has a passphrase but not yet the second factor that its seat needs. A link would let in "
                "whoever reads it. Let it sign in with its passphrase, or ask whoever runs the server to reset it."
            )
        )
    return Invitation(account.pk, renew_token(account))


@action("people.travel")
def begin_travel(viewer: Viewer, programme: Programme, account: Account, until: date) -> Account:
    """Reduce an account of the own side to what is public, until and with a day; its sessions end."""
    if not answers_for(viewer, account):
        raise NotPermitted("people.travel")
    try:
        travel.begin(account, until, timezone.localdate())
    except travel.NotADate as error:
        raise Refused(str(error)) from error
    return account


@action("people.travel")
def end_travel(viewer: Viewer, programme: Programme, account: Account) -> Kept:
    """Let an account open its seats again before the day until which it travels."""
    if not may_free(viewer, account):
        raise NotPermitted("people.travel")
    travelled = travel.travels(account, timezone.localdate())
    if travelled:
        travel.end(account)
    return Kept(account, travelled)


@action("people.end_sessions")
def end_sessions(viewer: Viewer, programme: Programme, account: Account) -> Kept:
    """Sign an account of the own side out of every browser."""
    if not answers_for(viewer, account):
        raise NotPermitted("people.end_sessions")
    return Kept(account, sessions.end(account) > 0)
