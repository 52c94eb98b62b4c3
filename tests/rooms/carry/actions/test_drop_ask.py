"""Dropping keeps a proposal out of the ledger; it stays in the document and can be taken up again."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.rooms.carry import actions, queries
from sulh.rooms.carry.enums import AskState


def test_a_dropped_ask_is_not_in_the_ledger(programme, ask_with):
    actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    dropped = actions.drop_ask(SYSTEM, programme, ask_with("avoid hostile"))
    assert (dropped.state, dropped.lineage) == (AskState.DROPPED, None)
    assert queries.ledger(SYSTEM, programme) == []


def test_it_can_be_accepted_after_all(programme, ask_with):
    actions.drop_ask(SYSTEM, programme, ask_with("avoid hostile"))
    actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    assert len(queries.ledger(SYSTEM, programme)) == 1


def test_it_needs_the_permission(programme, ask_with, viewer_for):
    with pytest.raises(NotPermitted):
        actions.drop_ask(viewer_for("evaluation"), programme, ask_with("avoid hostile"))
