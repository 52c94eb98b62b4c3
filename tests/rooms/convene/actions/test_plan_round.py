"""``convene.plan_round``: a name, and as much of place, dates and groups as is known."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.convene.actions import plan_round


def plan(viewer, programme, **told):
    known = {"name": "Spring round", "place": "", "starts": "", "ends": "", "groups": ()}
    return plan_round(viewer, programme, **(known | told))


def test_a_name_is_enough(programme):
    round = plan(SYSTEM, programme)
    assert (round.key, round.when, round.place) == ("spring-round", "", "")


def test_what_is_known_is_kept_as_planned_not_as_held(programme):
    round = plan(SYSTEM, programme, place="Malmö", starts="2027-03", ends="2027-04-02", groups=["civil"])
    assert (round.planned_from, round.planned_to, round.planned_place) == ("2027-03", "2027-04-02", "Malmö")
    assert round.actual_from == ""
    assert [group.key for group in round.groups.all()] == ["civil"]


def test_two_rounds_of_one_name_get_two_addresses(programme):
    assert [plan(SYSTEM, programme).key for _ in range(3)] == [
        "spring-round",
        "spring-round-2",
        "spring-round-3",
    ]


def test_a_name_in_another_script_gets_an_address_too(programme):
    assert plan(SYSTEM, programme, name="بہار کا دور").key == "round"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "name"),
        ({"starts": "next spring"}, "not a date"),
        ({"ends": "2027-02-30"}, "not a date"),
        ({"starts": "2027-03-02", "ends": "2027-03-01"}, "ends before it begins"),
        ({"place": "x" * 200}, "120"),
    ],
)
def test_bad_input_is_refused_and_says_why(programme, wrong, said):
    before = programme.rounds.count()
    with pytest.raises(Refused, match=said):
        plan(SYSTEM, programme, **wrong)
    assert programme.rounds.count() == before


def test_a_month_may_end_where_it_begins(programme):
    assert plan(SYSTEM, programme, starts="2027-03-15", ends="2027-03").planned_to == "2027-03"


def test_a_rapporteur_plans_nothing(programme, viewer_for):
    with pytest.raises(NotPermitted):
        plan(viewer_for("rapporteur"), programme)
