"""The benchmark counts what it says: matches one to one, repeats as pairs, figures that a wrong answer lowers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.asks import Clause, Node, by_keyword, count_repeats, load, match, read
from sulh.engines.asks.linking import Entry

ROOT = Path(__file__).resolve().parents[2]
SETS = ["tuning", "held-out"]


def clause(start: int, end: int, kind: str = "ask") -> Clause:
    return Clause(start, end, "x" * (end - start), kind)


def test_half_of_the_shorter_is_enough_and_less_is_not() -> None:
    assert match([clause(0, 10)], [clause(5, 30)]) == [(0, 0)]
    assert match([clause(0, 10)], [clause(6, 30)]) == []


def test_one_long_find_matches_one_label_only() -> None:
    assert len(match([clause(0, 100)], [clause(0, 40), clause(50, 100)])) == 1


spans = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: clause(pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_matching_is_one_to_one(found: list[Clause], labels: list[Clause]) -> None:
    pairs = match(found, labels)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


def node(name: str, declaration: int, lineage: str | None) -> Node:
    return Node(Entry(name, "2015", name), declaration, frozenset({"a", "b"}), lineage)


def test_a_wrong_link_and_a_missed_one_are_counted() -> None:
    a, b, c = node("a", 0, "visas"), node("b", 1, "visas"), node("c", 1, "trade")
    figures = count_repeats([(a, c)], [a, b, c]).figures()
    assert figures["repeats precision"] == figures["repeats recall"] == 0
    figures = count_repeats([(a, b), (a, c)], [a, b, c]).figures()
    assert (figures["repeats precision"], figures["repeats recall"]) == (0.5, 1.0)


@pytest.mark.parametrize("name", SETS)
def test_every_label_stands_in_its_text_and_the_set_is_as_large_as_promised(name: str) -> None:
    declarations = load(ROOT / "benchmarks" / "labelled" / name)
    assert len(declarations) >= 20
    assert sum(len(one.labels) for one in declarations) >= 250
    for one in declarations:
        for label in one.labels:
            assert one.document.text[label.start : label.end].split() == label.text.split()


def test_the_two_sets_share_no_sentence() -> None:
    tuning, held_out = (
        {label.text for one in load(ROOT / "benchmarks" / "labelled" / name) for label in one.labels}
        for name in SETS
    )
    assert not {text for text in tuning & held_out if len(text) > 40}


def test_a_finder_that_finds_the_labels_scores_full_and_the_keyword_peer_does_not() -> None:
    one = load(ROOT / "benchmarks" / "labelled" / "tuning")[0]
    whole = read(one, lambda declaration: list(declaration.labels)).counts
    assert whole["matched"] == whole["labels"] == whole["found"]
    assert read(one, by_keyword).counts["addressees exact"] <= whole["addressees exact"]
