"""``record.override_finding``: both keys let exactly one text stand."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions, leaving
from tests.rooms.record.conftest import TELLING


def test_both_keys_let_this_text_stand(programme, session, point, turn_both):
    made = session(4)
    telling = point(made, TELLING)
    turn_both(actions.propose_override(SYSTEM, programme, telling, "It is in the newspapers."))
    telling.refresh_from_db()
    assert telling.is_neutral
    assert leaving.points_that_may_leave(made) == [telling]


def test_another_text_in_its_place_is_held_back_again(programme, session, point, turn_both):
    made = session(4)
    telling = point(made, TELLING)
    turn_both(actions.propose_override(SYSTEM, programme, telling, "It is in the newspapers."))
    again = "The ambassador said that the bridge could close."
    actions.keep_point(SYSTEM, programme, made, telling.client_key, telling.version, again)
    assert leaving.points_that_may_leave(made) == []


def test_a_tighter_level_ends_it(programme, session, point, turn_both):
    made = session(4)
    turn_both(actions.propose_override(SYSTEM, programme, point(made, TELLING), "It is in the newspapers."))
    actions.tighten_level(SYSTEM, programme, made, 5)
    assert leaving.points_that_may_leave(type(made).objects.get(pk=made.pk)) == []


def test_overridden_minutes_go_to_both_sides(programme, session, minutes, turn_both):
    draft = minutes(session(4), TELLING)
    turn_both(actions.propose_override(SYSTEM, programme, draft, "It is in the newspapers."))
    assert actions.send_minutes(SYSTEM, programme, draft).phase == "with both sides"


def test_nobody_overrides_directly(programme, session, point, leads):
    telling = point(session(4), TELLING)
    for lead in leads.values():
        with pytest.raises(NotPermitted):
            actions.override_finding(lead, programme, telling)


def test_one_key_overrides_nothing(programme, session, minutes, leads):
    draft = minutes(session(4), TELLING)
    actions.propose_override(leads["varenia"], programme, draft, "It is in the newspapers.")
    with pytest.raises(Refused):
        actions.send_minutes(SYSTEM, programme, draft)


def test_what_is_gone_is_not_overridden(programme, session, point):
    telling = point(session(4), TELLING)
    telling.delete()
    with pytest.raises(Hidden):
        actions.override_finding(SYSTEM, programme, telling)
