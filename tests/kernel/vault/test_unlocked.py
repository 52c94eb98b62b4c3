"""Opened keys: in memory, for one session and one account, for a while."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from sulh.kernel.access import NOBODY, Viewer
from sulh.kernel.settings import _idle_minutes
from sulh.kernel.vault import signing, unlocked
from tests.kernel.vault.conftest import new_keys

IDLE = 15 * 60


def session(key: str) -> SessionStore:
    return SessionStore(key)


def test_one_session_and_account_has_them_and_no_other() -> None:
    keys = new_keys()
    mine = session("a" * 32)
    unlocked.hold(mine, keys)
    assert unlocked.keys_of(mine, keys.account_id) is keys
    assert unlocked.keys_of(mine, uuid4()) is None
    assert unlocked.keys_of(mine, None) is None
    assert unlocked.keys_of(session("b" * 32), keys.account_id) is None


def test_without_a_session_of_ones_own_nothing_is_held() -> None:
    with pytest.raises(ValueError, match="without a key"):
        unlocked.hold(SessionStore(), new_keys())
    assert unlocked.keys_of(SessionStore(), uuid4()) is None


def test_they_are_dropped_when_idle_and_use_keeps_them() -> None:
    keys, mine = new_keys(), session("a" * 32)
    unlocked.hold(mine, keys, now=0)
    assert unlocked.keys_of(mine, keys.account_id, now=IDLE - 1) is keys
    assert unlocked.keys_of(mine, keys.account_id, now=2 * IDLE - 2) is keys
    assert unlocked.keys_of(mine, keys.account_id, now=3 * IDLE) is None
    assert unlocked.sweep(now=3 * IDLE) == 0


def test_the_sweep_drops_them_though_nobody_asks_and_a_clock_set_back_locks() -> None:
    unlocked.hold(session("a" * 32), new_keys(), now=1000)
    unlocked.hold(session("b" * 32), new_keys(), now=1000 + IDLE)
    assert unlocked.sweep(now=1000 + IDLE + 1) == 1
    assert unlocked.sweep(now=5) == 0


def test_sign_out_drops_them_and_nothing_ever_stood_in_the_session() -> None:
    keys, mine = new_keys(), session("a" * 32)
    unlocked.hold(mine, keys)
    assert list(mine.__dict__.get("_session_cache", {})) == []
    request = RequestFactory().get("/")
    request.session = mine
    user_logged_out.send(sender=None, request=request, user=None)
    assert unlocked.keys_of(mine, keys.account_id) is None


def test_an_account_can_be_locked_everywhere() -> None:
    keys = new_keys()
    for name in "ab":
        unlocked.hold(session(name * 32), keys)
    unlocked.hold(session("c" * 32), new_keys())
    unlocked.lock_account(keys.account_id)
    assert unlocked.sweep() == 1
    unlocked.lock_session("c" * 32)
    assert unlocked.sweep() == 0


def test_a_signature_needs_unlocked_keys_and_holds_for_its_message_only() -> None:
    keys, mine = new_keys(), session("a" * 32)
    viewer = Viewer(keys.account_id, "lead")
    assert signing.sign_for(viewer, mine, b"text") is None
    unlocked.hold(mine, keys)
    signature = signing.sign_for(viewer, mine, b"text")
    assert signature is not None
    assert signing.matches(keys.verify_key, b"text", signature)
    assert not signing.matches(keys.verify_key, b"texts", signature)
    assert not signing.matches(new_keys().verify_key, b"text", signature)
    assert not signing.matches(b"short", b"text", signature)
    assert signing.sign_for(NOBODY, mine, b"text") is None


@pytest.mark.parametrize("told", ["x", "0", "-1", "1.5", "721"])
def test_a_number_of_minutes_that_makes_no_sense_stops_the_start_with_the_remedy(told, monkeypatch) -> None:
    monkeypatch.setenv("SULH_VAULT_IDLE_MINUTES", told)
    with pytest.raises(ImproperlyConfigured, match="whole minutes from 1 to 720"):
        _idle_minutes()


def test_unless_told_otherwise_it_is_a_quarter_of_an_hour(monkeypatch) -> None:
    monkeypatch.delenv("SULH_VAULT_IDLE_MINUTES", raising=False)
    assert _idle_minutes() == 15
    monkeypatch.setenv("SULH_VAULT_IDLE_MINUTES", "5")
    assert _idle_minutes() == 5
