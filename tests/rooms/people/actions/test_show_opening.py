"""``people.show_opening``: once, to the one who asked."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import AuditEntry
from sulh.kernel.vault.models import Opening
from sulh.rooms.people.sealed_actions import show_opening


def test_it_is_shown_once_and_every_step_is_logged(programme, both, opening):
    row, asker = opening("ready"), both["varenia"].lead
    shown = show_opening(asker.viewer, programme, row, asker.keys)
    assert shown.text == "what was agreed under the walnut tree"
    assert "walnut" not in repr(shown)
    kept = Opening.objects.get()
    assert (kept.state, bytes(kept.handed_on), bytes(kept.for_requester)) == ("shown", b"", b"")
    with pytest.raises(Refused, match="not due"):
        show_opening(asker.viewer, programme, row, asker.keys)
    logged = AuditEntry.objects.filter(subject=str(row.id)).values_list("action", flat=True)
    assert sorted(logged) == sorted(
        f"people.{step}_opening" for step in ("request", "approve", "approve", "hand_on", "unwrap", "show")
    )


def test_nobody_else_sees_it_with_their_own_keys_or_with_the_askers(programme, both, opening):
    row, other = opening("ready"), both["oskland"].lead
    with pytest.raises(Refused, match="Only the one who asked"):
        show_opening(other.viewer, programme, row, other.keys)
    with pytest.raises(NotPermitted):
        show_opening(other.viewer, programme, row, both["varenia"].lead.keys)
    assert Opening.objects.get().state == "ready"
