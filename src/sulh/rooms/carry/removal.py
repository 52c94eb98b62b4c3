"""Removing a document so that none of its words stay in the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sulh.kernel.models import Proposal
from sulh.rooms.carry.enums import AskKind, AskState
from sulh.rooms.carry.models import Ask, Document, Lineage, TransferAct


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes with a document: how many passages, how many of them accepted asks, how many lineages with them.

    ``bare_acts`` counts the transfer acts that stay but no longer say what was carried.
    """

    passages: int
    accepted: int
    lineages: int
    bare_acts: int


def what_leaves(document: Document) -> Leaving:
    """Return what :func:`remove` would remove."""
    emptied = list(_emptied(document).values_list("id", flat=True))
    others = Lineage.objects.exclude(id__in=emptied)
    return Leaving(
        passages=document.asks.count(),
        accepted=document.asks.filter(state=AskState.ACCEPTED, kind=AskKind.ASK).count(),
        lineages=len(emptied),
        bare_acts=TransferAct.objects.filter(lineages__in=emptied)
        .exclude(id__in=TransferAct.objects.filter(lineages__in=others).values("id"))
        .distinct()
        .count(),
    )


def remove(document: Document) -> None:
    """Delete a document with its asks, review steps and history, the proposals about it, and lineages nobody else asks.

    A lineage that stays but bears the words of an ask that goes is called by the words of the earliest that stays.
    """
    touched = lineages_touched(document)
    emptied = list(_emptied(document).values_list("id", flat=True))
    past = Ask.history.filter(document_id=document.id)
    words = {text[:300] for text in document.asks.values_list("text", flat=True)}
    words |= {text[:300] for text in past.values_list("text", flat=True)}
    Document.objects.filter(id=document.id).delete()
    Proposal.objects.filter(kind__startswith="carry.", subject=str(document.id)).delete()
    Ask.history.filter(document_id=document.id).delete()
    Lineage.objects.filter(id__in=emptied).delete()
    staying = list(Lineage.objects.filter(id__in=touched))
    for lineage in staying:
        if lineage.title in words:
            lineage.title = _earliest_words(lineage)
            lineage.save()
    gone = touched - {lineage.id for lineage in staying}
    Lineage.history.filter(id__in=gone).delete()
    Lineage.history.filter(id__in=touched, title__in=words).exclude(
        title__in=[lineage.title for lineage in staying]
    ).delete()


def lineages_touched(document: Document) -> set[UUID]:
    """Every lineage in which an ask of the document stands or ever stood."""
    now = document.asks.exclude(lineage=None).values_list("lineage_id", flat=True)
    past = Ask.history.filter(document_id=document.id, lineage_id__isnull=False)
    return {*now, *past.values_list("lineage_id", flat=True)}


def _emptied(document: Document) -> QuerySet[Lineage]:
    """The lineages of the document in which no ask of another document stands."""
    elsewhere: QuerySet[Any] = Ask.objects.filter(lineage__isnull=False).exclude(document=document)
    return Lineage.objects.filter(id__in=lineages_touched(document)).exclude(
        id__in=elsewhere.values("lineage_id")
    )


def _earliest_words(lineage: Lineage) -> str:
    asks = lineage.asks.select_related("document__round").defer("document__text", "document__passages")
    return min(asks, key=lambda ask: (ask.document.dated or "9", ask.start)).text[:300]
