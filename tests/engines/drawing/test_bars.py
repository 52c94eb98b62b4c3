"""What bars show."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sulh.engines.drawing import Drawing, PairedRow, paired_bars, stacked
from tests.engines.drawing.drawn import (
    SVG,
    Box,
    assert_mirrored,
    assert_well_drawn,
    boxes,
    root_of,
    texts,
)

NAMES = ("Afghanistan", "Pakistan")
ROWS = [PairedRow("Transfers", 14, 7), PairedRow("Responses", 0, 3)]
PARTS = [("Not carried", 6), ("Carried to one side", 3), ("Answered", 0), ("Possible uptake", 1)]

any_text = st.text(st.characters(codec=None, categories=None), max_size=80)
counts = st.one_of(st.integers(0, 40), st.integers(0, 10**9))


def pairs(rows: list[PairedRow] = ROWS, **changed: Any) -> Drawing:
    told: dict[str, Any] = {"uid": "pairs", "caption": "Per side", "header": "What"}
    return paired_bars(rows, changed.pop("names", NAMES), **told | changed)


def parts(rows: list[tuple[str, int]] = PARTS, **changed: Any) -> Drawing:
    told: dict[str, Any] = {"uid": "parts", "caption": "By state", "headers": ("State", "Asks")}
    return stacked(rows, **told | changed)


def bars(drawing: Drawing, tall: float) -> list[Box]:
    """The boxes of a bar's height: legends have squares of another."""
    found = (box for box in boxes(drawing.svg) if box.name == "rect")
    return [box for box in found if box.bottom - box.top == pytest.approx(tall)]


def long(box: Box) -> float:
    return box.right - box.left


@settings(deadline=None)
@given(st.lists(st.builds(PairedRow, any_text, counts, counts), max_size=8), any_text, any_text)
def test_pairs_of_any_size_and_words_stay_inside_and_mirror(
    rows: list[PairedRow], name: str, caption: str
) -> None:
    told = {"names": (name, "Pakistan"), "caption": caption}
    ltr, rtl = pairs(rows, **told), pairs(rows, **told, direction="rtl")
    assert_well_drawn(ltr.svg)
    assert_well_drawn(rtl.svg)
    assert_mirrored(ltr.svg, rtl.svg)
    assert ltr.table[1:] == tuple((row.label, str(row.first), str(row.second)) for row in rows)


@settings(deadline=None)
@given(st.lists(st.tuples(any_text, counts), max_size=12), any_text)
def test_parts_of_any_size_and_words_stay_inside_and_mirror(
    rows: list[tuple[str, int]], caption: str
) -> None:
    ltr, rtl = parts(rows, caption=caption), parts(rows, caption=caption, direction="rtl")
    assert_well_drawn(ltr.svg)
    assert_well_drawn(rtl.svg)
    assert_mirrored(ltr.svg, rtl.svg)
    assert ltr.table[1:] == tuple((label, str(count)) for label, count in rows)
    assert ltr == parts(rows, caption=caption)


def test_bars_are_as_long_as_their_counts() -> None:
    fourteen, seven, three = bars(pairs(), 14)
    assert long(fourteen) == pytest.approx(2 * long(seven), abs=0.2)
    assert long(three) == pytest.approx(long(fourteen) * 3 / 14, abs=0.2)
    assert fourteen.left == seven.left == three.left


def test_every_count_is_printed_nought_too_and_both_sides_are_named() -> None:
    words = texts(pairs().svg)
    assert {"14", "7", "0", "3", *NAMES} <= set(words)
    assert pairs().table == (("What", *NAMES), ("Transfers", "14", "7"), ("Responses", "0", "3"))


def test_each_side_has_a_pattern_and_a_class_of_its_own() -> None:
    rects = [part for part in root_of(pairs().svg) if part.tag == f"{SVG}rect"]
    assert {(rect.attrib["class"], rect.attrib["fill"]) for rect in rects} == {
        ("d-side-1", "url(#pairs-side-1)"),
        ("d-side-2", "url(#pairs-side-2)"),
    }
    first, second = patterns(pairs())
    assert first != second


def patterns(drawing: Drawing) -> list[tuple[str, ...]]:
    """What each pattern looks like once colour is gone."""
    return [
        (
            pattern.attrib.get("patternTransform", ""),
            *(f"{mark.tag} {mark.attrib.get('d')} {mark.attrib.get('stroke-width')}" for mark in pattern),
        )
        for pattern in root_of(drawing.svg).iter(f"{SVG}pattern")
    ]


def test_two_drawings_of_a_page_do_not_share_a_pattern() -> None:
    root = root_of(
        f"<div>{pairs(uid='a').svg}{pairs(uid='b').svg}{parts(uid='c').svg}{parts(uid='d').svg}</div>"
    )
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_parts_fill_the_bar_in_their_order_and_nought_is_left_out() -> None:
    drawn = bars(parts(), 26)
    whole = sum(long(box) for box in drawn)
    assert [round(long(box) / whole, 2) for box in drawn] == [0.6, 0.3, 0.1]
    for one, other in pairwise(drawn):
        assert one.right == pytest.approx(other.left, abs=0.2)


def test_the_list_and_the_table_keep_nought() -> None:
    words = texts(parts().svg)
    assert words[-4:] == ["Answered", "0", "Possible uptake", "1"]
    assert parts().table == (
        ("State", "Asks"), ("Not carried", "6"), ("Carried to one side", "3"), ("Answered", "0"),
        ("Possible uptake", "1"),
    )  # fmt: skip


def test_six_parts_have_six_textures() -> None:
    looks = patterns(parts([(str(i), 1 + i) for i in range(6)]))
    assert len(set(looks)) == 6


def test_nothing_at_all_is_an_empty_bar() -> None:
    (empty,) = [part for part in root_of(parts([("Answered", 0)]).svg) if part.tag == f"{SVG}rect"]
    assert empty.attrib["fill"] == "none"


@pytest.mark.parametrize("draw", [lambda: pairs([PairedRow("x", 1, -1)]), lambda: parts([("x", -1)])])
def test_a_negative_count_is_refused(draw: Any) -> None:
    with pytest.raises(ValueError, match="never negative"):
        draw()


def test_a_long_label_is_whole_in_the_table() -> None:
    label = "Carried to officials of both sides, at the level of ministries and provinces " * 3
    assert any(words.endswith("…") for words in texts(pairs([PairedRow(label, 1, 2)]).svg))
    assert pairs([PairedRow(label, 1, 2)]).table[1][0] == label
