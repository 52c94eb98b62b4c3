"""``record.loosen_level``: what the second of both keys does."""

import pytest

from sulh.kernel.access import Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.people import actions as people
from sulh.rooms.record import actions


def test_both_keys_loosen(programme, session, leads, turn_both):
    made = session(5)
    turn_both(actions.propose_loosening(leads["varenia"], programme, made, 4))
    made.refresh_from_db()
    assert made.level == 4
    assert made.changes.last().how == "loosened"


def test_a_key_turned_before_a_change_does_not_count_after_it(programme, session, leads, turn_both):
    """Tightened and loosened back again, the level is the same, but it is not what the first key was turned on."""
    made = session(5)
    old = actions.propose_loosening(leads["varenia"], programme, made, 3)
    actions.tighten_level(leads["oskland"], programme, made, 6)
    turn_both(actions.propose_loosening(leads["oskland"], programme, made, 5))
    with pytest.raises((Refused, Hidden)):
        people.turn_key(leads["oskland"], programme, old.id, old.content_hash)
    made.refresh_from_db()
    assert made.level == 5


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "rapporteur", "facilitator"])
def test_nobody_loosens_directly(programme, session, viewer_for, role):
    made = session(5)
    for side in ("varenia", "oskland", None):
        with pytest.raises(NotPermitted):
            actions.loosen_level(viewer_for(role, side), programme, made, 4)


def test_a_lead_who_is_not_inside_does_not_know_of_the_proposal(programme, session, viewer_for, in_groups):
    made = session(5, group="security")
    proposal = actions.propose_loosening(viewer_for("convener", "varenia"), programme, made, 4)
    outside = in_groups("counterpart lead", "oskland", "civil")
    with pytest.raises(Hidden):
        people.turn_key(outside, programme, proposal.id, proposal.content_hash)
