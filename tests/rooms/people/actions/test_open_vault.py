"""``people.open_vault``: keys in the memory of the process, for one session."""

import pytest
from django.contrib.sessions.backends.db import SessionStore

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.audit import pseudonym_of
from sulh.kernel.models import AuditEntry
from sulh.kernel.vault import holding, signing, unlocked
from sulh.rooms.people import vault_actions
from tests.rooms.people.conftest import keys_for


def test_the_vault_opens_in_this_session_and_it_is_logged(programme, vault_of):
    vault, session = vault_of("varenia"), SessionStore("a" * 32)
    viewer = vault.lead.viewer
    assert holding.side_key_of(viewer, session, programme.id, "varenia") is None
    vault_actions.open_vault(viewer, programme, session, vault.lead.keys)
    opened = holding.side_key_of(viewer, session, programme.id, "varenia")
    assert opened.recipient == vault.row.recipient
    entry = AuditEntry.objects.first()
    assert entry.action == "people.open_vault"
    assert entry.who == pseudonym_of(str(vault.lead.account.id), str(entry.chain_id), entry.at)


def test_ones_keys_open_neither_the_other_sides_vault_nor_another_programmes(
    programme, other_programme, vault_of
):
    mine, _theirs, session = vault_of("varenia"), vault_of("oskland"), SessionStore("a" * 32)
    vault_actions.open_vault(mine.lead.viewer, programme, session, mine.lead.keys)
    assert holding.side_key_of(mine.lead.viewer, session, programme.id, "oskland") is None
    assert holding.side_key_of(mine.lead.viewer, session, other_programme.id, "varenia") is None


def test_what_was_signed_holds_for_the_side_and_account_that_signed(programme, vault_of):
    vault, session = vault_of("varenia"), SessionStore("a" * 32)
    vault_actions.open_vault(vault.lead.viewer, programme, session, vault.lead.keys)
    signature = signing.sign_for(vault.lead.viewer, session, b"release 1234")
    account = vault.lead.account.id
    assert signing.verify(programme.id, "varenia", account, b"release 1234", signature)
    assert not signing.verify(programme.id, "varenia", account, b"release 1235", signature)
    assert not signing.verify(programme.id, "oskland", account, b"release 1234", signature)
    assert not signing.verify(
        programme.id, "varenia", vault_of("oskland").lead.account.id, b"release 1234", signature
    )


def test_a_signature_of_keys_given_up_counts_for_its_own_time_only(programme, vault_of):
    vault = vault_of("varenia")
    signature = signing.sign(vault.lead.keys, b"x")
    held = vault.row.holders.get().added_at
    vault_actions.make_keyring(vault.lead.viewer, programme, keys_for(vault.lead.account))
    account = vault.lead.account.id
    assert not signing.verify(programme.id, "varenia", account, b"x", signature)
    assert signing.verify(programme.id, "varenia", account, b"x", signature, at=held)
    assert not signing.verify(
        programme.id, "varenia", account, b"x", signature, at=vault.row.holders.get().ended_at
    )


def test_a_public_key_put_in_place_of_the_vaults_own_is_noticed(programme, vault_of):
    vault, session = vault_of("varenia"), SessionStore("a" * 32)
    vault.row.recipient = vault_of("oskland").row.recipient
    vault.row.save()
    unlocked.hold(session, vault.lead.keys)
    with pytest.raises(Refused, match="somebody changed it"):
        holding.side_key_of(vault.lead.viewer, session, programme.id, "varenia")


def test_keys_given_up_are_not_held_and_somebody_elses_neither(programme, vault_of):
    vault, session = vault_of("varenia"), SessionStore("a" * 32)
    with pytest.raises(NotPermitted):
        vault_actions.open_vault(vault_of("oskland").lead.viewer, programme, session, vault.lead.keys)
    vault_actions.make_keyring(vault.lead.viewer, programme, keys_for(vault.lead.account))
    with pytest.raises(Refused):
        vault_actions.open_vault(vault.lead.viewer, programme, session, vault.lead.keys)
    assert unlocked.sweep() == 0
