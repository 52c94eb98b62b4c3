"""Steps of a review that can be taken back: the asks before and after each decision are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused
from sulh.kernel.ids import new_id
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.models import Ask, Document, Lineage, ReviewStep

FIELDS = (
    "kind",
    "start",
    "end",
    "context_start",
    "context_end",
    "text",
    "verb",
    "addressees",
    "themes",
    "rule",
    "state",
    "relation",
    "score",
    "shared",
    "suggestions",
)
"""What a step remembers of an ask, besides its lineage and when it was decided."""


@contextmanager
def step(viewer: Viewer, document: Document, what: str, asks: Sequence[Ask]) -> Iterator[None]:
    """Remember the asks as they stand in the database before and after what is done inside.

    The asks are locked first. One that no longer stands as it was read is refused: somebody else was quicker.
    """
    ids = [ask.id for ask in asks]
    _refuse_overtaken(asks)
    before = _snapshots(ids)
    yield
    ReviewStep.objects.create(
        document=document, what=what, before=before, after=_snapshots(ids), account_id=viewer.account_id
    )
    if document.reviewed_at is not None and any(one["state"] == AskState.PROPOSED for one in _snapshots(ids)):
        document.reviewed_at = None
        document.save(update_fields=["reviewed_at"])


def token_of(ask: Ask) -> str:
    """Return a short token that changes whenever the ask does; a page sends back the one it was made from."""
    told = {field: getattr(ask, field) for field in FIELDS if field != "suggestions"}
    words = json.dumps([told, str(ask.lineage_id), str(ask.decided_at)], sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def refuse_unless_seen(ask: Ask, token: str) -> None:
    """Refuse a decision that was made on an older state of the ask than it has now."""
    if token != token_of(ask):
        raise Overtaken(ask)


class Overtaken(Refused):
    """Somebody else has decided or changed the ask in the meantime."""

    def __init__(self, ask: Ask | None = None) -> None:
        if ask is None:
            said = _("Somebody else joined or took back this ask in the meantime. Nothing was changed.")
        else:
            said = _(
                "Somebody else worked on this ask in the meantime; it is now: %(state)s. "
                "Your decision was not taken. Look at it as it stands now, then decide again if you need to."
            ) % {"state": ask.get_state_display()}
        super().__init__(said)


def _refuse_overtaken(asks: Sequence[Ask]) -> None:
    known = {ask.id: ask for ask in Ask.objects.select_for_update().filter(id__in=[ask.id for ask in asks])}
    for ask in asks:
        now = known.get(ask.id)
        if ask._state.adding and now is None:
            continue
        if now is None or token_of(now) != token_of(ask):
            raise Overtaken(now)


def take_back(last: ReviewStep) -> None:
    """Restore the asks of this step as they stood before it, and remove a lineage that it alone had made."""
    told = {one["id"]: one for one in last.before}
    lineages = {one["lineage"] for one in last.after if one["lineage"]}
    for one in last.after:
        if one["id"] not in told:
            Ask.objects.filter(id=one["id"]).delete()
    for one in last.before:
        if one["lineage"] and not Lineage.objects.filter(id=one["lineage"]).exists():
            raise Refused(_("The lineage of this ask is no longer there; it cannot be put back."))
        ask = Ask.objects.filter(id=one["id"]).first() or Ask(id=one["id"], document_id=last.document_id)
        for field in FIELDS:
            setattr(ask, field, one[field])
        ask.lineage_id = one["lineage"]
        ask.decided_at = parse_datetime(one["decided_at"]) if one["decided_at"] else None
        ask.save()
    for lineage in Lineage.objects.filter(id__in=lineages, asks__isnull=True, transfers__isnull=True):
        lineage.delete()
    if any(one["state"] == AskState.PROPOSED for one in last.before):
        Document.objects.filter(id=last.document_id).update(reviewed_at=None)
    last.delete()


def copy_of(ask: Ask) -> Ask:
    """Return an unsaved copy of an ask under an id of its own."""
    other = Ask(id=new_id(), document=ask.document)
    for field in FIELDS:
        setattr(other, field, getattr(ask, field))
    return other


def reopen(ask: Ask) -> None:
    """Make an ask a proposal again."""
    ask.state, ask.lineage, ask.relation, ask.score, ask.shared = AskState.PROPOSED, None, "", None, []
    ask.decided_at = None


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch without the blanks, commas and *and* at its ends, or None where no word is left."""
    part = text[start:end]
    part_start = start + len(part) - len(part.lstrip(" \n\t,;:"))
    part_end = end - (len(part) - len(part.rstrip(" \n\t,;:")))
    for word in ("and ", "or "):
        if text[part_start:part_end].lower().startswith(word):
            part_start += len(word)
    return (part_start, part_end) if part_start < part_end else None


def _snapshots(ids: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(ask.id),
            "lineage": str(ask.lineage_id) if ask.lineage_id else None,
            "decided_at": ask.decided_at.isoformat() if ask.decided_at else None,
            **{field: getattr(ask, field) for field in FIELDS},
        }
        for ask in Ask.objects.filter(id__in=ids)
    ]
