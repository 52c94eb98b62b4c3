"""What this room holds of a round, and how it goes; what is due; where a name may stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from sulh.engines.disclosure.levels import allowed
from sulh.kernel.access import Viewer, may
from sulh.kernel.due import Due, Timer
from sulh.kernel.places import Place
from sulh.kernel.purging import Found, Purger, Words, counted, mark_of
from sulh.rooms.carry import removal
from sulh.rooms.carry.access import documents_for
from sulh.rooms.carry.models import Ask, Document, Lineage, TransferAct
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme

WORDS = {
    "carry.documents": Words(
        ngettext_lazy(
            "%(count)d document with its title, text and sources",
            "%(count)d documents with their titles, texts and sources",
            "count",
        )
    ),
    "carry.passages": Words(
        ngettext_lazy(
            "%(count)d passage found in them, with its review and its history",
            "%(count)d passages found in them, with their review and their history",
            "count",
        )
    ),
    "carry.lineages": Words(
        ngettext_lazy(
            "%(count)d lineage that no other text of this programme asks",
            "%(count)d lineages that no other text of this programme asks",
            "count",
        )
    ),
    "carry.acts": Words(
        ngettext_lazy(
            "%(count)d transfer act that carried nothing else, with what came back on it",
            "%(count)d transfer acts that carried nothing else, with what came back on them",
            "count",
        )
    ),
    "carry.lineages_stay": Words(
        ngettext_lazy("%(count)d lineage", "%(count)d lineages", "count"),
        gettext_lazy(
            "Other texts of this programme ask the same. None of the words of this round stays in them."
        ),
    ),
    "carry.acts_stay": Words(
        ngettext_lazy("%(count)d transfer act", "%(count)d transfer acts", "count"),
        gettext_lazy("They carried other things too. They no longer name this round, nor what went with it."),
    ),
    "carry.views_stay": Words(
        ngettext_lazy("%(count)d saved view", "%(count)d saved views", "count"),
        gettext_lazy("They belong to the programme. They hold words that somebody typed: read them through."),
    ),
}


@dataclass(frozen=True, slots=True)
class _Held:
    """The documents of a round; the lineages that go and stay; the acts that go and stay."""

    documents: list[Document]
    gone: set[UUID]
    staying: set[UUID]
    acts: list[TransferAct]
    acts_staying: list[TransferAct]


def _held(programme: Programme, round: Round) -> _Held:
    """Read what there is of a round, as seen from this programme.

    A lineage that only another programme asks besides goes from this one: its own ledger does not tell of the other.
    An act goes where everything that it carried goes.
    """
    documents = list(programme.documents.filter(round=round).order_by("id"))
    touched = {key for document in documents for key in removal.lineages_touched(document)}
    elsewhere = Ask.objects.filter(lineage_id__in=touched, document__programme=programme)
    staying = set(elsewhere.exclude(document__in=documents).values_list("lineage_id", flat=True))
    gone = touched - staying
    concerned = programme.transfers.filter(Q(round=round) | Q(lineages__in=touched)).distinct().order_by("id")
    acts: list[TransferAct] = []
    others: list[TransferAct] = []
    for act in concerned.prefetch_related("lineages"):
        if {lineage.id for lineage in act.lineages.all()} <= gone:
            acts.append(act)
        elif act.round_id == round.id or gone & {lineage.id for lineage in act.lineages.all()}:
            others.append(act)
    return _Held(documents, gone, staying, acts, others)


def find(programme: Programme, round: Round) -> Found:
    """The documents of a round with all that was found in them, and what was carried of it."""
    held = _held(programme, round)
    asks = Ask.objects.filter(document__in=held.documents).order_by("id")
    lines = (
        *counted("carry.documents", len(held.documents), goes=True),
        *counted("carry.passages", asks.count(), goes=True),
        *counted("carry.lineages", len(held.gone), goes=True),
        *counted("carry.acts", len(held.acts), goes=True),
        *counted("carry.lineages_stay", len(held.staying), goes=False),
        *counted("carry.acts_stay", len(held.acts_staying), goes=False),
        *counted("carry.views_stay", programme.saved_views.count(), goes=False),
    )
    texts = [(one.id, one.title, one.fingerprint, one.level) for one in held.documents]
    acts = [(one.id, list(one.responses.values_list("id", flat=True))) for one in held.acts]
    staying = [one.id for one in held.acts_staying]
    found = [list(row) for row in asks.values_list("id", "text", "state")]
    return Found(lines, mark_of(texts, found, sorted(map(str, held.gone)), acts, staying))


def purge(viewer: Viewer, programme: Programme, round: Round) -> None:
    """Remove the documents of a round and what was carried of nothing else, with their history."""
    held = _held(programme, round)
    past = TransferAct.history.model
    carried_past = apps.get_model("carry", "HistoricalTransferAct_lineages")
    ids = [act.id for act in held.acts]
    TransferAct.objects.filter(id__in=ids).delete()
    carried_past.objects.filter(Q(transferact_id__in=ids) | Q(lineage_id__in=held.gone)).delete()
    past.objects.filter(id__in=ids).delete()
    TransferAct.objects.filter(round=round).update(round=None)
    past.objects.filter(round_id=round.id).update(round_id=None)
    for document in held.documents:
        removal.remove(document)
    TransferAct.lineages.through.objects.filter(
        lineage_id__in=held.gone, transferact_id__in=[act.id for act in held.acts_staying]
    ).delete()


PURGER = Purger("carry", WORDS, find, purge)


def due_on(document: Document) -> datetime.date | None:
    """Return the day from which a text is due for removal; None where its level sets no limit.

    The days count from the day of its import. A public text is out in the world, so it is never due.
    """
    days = None if document.is_public else allowed(document.level).kept_days
    return None if days is None else document.imported_at.date() + datetime.timedelta(days=days)


def due(viewer: Viewer, programme: Programme, today: datetime.date) -> list[Due]:
    """The texts whose time to be kept is over, for those who may remove them. What was carried stays."""
    if not may(viewer, "carry.review", programme):
        return []
    rows = documents_for(viewer, programme).filter(is_public=False).defer("text", "passages")
    return [
        Due(one.title, reverse("remove-document", args=[programme.slug, one.id]), since)
        for one in rows
        if (since := due_on(one)) and since <= today
    ]


TIMER = Timer("carry", due)


def texts(viewer: Viewer, programme: Programme) -> Iterator[Place]:
    """Documents, what was found in them as it was corrected, lineages, sources of acts, and saved views."""
    for document in documents_for(viewer, programme).prefetch_related("asks"):
        words = [document.title, document.text, *document.sources, *(ask.text for ask in document.asks.all())]
        page = reverse("document", args=[programme.slug, document.id])
        yield Place(document.title, page, "\n\n".join(dict.fromkeys(words)))
    named = Lineage.objects.filter(
        asks__document__in=documents_for(viewer, programme), asks__state="accepted"
    )
    for lineage in named.distinct():
        yield Place(lineage.title, reverse("lineage", args=[programme.slug, lineage.id]), lineage.title)
    transfers = reverse("transfers", args=[programme.slug])
    for act in programme.transfers.all():
        yield Place(_("a transfer act"), f"{transfers}#act-{act.id}", "\n\n".join(act.sources))
    for view in programme.saved_views.all():
        yield Place(view.name, reverse("ledger", args=[programme.slug]), f"{view.name}\n\n{view.query}")
