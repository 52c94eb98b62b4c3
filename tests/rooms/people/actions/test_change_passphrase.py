"""``people.change_passphrase``: the same keys under another passphrase."""

import pytest
from django.contrib.sessions.backends.db import SessionStore

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import unlocked
from sulh.kernel.vault.models import Keyring
from sulh.rooms.people import vault_actions
from tests.rooms.people.conftest import keys_for


def test_it_is_kept_and_every_session_is_locked(programme, lead_of):
    lead, session = lead_of("varenia"), SessionStore("a" * 32)
    unlocked.hold(session, lead.keys)
    vault_actions.change_passphrase(lead.viewer, programme, lead.keys, b"wrapped anew")
    assert bytes(Keyring.objects.get().wrapped) == b"wrapped anew"
    assert unlocked.keys_of(session, lead.account.id) is None


def test_not_that_of_somebody_else_nor_of_keys_given_up(programme, lead_of):
    lead, other = lead_of("varenia"), lead_of("oskland")
    with pytest.raises(NotPermitted):
        vault_actions.change_passphrase(lead.viewer, programme, other.keys, b"x")
    vault_actions.make_keyring(lead.viewer, programme, keys_for(lead.account))
    with pytest.raises(Refused, match="no longer in use"):
        vault_actions.change_passphrase(lead.viewer, programme, lead.keys, b"x")
