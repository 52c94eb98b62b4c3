"""``people.withdraw_proposal``: by the side that proposed, before it is done."""

import pytest

from sulh.kernel import two_keys
from sulh.kernel.actions import Refused
from sulh.rooms.people.actions import turn_key, withdraw_proposal


def test_a_withdrawn_proposal_can_no_longer_be_turned(proposed, thing, programme, lead_a, lead_b):
    withdraw_proposal(lead_a, programme, proposed.id)
    with pytest.raises(Refused, match="ended"):
        turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert thing.done == []


def test_the_other_side_does_not_withdraw_it(proposed, programme, lead_b):
    with pytest.raises(Refused, match="other side"):
        withdraw_proposal(lead_b, programme, proposed.id)


def test_what_is_done_is_not_withdrawn(proposed, programme, lead_a, lead_b):
    turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    with pytest.raises(Refused, match="ended"):
        withdraw_proposal(lead_a, programme, proposed.id)


def test_the_same_proposal_once_more_is_the_first_one(proposed, programme, lead_a):
    assert two_keys.propose(lead_a, programme, "tests.thing", "x", {"level": 3}).id == proposed.id


def test_a_proposal_on_a_changed_content_takes_the_place_of_the_old_one(proposed, thing, programme, lead_b):
    thing.text = "as mended"
    new = two_keys.propose(lead_b, programme, "tests.thing", "x", {"level": 3})
    assert [one.id for one in two_keys.open_proposals(programme.id)] == [new.id]


def test_the_other_sides_counter_proposal_does_not_end_the_first(proposed, programme, lead_b):
    two_keys.propose(lead_b, programme, "tests.thing", "x", {"level": 2})
    assert two_keys.open_proposals(programme.id).count() == 2
