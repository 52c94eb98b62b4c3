"""A review is finished once every proposal is decided."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions


def test_it_is_refused_while_a_proposal_waits(programme, reviewed):
    first, *others = reviewed.asks.all()
    for ask in others:
        actions.drop_ask(SYSTEM, programme, ask)
    with pytest.raises(Refused, match="1 proposal"):
        actions.finish_review(SYSTEM, programme, reviewed)
    actions.accept_ask(SYSTEM, programme, first)
    assert actions.finish_review(SYSTEM, programme, reviewed).reviewed_at is not None


def test_it_needs_the_permission(programme, reviewed, viewer_for):
    with pytest.raises(NotPermitted):
        actions.finish_review(viewer_for("communications"), programme, reviewed)
