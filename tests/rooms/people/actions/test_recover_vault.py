"""``people.recover_vault``: a lead with enough shares opens the vault again, with keys of their own."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import holding
from sulh.kernel.vault.recovery import combine, make_shares
from sulh.rooms.people import vault_actions
from tests.rooms.people.conftest import Lead, keys_for


def test_after_a_forgotten_passphrase(programme, vault_of):
    vault = vault_of("varenia")
    shares = make_shares(vault.key, 2, ["Cedar", "Willow", "Plane"])
    vault_actions.renew_recovery(vault.lead.viewer, programme, vault.key, shares)
    made = keys_for(vault.lead.account)
    vault_actions.make_keyring(vault.lead.viewer, programme, made)
    again = Lead(vault.lead.account, vault.lead.viewer, made.keys)
    row = holding.vault_of(programme.id, "varenia")
    assert holding.side_key_with(again.keys, row) is None
    vault_actions.recover_vault(again.viewer, programme, again.keys, combine(row, shares.shares[:2]))
    assert holding.side_key_with(again.keys, row).secret() == vault.key.secret()


def test_an_officer_or_the_other_side_does_not_recover_and_a_holder_need_not(programme, vault_of, lead_of):
    vault, theirs = vault_of("varenia"), vault_of("oskland")
    officer = lead_of("varenia", "programme officer")
    for who in (officer, theirs.lead):
        with pytest.raises(NotPermitted):
            vault_actions.recover_vault(who.viewer, programme, who.keys, vault.key)
    with pytest.raises(Refused, match="already"):
        vault_actions.recover_vault(vault.lead.viewer, programme, vault.lead.keys, vault.key)
