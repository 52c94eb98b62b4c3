"""``people.end_seat``: a side takes away its own ordinary seats, and no others."""

import pytest

from sulh.kernel.access import SYSTEM
from sulh.kernel.actions import Refused
from sulh.rooms.people.actions import end_seat, give_seat


def test_a_side_takes_away_its_own_seat(programme, lead_a):
    seat = give_seat(lead_a, programme, "x", "rapporteur")
    end_seat(lead_a, programme, seat)
    assert not programme.seats.filter(role="rapporteur").exists()


def test_the_other_sides_seat_stays(programme, lead_a, lead_b):
    seat = give_seat(lead_b, programme, "x", "rapporteur")
    with pytest.raises(Refused, match="other side"):
        end_seat(lead_a, programme, seat)


def test_a_lead_is_not_taken_away_by_one_key(programme, lead_a, lead_b):
    seat = programme.seats.get(account=lead_b.account_id)
    for viewer in (lead_a, lead_b):
        with pytest.raises(Refused, match="both"):
            end_seat(viewer, programme, seat)


def test_a_side_is_never_left_without_a_lead(programme, lead_a):
    with pytest.raises(Refused, match="only lead"):
        end_seat(SYSTEM, programme, programme.seats.get(account=lead_a.account_id))
