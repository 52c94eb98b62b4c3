"""``carry.release_document``: only carried out, by both keys; nobody holds the permission."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.rooms.carry import actions
from tests.rooms.carry.holding_texts import TELLING


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "rapporteur", "security lead"])
def test_nobody_releases_alone(programme, imported, viewer_for, role):
    document = imported(TELLING, level=4)
    with pytest.raises(NotPermitted):
        actions.release_document(viewer_for(role, "varenia"), programme, document)
    document.refresh_from_db()
    assert document.is_held
