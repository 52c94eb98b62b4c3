"""What a line of time shows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sulh.engines.calendars import PartialDate
from sulh.engines.drawing import Drawing, Event, both, timeline
from tests.engines.drawing.drawn import (
    SVG,
    assert_mirrored,
    assert_well_drawn,
    boxes,
    root_of,
    size_of,
    texts,
    words_of,
)

TODAY = date(2025, 7, 14)
LANES = ("Asked", "Carried to Pakistan", "Carried to Afghanistan", "Response", "Possible uptake")


def event(when: str, kind: str, lane: int, label: str = "Islamabad round", side: int = 0) -> Event:
    return Event(PartialDate.parse(when), kind, LANES[lane], label, side)


STORY = (
    event("2019-06-12", "asked", 0),
    event("2011", "asked", 0, "Kabul round"),
    event("2015-12-20", "asked", 0),
    event("2015-06-02", "carried", 1, "To a ministry", side=1),
    event("2017-02-10", "response", 3, "Noted"),
    event("2022-11-08", "uptake", 4, "Visa rule changed"),
)


def drawn(events: tuple[Event, ...] | list[Event] = STORY, **changed: Any) -> Drawing:
    given: dict[str, Any] = {
        "today": TODAY,
        "uid": "line",
        "caption": "Asked three times since 2011",
        "headers": ("Date", "Row", "What"),
        "lanes": LANES,
        "today_label": "Today",
        "none_label": "none yet",
    }
    return timeline(events, **given | changed)


def shapes(drawing: Drawing) -> list[tuple[str, int]]:
    """Name and number of corners of each mark, in the order drawn."""
    marks = [part for part in root_of(drawing.svg) if "d-mark" in part.attrib.get("class", "")]
    return [(part.tag.removeprefix(SVG), len(part.attrib.get("points", "").split())) for part in marks]


dates = st.one_of(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2060, 1, 1)).map(PartialDate.of_day),
    st.integers(1900, 2060).map(PartialDate.of_year),
    st.tuples(st.integers(2000, 2030), st.integers(1, 4)).map(lambda q: PartialDate.parse(f"{q[0]}-Q{q[1]}")),
)
kinds = st.sampled_from(["asked", "carried", "response", "uptake", "other"])
any_text = st.text(st.characters(codec=None, categories=None), max_size=60)
events_of_any_kind = st.lists(
    st.builds(Event, dates, kinds, st.one_of(st.sampled_from(LANES), any_text), any_text, st.integers(0, 2)),
    max_size=25,
)
todays = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@settings(deadline=None, max_examples=60)
@given(events_of_any_kind, st.one_of(st.just(TODAY), todays), st.booleans(), any_text)
def test_whatever_happened_the_drawing_is_well_formed_inside_its_sheet_and_mirrored(
    events: list[Event], today: date, narrow: bool, words: str
) -> None:
    told = {"today": today, "narrow": narrow, "caption": words, "none_label": words, "today_label": words}
    ltr, rtl = drawn(events, **told), drawn(events, **told, direction="rtl")
    assert_well_drawn(ltr.svg)
    assert_well_drawn(rtl.svg)
    assert_mirrored(ltr.svg, rtl.svg)
    assert len(ltr.table) == len(events) + 1
    assert sorted(ltr.table[1:]) == sorted((str(e.date), e.lane, e.label) for e in events)


@given(st.permutations(STORY), st.booleans())
def test_the_order_in_which_events_are_given_changes_nothing(events: list[Event], narrow: bool) -> None:
    assert drawn(events, narrow=narrow) == drawn(narrow=narrow)


def test_the_table_tells_every_event_in_the_order_of_time() -> None:
    table = drawn().table
    assert table[0] == ("Date", "Row", "What")
    assert [row[0] for row in table[1:]] == [
        "2011", "2015-06-02", "2015-12-20", "2017-02-10", "2019-06-12", "2022-11-08",
    ]  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_each_kind_has_a_shape_of_its_own(narrow: bool) -> None:
    kinds = ("asked", "carried", "response", "uptake", "something else")
    alone = [shapes(drawn([event("2015", kind, 0)], narrow=narrow)) for kind in kinds]
    assert alone == [[("circle", 0)], [("polygon", 3)], [("polygon", 4)], [("polygon", 10)], [("polygon", 4)]]
    diamond, square = (
        next(box for box in boxes(drawn([event("2015", kind, 0)]).svg) if box.name == "polygon")
        for kind in ("response", "something else")
    )
    assert diamond.right - diamond.left > square.right - square.left  # one stands on its corner


def test_lanes_are_named_in_the_order_given_and_an_empty_one_says_so() -> None:
    words = texts(drawn().svg)
    places = [words.index(lane) for lane in LANES]
    assert places == sorted(places)
    assert words.count("none yet") == 1
    assert "Carried to Afghanistan none yet" in texts(drawn(narrow=True).svg)


def test_time_runs_along_in_the_wide_form_and_down_in_the_narrow_one() -> None:
    pair = [event("2015-03-01", "asked", 0), event("2020-03-01", "response", 0)]
    first, second = (box for box in boxes(drawn(pair).svg) if box.name in ("circle", "polygon"))
    assert first.right < second.left
    first, second = (
        box for box in boxes(drawn(pair, direction="rtl").svg) if box.name in ("circle", "polygon")
    )
    assert first.left > second.right
    first, second = (box for box in boxes(drawn(pair, narrow=True).svg) if box.name in ("circle", "polygon"))
    assert first.bottom < second.top


@pytest.mark.parametrize(("when", "bars"), [("2015", 1), ("2015-Q2", 1), ("2015-04", 1), ("2015-04-03", 0)])
@pytest.mark.parametrize("narrow", [False, True])
def test_a_date_without_its_day_is_a_bar(when: str, bars: int, narrow: bool) -> None:
    drawing = drawn([event(when, "asked", 0)], narrow=narrow)
    assert len([box for box in boxes(drawing.svg) if box.name == "rect"]) == bars


def test_the_shape_stands_in_the_middle_of_its_bar() -> None:
    parts = boxes(drawn([event("2015", "asked", 0)]).svg)
    bar = next(box for box in parts if box.name == "rect")
    circle = next(box for box in parts if box.name == "circle")
    assert (bar.left + bar.right) / 2 == pytest.approx((circle.left + circle.right) / 2, abs=0.2)


def test_alike_events_in_one_place_are_counted() -> None:
    twice = [event("2015-12-20", "asked", 0, "Kabul round"), event("2015-12-20", "asked", 0)]
    wide = drawn([*twice, event("2016-01-02", "asked", 0)])
    assert shapes(wide) == [("circle", 0)]
    assert "×3" in texts(wide.svg)
    assert len(shapes(drawn(twice, narrow=True))) == 2
    assert "2015-12-20 Asked ×2" in texts(drawn([twice[0], twice[0]], narrow=True).svg)


def test_different_events_in_one_place_are_fanned_out() -> None:
    day = "2015-12-20"
    drawing = drawn([event(day, "asked", 0), event(day, "response", 0), event(day, "uptake", 0)])
    marks = [box for box in boxes(drawing.svg) if box.name in ("circle", "polygon")]
    marks.sort(key=lambda box: box.top)
    assert len(marks) == 3
    assert all(one.bottom <= other.top for one, other in pairwise(marks))


def test_words_in_the_wide_form_never_lie_on_each_other() -> None:
    busy = [event(f"20{11 + i // 3}-0{1 + 4 * (i % 3)}-11", "asked", 0, f"Round {i}") for i in range(30)]
    lying = [box for box in boxes(drawn([*STORY, *busy]).svg) if box.name == "text"]
    for i, one in enumerate(lying):
        for other in lying[:i]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert across <= 0.2 or down <= 5, (one, other)


def test_a_long_label_is_short_in_the_drawing_and_whole_in_the_table_and_the_tip() -> None:
    label = "Joint committee on trade and transit " * 5
    drawing = drawn([event("2015-12-20", "asked", 0, label)])
    assert not any(label.strip() in words for words in texts(drawing.svg))
    assert any("…" in words for words in texts(drawing.svg))
    assert drawing.table[1][2] == label
    tips = [words_of(tip) for tip in root_of(drawing.svg).iter(f"{SVG}title")]
    assert any(label.strip() in tip for tip in tips)


def test_dates_and_counts_are_written_as_the_reader_writes_them() -> None:
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    drawing = drawn(
        [event("2015", "asked", 0), event("2015", "asked", 0, "Kabul round")],
        name_of=lambda known: str(known).translate(digits),
        number_of=lambda number: str(number).translate(digits),
    )
    assert not any(digit in words for words in texts(drawing.svg) for digit in "0123456789")
    assert "×۲" in texts(drawing.svg)
    assert drawing.table[1][0] == "۲۰۱۵"


@pytest.mark.parametrize("narrow", [False, True])
def test_today_is_named(narrow: bool) -> None:
    assert "Today" in texts(drawn(narrow=narrow).svg)
    assert "2025-07-14" in texts(drawn(narrow=narrow, today_label="").svg)


def test_the_narrow_form_is_as_wide_as_a_phone_and_its_letters_large_enough() -> None:
    svg = drawn(narrow=True).svg
    across, _ = size_of(svg)
    smallest = min(float(text.attrib["font-size"]) for text in root_of(svg).iter(f"{SVG}text"))
    card = 390 - 2 * 16 - 2 * 17  # a phone less the padding of page and card
    assert smallest * card / across >= 12


def test_the_description_counts_each_lane_for_those_who_do_not_see() -> None:
    description = root_of(drawn().svg).find(f"{SVG}desc")
    assert description is not None
    assert words_of(description).startswith(
        "Asked: 3; Carried to Pakistan: 1; Carried to Afghanistan: none yet; Response: 1"
    )


def test_both_forms_together_carry_one_table_and_no_name_twice() -> None:
    pair = both(drawn(uid="wide"), drawn(uid="narrow", narrow=True))
    root = root_of(f"<div>{pair.svg}</div>")
    assert [svg.attrib["class"] for svg in root] == ["d d-timeline d-wide", "d d-timeline d-narrow"]
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert pair.table == drawn().table
    with pytest.raises(ValueError, match="different"):
        both(drawn(), drawn(STORY[:2], narrow=True))


@pytest.mark.parametrize("uid", ["", "1a", "a b", 'a"', "ä"])
def test_an_identifier_that_would_break_the_page_is_refused(uid: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        drawn(uid=uid)


def test_a_table_needs_its_three_headers() -> None:
    with pytest.raises(ValueError, match="three columns"):
        drawn(headers=("Date", "What"))
