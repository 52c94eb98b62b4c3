"""Reading the ledger: one row per lineage, with all that is known of what became of it.

From the pages of a programme one sees the asks of that programme and those of public documents of any other. What
another programme has not published is neither shown nor counted here, even to somebody who sits in both: so everybody
in a programme sees the same ledger, and an export of it holds nothing that is another's to publish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from sulh.engines.calendars import PartialDate
from sulh.kernel.access import Viewer
from sulh.rooms.carry import access
from sulh.rooms.carry.enums import RESPONSE_RANK, AskKind, AskState, LineageState, ResponseKind
from sulh.rooms.carry.models import Ask, Document, Lineage, Response, TransferAct
from sulh.rooms.programme.models import Programme


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One lineage as the ledger shows it. Dates are partial, as they are known; empty where they are not.

    ``asks`` and ``welcomes`` stand in the order of time, those without a date last; ``acts`` likewise.
    ``groups`` names who asked, with the programme in brackets where it is another one. ``carried`` maps each side's
    key to the dates on which it was carried there, oldest first.
    """

    lineage: Lineage
    what: str
    asks: tuple[Ask, ...]
    welcomes: tuple[Ask, ...]
    acts: tuple[TransferAct, ...]
    groups: tuple[str, ...]
    dialogues: tuple[str, ...]
    themes: tuple[str, ...]
    addressees: tuple[str, ...]
    dates: tuple[str, ...]
    carried: dict[str, tuple[str, ...]]
    best_response: Response | None
    state: LineageState

    @property
    def id(self) -> UUID:
        return self.lineage.id

    @property
    def times(self) -> int:
        """How often it was asked: documents that ask it. The same text saying it twice asks once."""
        return len({ask.document_id for ask in self.asks})

    @property
    def first_asked(self) -> str:
        return self.dates[0] if self.dates else ""

    @property
    def last_asked(self) -> str:
        return self.dates[-1] if self.dates else ""

    @property
    def responses(self) -> tuple[Response, ...]:
        return tuple(response for act in self.acts for response in act.responses.all())

    @property
    def uptake(self) -> tuple[Ask, ...]:
        """The welcomes that may be a sign of uptake: those that are not older than the first ask."""
        return tuple(one for one in self.welcomes if _may_follow(one.document.dated, self.first_asked))

    @property
    def welcomed(self) -> tuple[str, ...]:
        """The known dates of possible uptake, oldest first."""
        return _distinct(welcome.document.dated for welcome in self.uptake)

    @property
    def last_welcomed(self) -> str:
        return self.welcomed[-1] if self.welcomed else ""

    @property
    def more_groups(self) -> int:
        """How many groups there are besides the two that the table names."""
        return max(0, len(self.groups) - 2)

    def is_asked_by(self, programme: Programme) -> bool:
        """Whether a document of this programme asks it."""
        return any(ask.document.programme_id == programme.id for ask in self.asks)


def ledger(viewer: Viewer, programme: Programme, only: Iterable[UUID] | None = None) -> list[LedgerRow]:
    """Return the rows of a programme's ledger: every lineage with an accepted ask of this programme.

    Asks of the same lineage in public documents of other programmes count too. A handful of queries, whatever the
    number of rows.
    """
    own = Ask.objects.filter(
        document__programme=programme, state=AskState.ACCEPTED, kind=AskKind.ASK, lineage__isnull=False
    )
    if only is not None:
        own = own.filter(lineage_id__in=list(only))
    return _rows(viewer, programme, own.values("lineage_id"))


def rows_of(viewer: Viewer, programme: Programme, lineage_ids: Iterable[UUID]) -> list[LedgerRow]:
    """Return the rows of these lineages as seen from this programme, whoever asks them; unseen ones are left out."""
    return _rows(viewer, programme, list(lineage_ids))


def titles_of(viewer: Viewer, programme: Programme, lineages: Iterable[Lineage]) -> dict[UUID, str]:
    """Return the words for each of these lineages, as :func:`what_of` gives them."""
    lineages = list(lineages)
    ids = [lineage.id for lineage in lineages]
    seen = defaultdict(list)
    for ask in asks_seen_from(viewer, programme).filter(lineage_id__in=ids, kind=AskKind.ASK):
        seen[ask.lineage_id].append(ask)
    hidden = _hidden_words(viewer, programme, ids)
    return {lineage.id: what_of(lineage, seen[lineage.id], hidden) for lineage in lineages}


def what_of(lineage: Lineage, asks: Sequence[Ask], hidden: set[tuple[UUID, str]]) -> str:
    """Return the lineage's title; the words of an ask in sight where the title is that of an ask out of sight."""
    if (lineage.id, lineage.title) in hidden:
        return asks[0].text[:300] if asks else "…"
    return lineage.title


def _rows(viewer: Viewer, programme: Programme, lineage_ids: Any) -> list[LedgerRow]:
    asks: dict[UUID, list[Ask]] = defaultdict(list)
    welcomes: dict[UUID, list[Ask]] = defaultdict(list)
    documents = (
        Document.objects.select_related("round", "programme")
        .prefetch_related("round__groups")
        .defer("text", "passages", "sources", "round__notes", "round__sources", "programme__summary")
    )
    seen = (
        asks_seen_from(viewer, programme)
        .filter(lineage_id__in=lineage_ids)
        .prefetch_related(Prefetch("document", documents))
        .defer("suggestions")
    )
    for ask in sorted(seen, key=lambda one: (*_time(one.document.dated), one.start)):
        if ask.lineage_id:
            (asks if ask.kind == AskKind.ASK else welcomes)[ask.lineage_id].append(ask)
    acts: dict[UUID, list[TransferAct]] = defaultdict(list)
    carried = (
        programme.transfers.filter(lineages__in=lineage_ids)
        .distinct()
        .select_related("side", "round")
        .prefetch_related("responses", Prefetch("lineages", Lineage.objects.only("id")))
    )
    for act in sorted(carried, key=lambda one: _time(one.date)):
        for lineage in act.lineages.all():
            acts[lineage.id].append(act)
    hidden = _hidden_words(viewer, programme, lineage_ids)
    sides = [side.key for side in programme.sides.all()]
    documents_seen = {ask.document_id: ask.document for row in asks.values() for ask in row}
    speakers = {key: (_groups(one, programme), _dialogues(one)) for key, one in documents_seen.items()}
    return [
        _row(lineage, asks[lineage.id], welcomes[lineage.id], acts[lineage.id], sides, hidden, speakers)
        for lineage in Lineage.objects.filter(id__in=lineage_ids)
        if asks[lineage.id]
    ]


def _row(
    lineage: Lineage,
    asks: list[Ask],
    welcomes: list[Ask],
    acts: list[TransferAct],
    sides: Sequence[str],
    hidden: set[tuple[UUID, str]],
    speakers: Mapping[UUID, tuple[list[str], list[str]]],
) -> LedgerRow:
    best = _best([response for act in acts for response in act.responses.all()])
    dates = _distinct(ask.document.dated for ask in asks)
    uptake = any(_may_follow(one.document.dated, dates[0] if dates else "") for one in welcomes)
    carried = {key: _distinct(act.date for act in acts if act.side.key == key) for key in sides}
    return LedgerRow(
        lineage=lineage,
        what=what_of(lineage, asks, hidden),
        asks=tuple(asks),
        welcomes=tuple(welcomes),
        acts=tuple(acts),
        groups=_distinct(name for ask in asks for name in speakers[ask.document_id][0]),
        dialogues=_distinct(name for ask in asks for name in speakers[ask.document_id][1]),
        themes=_distinct(theme for ask in asks for theme in ask.themes),
        addressees=_distinct(code for ask in asks for code in ask.addressees),
        dates=dates,
        carried=carried,
        best_response=best,
        state=_state(uptake, best, sum(1 for dates in carried.values() if dates)),
    )


def _best(responses: Iterable[Response]) -> Response | None:
    """The furthest-reaching response; the earliest of equal ones; None where nothing came back."""
    heard = (response for response in responses if response.kind != ResponseKind.NONE)
    return max(heard, key=lambda one: RESPONSE_RANK[one.kind], default=None)


def _state(uptake: bool, best: Response | None, sides: int) -> LineageState:
    if uptake:
        return LineageState.POSSIBLE_UPTAKE
    if best:
        return LineageState.ANSWERED
    return (LineageState.NOT_CARRIED, LineageState.CARRIED_TO_ONE, LineageState.CARRIED_TO_BOTH)[
        min(sides, 2)
    ]


def _may_follow(welcomed: str, asked: str) -> bool:
    """Whether a welcome may be as late as the ask, as far as both dates are known."""
    if not welcomed or not asked:
        return True
    return PartialDate.parse(welcomed).latest >= PartialDate.parse(asked).earliest


def _groups(document: Document, programme: Programme) -> list[str]:
    groups = [group.name for group in document.round.groups.all()] if document.round else []
    if document.programme_id == programme.id:
        return groups
    home = document.programme.name
    return [f"{name} ({home})" for name in groups] or [home]


def _dialogues(document: Document) -> list[str]:
    """Which dialogue speaks in this document: that of the round's groups, else the programme itself."""
    groups = document.round.groups.all() if document.round else []
    return [group.dialogue for group in groups] or [document.programme.name]


def asks_seen_from(viewer: Viewer, programme: Programme) -> QuerySet[Ask]:
    """The accepted asks and welcomes that are seen from the pages of a programme: its own, and public ones."""
    here = Q(document__programme=programme) | Q(document__is_public=True)
    return access.asks_for(viewer).filter(here, state=AskState.ACCEPTED)


def _hidden_words(viewer: Viewer, programme: Programme, lineage_ids: Any) -> set[tuple[UUID, str]]:
    """The words of asks out of sight, by lineage: a title that repeats them must not be shown."""
    hidden = Ask.objects.filter(lineage_id__in=lineage_ids).exclude(
        id__in=asks_seen_from(viewer, programme).values("id")
    )
    return {(lineage, text[:300]) for lineage, text in hidden.values_list("lineage_id", "text")}


@lru_cache(maxsize=4096)
def _time(date: str) -> tuple[Any, ...]:
    """A key that sorts partial dates in the order of time, unknown ones last."""
    if not date:
        return (True,)
    known = PartialDate.parse(date)
    return (False, known.earliest, known.latest)


def by_time(date_of: Callable[[Any], str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a sort key by the partial date that ``date_of`` gives, unknown dates last."""
    return lambda one: _time(date_of(one))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def dated_asks(viewer: Viewer, programme: Programme, lineages: Iterable[Lineage]) -> list[Ask]:
    """Return the asks of these lineages that are seen from the programme and of which it is known when."""
    asks = asks_seen_from(viewer, programme).filter(lineage__in=list(lineages), kind=AskKind.ASK)
    rows = asks.select_related("lineage", "document__round").defer(
        "document__text", "document__passages", "suggestions"
    )
    return [ask for ask in rows if ask.document.dated]


def transfers_of(programme: Programme) -> list[TransferAct]:
    """Return the programme's transfer acts, the latest first."""
    rows = programme.transfers.select_related("side", "round").prefetch_related("lineages", "responses")
    return sorted(rows, key=by_time(lambda act: act.date), reverse=True)


def documents_of(viewer: Viewer, programme: Programme) -> list[Document]:
    """Return the programme's documents, those that wait for review first, then the latest first.

    Each tells how many of its asks and welcomes are ``waiting`` and how many are ``accepted``.
    """
    rows = (
        access.documents_for(viewer, programme)
        .select_related("round")
        .annotate(
            waiting=Count("asks", filter=Q(asks__state=AskState.PROPOSED)),
            accepted=Count("asks", filter=Q(asks__state=AskState.ACCEPTED)),
        )
        .defer("text", "passages")
    )
    dated = sorted(rows, key=lambda one: (one.dated, one.imported_at.isoformat()), reverse=True)
    return sorted(dated, key=lambda one: one.reviewed_at is not None)
