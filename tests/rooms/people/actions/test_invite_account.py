"""``people.invite_account``: a link for an account of the own side."""

from __future__ import annotations

import pytest

from sulh.kernel import signin
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import Account, AuditEntry
from sulh.rooms.people.actions import invite_account, keep_seat

NO_LEADS = [("programme officer", "varenia"), ("security lead", "varenia"), ("convener", None)]


def test_a_lead_makes_a_link_for_the_own_side(programme, lead_a, account_for):
    account = account_for("rapporteur", "varenia")
    made = invite_account(lead_a, programme, account)
    assert signin.account_of(made.token) == account
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.subject) == ("people.invite_account", str(account.pk))


def test_a_new_link_lets_earlier_ones_lapse(programme, lead_a, account_for):
    account = account_for("rapporteur", "varenia")
    first = invite_account(lead_a, programme, account).token
    second = invite_account(lead_a, programme, account).token
    assert signin.account_of(first) is None
    assert signin.account_of(second) == account


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "oskland"), ("counterpart lead", "oskland"), ("facilitator", None)]
)
def test_never_for_the_other_side_or_for_who_is_neutral(programme, lead_a, account_for, role, side):
    with pytest.raises(NotPermitted):
        invite_account(lead_a, programme, account_for(role, side))


@pytest.mark.parametrize(("role", "side"), NO_LEADS)
def test_only_who_leads_the_side_does(programme, viewer_for, account_for, role, side):
    with pytest.raises(NotPermitted):
        invite_account(viewer_for(role, side), programme, account_for("rapporteur", "varenia"))


def test_never_for_oneself(programme, lead_a):
    with pytest.raises(NotPermitted):
        invite_account(lead_a, programme, Account.objects.get(pk=lead_a.account_id))


def test_never_for_an_account_that_sits_in_a_programme_the_lead_does_not_lead(
    programme, other_programme, lead_a, account_for
):
    account = account_for("rapporteur", "varenia")
    keep_seat(SYSTEM, other_programme, account.handle, "liaison", "varenia")
    with pytest.raises(NotPermitted):
        invite_account(lead_a, programme, account)


def test_never_for_a_lead_with_a_passphrase_and_no_second_factor(programme, lead_a, account_for):
    account = account_for("counterpart lead", "varenia")
    account.set_password("five words that nobody guesses")
    account.save()
    with pytest.raises(Refused, match="second factor"):
        invite_account(lead_a, programme, account)
    account.refresh_from_db()
    assert account.sign_in_count == 0
