"""``people.begin_travel``: an account of the own side is reduced to what is public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import Account
from sulh.rooms.people.actions import begin_travel
from sulh.rooms.people.queries import viewer_of


def days(number: int):
    return timezone.localdate() + timedelta(days=number)


def test_it_opens_no_programme_and_is_signed_out(programme, lead_a, account_for, client_for):
    client, account = client_for("rapporteur", "varenia"), account_for("rapporteur", "varenia")
    begin_travel(lead_a, programme, account, days(5))
    assert viewer_of(Account.objects.get(pk=account.pk)).seats == ()
    assert not account.browser_sessions.exists()
    assert client.get(f"/programmes/{programme.slug}/").headers["Location"].startswith("/sign-in/")


def test_a_lead_may_do_it_for_another_lead_of_the_side(programme, lead_a, account_for):
    account = account_for("counterpart lead", "varenia")
    assert begin_travel(lead_a, programme, account, days(5)).travels_until == days(5)


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "oskland"), ("counterpart lead", "oskland"), ("facilitator", None)]
)
def test_never_for_the_other_side_or_for_who_is_neutral(programme, lead_a, account_for, role, side):
    account = account_for(role, side)
    with pytest.raises(NotPermitted):
        begin_travel(lead_a, programme, account, days(5))
    assert Account.objects.get(pk=account.pk).travels_until is None


@pytest.mark.parametrize("number", [-1, 367])
def test_a_day_that_is_over_or_too_far_away_is_refused(programme, lead_a, account_for, number):
    with pytest.raises(Refused):
        begin_travel(lead_a, programme, account_for("rapporteur", "varenia"), days(number))


def test_it_is_never_shortened_by_this(programme, lead_a, account_for):
    account = account_for("rapporteur", "varenia")
    begin_travel(lead_a, programme, account, days(9))
    with pytest.raises(Refused, match="prolonged"):
        begin_travel(lead_a, programme, account, days(8))
    assert begin_travel(lead_a, programme, account, days(10)).travels_until == days(10)
