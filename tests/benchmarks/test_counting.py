"""The benchmark counts what it says: matches one to one, repeats as pairs, figures that a wrong answer lowers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.asks import (
    Clause,
    Node,
    Score,
    by_keyword,
    count_repeats,
    first_suggestions,
    load,
    match,
    read,
    score_repeats,
    taken_together,
)
from benchmarks.fit_linking import load_any, names_of_sets
from sulh.engines.asks.linking import Entry

ROOT = Path(__file__).resolve().parents[2]
SETS = ["tuning", "held-out", "held-out-second"]


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


def held_out() -> set[str]:
    sets = (load(ROOT / "benchmarks" / "labelled" / name) for name in SETS[1:])
    return {label.text for some in sets for one in some for label in one.labels}


def test_the_rules_were_written_with_no_sentence_of_a_held_out_set() -> None:
    tuning = {label.text for one in load(ROOT / "benchmarks" / "labelled" / "tuning") for label in one.labels}
    assert not {text for text in tuning & held_out() if len(text) > 40}


def test_the_encoder_was_taught_no_sentence_of_a_held_out_set() -> None:
    """Stubs that any declaration may use ("Revival of the joint commission") occur in both by chance."""
    learned = {entry.text for name in names_of_sets() for entry in load_any(name)[0]}
    assert len(learned) > 5000
    assert not {text for text in learned & held_out() if len(text.split()) > 7}


def test_first_suggestions_are_counted_ask_by_ask() -> None:
    def asked(key: str, declaration: int, date: str, text: str, lineage: str | None) -> Node:
        return Node(Entry(key, date, text), declaration, frozenset({"a", "b"}), lineage)

    nodes = [
        asked("1", 0, "2011-01-01", "release all fishermen", "fishermen"),
        asked("2", 1, "2012-01-01", "set free the fishermen in jail", "fishermen"),
        asked("3", 1, "2012-01-01", "plant trees on both banks of the river", "trees"),
        asked("4", 2, "2013-01-01", "exchange lists of nuclear installations", "trees"),
    ]
    told = first_suggestions(nodes)
    assert told == {"first suggestion found": 0.5, "first suggestion right": 1.0}


def test_a_finder_that_finds_the_labels_scores_full_and_the_keyword_peer_does_not() -> None:
    one = load(ROOT / "benchmarks" / "labelled" / "tuning")[0]
    whole = read(one, lambda declaration: list(declaration.labels)).counts
    assert whole["matched"] == whole["labels"] == whole["found"]
    assert read(one, by_keyword).counts["addressees exact"] <= whole["addressees exact"]


def test_sets_taken_together_count_each_pair_once_and_in_its_own_set() -> None:
    def some(lineage: str) -> Score:
        texts = [
            "release all fishermen in jail",
            "release all fishermen held in jail",
            "plant trees on hills",
        ]
        nodes = [
            Node(Entry(str(n), f"201{n}", text), n, frozenset({"a", "b"}), lineage if n < 2 else None)
            for n, text in enumerate(texts)
        ]
        result = score_repeats("one", nodes, 0.3)
        return replace(result, sizes=result.sizes | {"declarations": 3})

    both = taken_together("both", [some("fishermen"), some("jail")])
    assert both.sizes["repeats"] == 2
    assert both.sulh["repeats recall"][0] == both.sulh["repeats precision"][0] == 1.0
