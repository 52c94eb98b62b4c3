"""``people.hand_on_opening``: the outer side's part."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault.models import Opening
from sulh.rooms.people.sealed_actions import hand_on_opening


def test_it_opens_the_outer_envelope_for_the_inner_side_once(programme, both, opening):
    row = Opening.objects.get(id=opening("handed on").id)
    assert row.state == "handed on"
    assert b"walnut" not in bytes(row.handed_on)
    outer = both[row.record.outer]
    with pytest.raises(Refused, match="not due"):
        hand_on_opening(outer.lead.viewer, programme, row, outer.key)


def test_not_before_both_approved_not_by_the_inner_side_and_not_with_anothers_key(programme, both, opening):
    waiting, row = opening(), opening("approved")
    for one in (waiting, row):
        outer, inner = both[one.record.outer], both[one.record.inner]
        with pytest.raises(Refused):
            hand_on_opening(inner.lead.viewer, programme, one, inner.key)
        with pytest.raises(NotPermitted):
            hand_on_opening(inner.lead.viewer, programme, one, outer.key)
    outer = both[waiting.record.outer]
    with pytest.raises(Refused, match="not due"):
        hand_on_opening(outer.lead.viewer, programme, waiting, outer.key)
    assert not any(bytes(one.handed_on) for one in Opening.objects.all())
