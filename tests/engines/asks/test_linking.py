"""Which ask repeats which: what a programme director would say, and what must hold for any asks."""

from __future__ import annotations

import random
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sulh.engines.asks import linking
from sulh.engines.asks.linking import Entry, Lineage, Match, Relation, build, link
from sulh.engines.asks.linking.lexicon import FACETS, Pattern, lexicon, patterns
from sulh.engines.asks.linking.reading import read


def ask(id: str, date: str, text: str, *themes: str) -> Entry:
    return Entry(id, date, text, themes)


def together(*texts: str) -> bool:
    """Whether asks of successive years end in one lineage, among others of the trade."""
    asks = [ask(f"a{year}", str(2010 + year), text) for year, text in enumerate(texts)]
    others = [
        ask("x1", "2009", "an early warning system for floods in the Himalaya"),
        ask("x2", "2019", "restore the train between the two Punjabs"),
    ]
    return any(len(lineage.ids) == len(texts) for lineage in link([*asks, *others]) if "a0" in lineage.ids)


@pytest.mark.parametrize(
    "texts",
    [
        ("Exempt traders' visas from registration with the police", "no police reporting for business visas"),
        (
            "establish a hotline between border commanders",
            "a direct telephone line for local commanders on the border",
        ),
        ("set all detained fishermen free", "release of fisherfolk who are in prison"),
        ("special counters for medical visas", "a separate desk for patients who apply for a visa"),
        (
            "exchange lists of prisoners every half year",
            "lists of detainees should be swapped in January and July",
        ),
        ("keep Torkham open round the clock", "the crossing at Torkham should work 24 hours a day"),
        ("hold the APTTCA meeting", "convene the Afghanistan-Pakistan transit trade coordination authority"),
        ("revise textbooks that teach hatred", "School curricula to be cleansed of hostile material"),
    ],
)
def test_a_repeat_in_other_words_is_found(texts: tuple[str, str]) -> None:
    assert together(*texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("medical visas for patients within a week", "visas for journalists for a whole year"),
        ("exchange lists of prisoners twice a year", "release prisoners who have served their sentence"),
        ("a hotline between border commanders", "a hotline between the foreign secretaries"),
        ("return the boats of fishermen", "a code of conduct for journalists"),
        ("special counters for health visas", "waive police registration for traders"),
        ("scholarships for Afghan students", "student visas valid for the whole course"),
        ("exchange visits of journalists", "exchange visits of cricket teams"),
        ("formal talks on nuclear doctrine", "formal talks on river water"),
    ],
)
def test_asks_about_different_things_stay_apart(texts: tuple[str, str]) -> None:
    assert not together(*texts)


def test_a_match_tells_its_reason_in_the_words_of_the_ask() -> None:
    index = build(
        [ask("old", "2012", "Exempt traders' visas from registration with the police", "visas-consular")]
    )
    (match,) = index.matches(ask("new", "2018", "no police reporting for business visas", "visas-consular"))
    assert match.id == "old"
    assert match.relation is Relation.REPEATS
    assert match.same_theme
    assert not match.same_addressee
    assert "police reporting" in match.shared[0]


def relation(earlier: str, later: str) -> Relation:
    (match,) = build([ask("earlier", "2016", earlier)]).matches(ask("later", "2018", later), at_least=0.1)
    return match.relation


def test_another_date_or_number_updates() -> None:
    assert (
        relation(
            "extend the stay of Afghan refugees until 31 December 2017",
            "extend the stay of Afghan refugees until 31 December 2018",
        )
        is Relation.UPDATES
    )


def test_a_more_specific_ask_narrows() -> None:
    assert (
        relation("multiple-entry visas", "multiple-entry visas for journalists at Wagah and Torkham")
        is Relation.NARROWS
    )


def test_the_relation_is_that_of_the_later_ask_whichever_is_asked_for() -> None:
    index = build([ask("later", "2018", "multiple-entry visas for journalists at Wagah and Torkham")])
    (match,) = index.matches(ask("earlier", "2016", "multiple-entry visas"), at_least=0.1)
    assert match.relation is Relation.NARROWS


def test_an_ask_that_joins_two_earlier_ones_merges_them() -> None:
    earlier = [
        ask("hotline", "2012", "a hotline between coast guards"),
        ask("fishermen", "2013", "release all fishermen"),
    ]
    both = ask("both", "2015", "release all fishermen and set up a hotline between coast guards")
    lineages = link([*earlier, both])
    links = [one for lineage in lineages for one in lineage.links]
    assert {one.earlier_id for one in links} == {"hotline", "fishermen"}
    assert {one.relation for one in links} == {Relation.MERGES}
    matches = build(earlier).matches(both)
    assert {match.id: match.relation for match in matches} == {
        "hotline": Relation.MERGES,
        "fishermen": Relation.MERGES,
    }


def test_a_chain_of_small_steps_does_not_become_one_lineage() -> None:
    steps = [
        "release of fishermen",
        "release of fishermen and their boats",
        "boats of fishermen should be returned with a hotline of coast guards",
        "a hotline of coast guards and border commanders",
        "border commanders should meet at the frontier",
    ]
    lineages = link(ask(str(year), str(2010 + year), text) for year, text in enumerate(steps))
    home = {id: number for number, lineage in enumerate(lineages) for id in lineage.ids}
    assert home["0"] != home["4"]


def test_one_declaration_seldom_asks_the_same_twice() -> None:
    free = ["release all fishermen", "free the fishermen in prison"]
    assert [lineage.ids for lineage in link(ask(str(n), f"201{n}", text) for n, text in enumerate(free))] == [
        ("0", "1")
    ]
    assert len(link(ask(str(n), "2015-12-20", text) for n, text in enumerate(free))) == 2
    word_for_word = link(ask(str(n), "2015-12-20", "release all fishermen from prison") for n in range(2))
    assert [lineage.ids for lineage in word_for_word] == [("0", "1")]


def test_oldest_first_whatever_is_known_of_the_dates() -> None:
    text = "release all fishermen from prison"
    dates = ["", "2018-03-04", "2011", "2017-Q1", "2017-03"]
    (lineage,) = link(ask(date or "unknown", date, text) for date in dates)
    assert lineage.ids == ("2011", "2017-Q1", "2017-03", "2018-03-04", "unknown")
    assert all(one.score > 0.9 for one in lineage.links)


def test_two_asks_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="every ask needs an id of its own"):
        link([ask("a", "2015", "x"), ask("a", "2016", "y")])
    with pytest.raises(ValueError, match="every ask needs an id of its own"):
        build([ask("a", "2015", "x")]).extended([ask("a", "2016", "y")])


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        build([ask("a", "some day", "x")])


def test_nothing_gives_nothing() -> None:
    assert link([]) == []
    assert build([]).matches(ask("a", "2015", "release fishermen")) == []
    assert (
        build([])
        .extended([ask("a", "2015", "release fishermen")])
        .matches(ask("b", "2016", "free fishermen"))
        != []
    )


PHRASES = [
    "release", "fishermen", "the visas of traders", "police reporting", "a hotline", "between border commanders",
    "exchange", "lists of prisoners", "by 31 December 2018", "at Torkham", "Wullar", "scholarships", "14 days",
    "…", "ﬁ", "İstanbul", "(a)", "", "both governments", "should", "reopen the border", "free", "women", "\n",
    "ہاٹ لائن", "€ 5,000",
]  # fmt: skip
texts = st.lists(st.sampled_from(PHRASES), max_size=7).map(" ".join) | st.text(max_size=40)
dates = st.sampled_from(["2011", "2015-12-20", "2015-12", "2017-Q3", "", "2018-02-26"])
thoroughly = st.integers(0, 7).map(lambda luck: luck == 7)  # to read what asks mean takes time
codes = st.lists(st.sampled_from(["visas-consular", "prisoners"]), max_size=2, unique=True).map(tuple)


@st.composite
def some_entries(draw: st.DrawFn, most: int = 12) -> list[Entry]:
    rows = draw(st.lists(st.tuples(dates, texts, codes, codes), max_size=most))
    return [Entry(f"{number:02}", *row) for number, row in enumerate(rows)]


@settings(deadline=None)
@given(some_entries(), st.integers(0, 10), thoroughly)
def test_the_order_of_the_input_does_not_matter(entries: list[Entry], seed: int, thorough: bool) -> None:
    shuffled = random.Random(seed).sample(entries, len(entries))
    assert link(shuffled, thorough) == link(entries, thorough)


@settings(deadline=None)
@given(some_entries(), thoroughly)
def test_every_ask_is_in_one_lineage_and_every_follower_has_a_link(
    entries: list[Entry], thorough: bool
) -> None:
    lineages: list[Lineage] = link(entries, thorough)
    assert sorted(id for lineage in lineages for id in lineage.ids) == sorted(entry.id for entry in entries)
    text = {entry.id: entry.text for entry in entries}
    for lineage in lineages:
        inside = [one for one in lineage.links if one.earlier_id in lineage.ids]
        assert {one.id for one in inside} == set(lineage.ids[1:])
        for one in lineage.links:
            assert 0 <= one.score <= 1
            assert all(phrase in " ".join(text[one.id].split()) for phrase in one.shared)
        for one in inside:
            assert lineage.ids.index(one.earlier_id) < lineage.ids.index(one.id)
        for one in lineage.links:
            if one.earlier_id not in lineage.ids:
                assert one.relation is Relation.MERGES


@settings(deadline=None)
@given(some_entries(), some_entries(4), st.integers(0, 12), thoroughly)
def test_an_extended_index_finds_what_a_new_one_finds(
    entries: list[Entry], asked: list[Entry], cut: int, thorough: bool
) -> None:
    grown = build(entries[:cut], thorough).extended(entries[cut:])
    anew = build(entries, thorough)
    assert grown.entries == anew.entries
    for number, entry in enumerate(asked):
        new = Entry(f"new{number}", entry.date, entry.text, entry.themes, entry.addressees)
        assert grown.matches(new, at_least=0.01) == anew.matches(new, at_least=0.01)


@settings(deadline=None)
@given(some_entries(), texts, st.integers(0, 5), st.floats(0, 1), thoroughly)
def test_matches_are_best_first_within_limits(
    entries: list[Entry], text: str, limit: int, least: float, thorough: bool
) -> None:
    matches: list[Match] = build(entries, thorough).matches(Entry("00", "2020", text), limit, least)
    assert len(matches) <= limit
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(least <= score <= 1 for score in scores)
    assert "00" not in [match.id for match in matches]  # an ask does not match itself


@settings(deadline=None)
@given(texts, texts, some_entries(), thoroughly)
def test_the_score_of_two_asks_does_not_depend_on_the_others(
    one: str, two: str, others: list[Entry], thorough: bool
) -> None:
    pair = Entry("one", "2011", one)
    alone = build([pair], thorough).matches(Entry("two", "2012", two), at_least=0)
    among = build([pair, *others], thorough).matches(Entry("two", "2012", two), limit=99, at_least=0)
    assert [m.score for m in alone] == [m.score for m in among if m.id == "one"]


def test_the_matches_of_a_whole_declaration_are_those_of_its_asks() -> None:
    index = build(
        [
            ask("1", "2011", "release fishermen"),
            ask("2", "2012", "a hotline of coast guards"),
            ask("3", "2013", "visas"),
        ]
    )
    new = [
        ask("a", "2014", "free the fishermen"),
        ask("b", "2014", ""),
        ask("c", "2014", "hot line of coast guards"),
    ]
    assert index.matches_each(new) == [index.matches(entry) for entry in new]


def test_no_pattern_of_the_lexicon_is_without_effect() -> None:
    """Small words are skipped in texts, so a pattern that has one could never be found."""
    book = lexicon()
    words = set(book.single) | {atom for pattern in patterns(book) for part in pattern.parts for atom in part}
    assert not words & book.small
    assert all(word == word.lower() for word in words)
    groups = {group.partition(":")[2] for found in book.single.values() for group in found}
    groups |= {pattern.group.partition(":")[2] for pattern in patterns(book)}
    assert set(book.weights) <= groups


@pytest.mark.parametrize("pattern", [*patterns(lexicon())][::40])
def test_a_phrase_of_the_lexicon_is_found_in_the_order_of_a_text_or_turned_round(pattern: Pattern) -> None:
    words = [" ".join(part).replace("*", "") for part in pattern.parts]
    for text in (" of the ".join(words), " and so the ".join(reversed(words))):
        assert pattern.group in read(text).features


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("boats seized with their crew should be given back", "return-boats"),
        ("put the 2003 ceasefire into writing", "formal-ceasefire"),
        ("keep nuclear forces at the lowest level of alert", "alert"),
        ("a lexicon of nuclear terms", "lexicon"),
    ],
)
def test_groups_that_stand_together_name_a_measure(text: str, measure: str) -> None:
    assert f"measure:{measure}" in read(text).features


def test_what_only_gives_the_reason_of_an_ask_is_set_aside() -> None:
    plain = "exchange complete lists of prisoners twice every year"
    assert read(f"{plain} so that their families can find them").features == read(plain).features


def test_an_ask_that_is_mostly_reason_is_read_whole() -> None:
    assert (
        "matter:narcotics" in read("act jointly so that opium and heroin no longer cross the border").features
    )


def test_a_group_of_the_lexicon_has_one_name_in_all_facets() -> None:
    source = tomllib.loads(files(linking).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    names = [name for facet in FACETS for name in source[facet]]
    assert len(names) == len(set(names))
    assert set(source["weights"]) <= set(names)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["visa", "boats", "", "…", "police", "Torkham", "\n", "so that"]), max_size=8)
)
def test_a_reason_is_never_empty(words: list[str]) -> None:
    text = " ".join(words)
    for match in build([ask("old", "2010", text, "visas-consular")]).matches(
        ask("new", "2011", text, "visas-consular"), at_least=0.0
    ):
        assert all(match.shared)
