"""Guessing: it is slowed down by address and by handle, and nobody can be shut out by somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from sulh.kernel.models import Account
from sulh.kernel.passphrases import Argon2
from sulh.surfaces.web import attempts
from tests.surfaces.conftest import PASSPHRASE, browser, by_passphrase, is_in

pytestmark = pytest.mark.django_db
Seated = Callable[..., Account]


@pytest.fixture
def account(seated: Seated) -> Account:
    return seated("rapporteur", passphrase=PASSPHRASE)


def try_from(address: str, handle: str, passphrase: str = "wrong every time") -> Any:
    return Client(REMOTE_ADDR=address).post("/sign-in/", {"handle": handle, "passphrase": passphrase})


def body(answer: Any) -> str:
    """What is on the page, less what was typed and the token that differs every time."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_unknown_wrong_closed_and_refused_are_answered_alike(account: Account, seated: Seated) -> None:
    closed = seated("liaison", passphrase=PASSPHRASE)
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    demo = seated("evaluation", passphrase=PASSPHRASE, demo=True)
    answers = [
        try_from("192.0.2.1", "nobody/at-all"),
        try_from("192.0.2.2", account.handle),
        try_from("192.0.2.3", closed.handle, PASSPHRASE),
        try_from("192.0.2.4", demo.handle, PASSPHRASE),
    ]
    for _time in range(5):
        try_from("192.0.2.5", account.handle)
    answers.append(try_from("192.0.2.5", account.handle, PASSPHRASE))
    assert {answer.status_code for answer in answers} == {422}
    assert len({body(answer) for answer in answers}) == 1


def test_all_of_them_hash_a_passphrase_once(
    account: Account, seated: Seated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time class is that of one hash, whatever is wrong."""
    without = seated("liaison")
    for _time in range(5):
        try_from("192.0.2.5", account.handle)
    hashed: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2, name)
        monkeypatch.setattr(
            Argon2, name, lambda *told, real=real, name=name: (hashed.append(name), real(*told))[1]
        )
    assert isinstance(get_hasher(), Argon2)
    for address, handle, passphrase in (
        ("192.0.2.1", "nobody/at-all", "wrong"),
        ("192.0.2.2", account.handle, "wrong"),
        ("192.0.2.3", without.handle, "wrong"),
        ("192.0.2.5", account.handle, PASSPHRASE),
    ):
        hashed.clear()
        try_from(address, handle, passphrase)
        # “verify” makes one hash by calling “encode” of the library, not ours
        assert len(hashed) == 1, (handle, hashed)


def test_who_is_attacked_from_elsewhere_gets_in_though_later(account: Account, waited: list[float]) -> None:
    for number in range(60):
        try_from(f"198.51.100.{number % 50}", account.handle)
    waited.clear()
    client = browser()
    assert by_passphrase(client, account) == 302
    assert is_in(client)
    assert attempts.SLOW_DOWN in waited


def test_a_handle_that_nobody_has_is_slowed_down_too(account: Account, waited: list[float]) -> None:
    for number in range(11):
        try_from(f"198.51.100.{number}", "nobody/at-all")
    assert waited.count(attempts.SLOW_DOWN) == 1


def test_an_address_that_tries_many_handles_is_refused(account: Account) -> None:
    for number in range(20):
        try_from("192.0.2.9", f"nobody/{number}")
    assert try_from("192.0.2.9", account.handle, PASSPHRASE).status_code == 422
    assert try_from("192.0.2.10", account.handle, PASSPHRASE).status_code == 302


def test_addresses_of_one_network_of_the_new_kind_count_as_one(account: Account) -> None:
    for number in range(20):
        try_from(f"2001:db8:1:1::{number}", f"nobody/{number}")
    assert try_from("2001:db8:1:1::ffff", account.handle, PASSPHRASE).status_code == 422


def test_an_office_behind_one_address_signs_in_all_day(account: Account) -> None:
    for _time in range(25):
        assert try_from("192.0.2.11", account.handle, PASSPHRASE).status_code == 302


def test_no_address_reaches_the_disk() -> None:
    from django.conf import settings

    assert settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")


def test_a_log_never_holds_a_link(account: Account) -> None:
    import logging

    from sulh.kernel.logs import WithoutLinks

    record = logging.LogRecord(
        "django.request", 30, "", 0, "Not Found: %s", ("/sign-in/abc:1:def:ghi/",), None
    )
    assert WithoutLinks().filter(record)
    assert record.getMessage() == "Not Found: /sign-in/…"
    kept = logging.LogRecord("django.request", 30, "", 0, "%s", ("/sign-in/second-factor/",), None)
    WithoutLinks().filter(kept)
    assert kept.getMessage() == "/sign-in/second-factor/"
