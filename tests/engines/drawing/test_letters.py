"""Words are made to fit, and only what XML forbids is lost from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sulh.engines.drawing.letters import clean, shorten, width, wrap

rooms = st.floats(0, 400)


def test_words_that_fit_stay_whole() -> None:
    assert shorten("Visas for traders", 400, 14) == "Visas for traders"


def test_words_that_do_not_fit_are_shortened_with_an_ellipsis() -> None:
    short = shorten("Visas for traders who cross at Torkham", 120, 14)
    assert short.endswith("…")
    assert short.startswith("Visas")


def test_a_letter_is_never_parted_from_its_marks() -> None:
    word = "कि" * 20
    for room in range(20, 200, 3):
        kept = shorten(word, room, 14).removesuffix("…")
        assert kept == "कि" * (len(kept) // 2)


def test_lines_break_at_blanks_and_the_last_is_shortened() -> None:
    words = "joint committee on trade and transit between the chambers of both sides"
    first, second = wrap(words, 160, 14, 2)
    assert words.startswith(first + " ")
    assert second.endswith("…")
    assert words.startswith(f"{first} {second[:-1]}")


@given(st.text(), rooms)
def test_what_is_shortened_fits(text: str, room: float) -> None:
    assert width(shorten(text, room, 14), 14) <= room + 1e-6


@given(st.text(), st.floats(30, 400), st.integers(1, 3))
def test_lines_fit_and_are_not_too_many(text: str, room: float, lines: int) -> None:
    wrapped = wrap(text, room, 14, lines)
    assert len(wrapped) <= lines
    assert all(width(line, 14) <= room + 1e-6 for line in wrapped)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"])))
def test_letters_of_any_script_survive_cleaning(text: str) -> None:
    assert clean(text) == text


def test_marks_that_turn_the_direction_of_what_follows_are_dropped() -> None:
    assert clean("a\u202eb\u2067c\u0000\ud800\uffff") == "abc"
