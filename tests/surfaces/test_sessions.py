"""Sessions: short, bound to a kind of browser, renewed, listed, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from sulh.kernel.access import SYSTEM
from sulh.kernel.models import Account, BrowserSession
from sulh.kernel.sessions import browser_family
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.people.models import Seat
from sulh.rooms.programme.models import Programme
from tests.surfaces.conftest import (
    CHROME,
    FIREFOX,
    PASSPHRASE,
    browser,
    by_passphrase,
    is_in,
    recovery_codes,
    set_passphrase,
    set_up_authenticator,
)

pytestmark = pytest.mark.django_db
Seated = Callable[..., Account]


@pytest.fixture
def member(seated: Seated) -> Account:
    return seated("rapporteur", passphrase=PASSPHRASE)


@pytest.fixture
def client(member: Account) -> Client:
    made = browser()
    by_passphrase(made, member)
    return made


def age(account: Account, **by: timedelta) -> None:
    """Move the account's sessions into the past."""
    for row in account.browser_sessions.all():
        for name, delta in by.items():
            setattr(row, name, getattr(row, name) - delta)
        row.save()


def test_a_session_ends_when_it_is_idle(client: Client, member: Account) -> None:
    age(member, seen_at=settings.SESSION_IDLE - timedelta(minutes=2))
    assert is_in(client)
    age(member, seen_at=settings.SESSION_IDLE + timedelta(seconds=1))
    assert not is_in(client)
    assert not BrowserSession.objects.exists()


def test_a_lead_is_idle_sooner(seated: Seated) -> None:
    client, lead = browser(), seated(passphrase=PASSPHRASE)
    by_passphrase(client, lead)
    set_up_authenticator(client)
    assert is_in(client)
    age(lead, seen_at=timedelta(minutes=31))
    assert not is_in(client)


def test_no_session_outlives_twelve_hours_however_busy(client: Client, member: Account) -> None:
    age(member, began_at=timedelta(hours=12))
    assert not is_in(client)


def test_a_cookie_in_another_kind_of_browser_opens_nothing_and_ends_the_session(client: Client) -> None:
    thief = browser(CHROME)
    thief.cookies = client.cookies
    assert not is_in(thief)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("told", "family"),
    [
        (FIREFOX, "Firefox, Linux"),
        (CHROME, "Chrome, Windows"),
        (CHROME + " Edg/140.0.0.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
            "Safari, iPhone or iPad",
        ),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_its_family_only(told: str, family: str) -> None:
    assert browser_family(told) == family


def test_the_key_changes_at_sign_in_and_at_every_change_of_factors(member: Account) -> None:
    client = browser()
    client.get("/sign-in/passkey/")
    keys = [client.session.session_key]
    by_passphrase(client, member)
    keys.append(client.session.session_key)
    set_up_authenticator(client)
    keys.append(client.session.session_key)
    set_passphrase(client, "another that nobody saw before")
    keys.append(client.session.session_key)
    assert len(set(keys)) == 4
    assert is_in(client)


def test_the_page_lists_browsers_by_kind_and_hour_and_nothing_else(client: Client, member: Account) -> None:
    other = browser(CHROME)
    by_passphrase(other, member)
    page = client.get("/account/browsers/").content.decode()
    assert "Firefox, Linux" in page
    assert "Chrome, Windows" in page
    assert "127.0.0.1" not in page
    kept = {field.name for field in BrowserSession._meta.get_fields()}
    assert kept == {"id", "account", "browser", "began_at", "seen_at", "second_factor", "seats"}


def test_one_browser_is_signed_out_from_another(client: Client, member: Account) -> None:
    other = browser(CHROME)
    by_passphrase(other, member)
    row = member.browser_sessions.get(browser="Chrome, Windows")
    client.post(f"/account/browsers/{row.pk}/end/")
    assert not is_in(other)
    assert is_in(client)


def test_all_others_are_signed_out_at_once(client: Client, member: Account) -> None:
    others = [browser(CHROME), browser(CHROME)]
    for other in others:
        by_passphrase(other, member)
    client.post("/account/browsers/")
    assert [is_in(one) for one in (*others, client)] == [False, False, True]


def test_nobody_ends_the_session_of_another(client: Client, seated: Seated) -> None:
    other, somebody = browser(), seated("liaison", "oskland", PASSPHRASE)
    by_passphrase(other, somebody)
    row = somebody.browser_sessions.get()
    theirs = client.post(f"/account/browsers/{row.pk}/end/")
    nobodys = client.post("/account/browsers/00000000-0000-4000-8000-000000000000/end/")
    assert (theirs.status_code, theirs.headers["Location"]) == (
        nobodys.status_code,
        nobodys.headers["Location"],
    )
    assert is_in(other)


def test_signing_out_ends_the_row_too(client: Client, member: Account) -> None:
    client.post("/sign-out/")
    assert not is_in(client)
    assert not member.browser_sessions.exists()


@pytest.mark.parametrize("how", ["deleted", "moved to the other side"])
def test_sessions_end_when_a_seat_is_taken_away(
    client: Client, member: Account, two_banks: Programme, how: str
) -> None:
    keep_seat(SYSTEM, two_banks, member.handle, "liaison", "varenia")
    assert is_in(client)  # a seat more changes nothing
    Seat.objects.filter(account=member, role="liaison").delete()
    if how != "deleted":
        keep_seat(SYSTEM, two_banks, member.handle, "rapporteur", "oskland")
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_sessions_end_when_the_account_is_closed_and_do_not_come_back(
    client: Client, member: Account
) -> None:
    Account.objects.filter(pk=member.pk).update(is_active=False)
    assert not is_in(client)
    Account.objects.filter(pk=member.pk).update(is_active=True)
    assert not is_in(client)


def test_a_changed_passphrase_ends_every_other_session(client: Client, member: Account) -> None:
    other = browser(CHROME)
    by_passphrase(other, member)
    set_passphrase(client, "another that nobody saw before")
    assert not is_in(other)
    assert is_in(client)


def test_a_session_without_its_row_opens_nothing(client: Client) -> None:
    session = client.session
    session["browser_session"] = "00000000-0000-4000-8000-000000000000"
    session.save()
    assert not is_in(client)


def test_use_is_noted_once_a_minute_at_most(client: Client, member: Account) -> None:
    before = member.browser_sessions.get().seen_at
    is_in(client)
    assert member.browser_sessions.get().seen_at == before
    age(member, seen_at=timedelta(minutes=1))
    is_in(client)
    assert timezone.now() - member.browser_sessions.get().seen_at < timedelta(minutes=1)


FACTOR_PAGES = [
    ("post", "/account/passphrase/"),
    ("get", "/account/authenticator/"),
    ("post", "/account/authenticator/"),
    ("get", "/account/passkeys/options/"),
    ("post", "/account/passkeys/add/"),
    ("post", "/account/recovery-codes/"),
    ("post", "/account/factors/1/remove/"),
]


@pytest.mark.parametrize(("method", "address"), FACTOR_PAGES)
def test_factors_change_only_within_ten_minutes_of_signing_in(
    client: Client, member: Account, method: str, address: str
) -> None:
    age(member, began_at=timedelta(minutes=11))
    told = {"passphrase": "another that nobody saw before", "again": "another that nobody saw before"}
    answer = getattr(client, method)(address, told if method == "post" else {})
    assert answer.headers["Location"].startswith("/sign-in/?next=")
    member.refresh_from_db()
    assert member.check_password(PASSPHRASE)
    assert is_in(client)


def test_signing_in_again_takes_the_place_of_the_old_session(client: Client, member: Account) -> None:
    age(member, began_at=timedelta(minutes=11))
    by_passphrase(client, member)
    assert member.browser_sessions.count() == 1
    assert client.get("/account/authenticator/").status_code == 200


def test_signing_in_again_needs_the_second_factor_again(client: Client, member: Account) -> None:
    set_up_authenticator(client)
    codes = recovery_codes(client)
    age(member, began_at=timedelta(minutes=11))
    by_passphrase(client, member)
    assert client.get("/account/authenticator/").status_code == 302
    client.post("/sign-in/second-factor/", {"code": codes[0]})
    assert client.get("/account/authenticator/").status_code == 200
