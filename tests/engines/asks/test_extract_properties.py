"""What holds for any text: spans that reproduce it, order, no overlap, no exception, bounded time."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sulh.engines.asks import Kind, extract
from sulh.engines.texts import parse

TUNING = Path(__file__).parents[3] / "benchmarks" / "labelled" / "tuning"

VOCABULARY = (
    "The participants urged both governments to open the border and the media should must may need welcomed "
    "agreed that noted , ; : . “ ” ( ) \n \n\n 1. (a) - Recommendations Refugees Pakistan India Kabul embassy "
    "be exchanged minister said recommend following visas for of in he It We call on upon release fishermen "
    "if which who so is are have been there need for hotline between DGMOs"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join)).map("A text. ".__add__)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_lie_in_the_text_reproduce_it_and_stand_apart(text: str) -> None:
    document = parse(text)
    result = extract(document)
    for hit in result:
        assert 0 <= hit.span.start < hit.span.end <= len(document.text)
        assert document.text[hit.span.start : hit.span.end] == hit.text
        assert hit.text == hit.text.strip()
        assert bool(hit.addressees) is (hit.kind is Kind.ASK)
        assert len(hit.themes) <= 3
        assert hit.rule
    for earlier, later in pairwise(result):
        assert earlier.span.end <= later.span.start


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_result(text: str) -> None:
    assert extract(parse(text)) == extract(parse(text))


def declarations() -> list[dict[str, str]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(TUNING.glob("*.json"))]


def test_a_text_of_three_hundred_pages_takes_seconds() -> None:
    page = "\n\n".join(entry["text"] for entry in declarations())
    text = page * (750_000 // len(page) + 1)
    document = parse(text)
    before = time.process_time()
    result = extract(document)
    assert time.process_time() - before < 60
    assert len(result) > 1000


@pytest.mark.parametrize(
    "piece", ["urged both governments to ", "should ", "and the ", "“We should go and ", "a; "]
)
def test_an_endless_sentence_takes_no_more_time_than_its_length_deserves(piece: str) -> None:
    document = parse(piece * (20_000 // len(piece)))
    before = time.process_time()
    extract(document)
    assert time.process_time() - before < 30


def test_most_labelled_asks_of_the_tuning_set_are_found() -> None:
    wanted = met = proposed = 0
    for entry in declarations():
        document = parse(entry["text"])
        hits = [hit.text for hit in extract(document) if hit.kind is Kind.ASK]
        labels = [label["text"] for label in entry["labels"] if label["kind"] == "ask"]
        proposed += len(hits)
        wanted += len(labels)
        met += sum(any(label in hit or hit in label for hit in hits) for label in labels)
    assert met / wanted > 0.95
    assert proposed < 1.05 * wanted
