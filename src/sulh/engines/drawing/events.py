"""Events, the reader's words for them, and what both forms of a line of time draw alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sulh.engines.calendars import PartialDate
from sulh.engines.drawing.letters import shorten, width
from sulh.engines.drawing.scale import Scale, known_days
from sulh.engines.drawing.sheet import Piece, Sheet

FONT = 14.0
LINE = 19.0
EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        date: when, as far as known.
        kind: ``asked``, ``carried``, ``response`` or ``uptake``, each with a shape of its own; any other word is
            drawn as a square.
        lane: the row it belongs to, in the reader's language.
        label: what it was, in few words of the reader's language.
        side: 1 or 2 where it belongs to one side (by the order of today), else 0; only the colour shows it, so
            the lane must say it as well.
    """

    date: PartialDate
    kind: str
    lane: str
    label: str
    side: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """How the reader's language writes things."""

    date: Callable[[PartialDate], str]
    number: Callable[[int], str]
    today: str
    none: str

    def year(self, year: int) -> str:
        return self.date(PartialDate.of_year(year))

    def longest_year(self, scale: Scale) -> float:
        """The room that the name of a year of this axis takes."""
        ends = (date.fromordinal(day).year for day in (scale.first, scale.last))
        return max(width(self.year(year), FONT) for year in ends)

    def times(self, number: int) -> str:
        """The count of several things; nothing for one."""
        return f"×{self.number(number)}" if number > 1 else ""


def length_of(pieces: Sequence[Piece]) -> float:
    return sum(width(f"{words} ", FONT) for words, _ in pieces)


def fitted(pieces: Sequence[Piece], room: float) -> list[Piece]:
    """The pieces that fit into ``room``, the last of them shortened; a stump of a word or two is left out."""
    fitted: list[Piece] = []
    for words, kind in pieces:
        short = shorten(words, room, FONT)
        if not short or (short != words and fitted and room < 3 * FONT):
            break
        fitted.append((short, kind))
        room -= width(f"{short} ", FONT)
    return fitted


def centre_of(event: Event, today: date) -> float:
    """The middle of what is known of the date, as an ordinal."""
    first, last = known_days(event.date, today)
    return (first + last + 1) / 2


def draw_bar(sheet: Sheet, event: Event, scale: Scale, today: date, across: float, *, along: bool) -> None:
    """The stretch of time of a date whose day is not known."""
    if event.date.is_exact:
        return
    first, last = known_days(event.date, today)
    begins, length = scale.at(first), scale.at(last + 1) - scale.at(first)
    colour, thick = colour_of(event), 8.0
    if along:
        sheet.rect(begins, across - thick / 2, length, thick, colour, opacity=0.28, round_=3)
    else:
        sheet.rect(across - thick / 2, begins, thick, length, colour, opacity=0.28, round_=3)


def colour_of(event: Event) -> str:
    return f"d-side-{event.side}" if event.side in (1, 2) else "d-accent"


def tip_of(events: Sequence[Event], say: Words) -> str:
    return "; ".join(f"{say.date(event.date)}: {event.lane}: {event.label}" for event in events)
