"""``people.keep_seat``: a role in a programme for the account of a handle."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.models import Account
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.people.models import Seat
from sulh.rooms.people.queries import viewer_of


def test_an_account_is_made_that_opens_by_a_link_only(programme):
    kept = keep_seat(SYSTEM, programme, "two-banks/convener", "convener", "varenia", is_demo=True)
    account = Account.objects.get(handle="two-banks/convener")
    assert kept.changed
    assert account.is_demo
    assert not account.has_usable_password()
    assert [(seat.role, seat.side) for seat in viewer_of(account).seats] == [("convener", "varenia")]


def test_the_same_again_changes_nothing(programme):
    keep_seat(SYSTEM, programme, "officer", "programme officer", "oskland")
    assert not keep_seat(SYSTEM, programme, "officer", "programme officer", "oskland").changed
    assert Seat.objects.count() == 1


def test_a_seat_may_move_to_the_other_side_or_become_neutral(programme):
    keep_seat(SYSTEM, programme, "officer", "programme officer", "oskland")
    assert keep_seat(SYSTEM, programme, "officer", "programme officer").changed
    assert Seat.objects.get().side is None


def test_one_account_may_hold_two_roles(programme):
    keep_seat(SYSTEM, programme, "officer", "programme officer")
    keep_seat(SYSTEM, programme, "officer", "rapporteur")
    assert viewer_of(Account.objects.get()).roles_in(programme.id) == {"programme officer", "rapporteur"}


def test_nobody_gives_himself_a_seat(programme, viewer_for):
    with pytest.raises(NotPermitted):
        keep_seat(viewer_for("convener"), programme, "friend", "convener")
    assert not Account.objects.filter(handle="friend").exists()
