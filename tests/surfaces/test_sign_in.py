"""Signing in by a link: used once, lapsing, never for a forged one; links of the demonstration may be used again."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import signing
from django.test import Client

from sulh.kernel import signin
from sulh.kernel.models import Account

pytestmark = pytest.mark.django_db


def account(handle: str = "two-rivers/convener", **values: object) -> Account:
    made = Account(handle=handle, **values)
    made.set_unusable_password()
    made.save()
    return made


def test_a_link_asks_first_and_then_signs_in(client: Client) -> None:
    address = f"/sign-in/{signin.make_token(account())}/"
    assert client.get(address).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(address)
    assert "_auth_user_id" in client.session


def test_a_link_is_used_up_by_its_first_use(client: Client) -> None:
    address = f"/sign-in/{signin.make_token(account())}/"
    client.post(address)
    client.logout()
    assert client.post(address).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demonstration_link_may_be_used_again(client: Client) -> None:
    address = f"/sign-in/{signin.make_token(account(is_demo=True))}/"
    client.post(address)
    client.logout()
    client.post(address)
    assert "_auth_user_id" in client.session


def test_a_forged_a_lapsed_and_a_closed_link_look_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = signin.make_token(account())
    closed = signin.make_token(account("two-rivers/closed", is_active=False))
    forged = client.get(f"/sign-in/{made[:-3]}abc/")
    of_closed = client.get(f"/sign-in/{closed}/")
    later = signing.time.time() + datetime.timedelta(hours=13).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    lapsed = client.get(f"/sign-in/{made}/")
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    bodies = {token.sub(b"", answer.content.split(b"<main")[1]) for answer in (forged, of_closed, lapsed)}
    assert {response.status_code for response in (forged, of_closed, lapsed)} == {404}
    assert len(bodies) == 1


def test_every_page_carries_the_strict_policy(client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_without_signing_in_every_programme_page_leads_to_sign_in(client: Client) -> None:
    for address in ("/programmes/beyond-boundaries/", "/programmes/no-such/", "/programmes/no-such/ledger/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(client: Client) -> None:
    response = client.post("/programmes/any/ledger/views/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/sign-in/"
    assert response.content == b""
