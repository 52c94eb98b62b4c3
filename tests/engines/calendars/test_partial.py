"""What a partial date knows, and how it sorts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sulh.engines.calendars import PartialDate, Precision, months_between

days = st.dates()


@st.composite
def written(draw: st.DrawFn) -> str:
    day = draw(days)
    return draw(
        st.sampled_from(
            [
                f"{day.year:04}",
                f"{day.year:04}-Q{(day.month + 2) // 3}",
                f"{day.year:04}-{day.month:02}",
                day.isoformat(),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2015", Precision.YEAR, date(2015, 1, 1), date(2015, 12, 31)),
        ("2015-Q4", Precision.QUARTER, date(2015, 10, 1), date(2015, 12, 31)),
        ("2016-Q1", Precision.QUARTER, date(2016, 1, 1), date(2016, 3, 31)),
        ("2016-02", Precision.MONTH, date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-12-20", Precision.DAY, date(2015, 12, 20), date(2015, 12, 20)),
        (" 9999-12 ", Precision.MONTH, date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_covers_the_days_it_may_mean(
    text: str, precision: Precision, earliest: date, latest: date
) -> None:
    known = PartialDate.parse(text)
    assert (known.precision, known.earliest, known.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    "text", ["", "soon", "15", "2015-1", "2015-13", "2015-Q5", "2015-02-30", "0000", "2015-12-20T10", "٢٠١٥"]
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date.*\.$"):
        PartialDate.parse(text)


@given(written())
def test_the_written_form_survives(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@given(written(), written())
def test_order_is_by_first_then_last_day_and_agrees_with_equality(left: str, right: str) -> None:
    a, b = PartialDate.parse(left), PartialDate.parse(right)
    assert a.earliest <= a.latest
    assert (a < b) == ((a.earliest, a.latest) < (b.earliest, b.latest))
    assert (a < b) + (b < a) + (a == b) == 1
    assert (a == b) == (left == right)


def test_a_list_of_mixed_dates_sorts() -> None:
    texts = ["2016", "2015-12-20", "2015", "2015-Q4", "2015-12"]
    assert [str(d) for d in sorted(map(PartialDate.parse, texts))] == [
        "2015",
        "2015-Q4",
        "2015-12",
        "2015-12-20",
        "2016",
    ]


@pytest.mark.parametrize(
    ("a", "b", "months"),
    [
        (date(2015, 1, 31), date(2015, 2, 28), 1),
        (date(2016, 1, 31), date(2016, 2, 28), 0),
        (date(2015, 1, 15), date(2016, 3, 14), 13),
        (date(2015, 1, 15), date(2016, 3, 15), 14),
        (date(2015, 3, 15), date(2015, 1, 15), -2),
        (date(2015, 3, 15), date(2015, 3, 15), 0),
    ],
)
def test_only_whole_months_count(a: date, b: date, months: int) -> None:
    assert months_between(a, b) == months


@given(days, days)
def test_months_change_sign_when_the_days_change_places(a: date, b: date) -> None:
    assert months_between(a, b) == -months_between(b, a)


@given(days, st.integers(0, 4000))
def test_months_never_fall_as_time_goes_on(a: date, step: int) -> None:
    if a <= date(9980, 1, 1):
        later = a + timedelta(days=step)
        assert 0 <= months_between(a, later) <= months_between(a, later + timedelta(days=1))
