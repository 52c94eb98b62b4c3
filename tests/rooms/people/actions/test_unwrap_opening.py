"""``people.unwrap_opening``: the inner side's part."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault.models import Opening
from sulh.rooms.people.sealed_actions import unwrap_opening


def test_what_was_handed_on_is_sealed_to_the_one_who_asked_and_wiped(programme, both, opening):
    row = Opening.objects.get(id=opening("ready").id)
    assert (row.state, bytes(row.handed_on)) == ("ready", b"")
    assert bytes(row.for_requester)
    assert b"walnut" not in bytes(row.for_requester)


def test_not_before_its_turn_and_not_by_the_outer_side(programme, both, opening):
    early, row = opening("approved"), opening("handed on")
    inner = both[early.record.inner]
    with pytest.raises(Refused, match="not due"):
        unwrap_opening(inner.lead.viewer, programme, early, inner.key)
    outer, inner = both[row.record.outer], both[row.record.inner]
    with pytest.raises(Refused):
        unwrap_opening(outer.lead.viewer, programme, row, outer.key)
    with pytest.raises(NotPermitted):
        unwrap_opening(outer.lead.viewer, programme, row, inner.key)
