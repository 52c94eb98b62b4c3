"""The entries of a lineage's page, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sulh.rooms.carry.enums import AskKind
from sulh.rooms.carry.models import Ask, TransferAct
from sulh.rooms.carry.queries import LedgerRow, by_time
from sulh.rooms.programme.models import Programme

STRONG, FAIR = 0.75, 0.5
"""From these scores on the likeness to the earlier ask is called strong, or fair; below it is weak."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to an ask; of ``ask`` and ``act`` one is given.

    ``kind`` is ``first`` (the earliest ask), ``again`` (a later one), ``uptake`` (a welcome that may be a sign of it),
    ``before`` (a welcome older than any ask) or ``act``.
    """

    kind: str
    date: str
    ask: Ask | None = None
    act: TransferAct | None = None
    elsewhere: bool = False

    @property
    def likeness(self) -> str:
        """How alike the ask is to the earlier ones, as a word: ``strong``, ``fair``, ``weak``; empty if unscored."""
        score: Any = self.ask.score if self.ask else None
        if score is None:
            return ""
        return "strong" if score >= STRONG else "fair" if score >= FAIR else "weak"


def entries_of(row: LedgerRow, programme: Programme) -> list[Entry]:
    """Return asks, welcomes and transfer acts of the row in the order of time; unknown dates last."""

    def kind_of(ask: Ask) -> str:
        if ask.kind == AskKind.WELCOME:
            return "uptake" if ask in row.uptake else "before"
        return "first" if ask == row.asks[0] else "again"

    entries = [
        Entry(kind_of(ask), ask.document.dated, ask=ask, elsewhere=ask.document.programme_id != programme.id)
        for ask in (*row.asks, *row.welcomes)
    ]
    entries += [Entry("act", act.date, act=act) for act in row.acts]
    return sorted(entries, key=by_time(lambda entry: entry.date))
