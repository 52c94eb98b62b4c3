"""Travel mode: what a traveller sees, and that nobody beside the traveller can undo it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from sulh.kernel import signin, travel
from sulh.kernel.models import Account, AuditEntry
from sulh.rooms.people.queries import viewer_of
from tests.rooms.test_access import ROUTES
from tests.surfaces.conftest import CHROME, PASSPHRASE, browser, by_passphrase, is_in

pytestmark = pytest.mark.django_db
Seated = Callable[..., Account]


@pytest.fixture
def account(seated: Seated) -> Account:
    return seated("rapporteur", passphrase=PASSPHRASE)


@pytest.fixture
def client(account: Account) -> Client:
    made = browser()
    by_passphrase(made, account)
    return made


def day(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def depart(client: Client, number: int = 3) -> int:
    return client.post("/account/travel/", {"until": day(number)}).status_code


def test_every_other_browser_is_signed_out_and_this_one_sees_no_programme(
    client: Client, account: Account
) -> None:
    other = browser(CHROME)
    by_passphrase(other, account)
    assert depart(client) == 302
    assert "_auth_user_id" in client.session
    assert client.get("/programmes/two-banks/").status_code == 404
    assert not is_in(other)
    assert AuditEntry.objects.first().action == "account.begin_travel"  # type: ignore[union-attr]


def test_a_new_sign_in_on_any_device_sees_no_more(client: Client, account: Account) -> None:
    depart(client)
    other = browser(CHROME)
    by_passphrase(other, account)
    assert other.get("/programmes/two-banks/").status_code == 404
    assert other.get("/").headers["Location"] == "/account/travel/"


def test_a_link_sees_no_more(client: Client, account: Account) -> None:
    depart(client)
    other = browser(CHROME)
    account.refresh_from_db()
    other.post(f"/sign-in/{signin.renew_token(account)}/")
    assert other.get("/programmes/two-banks/").status_code == 404
    assert other.get("/account/begin/").headers["Location"] == "/account/travel/"


VALUES = {"slug": "two-banks", "format": "csv", "key": "first", "seat_id": "1", "view_id": "1"}


@pytest.mark.parametrize("route", ROUTES)
def test_every_address_of_a_programme_answers_as_unknown(client: Client, route: str) -> None:
    depart(client)
    number = "00000000-0000-4000-8000-000000000000"

    def address(slug: str) -> str:
        values = VALUES | {"slug": slug}
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: values.get(found[1], number), route)

    strip = re.compile(rb'value="[^"]*"')
    for method in ("get", "post"):
        own, unknown = (getattr(client, method)(address(slug)) for slug in ("two-banks", "no-such"))
        assert own.status_code == unknown.status_code
        assert own.status_code in (404, 405)
        assert strip.sub(b"", own.content) == strip.sub(b"", unknown.content)


def test_every_page_of_the_account_leads_to_the_one_that_says_so(client: Client, account: Account) -> None:
    depart(client)
    own = [str(one.pattern) for one in get_resolver().url_patterns if str(one.pattern).startswith("account/")]
    assert len(own) > 8
    for route in set(own) - {"account/travel/"}:
        address = "/" + re.sub(
            r"<(\w+):\w+>", lambda found: "1" if found[1] == "int" else str(account.pk), route
        )
        for method in ("get", "post"):
            assert getattr(client, method)(address).headers["Location"] == "/account/travel/", address
    page = client.get("/account/travel/").content.decode()
    assert account.handle not in page
    assert "Two Banks" not in page


@pytest.mark.parametrize("number", [-1, 2, 400])
def test_the_traveller_can_prolong_but_not_shorten_it(client: Client, account: Account, number: int) -> None:
    depart(client, 3)
    assert depart(client, number) == 422
    assert depart(client, 5) == 302
    account.refresh_from_db()
    assert account.travels_until == timezone.localdate() + timedelta(days=5)


@pytest.mark.parametrize("until", ["", "soon", "2027-02-30", "99999-01-01"])
def test_what_is_no_day_is_refused(client: Client, account: Account, until: str) -> None:
    assert client.post("/account/travel/", {"until": until}).status_code == 422
    account.refresh_from_db()
    assert account.travels_until is None


def test_it_is_over_when_the_last_day_is(account: Account) -> None:
    today = timezone.localdate()
    account.travels_until = today
    assert travel.travels(account, today)
    assert viewer_of(account).seats == ()
    assert not travel.travels(account, today + timedelta(days=1))
    account.travels_until = today - timedelta(days=1)
    assert viewer_of(account).seats


def test_a_passkey_or_factor_cannot_be_added_by_who_stands_beside(client: Client, account: Account) -> None:
    depart(client)
    client.post("/account/passphrase/", {"passphrase": "known to a stranger", "again": "known to a stranger"})
    account.refresh_from_db()
    assert account.check_password(PASSPHRASE)
    assert not account.authenticator_set.exists()
