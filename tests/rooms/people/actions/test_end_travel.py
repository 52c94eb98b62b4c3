"""``people.end_travel``: before its date, and never by the traveller."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.models import Account, AuditEntry
from sulh.rooms.people.actions import end_travel, keep_seat
from sulh.rooms.people.queries import viewer_of

FREED_BY_EITHER = [("convener", "varenia"), ("facilitator", None), ("security lead", "varenia")]


@pytest.fixture
def traveller(account_for):
    def make(role, side=None):
        account = account_for(role, side)
        account.travels_until = timezone.localdate() + timedelta(days=3)
        account.save()
        return account

    return make


def seats(account):
    return viewer_of(Account.objects.get(pk=account.pk)).seats


def test_a_lead_of_the_side_frees_a_member(programme, lead_a, traveller):
    account = traveller("rapporteur", "varenia")
    assert end_travel(lead_a, programme, account).changed
    assert seats(account)


def test_the_other_sides_lead_does_not(programme, lead_b, traveller):
    account = traveller("rapporteur", "varenia")
    with pytest.raises(NotPermitted):
        end_travel(lead_b, programme, account)
    assert not seats(account)


@pytest.mark.parametrize(("role", "side"), FREED_BY_EITHER)
def test_a_lead_or_neutral_account_is_freed_by_the_other_lead(programme, lead_b, traveller, role, side):
    account = traveller(role, side)
    end_travel(lead_b, programme, account)
    assert seats(account)


def test_nobody_frees_himself(programme, traveller):
    account = traveller("convener", "varenia")
    # As the traveller, and as the viewer from before the journey, whose seats somebody might have kept.
    for viewer in (viewer_of(account), viewer_of(Account(pk=account.pk, handle=account.handle))):
        with pytest.raises(NotPermitted):
            end_travel(viewer, programme, account)
    assert not seats(account)


def test_a_lead_who_travels_frees_nobody(programme, traveller):
    lead, member = traveller("convener", "varenia"), traveller("rapporteur", "varenia")
    with pytest.raises(NotPermitted):
        end_travel(viewer_of(lead), programme, member)


def test_who_leads_one_programme_does_not_free_for_another(programme, other_programme, lead_a, traveller):
    account = traveller("rapporteur", "varenia")
    keep_seat(SYSTEM, other_programme, account.handle, "liaison", "varenia")
    with pytest.raises(NotPermitted):
        end_travel(lead_a, programme, account)


def test_ending_what_is_over_changes_nothing(programme, lead_a, account_for):
    account, before = account_for("rapporteur", "varenia"), AuditEntry.objects.count()
    assert not end_travel(lead_a, programme, account).changed
    assert AuditEntry.objects.filter(action="people.end_travel").count() == 0
    assert AuditEntry.objects.count() >= before
