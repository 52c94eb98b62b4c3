"""Reading the ledger: one row per lineage, with all that is known of what became of it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sulh.engines.calendars import PartialDate
from sulh.kernel.access import Viewer
from sulh.rooms.carry import access
from sulh.rooms.carry.enums import RESPONSE_RANK, AskKind, AskState, LineageState, ResponseKind
from sulh.rooms.carry.models import Ask, Document, Lineage, Response, TransferAct
from sulh.rooms.programme.models import Programme


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One lineage as the ledger shows it. Dates are partial, as they are known; empty where they are not.

    ``carried`` maps each side's key to the dates on which it was carried there, oldest first.
    """

    lineage: Lineage
    asks: tuple[Ask, ...]
    welcomes: tuple[Ask, ...]
    acts: tuple[TransferAct, ...]
    groups: tuple[str, ...]
    dialogues: tuple[str, ...]
    themes: tuple[str, ...]
    addressees: tuple[str, ...]
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.lineage.id

    @property
    def what(self) -> str:
        return self.lineage.title

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
    def dates(self) -> tuple[str, ...]:
        """The known dates of asking, oldest first."""
        return tuple(
            sorted({ask.document.dated for ask in self.asks if ask.document.dated}, key=PartialDate.parse)
        )

    @property
    def responses(self) -> tuple[Response, ...]:
        return tuple(response for act in self.acts for response in act.responses.all())

    @property
    def best_response(self) -> Response | None:
        """The furthest-reaching response known; None where there was none."""
        heard = [response for response in self.responses if response.kind != ResponseKind.NONE]
        return max(heard, key=lambda one: RESPONSE_RANK[one.kind], default=None)

    @property
    def state(self) -> LineageState:
        if self.welcomes:
            return LineageState.POSSIBLE_UPTAKE
        if self.best_response:
            return LineageState.ANSWERED
        sides = sum(1 for dates in self.carried.values() if dates)
        return (LineageState.NOT_CARRIED, LineageState.CARRIED_TO_ONE, LineageState.CARRIED_TO_BOTH)[
            min(sides, 2)
        ]


def ledger(viewer: Viewer, programme: Programme, only: Iterable[UUID] | None = None) -> list[LedgerRow]:
    """Return the rows of a programme's ledger: every lineage with an accepted ask of this programme.

    Asks of the same lineage in other programmes count where the viewer may see them. A handful of queries,
    whatever the number of rows.
    """
    own = Ask.objects.filter(
        document__programme=programme, state=AskState.ACCEPTED, kind=AskKind.ASK, lineage__isnull=False
    )
    if only is not None:
        own = own.filter(lineage_id__in=list(only))
    return rows_of(viewer, programme, set(own.values_list("lineage_id", flat=True)))


def rows_of(viewer: Viewer, programme: Programme, lineage_ids: Iterable[UUID]) -> list[LedgerRow]:
    """Return the rows of these lineages, as this viewer sees them from this programme."""
    ids = set(lineage_ids)
    asks: dict[UUID, list[Ask]] = defaultdict(list)
    welcomes: dict[UUID, list[Ask]] = defaultdict(list)
    seen = (
        access.asks_for(viewer)
        .filter(lineage_id__in=ids, state=AskState.ACCEPTED)
        .select_related("document__round", "document__programme")
        .prefetch_related("document__round__groups")
        .defer("document__text", "document__passages", "suggestions")
    )
    for ask in sorted(seen, key=_by_date):
        (asks if ask.kind == AskKind.ASK else welcomes)[ask.lineage_id].append(ask)
    acts: dict[UUID, list[TransferAct]] = defaultdict(list)
    carried = (
        programme.transfers.filter(lineages__in=ids)
        .distinct()
        .select_related("side", "round")
        .prefetch_related("lineages", "responses")
    )
    for act in sorted(carried, key=lambda act: PartialDate.parse(act.date)):
        for lineage in act.lineages.all():
            acts[lineage.id].append(act)
    sides = [side.key for side in programme.sides.all()]
    return [
        _row(lineage, asks[lineage.id], welcomes[lineage.id], acts[lineage.id], sides)
        for lineage in Lineage.objects.filter(id__in=ids)
        if asks[lineage.id]
    ]


def _row(
    lineage: Lineage, asks: list[Ask], welcomes: list[Ask], acts: list[TransferAct], sides: Sequence[str]
) -> LedgerRow:
    groups = [group for ask in asks if ask.document.round for group in ask.document.round.groups.all()]
    return LedgerRow(
        lineage=lineage,
        asks=tuple(asks),
        welcomes=tuple(welcomes),
        acts=tuple(acts),
        groups=_distinct(group.name for group in groups),
        dialogues=_distinct(group.dialogue for group in groups),
        themes=_distinct(theme for ask in asks for theme in ask.themes),
        addressees=_distinct(code for ask in asks for code in ask.addressees),
        carried={key: tuple(act.date for act in acts if act.side.key == key) for key in sides},
    )


def _by_date(ask: Ask) -> tuple[bool, Any, Any, int]:
    dated = ask.document.dated
    date = PartialDate.parse(dated) if dated else None
    return (
        date is None,
        date.earliest if date else datetime.date.max,
        date.latest if date else None,
        ask.start,
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def documents_of(programme: Programme) -> list[Document]:
    """Return the programme's documents, those that wait for review first, then the latest first."""
    rows = programme.documents.select_related("round").prefetch_related("asks").defer("text", "passages")
    dated = sorted(rows, key=lambda one: (one.dated, one.imported_at.isoformat()), reverse=True)
    return sorted(dated, key=lambda one: one.reviewed_at is not None)
