"""What an ask means, as a point: read the same in whatever company, kept with the text it belongs to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sulh.engines.asks.linking import Entry, build, link, meaning, scoring

FISHERMEN = "release all fishermen held in each other's jails"
CREWS = "crews arrested at sea for straying over the line should be sent home with their boats"
TEXTBOOKS = "textbooks should be freed of hatred of the neighbour"
VOCABULARY = {
    piece: number
    for number, piece in enumerate(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "hot", "##line", "##s", "line", ",", "cafe"]
    )
}


def split(text: str) -> list[str]:
    name_of = {number: piece for piece, number in VOCABULARY.items()}
    return [name_of[number] for number in meaning.pieces(text, VOCABULARY)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("hotlines", ["hot", "##line", "##s"]),
        ("Hot line, LINE", ["hot", "line", ",", "line"]),
        ("Café", ["cafe"]),
        ("hotel line", ["[UNK]", "line"]),
        ("line" * 40, ["[UNK]"]),
    ],
)
def test_a_word_is_the_longest_pieces_it_is_made_of(text: str, parts: list[str]) -> None:
    assert split(text) == ["[CLS]", *parts, "[SEP]"]


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_has_a_beginning_an_end_and_a_bound(text: str) -> None:
    found = split(text)
    assert (found[0], found[-1]) == ("[CLS]", "[SEP]")
    assert len(found) <= meaning.LENGTH


def test_what_means_the_same_is_nearer_than_what_does_not() -> None:
    a, b, c = meaning.vectors([b""] * 3, [FISHERMEN, CREWS, TEXTBOOKS])
    assert a @ b > 0.4 > a @ c


@given(st.lists(st.text(max_size=60), max_size=4))
@settings(max_examples=20, deadline=None)
def test_the_company_changes_nothing(texts: list[str]) -> None:
    meaning.forget()
    together = meaning.vectors([b""] * (len(texts) + 1), [*texts, FISHERMEN])
    meaning.forget()
    assert together.shape == (len(texts) + 1, meaning.SIZE)
    alone = meaning.vectors([b""], [FISHERMEN])
    assert np.array_equal(together[-1], alone[0])
    lengths = np.linalg.norm(together, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-3) | (lengths == 0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "… 1947 – 2025",
        "\ud800",
        "دونوں حکومتیں ماہی گیروں کو رہا کریں",
        "दोनों सरकारें मछुआरों को रिहा करें",
        "Les deux gouvernements devraient libérer tous les pêcheurs",
    ],
)
def test_what_is_not_english_has_no_meaning_and_is_compared_by_its_words(text: str) -> None:
    assert not meaning.vectors([b""], [text]).any()
    strangers = ["حکومتیں سرحد پر تجارت کھولیں اور ویزے دیں", "سرحد پر پولیس کی رجسٹریشن ختم کی جائے"]
    entries = [Entry(str(n), f"201{n}", one) for n, one in enumerate([text, *strangers])]
    assert link(entries) == link(entries, thorough=False)


def test_two_asks_of_one_day_that_cannot_be_read_are_told_apart_by_their_words_as_ever() -> None:
    twins = [Entry(key, "2015-12-20", "دونوں حکومتیں ماہی گیروں کو فوری طور پر رہا کریں") for key in "ab"]
    readable = Entry("c", "2016-01-01", TEXTBOOKS)
    assert link([*twins, readable], thorough=True)[0] == link([*twins, readable], thorough=False)[0]


def test_every_piece_of_evidence_has_its_weight_in_the_order_of_the_columns() -> None:
    assert (*scoring.EVIDENCE, "near", "very near") == tuple(scoring.MEANT)


@pytest.mark.parametrize("text", ["Visa liberalisation", "Open Kartarpur", "Free the fishermen of Karāchī"])
def test_a_stub_of_a_few_words_counts_as_english(text: str) -> None:
    assert meaning.vectors([b""], [text]).any()


def test_what_was_read_lately_is_known_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.forget()
    first = meaning.read([FISHERMEN])
    with monkeypatch.context() as patched:
        patched.setattr(meaning, "_session", lambda: pytest.fail("read again"))
        assert meaning.read([FISHERMEN, FISHERMEN]) == first * 2
    monkeypatch.setattr(meaning, "RECENT", 2)
    assert meaning.read([CREWS, TEXTBOOKS, FISHERMEN])[2:] == first
    assert len(meaning._recent) <= 2


def test_what_was_kept_is_used_and_what_belongs_to_another_text_is_read_anew() -> None:
    kept, other = meaning.read([FISHERMEN, TEXTBOOKS])
    assert meaning.fits(kept, FISHERMEN)
    assert not meaning.fits(kept, TEXTBOOKS)
    assert not meaning.fits(b"", FISHERMEN)
    forged = kept[: meaning.TAG] + other[meaning.TAG :]  # the tag of one text, the point of another
    right, used, mended = meaning.vectors([kept, forged, other], [FISHERMEN] * 3)
    assert np.array_equal(right, mended)
    assert not np.allclose(right, used, atol=0.1)


def test_asks_that_share_hardly_a_word_are_offered_only_where_their_meaning_is_read() -> None:
    entries = [Entry("a", "2011", FISHERMEN), Entry("b", "2012", TEXTBOOKS)]
    again = Entry("c", "2013", CREWS)
    by_words, by_meaning = (build(entries, thorough).matches(again, at_least=0) for thorough in (False, True))
    assert by_words[0].score < 0.05
    assert by_meaning[0].id == "a"
    assert by_meaning[0].score > 0.15
    assert all(other.score < 0.02 for other in by_meaning[1:])


def test_a_large_ledger_is_compared_by_words_unless_its_meaning_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sulh.engines.asks.linking import index

    monkeypatch.setattr(index, "MANY", 1)
    bare = [Entry("a", "2011", FISHERMEN), Entry("b", "2013", CREWS)]
    kept = [
        Entry(one.id, one.date, one.text, meaning=point)
        for one, point in zip(bare, meaning.read([one.text for one in bare]), strict=True)
    ]
    assert build(bare).points is None
    assert build(kept).points is not None
    assert build(bare, thorough=True).points is not None
