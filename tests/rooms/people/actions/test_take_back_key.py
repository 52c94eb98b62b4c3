"""``people.take_back_key``: until the other key is turned."""

import pytest

from sulh.kernel import two_keys
from sulh.kernel.actions import Refused
from sulh.rooms.people.actions import take_back_key, turn_key


def test_a_key_taken_back_does_not_count(proposed, thing, programme, lead_a, lead_b):
    take_back_key(lead_a, programme, proposed.id)
    turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert thing.done == []
    assert two_keys.turned(proposed) == {"oskland"}


def test_a_side_takes_back_its_own_key_only(proposed, programme, lead_b):
    with pytest.raises(Refused, match="not turned"):
        take_back_key(lead_b, programme, proposed.id)


def test_what_is_done_is_not_taken_back(proposed, programme, lead_a, lead_b):
    turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    with pytest.raises(Refused, match="done"):
        take_back_key(lead_a, programme, proposed.id)
