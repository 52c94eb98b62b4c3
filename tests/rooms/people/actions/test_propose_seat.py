"""``people.propose_seat``: leads, security leads and neutral seats take both keys."""

import pytest

from sulh.kernel.actions import Refused
from sulh.rooms.people.actions import propose_seat, turn_key


@pytest.mark.parametrize(
    ("role", "side"),
    [
        ("counterpart lead", "varenia"),
        ("convener", "oskland"),
        ("security lead", "varenia"),
        ("facilitator", ""),
    ],
)
def test_the_seat_is_there_with_the_second_key_and_not_before(programme, lead_a, lead_b, role, side):
    before = programme.seats.count()
    proposal = propose_seat(lead_a, programme, "second", role, side)
    assert programme.seats.count() == before
    turn_key(lead_b, programme, proposal.id, proposal.content_hash)
    seat = programme.seats.get(account__handle="two-banks/second")
    assert (seat.role, seat.side.key if seat.side else "") == (role, side)


def test_an_ordinary_seat_is_not_proposed_to_the_other_side(programme, lead_a):
    with pytest.raises(Refused, match="own side"):
        propose_seat(lead_a, programme, "x", "rapporteur", "varenia")


def test_a_third_side_there_is_not(programme, lead_a):
    with pytest.raises(Refused, match="no such side"):
        propose_seat(lead_a, programme, "x", "convener", "elsewhere")
