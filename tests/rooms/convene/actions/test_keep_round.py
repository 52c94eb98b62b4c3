"""``convene.keep_round``: a round as told, planned beside held."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.rooms.convene.actions import keep_round
from sulh.rooms.programme.models import Phase

TOLD = {
    "number": 4,
    "name": "Fourth round",
    "phase": "phase-1",
    "planned_place": "Aalborg",
    "planned_from": "2018-02",
    "planned_sizes": {"varenia": 8, "oskland": 8},
    "actual_place": "Ystad",
    "actual_from": "2018-03-07",
    "actual_sizes": {"varenia": 9, "oskland": 6},
}


def test_what_was_planned_and_what_happened_stand_side_by_side(programme):
    round = keep_round(SYSTEM, programme, "fourth", TOLD, ["security", "civil"]).row
    round.refresh_from_db()
    assert (round.planned_place, round.actual_place) == ("Aalborg", "Ystad")
    assert (round.when, round.place) == ("2018-03-07", "Ystad")
    assert round.actual_sizes == {"varenia": 9, "oskland": 6}
    assert round.phase == Phase.objects.get(key="phase-1")
    assert {group.key for group in round.groups.all()} == {"security", "civil"}


def test_the_same_again_changes_nothing(programme):
    keep_round(SYSTEM, programme, "fourth", TOLD, ["security"])
    assert not keep_round(SYSTEM, programme, "fourth", TOLD, ["security"]).changed


def test_other_groups_are_a_change(programme):
    keep_round(SYSTEM, programme, "fourth", TOLD, ["security"])
    kept = keep_round(SYSTEM, programme, "fourth", TOLD, ["civil"])
    assert kept.changed
    assert [group.key for group in kept.row.groups.all()] == ["civil"]


def test_what_is_not_known_stays_blank(programme):
    round = keep_round(SYSTEM, programme, "fifth", {"name": "Fifth round"}).row
    round.refresh_from_db()
    assert (round.when, round.place, round.number) == ("", "", None)


def test_a_liaison_does_not_keep_rounds(programme, viewer_for):
    with pytest.raises(NotPermitted):
        keep_round(viewer_for("liaison"), programme, "fourth", TOLD)
    assert not programme.rounds.filter(key="fourth").exists()
