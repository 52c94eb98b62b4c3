"""``record.propose_handover``: where a level asks for clearance, both keys hand over."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry.models import Document
from sulh.rooms.people import actions as people
from sulh.rooms.record import actions

BRIDGE = "Both governments should open the bridge."


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_both_keys_hand_over(programme, session, point, turn_both, level):
    made = session(level)
    chosen = [str(point(made, BRIDGE).pk)]
    proposal = actions.propose_handover(SYSTEM, programme, made, chosen, "")
    assert not Document.objects.exists()
    turn_both(proposal)
    document = Document.objects.get()
    assert BRIDGE in document.text
    assert document.title == "Points of convergence"


def test_a_point_changed_between_the_keys_is_not_handed_over(programme, session, point, leads):
    made = session(4)
    one = point(made, BRIDGE)
    proposal = actions.propose_handover(leads["varenia"], programme, made, [str(one.pk)], "")
    actions.keep_point(
        SYSTEM, programme, made, one.client_key, one.version, "Both governments should close it."
    )
    with pytest.raises(Refused):
        people.turn_key(leads["oskland"], programme, proposal.id, proposal.content_hash)
    assert not Document.objects.exists()


def test_what_could_not_be_handed_over_is_not_proposed(programme, session):
    with pytest.raises(Refused):
        actions.propose_handover(SYSTEM, programme, session(4), [], "")


def test_who_only_reads_proposes_none(programme, session, viewer_for):
    with pytest.raises(NotPermitted):
        actions.propose_handover(viewer_for("evaluation"), programme, session(4), [], "")


def test_the_other_side_does_not_find_a_sides_own_session(programme, session, leads):
    with pytest.raises(Hidden):
        actions.propose_handover(leads["oskland"], programme, session(4, side="varenia"), [], "")
