"""``people.remove_holder``: an account opens the vault no longer."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import holding
from sulh.rooms.people import vault_actions


def test_the_key_is_gone_at_once_even_where_they_are_unlocked(programme, vault_of, lead_of):
    vault, officer = vault_of("varenia"), lead_of("varenia", "programme officer")
    row = vault_actions.add_holder(vault.lead.viewer, programme, vault.key, officer.account)
    vault_actions.remove_holder(vault.lead.viewer, programme, vault.key, row.id)
    assert holding.side_key_with(officer.keys, vault.row) is None
    row.refresh_from_db()
    assert bytes(row.sealed_key) == b""
    again = vault_actions.add_holder(vault.lead.viewer, programme, vault.key, officer.account)
    assert again.id != row.id


def test_the_last_one_stays_and_strangers_are_not_found(programme, vault_of):
    vault, theirs = vault_of("varenia"), vault_of("oskland")
    with pytest.raises(Refused, match="last holder"):
        vault_actions.remove_holder(vault.lead.viewer, programme, vault.key, vault.row.holders.get().id)
    with pytest.raises(Refused, match="not there"):
        vault_actions.remove_holder(vault.lead.viewer, programme, vault.key, theirs.row.holders.get().id)
    with pytest.raises(NotPermitted):
        vault_actions.remove_holder(vault.lead.viewer, programme, theirs.key, theirs.row.holders.get().id)
