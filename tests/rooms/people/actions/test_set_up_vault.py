"""``people.set_up_vault``: the vault of a side."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import holding
from sulh.kernel.vault.models import SideVault
from sulh.kernel.vault.sides import side_key
from sulh.rooms.people import vault_actions
from tests.rooms.people.conftest import shares_for


def test_its_lead_is_its_first_holder_and_its_key_stands_nowhere_in_the_open(programme, vault_of):
    vault = vault_of("varenia")
    opened = holding.side_key_with(vault.lead.keys, vault.row)
    assert opened.recipient == vault.key.recipient == vault.row.recipient
    holder = vault.row.holders.get()
    assert vault.key.secret() not in bytes(holder.sealed_key)
    assert holding.was_let_in(vault.key, holder)
    assert (vault.row.threshold, vault.row.share_labels) == (2, ["Cedar", "Willow", "Plane"])


def test_a_side_has_one_and_the_sides_have_different_ones(programme, vault_of):
    mine, theirs = vault_of("varenia"), vault_of("oskland")
    assert mine.row.recipient != theirs.row.recipient
    with pytest.raises(Refused, match="has a vault already"):
        vault_actions.set_up_vault(
            mine.lead.viewer, programme, mine.lead.keys, shares_for(side_key(programme.id, "varenia"))
        )


def test_only_a_lead_of_the_side_sets_up_that_sides_vault(programme, lead_of):
    officer, lead = lead_of("varenia", "programme officer"), lead_of("oskland")
    for who in (officer, lead):
        with pytest.raises(NotPermitted):
            vault_actions.set_up_vault(
                who.viewer, programme, who.keys, shares_for(side_key(programme.id, "varenia"))
            )
    assert not SideVault.objects.exists()
