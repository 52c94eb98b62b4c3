"""``record.begin_minutes``: a draft made of the points that nothing holds back."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING


def test_the_draft_gathers_the_points_by_kind(programme, session, point, viewer_for):
    made = session(4)
    point(made, "A ferry twice a day.", "idea")
    point(made, "The bridge should open.")
    point(made, "Visas should be eased.")
    minutes = actions.begin_minutes(viewer_for("rapporteur"), programme, made, "agreed minutes")
    assert minutes.text == (
        "Convergence\n- The bridge should open.\n- Visas should be eased.\n\nIdea\n- A ferry twice a day."
    )
    assert minutes.phase == "draft"


def test_what_is_not_neutral_is_left_out(programme, session, point):
    made = session(4)
    point(made, TELLING)
    point(made, "The bridge should open.")
    assert "secretary" not in actions.begin_minutes(SYSTEM, programme, made, "non-paper").text


def test_there_are_five_kinds(programme, session):
    with pytest.raises(Refused):
        actions.begin_minutes(SYSTEM, programme, session(4), "transcript")


def test_at_the_level_without_record_there_are_none(programme, session):
    with pytest.raises(Refused):
        actions.begin_minutes(SYSTEM, programme, session(7), "non-paper")


def test_the_other_side_does_not_find_it(programme, session, leads):
    with pytest.raises(Hidden):
        actions.begin_minutes(leads["oskland"], programme, session(4, side="varenia"), "non-paper")


def test_who_only_reads_begins_none(programme, session, viewer_for):
    with pytest.raises(NotPermitted):
        actions.begin_minutes(viewer_for("communications"), programme, session(4), "non-paper")
