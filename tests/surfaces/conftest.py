"""Accounts that sign in, and what they sign in with."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from sulh.kernel import signin
from sulh.kernel.access import SYSTEM
from sulh.kernel.models import Account
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.programme.models import Programme
from tests.rooms.conftest import make_programme

PASSPHRASE = "nine quiet herons by the weir"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _no_attempts_before() -> Iterator[None]:
    """Attempts are counted for the whole process; each test begins with none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What would be waited is noted instead."""
    noted: list[float] = []
    monkeypatch.setattr(time, "sleep", noted.append)
    return noted


@pytest.fixture
def two_banks(db: None) -> Programme:
    return make_programme("two-banks", "Two Banks")


@pytest.fixture
def seated(two_banks: Programme) -> Callable[..., Account]:
    """``seated(role, side, passphrase="")``: an account with a seat, with or without a passphrase."""

    def make(
        role: str = "counterpart lead", side: str = "varenia", passphrase: str = "", *, demo: bool = False
    ) -> Account:
        handle = f"two-banks/{role}-{side}".replace(" ", "-")
        keep_seat(SYSTEM, two_banks, handle, role, side, is_demo=demo)
        account = Account.objects.get(handle=handle)
        if passphrase:
            account.set_password(passphrase)
            account.save()
        return account

    return make


def browser(user_agent: str = FIREFOX) -> Client:
    """A browser at the host for which passkeys of the tests are made."""
    return Client(headers={"user-agent": user_agent, "host": "localhost"})


def by_link(client: Client, account: Account) -> None:
    """Open a new link of the account and press the button."""
    client.post(f"/sign-in/{signin.renew_token(account)}/")


def by_passphrase(client: Client, account: Account, passphrase: str = PASSPHRASE) -> int:
    """Type handle and passphrase; return the status of the answer."""
    return client.post("/sign-in/", {"handle": account.handle, "passphrase": passphrase}).status_code


def set_passphrase(client: Client, passphrase: str = PASSPHRASE) -> int:
    """Choose a passphrase on the account's page."""
    return client.post("/account/passphrase/", {"passphrase": passphrase, "again": passphrase}).status_code


def code_of(secret: str, steps: int = 0) -> str:
    """What an authenticator application shows now, or some steps of thirty seconds away."""
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_authenticator(client: Client) -> str:
    """Set up an authenticator application and return its secret."""
    page = client.get("/account/authenticator/").content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found, page
    client.post("/account/authenticator/", {"code": code_of(found[1])})
    return found[1]


def recovery_codes(client: Client) -> list[str]:
    """Make recovery codes and read them from the page."""
    page = client.post("/account/recovery-codes/").content.decode()
    return re.findall(r"<li><code>(\d+)</code>", page)


def is_in(client: Client) -> bool:
    """Whether this browser sees the pages of the programme."""
    return client.get("/programmes/two-banks/").status_code == 200
