"""``carry.tighten_document``: one side alone tightens, and what points to persons is held from then on."""

import pytest

from sulh.kernel.access import SYSTEM
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions, queries
from tests.rooms.carry.holding_texts import TELLING


def test_one_side_alone_tightens(programme, imported, viewer_for):
    document = imported(TELLING, level=2)
    actions.tighten_document(viewer_for("convener", "varenia"), programme, document, 3)
    document.refresh_from_db()
    assert (document.level, document.is_held) == (3, False)


def test_at_level_four_it_is_held_and_what_was_accepted_leaves_the_ledger(programme, imported, viewer_for):
    viewer = viewer_for("convener", "varenia")
    document = imported(TELLING, level=2)
    actions.accept_ask(SYSTEM, programme, document.asks.first())
    assert queries.ledger(viewer, programme)
    actions.tighten_document(viewer, programme, document, 4)
    assert document.is_held
    assert not queries.ledger(viewer, programme)


def test_tightened_it_is_public_no_longer(programme, imported):
    document = imported(TELLING, is_public=True)
    actions.tighten_document(SYSTEM, programme, document, 2)
    document.refresh_from_db()
    assert not document.is_public


@pytest.mark.parametrize("level", [1, 2, 3])
def test_one_side_alone_does_not_loosen(programme, imported, viewer_for, level):
    document = imported(TELLING, level=3)
    with pytest.raises(Refused, match="both keys"):
        actions.tighten_document(viewer_for("convener", "varenia"), programme, document, level)
    document.refresh_from_db()
    assert document.level == 3
