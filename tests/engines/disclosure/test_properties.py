"""What holds for every text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sulh.engines.disclosure import lint, roster_of
from sulh.engines.disclosure.folding import fold

PIECES = [
    "She", "argued", "that", "the Afghan side", "insisted", "Dr.", "Karokhel", "a former", "ambassador",
    "from", "Kabul", "“", "”",
    "said", "one delegate", "participants", "on 14 March", "over dinner", ".", ",", "\n", "انہوں", "نے",
    "کہا", "کہ", "سابق سفیر",
    "او", "گفت", "وویل", "هغه", "उन्होंने", "कहा", "पूर्व राजदूत", "ने", "«", "»", "0300-5550142",
    "a@b.example", "۔", "\u200c", "\u0301",
]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
ROSTER = roster_of(["Latif Karokhel", "زرمینہ کاکڑ"])


@settings(max_examples=300, deadline=None)
@given(texts, st.integers(1, 7))
def test_findings_lie_in_the_text_in_order_and_the_same_text_gives_the_same(text: str, level: int) -> None:
    found = lint(text, level=level, roster=ROSTER)
    assert found == lint(text, level=level, roster=ROSTER)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.blocks is (level >= 4)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_a_looser_level_tells_no_more(text: str) -> None:
    def places(level: int) -> set[tuple[int, int, str]]:
        return {(one.start, one.end, one.rule) for one in lint(text, level=level, roster=ROSTER)}

    strict = places(4)
    for start, end, rule in places(3):
        assert any(a <= start and end <= b and rule == each for a, b, each in strict)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_normal_forms_fold_alike(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    for form in ("NFC", "NFKC", "NFD"):
        assert fold(unicodedata.normalize(form, word)) == fold(word)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_the_rules_that_speak_do_not_hang_on_the_normal_form(form: str, text: str) -> None:
    plain = sorted(one.rule for one in lint(unicodedata.normalize("NFC", text), roster=ROSTER))
    assert sorted(one.rule for one in lint(unicodedata.normalize(form, text), roster=ROSTER)) == plain


@pytest.mark.parametrize(
    "text",
    [
        "She argued that it is late.",
        "We heard it from a former ambassador.",
        "The Afghan side insisted on a date.",
        "According to one delegate, it is late.",
        "They thank Dr. Karokhel.",
        "انہوں نے کہا کہ دیر ہو گئی۔",
        "ایک سابق سفیر کے مطابق دیر ہو گئی۔",
        "او گفت که دیر است.",
        "نوموړي وویل چې ناوخته دی.",
        "उनका कहना था कि देर हो गई।",
    ],
)
def test_putting_the_neutral_wording_in_its_place_removes_a_finding(text: str) -> None:
    for one in lint(text, roster=ROSTER):
        if not one.neutral:
            continue
        mended = text[: one.start] + one.neutral + text[one.end :]
        again = {(each.rule, each.text) for each in lint(mended, roster=ROSTER)}
        assert (one.rule, one.text) not in again
        assert not any(
            each.rule == one.rule and each.start < one.start + len(one.neutral) and each.end > one.start
            for each in lint(mended, roster=ROSTER)
        )
