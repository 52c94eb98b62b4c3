"""``carry.propose_document_level``: loosening takes both keys."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.people.actions import turn_key
from tests.rooms.carry.holding_texts import TELLING


def test_with_the_second_key_it_is_loosened_and_not_before(programme, imported, viewer_for):
    document = imported(TELLING, level=4)
    proposal = actions.propose_document_level(viewer_for("convener", "varenia"), programme, document, 3)
    document.refresh_from_db()
    assert document.level == 4
    turn_key(viewer_for("counterpart lead", "oskland"), programme, proposal.id, proposal.content_hash)
    document.refresh_from_db()
    assert (document.level, document.is_held) == (3, False)


def test_a_text_tightened_meanwhile_is_not_loosened_by_the_old_proposal(programme, imported, viewer_for):
    ours, theirs = viewer_for("convener", "varenia"), viewer_for("counterpart lead", "oskland")
    document = imported(TELLING, level=4)
    proposal = actions.propose_document_level(ours, programme, document, 3)
    actions.tighten_document(theirs, programme, document, 5)
    with pytest.raises(Refused, match="changed"):
        turn_key(theirs, programme, proposal.id, proposal.content_hash)
    document.refresh_from_db()
    assert document.level == 5


def test_who_only_reads_proposes_nothing(programme, imported, viewer_for):
    with pytest.raises(NotPermitted):
        actions.propose_document_level(
            viewer_for("communications", "varenia"), programme, imported(TELLING, level=4), 1
        )
