"""``people.make_keyring``: an account's own keys."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.vault.models import Holder, Keyring
from sulh.rooms.people import vault_actions
from tests.rooms.people.conftest import keys_for


def test_a_lead_or_officer_of_a_side_makes_keys(programme, viewer_for, account_for):
    for role in ("convener", "counterpart lead", "programme officer"):
        made = keys_for(account_for(role, "varenia"))
        row = vault_actions.make_keyring(viewer_for(role, "varenia"), programme, made)
        assert (row.recipient, bytes(row.verify_key)) == (made.keys.recipient, made.keys.verify_key)


def test_new_keys_retire_the_old_ones_with_what_they_opened(programme, vault_of):
    vault = vault_of("varenia")
    again = keys_for(vault.lead.account)
    vault_actions.make_keyring(vault.lead.viewer, programme, again)
    old = Keyring.objects.get(id=vault.lead.keys.keyring_id)
    assert old.retired_at is not None
    assert bytes(old.wrapped) == b""
    assert Holder.objects.get().ended_at is not None
    assert Keyring.objects.get(retired_at=None).id == again.keys.keyring_id


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "varenia"), ("convener", None), ("security lead", "varenia")]
)
def test_nobody_else_has_use_for_them(role, side, programme, viewer_for, account_for):
    with pytest.raises(NotPermitted):
        vault_actions.make_keyring(viewer_for(role, side), programme, keys_for(account_for(role, side)))
    assert not Keyring.objects.exists()


def test_nobody_makes_keys_for_somebody_else(programme, viewer_for, account_for):
    with pytest.raises(NotPermitted):
        vault_actions.make_keyring(
            viewer_for("convener", "varenia"), programme, keys_for(account_for("convener", "oskland"))
        )
