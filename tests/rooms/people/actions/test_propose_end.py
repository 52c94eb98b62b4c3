"""``people.propose_end``: taking a lead's seat away takes both keys, and leaves the side another lead."""

import pytest

from sulh.kernel.actions import Refused
from sulh.rooms.people.actions import give_seat, propose_end, turn_key


def test_both_keys_take_a_leads_seat_away(programme, lead_a, lead_b, viewer_for):
    other = viewer_for("convener", "oskland")
    seat = programme.seats.get(account=other.account_id)
    proposal = propose_end(lead_a, programme, seat)
    assert programme.seats.filter(pk=seat.pk).exists()
    turn_key(lead_b, programme, proposal.id, proposal.content_hash)
    assert not programme.seats.filter(pk=seat.pk).exists()


def test_the_only_lead_of_a_side_stays(programme, lead_a, lead_b):
    with pytest.raises(Refused, match="only lead"):
        propose_end(lead_a, programme, programme.seats.get(account=lead_b.account_id))


def test_an_ordinary_seat_takes_no_other_key(programme, lead_a):
    with pytest.raises(Refused, match="own side"):
        propose_end(lead_a, programme, give_seat(lead_a, programme, "x", "rapporteur"))


def test_two_proposals_do_not_take_both_leads_of_a_side(programme, lead_a, lead_b, viewer_for):
    """The second is refused when it would be carried out, not only when it is proposed."""
    other = viewer_for("convener", "oskland")
    seats = [programme.seats.get(account=one.account_id) for one in (lead_b, other)]
    proposals = [propose_end(lead_a, programme, seat) for seat in seats]
    turn_key(other, programme, proposals[0].id, proposals[0].content_hash)
    with pytest.raises(Refused, match="only lead"):
        turn_key(other, programme, proposals[1].id, proposals[1].content_hash)
    assert programme.seats.filter(side__key="oskland").count() == 1
