"""The story of a lineage in one sentence."""

import datetime

import pytest

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry.queries import ledger
from sulh.rooms.carry.story import number, story

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def told(programme):
    """The story of the only lineage there is."""

    def tell(today=TODAY):
        (row,) = ledger(SYSTEM, programme)
        return story(row, programme, today)

    return tell


def test_the_sentence_of_a_programme_director(programme, other_programme, ask, carried, told):
    first = ask("Ease visas.", lineage="visas", date="2011-01-28")
    for year in range(2012, 2018):
        ask(f"Ease visas in {year}.", lineage="visas", date=str(year))
    for number_, year in enumerate((2014, 2016)):
        home = other_programme.groups.create(
            key=f"d{number_}", name="D", kind="dialogue", dialogue=f"D{number_}"
        )
        other_programme.rounds.create(key=f"r{number_}", name="R").groups.add(home)
        ask(
            f"Visas {year}.",
            lineage="visas",
            of=other_programme,
            public=True,
            date=str(year),
            round=f"r{number_}",
        )
    carried(first, side="oskland", date="2025-09-20")
    assert told() == (
        "Asked 9 times since 2011 by three dialogues; last carried 14 months ago, only to Oskland; no public response."
    )


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2017"], "Asked once in 2017 by one dialogue;"),
        ([""], "Asked once by one dialogue, at an unknown date;"),
        (["2016", "2017-03"], "Asked twice since 2016 by one dialogue;"),
        (["2017-02-01", "2017-Q4"], "Asked twice in 2017 by one dialogue;"),
        (["2016", ""], "Asked twice by one dialogue, since 2016 at the latest;"),
        (["", ""], "Asked twice by one dialogue, at an unknown date;"),
        (["2015", "2016", "2017"], "Asked 3 times since 2015 by one dialogue;"),
        (["2015"] * 12, "Asked 12 times in 2015 by one dialogue;"),
    ],
)
def test_how_often_and_since_when(ask, told, dates, said):
    for date in dates:
        ask("Ease visas.", lineage="visas", date=date, round=None)
    assert told() == f"{said} not carried to either side yet."


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2026-11-22", "less than a month ago"),
        ("2026-10-23", "less than a month ago"),
        ("2026-10-22", "one month ago"),
        ("2026-11", "less than a month ago"),
        ("2026-10", "one month ago"),
        ("2026-01-22", "ten months ago"),
        ("2025-12-22", "11 months ago"),
        ("2024-12-22", "23 months ago"),
        ("2024-11-22", "two years ago"),
        ("2024-11-21", "two years ago"),
        ("2024-10-22", "more than two years ago"),
        ("2014-11-22", "12 years ago"),
        ("2016", "in 2016"),
        ("2016-Q3", "in 2016"),
        ("2027-02", "in 2027"),
    ],
)
def test_how_long_ago_it_was_carried(ask, carried, told, date, said):
    carried(ask("Ease visas.", date="2010"), date=date, side="varenia")
    assert f"; last carried {said}, only to Varenia; no public response." in told()


def test_the_end_of_a_short_month_completes_the_month(ask, carried, told):
    carried(ask("Ease visas."), date="2026-01-31")
    assert "last carried one month ago" in told(datetime.date(2026, 2, 28))


def test_carried_to_both_sides(ask, carried, told):
    visas = ask("Ease visas.")
    carried(visas, side="varenia", date="2020")
    carried(visas, side="oskland", date="2026-09-22")
    assert "; last carried two months ago, and to both sides by now; no public response." in told()


@pytest.mark.parametrize(
    ("responses", "said"),
    [
        ([], "no public response"),
        ([("none", "public")], "no public response"),
        ([("none", "first-hand")], "no public response"),
        ([("rejected", "public")], "best public response: rejected"),
        ([("acknowledged", "public"), ("adopted", "public")], "best public response: adopted"),
        (
            [("promised to forward", "first-hand")],
            "no public response, but otherwise: a promise to forward it (known first hand)",
        ),
        (
            [("used language", "inferred")],
            "no public response, but otherwise: its language was used (inferred)",
        ),
        (
            [("acknowledged", "public"), ("adopted in part", "second-hand")],
            "best public response: acknowledged, but not in public: adopted in part (known second hand)",
        ),
        ([("adopted", "public"), ("acknowledged", "first-hand")], "best public response: adopted"),
        ([("adopted", "first-hand"), ("adopted", "public")], "best public response: adopted"),
    ],
)
def test_what_came_back(ask, carried, told, responses, said):
    visas = ask("Ease visas.")
    carried(visas)
    for kind, evidence in responses:
        carried(visas, response=(kind, "2016-06", evidence))
    assert told().endswith(f", only to Varenia; {said}.")


def test_possible_uptake_is_never_told_as_proof(ask, told):
    ask("Ease visas.", lineage="visas")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", date="2019-03")
    assert told().endswith("; a step of this kind was welcomed in 2019, which is not proof.")


def test_uptake_without_a_date(ask, told):
    ask("Ease visas.", lineage="visas")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", round=None)
    assert told().endswith("; a step of this kind was welcomed later, which is not proof.")


def test_numbers_are_words_up_to_ten():
    assert [number(count) for count in (1, 3, 10, 11)] == ["one", "three", "ten", "11"]
