"""The page of somebody's account: for leads of its side; for the other lead only where travel may have to be ended."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone


def page_of(programme, account):
    return f"/programmes/{programme.slug}/seats/{programme.seats.get(account=account).pk}/account/"


def test_a_lead_does_all_of_it_from_one_page(programme, client_for, account_for):
    lead, account = client_for("convener", "varenia"), account_for("rapporteur", "varenia")
    page = page_of(programme, account)
    assert lead.get(page).status_code == 200
    shown = lead.post(page, {"what": "invite"})
    link = re.search(r"http://testserver(/sign-in/[^<\s]+)<", shown.content.decode())
    assert link
    assert shown.headers["Cache-Control"] == "no-store"
    assert b"/sign-in/" not in lead.get(page).content.split(b"<main")[1]
    assert client_for("liaison", "oskland").get(link[1]).status_code == 200
    lead.post(page, {"what": "travel", "until": "2999-01-01"}, headers={"referer": page})
    account.refresh_from_db()
    assert account.travels_until is None
    lead.post(page, {"what": "travel", "until": timezone.localdate().isoformat()})
    account.refresh_from_db()
    assert account.travels_until == timezone.localdate()
    lead.post(page, {"what": "free"})
    account.refresh_from_db()
    assert account.travels_until is None


@pytest.mark.parametrize(
    "told", [{"what": "travel", "until": "soon"}, {"what": "travel"}, {"what": "all"}, {"what": ""}]
)
def test_what_cannot_be_done_changes_nothing(programme, client_for, account_for, told):
    lead, account = client_for("convener", "varenia"), account_for("rapporteur", "varenia")
    assert lead.post(page_of(programme, account), told).status_code == 422
    account.refresh_from_db()
    assert account.travels_until is None


def test_the_other_side_sees_it_exactly_as_what_does_not_exist(programme, client_for, account_for):
    lead = client_for("counterpart lead", "oskland")
    page = page_of(programme, account_for("rapporteur", "varenia"))
    strip = re.compile(rb'value="[^"]*"')
    for method in ("get", "post"):
        hidden = getattr(lead, method)(page)
        unknown = getattr(lead, method)(re.sub(r"\d+/account", "999999/account", page))
        assert hidden.status_code == unknown.status_code == 404
        assert strip.sub(b"", hidden.content) == strip.sub(b"", unknown.content)
