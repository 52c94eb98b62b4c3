"""``record.begin_session``: a sitting, its level set before it begins."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from sulh.rooms.record.models import Session


def test_a_session_begins_open_at_its_level(programme, viewer_for):
    made = actions.begin_session(
        viewer_for("rapporteur"), programme, "The bridge", 4, date="2016-03", track="1.5"
    )
    made.refresh_from_db()
    assert (made.title, made.level, made.date, made.track, made.state) == (
        "The bridge",
        4,
        "2016-03",
        "1.5",
        "open",
    )
    assert [(change.level, change.how) for change in made.changes.all()] == [(4, "begun")]


def test_its_key_tells_nothing_of_its_title(programme):
    assert "bridge" not in actions.begin_session(SYSTEM, programme, "The bridge", 6).key


def test_of_a_session_without_record_nothing_but_that_it_took_place_is_kept(programme):
    made = actions.begin_session(
        SYSTEM, programme, "Walk with the other side", 7, place="The forest", date="2016-03"
    )
    assert (made.title, made.place, made.date) == ("", "", "2016-03")


def test_a_title_that_points_to_a_person_is_refused_at_a_level_that_names_nobody(programme):
    telling = "What the former foreign secretary said"
    with pytest.raises(Refused):
        actions.begin_session(SYSTEM, programme, telling, 4)
    assert actions.begin_session(SYSTEM, programme, telling, 1).title == telling


@pytest.mark.parametrize("level", [0, 8, -1])
def test_there_are_seven_levels(programme, level):
    with pytest.raises(Refused):
        actions.begin_session(SYSTEM, programme, "The bridge", level)


@pytest.mark.parametrize(
    "wrong", [{"title": "  "}, {"date": "in spring"}, {"track": "9"}, {"group": "none such"}]
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(programme, wrong):
    told = {"title": "The bridge", "level": 4, **wrong}
    with pytest.raises(Refused):
        actions.begin_session(SYSTEM, programme, told.pop("title"), told.pop("level"), **told)
    assert not Session.objects.exists()


def test_a_sides_own_session_is_begun_by_that_side(programme, viewer_for):
    theirs = viewer_for("rapporteur", "oskland")
    with pytest.raises(Refused):
        actions.begin_session(theirs, programme, "Caucus", 5, side="varenia")
    assert actions.begin_session(theirs, programme, "Caucus", 5, side="oskland").side.key == "oskland"


def test_nobody_begins_a_session_in_a_group_they_do_not_sit_in(programme, in_groups):
    with pytest.raises(Refused):
        actions.begin_session(in_groups("rapporteur", None, "civil"), programme, "Posts", 4, group="security")
    assert not Session.objects.exists()


@pytest.mark.parametrize("role", ["programme officer", "head of delegation", "liaison", "communications"])
def test_who_only_reads_begins_none(programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        actions.begin_session(viewer_for(role, "varenia"), programme, "The bridge", 4)
