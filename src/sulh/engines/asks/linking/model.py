"""What goes into linking and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sulh.engines.calendars import PartialDate

# Scores from here on propose a link. Fitted on benchmarks/labelled/linking-tuning (see README.md).
THRESHOLD: Final = 0.5


class Relation(StrEnum):
    """How a later ask stands to an earlier one."""

    REPEATS = "repeats"  # asks the same again, in whatever words
    UPDATES = "updates"  # asks the same with another number, date or extent
    MERGES = "merges"  # joins what two or more earlier lineages asked apart
    NARROWS = "narrows"  # asks the same, more specifically


@dataclass(frozen=True, slots=True)
class Entry:
    """One ask as linking sees it.

    ``date`` is an ISO date that may be partial ("2017", "2017-Q1", "2017-03") or empty where it is not known; asks
    without a date count as later than all others. ``themes`` and ``addressees`` are codes; empty means not known.
    ``meaning`` is what :func:`.meaning.read` made of the text, where it was kept; if it does not fit, it is read anew.
    """

    id: str
    date: str
    text: str
    themes: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    meaning: bytes = b""


@dataclass(frozen=True, slots=True)
class Match:
    """An ask of the index that resembles the given one.

    ``score`` (0 to 1) depends on the two asks alone. ``relation`` says how the later of the two stands to the earlier.
    ``shared`` quotes the given ask: words and phrases that both have in common by meaning, the most telling first.
    """

    id: str
    score: float
    relation: Relation
    shared: tuple[str, ...]
    same_theme: bool
    same_addressee: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Why ``id`` follows ``earlier_id``; ``shared`` quotes the later ask."""

    id: str
    earlier_id: str
    score: float
    relation: Relation
    shared: tuple[str, ...]
    same_theme: bool
    same_addressee: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """An ask and its later forms, oldest first.

    Every ask but the first has a link to an earlier one of the lineage. A link with the relation ``MERGES`` may besides
    lead to an ask of another lineage, which lives on by itself.
    """

    ids: tuple[str, ...]
    links: tuple[Link, ...]


def when(entry: Entry) -> tuple[date, date, str]:
    """The order of asks: by first then last possible day, then by id.

    Raises:
        ValueError: when the date of the entry is neither empty nor a date.
    """
    if not entry.date.strip():
        return (date.max, date.max, entry.id)
    known = PartialDate.parse(entry.date)
    return (known.earliest, known.latest, entry.id)
