"""``record.clear_minutes``: what the second of both keys does."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.people import actions as people
from sulh.rooms.record import actions


def test_both_keys_on_exactly_this_text_clear_it(programme, session, with_both, turn_both):
    minutes = with_both(session(4))
    turn_both(actions.propose_clearing(SYSTEM, programme, minutes))
    minutes.refresh_from_db()
    assert minutes.phase == "cleared"


def test_one_key_clears_nothing(programme, session, with_both, leads):
    minutes = with_both(session(4))
    actions.propose_clearing(leads["varenia"], programme, minutes)
    minutes.refresh_from_db()
    assert minutes.phase == "with both sides"


def test_a_text_changed_between_the_keys_is_not_cleared(programme, session, with_both, leads):
    minutes = with_both(session(4))
    proposal = actions.propose_clearing(leads["varenia"], programme, minutes)
    actions.keep_minutes(SYSTEM, programme, minutes, "Something else.", minutes.version)
    with pytest.raises(Refused):
        people.turn_key(leads["oskland"], programme, proposal.id, proposal.content_hash)
    minutes.refresh_from_db()
    assert minutes.phase == "draft"


def test_a_session_tightened_between_the_keys_clears_nothing(programme, session, with_both, leads):
    made = session(3)
    minutes = with_both(made)
    proposal = actions.propose_clearing(leads["varenia"], programme, minutes)
    actions.tighten_level(leads["varenia"], programme, made, 4)
    with pytest.raises(Refused):
        people.turn_key(leads["oskland"], programme, proposal.id, proposal.content_hash)


def test_nobody_clears_directly(programme, session, with_both, leads):
    minutes = with_both(session(4))
    for lead in leads.values():
        with pytest.raises(NotPermitted):
            actions.clear_minutes(lead, programme, minutes)


def test_what_is_gone_is_not_cleared(programme, session, with_both):
    minutes = with_both(session(4))
    minutes.delete()
    with pytest.raises(Hidden):
        actions.clear_minutes(SYSTEM, programme, minutes)
