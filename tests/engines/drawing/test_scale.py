"""The axis of time and the spreading of rows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sulh.engines.calendars import PartialDate
from sulh.engines.drawing.scale import Scale, known_days, span_of, spread


def scale(first: int, last: int, length: float = 600) -> Scale:
    return Scale(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal(), 0, length)


def named(axis: Scale) -> list[int]:
    return [year for year, _, is_named in axis.years(40) if is_named]


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2011, 2014, [2011, 2012, 2013, 2014]),
        (2001, 2025, list(range(2002, 2026, 2))),
        (1972, 2025, list(range(1975, 2026, 5))),
        (1901, 2000, list(range(1910, 2001, 10))),
    ],
)
def test_years_are_named_by_ones_twos_fives_tens(first: int, last: int, years: list[int]) -> None:
    assert named(scale(first, last)) == years


@given(st.integers(1, 9999), st.integers(1, 9999), st.floats(80, 1000))
def test_names_of_years_never_touch_and_there_is_one(one: int, other: int, length: float) -> None:
    axis = scale(min(one, other), max(one, other), length)
    places = [place for _, place, is_named in axis.years(40) if is_named]
    assert all(b - a >= 39 for a, b in pairwise(places))
    assert all(0 <= place <= length for place in places)


def test_the_axis_begins_at_new_year_before_the_first_event_and_ends_today() -> None:
    first, last = span_of([PartialDate.parse("2015-06"), PartialDate.parse("2011-11-03")], date(2025, 7, 14))
    assert (date.fromordinal(first), date.fromordinal(last)) == (date(2011, 1, 1), date(2025, 7, 14))


def test_the_axis_of_a_young_ask_still_shows_a_new_year() -> None:
    first, last = span_of([PartialDate.parse("2025-01-02")], date(2025, 1, 3))
    assert last - first + 1 == 366


def test_what_is_planned_carries_the_axis_beyond_today_but_this_year_does_not() -> None:
    today = date(2025, 7, 14)
    assert date.fromordinal(span_of([PartialDate.parse("2025")], today)[1]) == today
    assert date.fromordinal(span_of([PartialDate.parse("2026-03")], today)[1]) == date(2026, 3, 31)
    assert known_days(PartialDate.parse("2025"), today) == (date(2025, 1, 1).toordinal(), today.toordinal())


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 60)), max_size=20))
def test_spread_things_keep_their_order_do_not_overlap_and_stay_inside(
    rows: list[tuple[float, float]],
) -> None:
    wanted = sorted(want for want, _ in rows)
    sizes = [size for _, size in rows]
    high = max(500.0, sum(sizes))
    places = spread(wanted, sizes, 0, high)
    ends = [place + size for place, size in zip(places, sizes, strict=True)]
    assert all(begin >= end - 1e-6 for begin, end in zip(places[1:], ends, strict=False))
    assert all(place >= -1e-6 for place in places)
    assert all(end <= high + 1e-6 for end in ends)


def test_things_with_room_stay_where_they_belong() -> None:
    assert spread([10, 100, 300], [40, 40, 40], 0, 400) == [10, 100, 300]


def test_things_in_one_place_are_spread_evenly_around_it() -> None:
    assert spread([100, 100, 100], [20, 20, 20], 0, 400) == pytest.approx([80, 100, 120])
