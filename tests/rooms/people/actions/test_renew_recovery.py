"""``people.renew_recovery``: new shares in place of the old."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault.recovery import NewShares, combine, make_shares
from sulh.kernel.vault.sides import side_key
from sulh.rooms.people import vault_actions


def test_the_new_shares_recover_and_the_old_ones_no_longer(programme, vault_of):
    vault = vault_of("varenia")
    old = make_shares(vault.key, 2, ["Cedar", "Willow"])
    vault_actions.renew_recovery(vault.lead.viewer, programme, vault.key, old)
    vault_actions.rehearse_recovery(vault.lead.viewer, programme, vault.key)
    new = make_shares(vault.key, 2, ["Elm", "Ash", "Fir"])
    row = vault_actions.renew_recovery(vault.lead.viewer, programme, vault.key, new)
    row.refresh_from_db()
    assert row.share_labels == ["Elm", "Ash", "Fir"]
    assert row.rehearsed_at is None
    assert combine(row, new.shares[1:]).secret() == vault.key.secret()
    with pytest.raises(Refused):
        combine(row, old.shares)


def test_shares_of_another_key_and_other_peoples_vaults_are_refused(programme, vault_of, lead_of):
    vault, officer = vault_of("varenia"), lead_of("varenia", "programme officer")
    strange = side_key(programme.id, "varenia")
    shares = NewShares(strange, 2, ("a", "b"), ("x", "y"), b"")
    with pytest.raises(Refused, match="another vault"):
        vault_actions.renew_recovery(vault.lead.viewer, programme, vault.key, shares)
    with pytest.raises(Refused, match="not the key"):
        vault_actions.renew_recovery(vault.lead.viewer, programme, strange, shares)
    with pytest.raises(NotPermitted):
        vault_actions.renew_recovery(officer.viewer, programme, vault.key, shares)
