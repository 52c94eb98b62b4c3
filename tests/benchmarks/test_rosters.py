"""The generator plants what it says: same seed, same texts; the truth is whom a reader with the roster is left with."""

from __future__ import annotations

from itertools import combinations, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rosters import (
    ATTRIBUTES,
    ATTRIBUTING,
    INNOCENT,
    LANGUAGES,
    MINIMUM,
    PAIRS,
    Part,
    Person,
    Planted,
    Roster,
    as_json,
    candidates,
    corpus,
    describe,
    left,
    make_roster,
    named_in,
    texts,
    words,
)


def person(key: str, side: str, given_name: str, family: str, **more: object) -> Person:
    facts: dict[str, object] = {
        "sex": "male",
        "profession": "trader",
        "offices": (),
        "city": "Kabul",
        "age": "over 70",
    }

    def part(latin: str) -> Part:
        return Part(latin, (latin + "h",), latin + "ا", latin + "अ")

    return Person(key=key, side=side, given=part(given_name), family=part(family), **(facts | more))  # type: ignore[arg-type]


SMALL = Roster(
    "small",
    ("Pakistan", "Afghanistan"),
    (
        person(
            "a", "Pakistan", "Tariq", "Kasi", profession="soldier", offices=("general", "intelligence chief")
        ),
        person("b", "Pakistan", "Saira", "Kasi", sex="female", profession="doctor"),
        person("c", "Pakistan", "Anwar", "Memon"),
        person("d", "Afghanistan", "Zarmina", "Ludin", sex="female"),
        person("e", "Afghanistan", "Javid", "Tokhi", offices=("general",)),
        person("f", "Afghanistan", "Tahir", "Khan"),
    ),
)


@pytest.mark.parametrize(
    ("told", "remain"),
    [
        ({}, "abcdef"),
        ({"side": "Pakistan"}, "abc"),
        ({"family": "Kasi"}, "ab"),
        ({"family": "Kasi", "sex": "female"}, "b"),
        ({"office": "general"}, "ae"),
        ({"office": "intelligence chief"}, "a"),
        ({"office": "general", "side": "Afghanistan"}, "e"),
        ({"initials": "T. K."}, "af"),
        ({"side": "Afghanistan", "sex": "female", "profession": "trader"}, "d"),
        ({"profession": "lawyer"}, ""),
    ],
)
def test_those_remain_of_whom_all_that_is_told_is_true(told: dict[str, str], remain: str) -> None:
    assert candidates(SMALL, told) == frozenset(remain)


def planted(key: str, told: dict[str, str], thread: str | None = None) -> Planted:
    return Planted(key, "small", "quote", "en", "…", candidates(SMALL, told), "b", thread, told)


def test_texts_of_one_thread_are_intersected_and_others_stand_alone() -> None:
    seen = [
        planted("1", {"side": "Pakistan"}, "thread"),
        planted("2", {"office": "general"}),
        planted("3", {"sex": "female"}, "thread"),
    ]
    assert left(SMALL, seen) == {"thread": frozenset("b"), "2": frozenset("ae")}
    assert left(SMALL, seen[:1]) == {"thread": frozenset("abc")}


def test_a_description_tells_what_is_told_and_nothing_else() -> None:
    assert describe({"side": "Afghanistan", "profession": "journalist"}, "en") == "Afghan journalist"
    assert describe({"city": "Herat", "sex": "female"}, "en") == "female participant from Herat"
    assert describe({"office": "governor"}, "en") == "former governor"


@given(st.integers(0, 2**32), st.integers(0, 50))
def test_the_same_seed_gives_the_same_roster_and_texts(seed: int, number: int) -> None:
    one, other = make_roster(seed, number), make_roster(seed, number)
    assert one == other
    assert list(islice(texts(one, seed), 20)) == list(islice(texts(other, seed), 20))


def test_another_seed_gives_others() -> None:
    assert make_roster(1, 0) != make_roster(2, 0)
    assert [text.text for _, text in corpus(50, 2, 1)] != [text.text for _, text in corpus(50, 2, 2)]


def test_the_first_texts_of_the_standing_seed_do_not_change_by_themselves() -> None:
    """Figures are told of this corpus; whoever changes the generator on purpose prints them anew."""
    roster, first = next(corpus(1))
    assert (len(roster.people), roster.people[0].written("en")) == (19, "Haroon Kasi")
    assert (first.plant, first.text) == ("title", "ایک سابق وزیر خزانہ نے کہا کہ ٹرک 79 دن سے کھڑے ہیں۔")


@given(st.integers(0, 2**32), st.integers(0, 50))
def test_a_roster_is_of_sixteen_to_twenty_four_and_even_between_its_sides(seed: int, number: int) -> None:
    roster = make_roster(seed, number)
    assert 16 <= len(roster.people) <= 24
    by_side = [sum(one.side == side for one in roster.people) for side in roster.sides]
    assert sum(by_side) == len(roster.people)
    assert abs(by_side[0] - by_side[1]) <= 1
    assert len({one.written("en") for one in roster.people}) == len(roster.people)


@given(st.integers(0, 2**32))
def test_the_truth_of_every_text_follows_from_the_roster(seed: int) -> None:
    roster = make_roster(seed, 0)
    by_key = {one.key: one for one in roster.people}
    for text in islice(texts(roster, seed), 60):
        assert text.text.strip()
        assert "{" not in text.text
        assert text.language in LANGUAGES
        if text.innocent:
            assert text.speaker is None
            assert text.candidates == roster.everybody
        else:
            assert text.speaker in text.candidates
            facts = set(by_key[str(text.speaker)].facts())
            assert set(text.told.items()) <= facts
            expected = {one.key for one in roster.people if set(text.told.items()) <= set(one.facts())}
            assert text.candidates == expected


@given(st.integers(0, 2**32))
def test_what_few_share_is_told_by_no_attribute_alone(seed: int) -> None:
    roster = make_roster(seed, 1)
    for key, combinations_ in roster.few.items():
        for told in combinations_:
            assert key in candidates(roster, told)
            assert len(candidates(roster, told)) < MINIMUM
            assert all(len(candidates(roster, {name: value})) >= MINIMUM for name, value in told.items())


def test_a_thread_leaves_enough_text_by_text_and_too_few_in_all() -> None:
    roster = make_roster(7, 0)
    threads = [text for text in islice(texts(roster, 7), 2000) if text.plant == "thread"]
    split = {text.thread for text in threads} - {text.thread for text in threads if text.gives_away}
    assert len(split) > 20
    remaining = left(roster, [text for text in threads[:-3] if text.thread in split])
    assert (
        sum(len(keys) < MINIMUM for keys in remaining.values()) >= len(remaining) - 1
    )  # the last may be cut off


def test_all_plants_and_languages_occur_and_half_is_innocent() -> None:
    everything = [text for _, text in corpus(8000, 10)]
    assert {text.plant for text in everything} == {*ATTRIBUTING, *INNOCENT}
    assert {text.language for text in everything} == set(LANGUAGES)
    assert 0.4 < sum(text.innocent for text in everything) / len(everything) < 0.6
    assert len({text.id for text in everything}) == len(everything)


def test_a_record_and_a_file_tell_outside_of_their_text() -> None:
    for roster, text in corpus(3000, 5):
        person_names = [name for one in roster.people for name in one.names]
        if text.plant in ("record", "metadata") or text.innocent:
            assert not [name for name in person_names if name in text.text], text
        if text.plant == "metadata":
            assert any(one.family.latin in text.metadata["path"] for one in roster.people)


def test_the_adversary_finds_every_name_that_was_planted_and_none_in_what_is_innocent() -> None:
    for roster, text in corpus(6000, 10):
        output = " ".join([text.text, *text.metadata.values()])
        if text.plant in ("name", "variant", "alias", "initials", "metadata"):
            assert text.speaker in named_in(roster, output), text
            assert named_in(roster, output) <= text.candidates or text.plant == "alias", text
        else:
            assert named_in(roster, output) == frozenset(), text


@pytest.mark.parametrize(
    ("output", "named"),
    [
        ("TARIQ  KASI left", "a"),
        ("Kasi, Saira", "b"),
        ("T. K. and A. Memon", "acf"),
        ("Ludin sahiba", "d"),
        ("J\u0430v\u200bid Tokhih", "e"),
        ("Tariq met Memon", ""),
    ],
)
def test_a_name_is_known_in_any_order_and_disguise_and_not_by_half(output: str, named: str) -> None:
    assert named_in(SMALL, output) == frozenset(named)


def test_no_spelling_stands_for_two_names_of_one_pair() -> None:
    """Else the truth, which counts names and not their spellings, would leave too few."""
    for pair in PAIRS:
        seen: dict[str, str] = {}
        for side in pair:
            for kind in ("male", "female", "family"):
                for latin, spellings, arabic, devanagari in words()["names"][side][kind]:
                    for form in {latin, *spellings, arabic, devanagari}:
                        assert seen.setdefault(form.lower(), latin) == latin, form


def test_every_attribute_has_its_words_in_every_language() -> None:
    for attribute in ATTRIBUTES:
        for value, word in words()[attribute].items():
            assert set(LANGUAGES) <= set(word), (attribute, value)
    for frame in ("claims", "said", "described", "quoted", *INNOCENT):
        assert all(words()[frame][language] for language in LANGUAGES)
    for one, other in combinations(LANGUAGES, 2):
        assert not set(words()["claims"][one]) & set(words()["claims"][other])


def test_lines_hold_the_whole_truth() -> None:
    roster, text = next((roster, text) for roster, text in corpus(200, 1) if text.plant == "name")
    line = as_json(roster, text)
    assert line["candidates"] == sorted(text.candidates)
    assert line["speaker"] == text.speaker
    assert set(line) >= {"id", "roster", "plant", "language", "text", "thread", "told", "metadata"}
