"""``people.turn_key``: the second key, on exactly the same content, does it; nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sulh.kernel import two_keys
from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import AuditEntry, Proposal
from sulh.rooms.people.actions import keep_seat, turn_key
from sulh.rooms.people.queries import viewer_of


def test_the_proposer_turns_a_key_with_the_proposal_and_nothing_is_done_yet(proposed, thing):
    assert two_keys.turned(proposed) == {"varenia"}
    assert (proposed.done_at, thing.done) == (None, [])


def test_the_second_key_does_it_once(proposed, thing, programme, lead_b):
    done = turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert done.done_at
    assert thing.done == [{"level": 3}]
    with pytest.raises(Refused, match="ended"):
        turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert len(thing.done) == 1


def test_one_side_alone_never_does_it(proposed, thing, programme, lead_a, account_for):
    with pytest.raises(Refused, match="already"):
        turn_key(lead_a, programme, proposed.id, proposed.content_hash)
    second = viewer_of(account_for("counterpart lead", "varenia"))
    with pytest.raises(Refused, match="already"):
        turn_key(second, programme, proposed.id, proposed.content_hash)
    assert thing.done == []


def test_who_changed_sides_does_not_turn_both(proposed, thing, programme, lead_a):
    """Seats can be taken and given again; the person stays the same."""
    programme.seats.filter(account=lead_a.account_id).delete()
    keep_seat(SYSTEM, programme, lead_a.handle, "counterpart lead", "oskland")
    from sulh.kernel.models import Account

    turned_coat = viewer_of(Account.objects.get(pk=lead_a.account_id))
    with pytest.raises(Refused, match="both sides"):
        turn_key(turned_coat, programme, proposed.id, proposed.content_hash)
    assert thing.done == []


def test_a_key_does_not_count_for_a_content_that_has_changed(proposed, thing, programme, lead_b):
    thing.text = "quietly changed"
    with pytest.raises(Refused, match="changed"):
        turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert thing.done == []


def test_a_key_does_not_count_for_a_content_that_was_not_shown(proposed, programme, lead_b, thing):
    with pytest.raises(Refused, match="changed"):
        turn_key(lead_b, programme, proposed.id, "0" * 64)
    assert thing.done == []


def test_a_proposal_lapses(proposed, programme, lead_b, thing):
    Proposal.objects.update(lapses_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="ended"):
        turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert thing.done == []


@pytest.mark.parametrize("role", ["rapporteur", "programme officer", "security lead"])
def test_only_leads_hold_a_key(proposed, programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        turn_key(viewer_for(role, "oskland"), programme, proposed.id, proposed.content_hash)


def test_a_neutral_convener_holds_no_key(proposed, programme, viewer_for):
    with pytest.raises(NotPermitted):
        turn_key(viewer_for("convener"), programme, proposed.id, proposed.content_hash)


def test_the_proposals_of_another_programme_are_unknown(proposed, other_programme, viewer_for):
    elsewhere = viewer_for("counterpart lead", "oskland", of=other_programme)
    with pytest.raises(Hidden):
        turn_key(elsewhere, other_programme, proposed.id, proposed.content_hash)


def test_what_cannot_be_carried_out_turns_no_key(proposed, thing, programme, lead_b):
    def refuse(*_about):
        raise Refused("it cannot be")

    kind = two_keys.KINDS["tests.thing"]
    two_keys.register_kind(two_keys.Kind(kind.name, kind.title, kind.content, refuse))
    with pytest.raises(Refused, match="it cannot be"):
        turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    assert two_keys.turned(proposed) == {"varenia"}
    proposed.refresh_from_db()
    assert proposed.done_at is None


def test_turning_a_key_is_in_the_audit_log_without_its_content(proposed, programme, lead_b):
    turn_key(lead_b, programme, proposed.id, proposed.content_hash)
    entry = AuditEntry.objects.filter(action="people.turn_key").first()
    assert entry.subject == str(proposed.id)
