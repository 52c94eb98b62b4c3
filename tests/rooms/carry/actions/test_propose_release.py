"""``carry.propose_release``: a held text stands as it is only with a reason and both keys."""

import pytest

from sulh.kernel.access import SYSTEM
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.people.actions import turn_key
from tests.rooms.carry.holding_texts import NEUTRAL, TELLING

REASON = "The office is named in the published programme."


def test_both_keys_release_it(programme, imported, viewer_for):
    document = imported(TELLING, level=4)
    proposal = actions.propose_release(viewer_for("convener", "varenia"), programme, document, REASON)
    document.refresh_from_db()
    assert document.is_held
    turn_key(viewer_for("counterpart lead", "oskland"), programme, proposal.id, proposal.content_hash)
    document.refresh_from_db()
    assert not document.is_held
    actions.accept_ask(SYSTEM, programme, document.asks.first())


@pytest.mark.parametrize("reason", ["", "  ", "because"])
def test_it_takes_a_reason(programme, imported, viewer_for, reason):
    with pytest.raises(Refused, match="why"):
        actions.propose_release(
            viewer_for("convener", "varenia"), programme, imported(TELLING, level=4), reason
        )


def test_what_is_not_held_needs_no_release(programme, imported, viewer_for):
    with pytest.raises(Refused, match="not held"):
        actions.propose_release(
            viewer_for("convener", "varenia"), programme, imported(NEUTRAL, level=4), REASON
        )
