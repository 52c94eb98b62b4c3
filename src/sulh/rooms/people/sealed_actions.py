"""What can be done about sealed records: each step of their opening is one action, and so is logged."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel.access import NotPermitted, Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.ids import new_id
from sulh.kernel.vault import ceremony, holding, nested, signing
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.models import Opening, SealedRecord
from sulh.kernel.vault.sides import SideKey
from sulh.rooms.people.codes import new_code
from sulh.rooms.people.seats import is_lead, own_side
from sulh.rooms.programme.models import Programme

LONGEST = 20_000
"""Characters of a sealed record."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The content of a sealed record, for one page; ``pk`` is the opening, for the log."""

    pk: UUID
    text: str

    def __repr__(self) -> str:
        return f"<shown by {self.pk}>"


@action("people.unseal")
def seal_record(viewer: Viewer, programme: Programme, key: SideKey, text: str) -> SealedRecord:
    """Seal a text so that only both sides together can read it again. Nobody can read it alone, the writer neither."""
    side = own_side(viewer, programme, "people.unseal")
    _of_the_side(programme, side, key)
    if not text.strip() or len(text) > LONGEST:
        raise Refused(_("Write the text to be sealed, at most 20,000 characters."))
    recipients = {}
    for one in programme.sides.all():
        vault = holding.vault_of(programme.id, one.key)
        if vault is None:
            raise Refused(
                _("%(side)s has no vault yet. A sealed record needs the vaults of both sides.")
                % {"side": one.name}
            )
        recipients[one.key] = vault.recipient
    if recipients[side] != key.recipient:
        raise Refused(_("This is not the key of your side's vault."))
    record_id = new_id()
    outer, inner, ciphertext = nested.seal_for_both(record_id, recipients, text.strip().encode())
    return SealedRecord.objects.create(
        id=record_id,
        programme=programme.id,
        code=new_code("S", SealedRecord.objects.filter(programme=programme.id)),
        outer=outer,
        inner=inner,
        ciphertext=ciphertext,
        digest=nested.digest(ciphertext),
        sealed_at=timezone.now(),
    )


@action("people.unseal")
def request_opening(
    viewer: Viewer, programme: Programme, record: SealedRecord, purpose: str, reason: str, hours: int
) -> Opening:
    """Ask to see a sealed record once: for which purpose, for what reason, and when the request lapses."""
    own_side(viewer, programme, "people.unseal")
    keyring = holding.keyring_of(viewer.account_id)
    if keyring is None or viewer.account_id is None:
        raise Refused(_("Make your own keys first, on the vault page: the text will be sealed to them."))
    if record.programme != programme.id:
        raise NotPermitted("people.unseal")
    now = timezone.now()
    ends = now + datetime.timedelta(hours=hours)
    opening = ceremony.request(record, viewer.account_id, keyring.recipient, purpose, reason, ends, now)
    opening.save()
    return opening


@action("people.unseal")
def approve_opening(viewer: Viewer, programme: Programme, opening: Opening, signature: bytes) -> Opening:
    """Approve an opening for the viewer's side, by a signature over exactly this record and request."""
    side = own_side(viewer, programme, "people.unseal")
    row = _locked(programme, opening)
    if viewer.account_id is None:
        raise NotPermitted("people.unseal")
    ceremony.approve(row, side, viewer.account_id, signature, _verify(programme), timezone.now())
    row.save()
    return row


@action("people.unseal")
def refuse_opening(viewer: Viewer, programme: Programme, opening: Opening) -> Opening:
    """Do not approve an opening, or take the approval back while nothing was opened. That ends it; why is not asked."""
    side = own_side(viewer, programme, "people.unseal")
    row = _locked(programme, opening)
    ceremony.refuse(row, side, timezone.now())
    row.save()
    return row


@action("people.unseal")
def hand_on_opening(viewer: Viewer, programme: Programme, opening: Opening, key: SideKey) -> Opening:
    """As the outer side: open its envelope and hand what is inside to the inner side, once."""
    _of_the_side(programme, own_side(viewer, programme, "people.unseal"), key)
    row = _locked(programme, opening)
    inner = holding.vault_of(programme.id, row.record.inner)
    if inner is None:
        raise Refused(_("The other side has no vault any more."))
    ceremony.hand_on(row, key, inner.recipient, _verify(programme), timezone.now())
    row.save()
    return row


@action("people.unseal")
def unwrap_opening(viewer: Viewer, programme: Programme, opening: Opening, key: SideKey) -> Opening:
    """As the inner side: open what was handed on and seal it to the one who asked."""
    _of_the_side(programme, own_side(viewer, programme, "people.unseal"), key)
    row = _locked(programme, opening)
    ceremony.unwrap(row, key, _verify(programme), timezone.now())
    row.save()
    return row


@action("people.unseal")
def show_opening(viewer: Viewer, programme: Programme, opening: Opening, keys: Keys) -> Shown:
    """Show the text to the one who asked, once; no copy for them stays."""
    own_side(viewer, programme, "people.unseal")
    if keys.account_id != viewer.account_id:
        raise NotPermitted("people.unseal")
    row = _locked(programme, opening)
    text = ceremony.show(row, keys, _verify(programme), timezone.now()).decode()
    row.save()
    return Shown(row.id, text)


@action("people.lapse")
def lapse_openings(viewer: Viewer, programme: Programme) -> Kept:
    """End the openings whose time is over, and wipe what they had opened on the way. A job of the house does this."""
    due = Opening.objects.select_for_update().filter(
        record__programme=programme.id, expires_at__lte=timezone.now()
    )
    ended = [row for row in due if ceremony.lapse(row, timezone.now())]
    for row in ended:
        row.save()
    return Kept(programme, bool(ended))


def _locked(programme: Programme, opening: Opening) -> Opening:
    """Return the row for writing, so that two requests at once do not both take a step."""
    rows = Opening.objects.select_for_update(of=("self",)).select_related("record")
    found = rows.filter(id=opening.id, record__programme=programme.id).first()
    if found is None:
        raise NotPermitted("people.unseal")
    return found


def _of_the_side(programme: Programme, side: str, key: SideKey) -> None:
    if (key.programme_id, key.side) != (programme.id, side):
        raise NotPermitted("people.unseal")


def _verify(programme: Programme) -> ceremony.Verify:
    """A signature counts where the account leads the side today, holds its key, and signed."""

    def check(side: str, account_id: UUID, message: bytes, signature: bytes) -> bool:
        return is_lead(programme.id, account_id, side) and signing.verify(
            programme.id, side, account_id, message, signature
        )

    return check
