"""``carry.loosen_document``: only carried out, by both keys; nobody holds the permission."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.rooms.carry import actions
from tests.rooms.carry.holding_texts import NEUTRAL, TELLING


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "rapporteur", "security lead"])
def test_nobody_loosens_alone(programme, imported, viewer_for, role):
    with pytest.raises(NotPermitted):
        actions.loosen_document(viewer_for(role, "varenia"), programme, imported(TELLING, level=4), 1)


def test_a_loosened_text_is_free_where_its_new_level_allows_its_words(programme, imported):
    document = imported(TELLING, level=4)
    actions.loosen_document(SYSTEM, programme, document, 3)
    assert not document.is_held


def test_from_five_to_four_it_stays_held(programme, imported):
    document = imported(TELLING, level=5)
    actions.loosen_document(SYSTEM, programme, document, 4)
    assert document.is_held


def test_what_was_free_stays_free(programme, imported):
    document = imported(NEUTRAL, level=5)
    actions.loosen_document(SYSTEM, programme, document, 4)
    assert not document.is_held
