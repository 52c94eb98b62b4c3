"""``record.propose_removal``: before it is due, a record is removed by both keys."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from sulh.rooms.record.models import Session


def test_both_keys_remove_a_record_that_is_not_due(programme, session, point, leads, turn_both):
    made = session(1)
    point(made, "A bridge.")
    proposal = actions.propose_removal(leads["varenia"], programme, made)
    assert Session.objects.exists()
    turn_both(proposal)
    assert not Session.objects.exists()


def test_a_sides_own_session_is_not_put_to_the_other(programme, session, leads):
    with pytest.raises(Refused):
        actions.propose_removal(leads["varenia"], programme, session(4, side="varenia"))


def test_only_leads_of_a_side_propose_it(programme, session, viewer_for):
    for role in ("rapporteur", "facilitator"):
        with pytest.raises(NotPermitted):
            actions.propose_removal(viewer_for(role), programme, session(4))


def test_who_is_not_inside_does_not_find_it(programme, session, in_groups):
    with pytest.raises(Hidden):
        actions.propose_removal(
            in_groups("counterpart lead", "oskland", "civil"), programme, session(4, group="security")
        )


def test_for_the_installation_itself_there_is_nothing_to_propose(programme, session, turn_both):
    proposal = actions.propose_removal(SYSTEM, programme, session(4))
    assert not proposal.turns.exists()
