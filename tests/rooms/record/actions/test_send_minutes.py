"""``record.send_minutes``: a draft is put before both sides."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING


def test_a_draft_goes_to_both_sides(programme, session, minutes, viewer_for):
    draft = actions.send_minutes(viewer_for("rapporteur"), programme, minutes(session(4)))
    assert (draft.phase, draft.read_by.count()) == ("with both sides", 0)


def test_a_text_that_points_to_a_person_stays_a_draft(programme, session, minutes):
    draft = minutes(session(4), TELLING)
    with pytest.raises(Refused):
        actions.send_minutes(SYSTEM, programme, draft)
    draft.refresh_from_db()
    assert draft.phase == "draft"


def test_below_the_chatham_house_rule_a_warning_stops_nothing(programme, session, minutes):
    assert actions.send_minutes(SYSTEM, programme, minutes(session(3), TELLING)).phase == "with both sides"


def test_it_is_sent_once(programme, session, with_both):
    with pytest.raises(Refused):
        actions.send_minutes(SYSTEM, programme, with_both(session(4)))


def test_a_sides_own_minutes_go_to_nobody(programme, session, minutes, leads):
    with pytest.raises(Refused):
        actions.send_minutes(leads["varenia"], programme, minutes(session(4, side="varenia")))


def test_who_only_reads_sends_none(programme, session, minutes, viewer_for):
    with pytest.raises(NotPermitted):
        actions.send_minutes(viewer_for("evaluation"), programme, minutes(session(4)))
