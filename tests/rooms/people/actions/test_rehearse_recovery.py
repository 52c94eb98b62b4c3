"""``people.rehearse_recovery``: a proof that the shares would recover, which unlocks nothing."""

import datetime

import pytest
from django.utils import timezone

from sulh.kernel.access import NotPermitted
from sulh.kernel.vault import holding, unlocked
from sulh.rooms.people import vault_actions
from sulh.rooms.people.register_queries import rehearsal_due


def test_the_date_is_kept_and_nobody_is_let_in(programme, vault_of, lead_of):
    vault, other = vault_of("varenia"), lead_of("varenia", "counterpart lead")
    assert rehearsal_due(vault.row, timezone.now())
    row = vault_actions.rehearse_recovery(other.viewer, programme, vault.key)
    now = row.rehearsed_at
    assert not rehearsal_due(row, now + datetime.timedelta(days=180))
    assert rehearsal_due(row, now + datetime.timedelta(days=181))
    assert holding.side_key_with(other.keys, row) is None
    assert unlocked.sweep() == 0


def test_the_other_sides_leads_cannot_say_so(programme, vault_of):
    vault, theirs = vault_of("varenia"), vault_of("oskland")
    with pytest.raises(NotPermitted):
        vault_actions.rehearse_recovery(theirs.lead.viewer, programme, vault.key)
