"""The order in which the two sides are shown.

No side comes first by right: the order turns every day, the same for everybody on that day, so that two people on
the telephone see the same page. Colours follow the position on the page, never the side.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def in_turn(sides: Sequence[T], day: datetime.date) -> tuple[T, ...]:
    """Return the sides in the order of ``day``: as given on even days of the calendar, turned round on odd ones."""
    return tuple(reversed(sides)) if day.toordinal() % 2 else tuple(sides)
