"""Filters of the ledger: what passes, in what order, and how the address holds it."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry.filters import DEFAULT_SORT, Filter, choices_of
from sulh.rooms.carry.queries import ledger


@pytest.fixture
def asked(programme, ask, carried):
    """Three asks that differ in all that can be filtered by."""
    visas = ask("Ease visas for Élise.", to=["government:varenia"], themes=["visas-consular"], round="first")
    hotline = ask("Open a hotline.", lineage="hotline", themes=["peace-security"], round="second")
    ask("A hotline should be opened.", lineage="hotline", to=["media"], round="third")
    ask("Let teams play.", to=["civil-society"], themes=["sport"], round=None)
    carried(visas, side="oskland", date="2016-05", response=("acknowledged", "2016-06"))
    carried(hotline, side="oskland", date="2016-04")
    carried(hotline, side="varenia", date="2017")


VISAS, HOTLINE, TEAMS = "Ease visas for Élise.", "Open a hotline.", "Let teams play."


def shown(programme, address):
    chosen = Filter.of(QueryDict(address), choices_of(programme))
    return [row.what for row in chosen.applied(ledger(SYSTEM, programme))]


@pytest.mark.parametrize(
    ("address", "passed"),
    [
        ("", {VISAS, HOTLINE, TEAMS}),
        ("theme=sport", {TEAMS}),
        ("side=varenia", {VISAS, HOTLINE}),
        ("side=oskland", {HOTLINE}),
        ("addressee=media", {HOTLINE}),
        ("addressee=government:varenia", {VISAS}),
        ("addressee=government:both", {HOTLINE}),
        ("state=answered", {VISAS}),
        ("state=carried to both sides", {HOTLINE}),
        ("state=not carried", {TEAMS}),
        ("carried=neither", {TEAMS}),
        ("carried=both", {HOTLINE}),
        ("carried=only-oskland", {VISAS}),
        ("carried=only-varenia", set()),
        ("carried=not-varenia", {VISAS, TEAMS}),
        ("text=hotline", {HOTLINE}),
        ("text=should+be+opened", {HOTLINE}),
        ("text=HOTLINE+open", {HOTLINE}),
        ("text=elise", {VISAS}),
        ("text=hotline&theme=sport", set()),
        ("text=no+such+words", set()),
    ],
)
def test_what_passes(programme, asked, address, passed):
    assert set(shown(programme, address)) == passed


@pytest.mark.parametrize(
    "address", ["theme=nowhere", "state=odd", "carried=only-mars", "side=x", "addressee=y"]
)
def test_a_value_that_cannot_be_chosen_is_not_applied_and_not_said(programme, asked, address):
    chosen = Filter.of(QueryDict(address), choices_of(programme))
    assert chosen.is_empty
    assert chosen.said(choices_of(programme)) == []
    assert len(shown(programme, address)) == 3


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-times", [HOTLINE, VISAS, TEAMS]),
        ("times", [VISAS, TEAMS, HOTLINE]),
        ("what", [VISAS, TEAMS, HOTLINE]),
        ("-what", [HOTLINE, TEAMS, VISAS]),
        ("first", [VISAS, HOTLINE, TEAMS]),
        ("-first", [HOTLINE, VISAS, TEAMS]),
        ("last", [VISAS, HOTLINE, TEAMS]),
        ("-last", [HOTLINE, VISAS, TEAMS]),
        ("side-oskland", [HOTLINE, VISAS, TEAMS]),
        ("-side-oskland", [VISAS, HOTLINE, TEAMS]),
        ("state", [TEAMS, HOTLINE, VISAS]),
        ("-state", [VISAS, HOTLINE, TEAMS]),
        ("groups", [HOTLINE, VISAS, TEAMS]),
        ("nonsense", [HOTLINE, VISAS, TEAMS]),
    ],
)
def test_the_order(programme, asked, sort, order):
    """What has no value in the sorted column comes last either way."""
    assert shown(programme, f"sort={sort}") == order


@pytest.mark.parametrize("sort", ["response", "uptake", "side-varenia"])
def test_the_order_by_what_only_one_row_has(programme, asked, ask, sort):
    ask("They welcomed the hotline.", kind="welcome", lineage="hotline", round="third")
    first = VISAS if sort == "response" else HOTLINE
    assert shown(programme, f"sort={sort}")[0] == shown(programme, f"sort=-{sort}")[0] == first


def test_a_filter_says_itself_in_words(programme):
    choices = choices_of(programme)
    chosen = Filter.of(QueryDict("theme=sport&side=varenia&carried=not-oskland&text=teams"), choices)
    assert chosen.said(choices) == [
        ("Theme", choices.theme["sport"]),
        ("To the government of", "Varenia"),
        ("Carried", "Not to Oskland"),
        ("Words", "teams"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_the_address_gives_the_same_filter_again(programme, data):
    choices = choices_of(programme)
    names = ("theme", "side", "addressee", "state", "carried")
    told = {name: data.draw(st.sampled_from(["", *getattr(choices, name)])) for name in names}
    told["text"] = data.draw(st.text(max_size=30).filter(lambda text: "\ud800" not in text))
    told["sort"] = data.draw(st.sampled_from([DEFAULT_SORT, *choices.sorts]))
    chosen = Filter.of(told, choices)
    assert Filter.of(QueryDict(chosen.query()), choices) == chosen
