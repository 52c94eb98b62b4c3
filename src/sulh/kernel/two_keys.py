"""Two keys: what only both sides may do is done when a lead of each has turned a key on exactly the same content.

One mechanism for every room: releasing, loosening, overriding, purging, and who leads a side. A room registers a
*kind*; its action proposes; the leads turn their keys on one page; the second turn carries the thing out, in its own
transaction. Who has not turned a key yet is shown, never why: there is no way to say no, a proposal merely lapses.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sulh.kernel.access import Hidden, Viewer
from sulh.kernel.actions import HasProgrammeIdentity, Refused
from sulh.kernel.models import KeyTurn, Proposal

LAPSES_AFTER = datetime.timedelta(days=14)

Terms = Mapping[str, Any]


def _no_words(programme: Any, subject: str, terms: Terms) -> str:
    return ""


def _every_lead(viewer: Viewer, programme: Any, subject: str, terms: Terms) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of thing that takes both keys.

    ``content`` gives the bytes that are agreed to, read afresh at every turn, so that a key never counts for a
    content that has changed; ``carry_out`` does it, called in the transaction of the second turn; ``describe`` says
    in a sentence what will happen; ``visible`` tells whether this lead may know of it at all.
    """

    name: str
    title: str | Promise
    content: Callable[[Any, str, Terms], bytes]
    carry_out: Callable[[Viewer, Any, str, Terms], Any]
    describe: Callable[[Any, str, Terms], str] = _no_words
    visible: Callable[[Viewer, Any, str, Terms], bool] = _every_lead


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind, once."""
    KINDS[kind.name] = kind


def content_hash(programme_id: UUID, kind: Kind, subject: str, terms: Terms, content: bytes) -> str:
    """Return the SHA-256 (hex) of all that a key is turned on: programme, kind, subject, terms and content."""
    about = json.dumps(
        [str(programme_id), kind.name, subject, dict(terms)], sort_keys=True, ensure_ascii=True
    )
    digest = hashlib.sha256(b"sulh two keys 1\n" + about.encode() + b"\n")
    digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def message(proposal: Proposal) -> bytes:
    """Return the bytes that a lead's signature is made over."""
    until = int(proposal.lapses_at.timestamp())
    return f"sulh turn key 1\n{proposal.id}\n{proposal.content_hash}\n{until}\n".encode()


def _hash_now(programme: HasProgrammeIdentity, kind: Kind, subject: str, terms: Terms) -> str:
    return content_hash(programme.id, kind, subject, terms, kind.content(programme, subject, terms))


def propose(
    viewer: Viewer,
    programme: HasProgrammeIdentity,
    kind_name: str,
    subject: str,
    terms: Terms,
    *,
    lasts: datetime.timedelta = LAPSES_AFTER,
) -> Proposal:
    """Propose something that takes both keys; a lead who proposes turns their side's key with it.

    Called inside an action of the room. The same proposal once more, while the first is open, is the first one; an
    open one on a content that has changed since is closed.
    """
    kind = KINDS[kind_name]
    now = timezone.now()
    mark = _hash_now(programme, kind, subject, terms)
    with transaction.atomic():
        for known in open_proposals(programme.id).filter(kind=kind_name, subject=subject):
            if known.content_hash == mark:
                return known
            if known.content_hash != _hash_now(programme, kind, subject, known.terms):
                close(known)  # it was about a content that is no longer there
        made = Proposal.objects.create(
            programme=programme.id,
            kind=kind_name,
            subject=subject,
            terms=dict(terms),
            content_hash=mark,
            proposed_by=viewer.account_id,
            proposed_side=next(iter(viewer.sides_in(programme.id)), ""),
            proposed_at=now,
            lapses_at=now + lasts,
        )
        if viewer.leads_in(programme.id):
            turn(viewer, programme, made.id, mark)
    made.refresh_from_db()
    return made


def open_proposals(programme_id: UUID) -> Any:
    """The proposals that are still to be answered."""
    return Proposal.objects.filter(
        programme=programme_id, done_at=None, closed_at=None, lapses_at__gt=timezone.now()
    )


def open_proposal(programme_id: UUID, kind: str, subject: str) -> Proposal | None:
    """The open proposal of this kind about this subject, if there is one."""
    found: Proposal | None = open_proposals(programme_id).filter(kind=kind, subject=subject).first()
    return found


def turned(proposal: Proposal) -> set[str]:
    """The keys of the sides that have turned theirs."""
    return set(proposal.turns.values_list("side", flat=True))


def close(proposal: Proposal) -> None:
    """End a proposal without doing what it proposed."""
    proposal.closed_at = timezone.now()
    proposal.save(update_fields=["closed_at"])


def find(
    viewer: Viewer, programme: HasProgrammeIdentity, proposal_id: UUID, *, lock: bool = False
) -> Proposal:
    """Return a proposal that this lead may know of, or raise ``Hidden``."""
    rows = Proposal.objects.select_for_update() if lock else Proposal.objects
    found = rows.filter(programme=programme.id, id=proposal_id).first()
    kind = KINDS.get(found.kind) if found else None
    if found is None or kind is None or not viewer.leads_in(programme.id):
        raise Hidden
    if not kind.visible(viewer, programme, found.subject, found.terms):
        raise Hidden
    return found


def turn(
    viewer: Viewer, programme: HasProgrammeIdentity, proposal_id: UUID, seen_hash: str, signature: bytes = b""
) -> Proposal:
    """Turn the viewer's side's key on the content of this hash; the second key carries it out.

    Raises:
        Hidden: there is no such proposal for this viewer.
        Refused: it has lapsed or ended, the content has changed since it was proposed or shown, or this person has
            turned a key of it already.
    """
    side, account = viewer.leads_in(programme.id), viewer.account_id
    with transaction.atomic():
        found = find(viewer, programme, proposal_id, lock=True)
        if account is None:
            raise Hidden
        if found.done_at or found.closed_at or found.lapses_at <= timezone.now():
            raise Refused(_("This proposal has ended. If it is still meant, propose it again."))
        kind = KINDS[found.kind]
        if seen_hash != found.content_hash or seen_hash != _hash_now(
            programme, kind, found.subject, found.terms
        ):
            raise Refused(
                _("The content has changed since this was proposed, so no key was turned. Propose it again.")
            )
        if found.turns.filter(side=side).exists():
            raise Refused(_("Your side's key is turned already."))
        if found.turns.filter(account=account).exists():
            raise Refused(_("One person cannot turn the keys of both sides."))
        KeyTurn.objects.create(
            proposal=found,
            side=side,
            account=account,
            content_hash=seen_hash,
            signature=signature,
            at=timezone.now(),
        )
        if len(turned(found)) == 2:
            found.done_at = timezone.now()
            found.save(update_fields=["done_at"])
            kind.carry_out(viewer, programme, found.subject, found.terms)
    return found


def take_back(viewer: Viewer, programme: HasProgrammeIdentity, proposal_id: UUID) -> Proposal:
    """Take the viewer's side's key back while the other's is not turned.

    Raises:
        Hidden: there is no such proposal for this viewer.
        Refused: it is done, or the side's key was not turned.
    """
    with transaction.atomic():
        found = find(viewer, programme, proposal_id, lock=True)
        if found.done_at:
            raise Refused(_("Both keys were turned: it is done and cannot be taken back here."))
        taken, _rows = found.turns.filter(side=viewer.leads_in(programme.id)).delete()
        if not taken:
            raise Refused(_("Your side's key is not turned."))
    return found


def withdraw(viewer: Viewer, programme: HasProgrammeIdentity, proposal_id: UUID) -> Proposal:
    """End a proposal of the viewer's own side before it is done.

    Raises:
        Hidden: there is no such proposal for this viewer.
        Refused: it is done or ended, or the other side proposed it.
    """
    with transaction.atomic():
        found = find(viewer, programme, proposal_id, lock=True)
        if found.done_at or found.closed_at:
            raise Refused(_("This proposal has ended. If it is still meant, propose it again."))
        if found.proposed_side != viewer.leads_in(programme.id):
            raise Refused(_("The other side proposed this. It lapses if your key is not turned."))
        close(found)
    return found
