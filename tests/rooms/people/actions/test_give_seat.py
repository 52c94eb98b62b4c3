"""``people.give_seat``: each side gives the seats on its own side, but for those that take both keys."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.people.actions import give_seat


def test_a_lead_gives_a_seat_on_their_own_side(programme, lead_a):
    seat = give_seat(lead_a, programme, "rapporteur-2", "rapporteur")
    assert (seat.side.key, seat.account.handle) == ("varenia", "two-banks/rapporteur-2")


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "security lead"])
def test_a_seat_that_takes_both_keys_is_not_given_by_one(programme, lead_a, role):
    with pytest.raises(Refused, match="both"):
        give_seat(lead_a, programme, "second", role)
    assert programme.seats.count() == 1


def test_an_account_that_has_a_seat_elsewhere_is_not_taken_over_by_its_label(programme, lead_a, lead_b):
    first = give_seat(lead_a, programme, "liaison", "liaison")
    second = give_seat(lead_b, programme, "liaison", "liaison")
    assert first.account_id != second.account_id


def test_a_label_in_another_script_gets_an_address_too(programme, lead_a):
    assert give_seat(lead_a, programme, "محرر", "rapporteur").account.handle == "two-banks/rapporteur"


def test_only_leads_give_seats(programme, viewer_for):
    with pytest.raises(NotPermitted):
        give_seat(viewer_for("programme officer", "varenia"), programme, "x", "rapporteur")


def test_there_is_no_role_of_ones_own_making(programme, lead_a):
    with pytest.raises(Refused, match="no such role"):
        give_seat(lead_a, programme, "x", "spy")
