"""Partial dates: what is known of a date, and no more.

Records of a dialogue seldom carry a full date: "in 2011", "in the last quarter of 2015". A partial date keeps
exactly what is known and answers questions through its first and last possible day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering


class Precision(StrEnum):
    """How much of a date is known, from coarse to fine."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


_FORM = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A stretch of days known as a year, a quarter, a month or one day.

    Build it with :meth:`parse`, :meth:`of_year` or :meth:`of_day`; ``earliest`` and ``latest`` are its first
    and last day, both included. Partial dates sort by these two days, so "2015" stands after "2015-01" (both
    begin on 1 January, the year ends later).
    """

    earliest: date
    latest: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2015``, ``2015-Q4``, ``2015-12`` or ``2015-12-20``; blanks around it are ignored.

        Raises:
            ValueError: with one sentence that says what is wrong and which forms are understood.
        """
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise ValueError(
                f"“{text}” is not a date this program understands; "
                "write a year (2015), a quarter (2015-Q4), a month (2015-12) or a day (2015-12-20)."
            )
        year, quarter, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            if day is not None and month is not None:
                return cls.of_day(date(year, month, day))
            if month is not None:
                return cls(date(year, month, 1), _last_day(year, month), Precision.MONTH)
            if quarter is not None:
                return cls(date(year, 3 * quarter - 2, 1), _last_day(year, 3 * quarter), Precision.QUARTER)
            return cls.of_year(year)
        except ValueError:
            raise ValueError(f"“{text}” is not a date: no calendar has such a day, month or year.") from None

    @classmethod
    def of_year(cls, year: int) -> PartialDate:
        """The whole of ``year`` (1 to 9999)."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def of_day(cls, day: date) -> PartialDate:
        """One known day."""
        return cls(day, day, Precision.DAY)

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.precision is Precision.DAY

    def __str__(self) -> str:
        first = self.earliest
        match self.precision:
            case Precision.YEAR:
                return f"{first.year:04}"
            case Precision.QUARTER:
                return f"{first.year:04}-Q{(first.month + 2) // 3}"
            case Precision.MONTH:
                return f"{first.year:04}-{first.month:02}"
            case Precision.DAY:
                return first.isoformat()

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.earliest, self.latest) < (other.earliest, other.latest)


def _last_day(year: int, month: int) -> date:
    """The last day of a month (December apart, so that the year 9999 has one too)."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def months_between(a: date, b: date) -> int:
    """Whole months from ``a`` to ``b``; negative where ``b`` is the earlier day.

    A month is whole when the same day of the month is reached, or the end of a month that lacks it: from 31
    January to 28 February 2015 is one month.
    """
    if b < a:
        return -months_between(b, a)
    months = (b.year - a.year) * 12 + b.month - a.month
    reached = b.day >= a.day or b == _last_day(b.year, b.month)
    return months if reached else months - 1
