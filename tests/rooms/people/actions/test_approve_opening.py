"""``people.approve_opening``: a side's signature over exactly this request."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault import ceremony, signing
from sulh.kernel.vault.models import Opening
from sulh.rooms.people.models import Seat
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.people.sealed_actions import approve_opening, hand_on_opening
from tests.rooms.people.conftest import approved


def test_it_takes_both_sides(programme, both, opening):
    row = approved(programme, both["varenia"], opening())
    assert row.state == "requested"
    row = approved(programme, both["oskland"], row)
    assert row.state == "approved"


def test_one_sides_two_leads_are_one_approval(programme, both, opening, lead_of):
    row = approved(programme, both["varenia"], opening())
    row = approved(programme, both["varenia"], row)
    assert (row.state, list(row.approvals)) == ("requested", ["varenia"])


def test_a_signature_over_another_request_or_by_somebody_else_does_not_count(programme, both, opening):
    first, second = opening(), opening()
    lead = both["oskland"].lead
    for signature in (
        signing.sign(lead.keys, ceremony.statement(second)),
        signing.sign(both["varenia"].lead.keys, ceremony.statement(first)),
        b"",
    ):
        with pytest.raises(Refused, match="signature"):
            approve_opening(lead.viewer, programme, first, signature)
    assert Opening.objects.get(id=first.id).approvals == {}


def test_an_officer_does_not_approve_though_they_hold_the_key(programme, both, opening, lead_of):
    officer = lead_of("oskland", "programme officer")
    signature = signing.sign(officer.keys, ceremony.statement(opening()))
    with pytest.raises(NotPermitted):
        approve_opening(officer.viewer, programme, Opening.objects.first(), signature)


def test_somebody_who_is_given_a_seat_with_the_other_side_speaks_for_neither(programme, both, opening):
    """With seats on both sides an account approves for none, and what it approved before no longer holds.

    No action gives such seats; somebody who writes to the database can.
    """
    row = opening("approved")
    lead = both["varenia"].lead
    there = programme.sides.get(key="oskland")
    Seat.objects.create(programme=programme, account=lead.account, role="counterpart lead", side=there)
    outer = both[row.record.outer]
    with pytest.raises((NotPermitted, Refused)):
        hand_on_opening(viewer_of(outer.lead.account), programme, row, outer.key)


def test_an_approval_does_not_outlive_the_seat_of_the_one_who_gave_it(programme, both, opening):
    row = opening("approved")
    outer, inner = both[row.record.outer], both[row.record.inner]
    Seat.objects.filter(account=inner.lead.account).update(role="rapporteur")
    with pytest.raises(Refused, match="Ask anew"):
        hand_on_opening(outer.lead.viewer, programme, row, outer.key)
