"""``people.seal_record``: a text for which both sides are needed."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import nested
from sulh.kernel.vault.fields import unseal
from sulh.rooms.people.sealed_actions import seal_record


def test_one_side_inside_the_other_and_nothing_in_the_open(programme, both):
    lead = both["varenia"]
    row = seal_record(lead.lead.viewer, programme, lead.key, "under the walnut tree")
    assert b"walnut" not in bytes(row.ciphertext)
    within = unseal(both[row.outer].key.identity, nested.place(row.id, "outer"), row.ciphertext)
    assert b"walnut" not in within
    assert (
        unseal(both[row.inner].key.identity, nested.place(row.id, "inner"), within)
        == b"under the walnut tree"
    )
    assert {row.outer, row.inner} == {"varenia", "oskland"}


def test_both_sides_need_a_vault(programme, vault_of):
    mine = vault_of("varenia")
    with pytest.raises(Refused, match="Oskland has no vault yet"):
        seal_record(mine.lead.viewer, programme, mine.key, "text")


def test_empty_or_endless_texts_and_other_peoples_keys_are_refused(programme, both, viewer_for):
    mine, theirs = both["varenia"], both["oskland"]
    for text in ("  ", "x" * 20_001):
        with pytest.raises(Refused):
            seal_record(mine.lead.viewer, programme, mine.key, text)
    with pytest.raises(NotPermitted):
        seal_record(mine.lead.viewer, programme, theirs.key, "text")
    with pytest.raises(NotPermitted):
        seal_record(viewer_for("programme officer", "varenia"), programme, mine.key, "text")
