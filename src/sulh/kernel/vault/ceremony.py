"""Opening a sealed record: a ceremony of explicit steps, each allowed in one state only.

    requested ──both approve──▶ approved ──outer side──▶ handed on ──inner side──▶ ready ──requester──▶ shown
        │  refused by one                                                    every step before `expires_at`,
        ▼                                                                    else: lapsed
     refused

An approval is a signature over record, content hash, requester, purpose, reason and expiry. The signatures are checked
again at each step that opens an envelope, not only when they are given. The functions change the row they are handed
and do not save it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from sulh.kernel.actions import Refused
from sulh.kernel.vault import nested
from sulh.kernel.vault.fields import Context, seal, unseal
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.models import Opening, OpeningState, Purpose, SealedRecord
from sulh.kernel.vault.sides import SideKey

Verify = Callable[[str, UUID, bytes, bytes], bool]
"""``verify(side, account_id, message, signature)``: whether a lead of that side signed the message."""

LONGEST = datetime.timedelta(days=14)
FINAL = (OpeningState.SHOWN, OpeningState.REFUSED, OpeningState.LAPSED)


def request(
    record: SealedRecord,
    requester: UUID,
    recipient: str,
    purpose: str,
    reason: str,
    expires_at: datetime.datetime,
    now: datetime.datetime,
) -> Opening:
    """Ask to see a sealed record; ``recipient`` is the public key of the one who asks, and is signed with the rest.

    Raises ``Refused`` where reason, purpose or expiry are wanting.
    """
    told = " ".join(reason.split())
    if not told or len(told) > 300:
        raise Refused(_("Give the reason, in at most 300 characters and without a name."))
    if purpose not in Purpose.values:
        raise Refused(_("Choose the purpose."))
    if not now < expires_at <= now + LONGEST:
        raise Refused(_("Let the request lapse within fourteen days."))
    return Opening(
        record=record,
        digest=record.digest,
        requester=requester,
        recipient=recipient,
        purpose=purpose,
        reason=told,
        requested_at=now,
        expires_at=expires_at,
        state=OpeningState.REQUESTED,
        approvals={},
    )


def statement(opening: Opening) -> bytes:
    """Return what a lead signs: exactly this opening of exactly this content."""
    told = {
        "what": "open a sealed record once",
        "opening": str(opening.id),
        "record": str(opening.record_id),
        "sha256": opening.digest,
        "requester": str(opening.requester),
        "recipient": opening.recipient,
        "purpose": opening.purpose,
        "reason": opening.reason,
        "expires": opening.expires_at.astimezone(datetime.UTC).isoformat(),
    }
    return json.dumps(told, sort_keys=True, ensure_ascii=True).encode()


def approve(
    opening: Opening, side: str, account_id: UUID, signature: bytes, verify: Verify, now: datetime.datetime
) -> None:
    """Add one side's approval; with the second the opening is approved.

    Raises ``Refused`` where it is not that time, that side, or that signature, or where one account approves for both.
    """
    _in_time(opening, now, OpeningState.REQUESTED)
    _of_the_record(opening, side)
    if any(
        given["account"] == str(account_id) for other, given in opening.approvals.items() if other != side
    ):
        raise Refused(_("The same account approved for the other side. Two people are needed."))
    if not verify(side, account_id, statement(opening), signature):
        raise Refused(_("The signature does not belong to a lead of this side who holds its key."))
    given = {"account": str(account_id), "signature": bytes(signature).hex()}
    opening.approvals = {**opening.approvals, side: given}
    if _approved(opening, verify):
        opening.state = OpeningState.APPROVED


def refuse(opening: Opening, side: str, now: datetime.datetime) -> None:
    """One side does not approve, or takes that back before anything was opened: it ends. Why is not asked."""
    _in_time(opening, now, OpeningState.REQUESTED, OpeningState.APPROVED)
    _of_the_record(opening, side)
    _end(opening, OpeningState.REFUSED)


def hand_on(
    opening: Opening, outer: SideKey, inner_recipient: str, verify: Verify, now: datetime.datetime
) -> None:
    """The outer side opens its envelope and hands what is inside to the inner side, this once.

    Raises ``Refused`` where both sides have not approved exactly this, or it is not the outer side's key.
    """
    _in_time(opening, now, OpeningState.APPROVED)
    _still_approved(opening, verify)
    record = opening.record
    if outer.side != record.outer:
        raise Refused(_("The other side opens its envelope first."))
    within = unseal(outer.identity, nested.place(record.id, "outer"), record.ciphertext)
    opening.handed_on = seal([inner_recipient], _place(opening, "handed_on"), within)
    opening.state = OpeningState.HANDED_ON


def unwrap(opening: Opening, inner: SideKey, verify: Verify, now: datetime.datetime) -> None:
    """The inner side opens what was handed on and seals the content to the one who asked.

    Raises ``Refused`` where both sides have not approved exactly this, or it is not the inner side's key.
    """
    _in_time(opening, now, OpeningState.HANDED_ON)
    _still_approved(opening, verify)
    if inner.side != opening.record.inner:
        raise Refused(_("The other side has opened its envelope; now it is this side's turn."))
    within = unseal(inner.identity, _place(opening, "handed_on"), opening.handed_on)
    plaintext = unseal(inner.identity, nested.place(opening.record_id, "inner"), within)
    opening.for_requester = seal([opening.recipient], _place(opening, "for_requester"), plaintext)
    opening.handed_on = b""
    opening.state = OpeningState.READY


def show(opening: Opening, keys: Keys, verify: Verify, now: datetime.datetime) -> bytes:
    """Return the content to the one who asked, once.

    Raises ``Refused`` where somebody else asks, or it is not the time.
    """
    _in_time(opening, now, OpeningState.READY)
    _still_approved(opening, verify)
    if keys.account_id != opening.requester:
        raise Refused(_("Only the one who asked sees it."))
    plaintext = unseal(keys.identity, _place(opening, "for_requester"), opening.for_requester)
    _end(opening, OpeningState.SHOWN)
    return plaintext


def lapse(opening: Opening, now: datetime.datetime) -> bool:
    """End an opening whose time is over, and say whether that was so."""
    if opening.state in FINAL or now < opening.expires_at:
        return False
    _end(opening, OpeningState.LAPSED)
    return True


def _end(opening: Opening, state: OpeningState) -> None:
    opening.state = state
    opening.handed_on = opening.for_requester = b""


def _in_time(opening: Opening, now: datetime.datetime, *states: OpeningState) -> None:
    if now >= opening.expires_at:
        raise Refused(_("This request has lapsed. Ask anew."))
    if opening.state not in states:
        raise Refused(
            _("This step is not due: the opening is %(state)s.")
            % {"state": OpeningState(opening.state).label}
        )


def _of_the_record(opening: Opening, side: str) -> None:
    if side not in (opening.record.outer, opening.record.inner):
        raise Refused(_("This side has no key to this record."))


def _approved(opening: Opening, verify: Verify) -> bool:
    """Whether two different accounts, one a side, signed exactly this opening of exactly this ciphertext."""
    record = opening.record
    if opening.digest != nested.digest(record.ciphertext):
        return False
    given = [opening.approvals.get(side) for side in (record.outer, record.inner)]
    if None in given or len({one["account"] for one in given if one}) != 2:
        return False
    return all(
        verify(side, UUID(one["account"]), statement(opening), bytes.fromhex(one["signature"]))
        for side, one in zip((record.outer, record.inner), given, strict=True)
        if one
    )


def _still_approved(opening: Opening, verify: Verify) -> None:
    if not _approved(opening, verify):
        raise Refused(
            _("The approvals of both sides do not hold for exactly this record and request. Ask anew.")
        )


def _place(opening: Opening, field: str) -> Context:
    return Context("kernel.Opening", str(opening.id), field)
