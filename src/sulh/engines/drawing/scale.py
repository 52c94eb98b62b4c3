"""The axis of time, and how to spread things along it that would lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, count

from sulh.engines.calendars import PartialDate

_SHORTEST = 366  # days: at least one new year lies within


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of days, ``first`` up to and with ``last`` (ordinals), on ``length`` units from ``start``."""

    first: int
    last: int
    start: float
    length: float

    def at(self, moment: float) -> float:
        """The place of a moment: an ordinal is the beginning of its day, so a day ends at ordinal + 1."""
        return self.start + self.length * (moment - self.first) / (self.last + 1 - self.first)

    def years(self, room: float) -> list[tuple[int, float, bool]]:
        """New Years on the axis: year, place, and whether it is named; named ones lie ``room`` or more apart.

        Named are all years, or every second, fifth, tenth, twentieth …; unnamed years are left out where they
        would lie closer than four units.
        """
        yearly = self.length * 365.2425 / (self.last + 1 - self.first)
        step = next(size for size in _steps() if size * yearly >= room)
        found = []
        for year in range(date.fromordinal(self.first).year, date.fromordinal(self.last).year + 1):
            begins = date(year, 1, 1).toordinal()
            named = year % step == 0
            if begins >= self.first and (named or yearly >= 4):
                found.append((year, self.at(begins), named))
        return found


def span_of(dates: Sequence[PartialDate], today: date) -> tuple[int, int]:
    """First and last day of the axis: from the New Year before the earliest date to today, or the latest date.

    A date that is partly past ("this year") does not carry the axis beyond today.
    """
    latest = max((known_days(known, today)[1] for known in dates), default=0)
    last = max(latest, today.toordinal(), _SHORTEST)
    earliest = min((known.earliest for known in dates), default=today)
    first = min(date(min(earliest, today).year, 1, 1).toordinal(), last - _SHORTEST + 1)
    return first, last


def known_days(known: PartialDate, today: date) -> tuple[int, int]:
    """First and last day (ordinals) of a date; where it has begun by today, no further than today."""
    first, last = known.earliest.toordinal(), known.latest.toordinal()
    return (first, min(last, today.toordinal())) if first <= today.toordinal() else (first, last)


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Places near the wanted ones, in their order, for things that must not overlap, between low and high.

    Least squares under an order: shifted by the sizes before each, the places must not decrease, which is
    isotonic regression; solved by pooling adjacent violators (Ayer et al. 1955). ``wanted`` must be sorted; the
    sizes must fit between ``low`` and ``high``.
    """
    before = [0.0, *accumulate(sizes)]
    pools: list[tuple[float, int]] = []  # mean, members
    for want, shift in zip(wanted, before, strict=False):
        mean, members = want - shift, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean = (mean * members + other * others) / (members + others)
            members += others
        pools.append((mean, members))
    free = [mean for mean, members in pools for _ in range(members)]
    return [
        min(max(place, low), high - before[-1]) + shift for place, shift in zip(free, before, strict=False)
    ]


def _steps() -> accumulate[int]:
    """1, 2, 5, 10, 20, 50, …"""
    return accumulate(count(1), lambda size, turn: size * 5 // 2 if turn % 3 == 0 else size * 2)
