"""``people.add_holder``: somebody of the same side may open the vault."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import holding
from sulh.rooms.people import vault_actions
from sulh.rooms.people.register_queries import candidates_for, holders_shown


def test_they_open_it_with_their_own_keys(programme, vault_of, lead_of):
    vault, officer = vault_of("varenia"), lead_of("varenia", "programme officer")
    assert [one.account for one in candidates_for(programme, vault.row)] == [officer.account]
    vault_actions.add_holder(vault.lead.viewer, programme, vault.key, officer.account)
    assert holding.side_key_with(officer.keys, vault.row).secret() == vault.key.secret()
    assert candidates_for(programme, vault.row) == []
    assert [one.let_in for one in holders_shown(vault.row, vault.key)] == [True, True]
    assert [one.let_in for one in holders_shown(vault.row, None)] == [None, None]


def test_a_holder_written_into_the_database_by_somebody_else_shows(programme, vault_of, lead_of):
    vault, officer = vault_of("varenia"), lead_of("varenia", "programme officer")
    row = vault_actions.add_holder(vault.lead.viewer, programme, vault.key, officer.account)
    row.mark = "0" * 64
    row.save()
    assert [one.let_in for one in holders_shown(vault.row, vault.key)] == [True, False]


def test_nobody_of_the_other_side_is_let_in_nor_anybody_twice_or_without_keys(
    programme, vault_of, lead_of, account_for
):
    vault, other = vault_of("varenia"), lead_of("oskland")
    for account, why in [
        (other.account, "own side"),
        (account_for("rapporteur", "varenia"), "Only leads"),
        (account_for("counterpart lead", "varenia"), "no keys yet"),
        (vault.lead.account, "already"),
    ]:
        with pytest.raises(Refused, match=why):
            vault_actions.add_holder(vault.lead.viewer, programme, vault.key, account)
    assert vault.row.holders.count() == 1


def test_only_a_lead_with_that_vaults_key_lets_somebody_in(programme, vault_of, lead_of):
    vault, theirs = vault_of("varenia"), vault_of("oskland")
    officer = lead_of("varenia", "programme officer")
    with pytest.raises(NotPermitted):
        vault_actions.add_holder(officer.viewer, programme, vault.key, officer.account)
    with pytest.raises(NotPermitted):
        vault_actions.add_holder(vault.lead.viewer, programme, theirs.key, officer.account)
