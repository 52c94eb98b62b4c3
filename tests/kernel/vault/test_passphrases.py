"""Passphrases and what they wrap."""

from __future__ import annotations

from uuid import uuid4

import pytest

from sulh.kernel.actions import Refused
from sulh.kernel.vault import attempts, wrapping
from sulh.kernel.vault.keyring import make_keyring, open_keyring, rewrap
from sulh.kernel.vault.models import Keyring
from sulh.kernel.vault.phrases import check_phrase, make_phrase, tidy
from sulh.kernel.vault.wrapping import WrongPassphrase, unwrap, wrap

PHRASE = "seven calm rivers under one bridge"


@pytest.mark.parametrize(
    "weak", ["", "short", "eleven char", "           a          ", "aaaaaaaaaaaaaaaa", "x" * 401]
)
def test_a_weak_passphrase_is_refused_with_the_remedy(weak: str) -> None:
    with pytest.raises(Refused, match=r"Take several words|longer than"):
        check_phrase(weak)


def test_the_one_offered_is_eight_words_and_good() -> None:
    offered = make_phrase()
    assert len(offered.split()) == 8
    assert check_phrase(offered) == offered
    assert make_phrase() != offered


def test_the_same_letters_written_another_way_are_the_same_passphrase() -> None:
    assert tidy("  café  ﺳﻼﻡ ") == tidy("cafe\u0301 سلام")


def test_a_wrapped_secret_opens_with_its_passphrase_in_its_place_only() -> None:
    wrapped = wrap(b"secret", PHRASE, b"row 1")
    assert b"secret" not in wrapped
    assert unwrap(wrapped, PHRASE, b"row 1") == b"secret"
    for phrase, place, what in [
        (PHRASE + " ", b"row 1", wrapped),
        (PHRASE, b"row 2", wrapped),
        (PHRASE, b"row 1", wrapped[:-1] + bytes([wrapped[-1] ^ 1])),
    ]:
        with pytest.raises(WrongPassphrase):
            unwrap(what, phrase, place)


def test_a_forged_cost_does_not_eat_the_machine() -> None:
    for passes, memory, lanes in [
        (0, 64, 1),
        (200, 64, 1),
        (1, 4_000_000, 1),
        (1, 4, 2),
        (1, 64, 0),
        (1, 64, 99),
    ]:
        head = wrapping._HEAD.pack(b"SLW1", passes, memory, lanes, b"s" * 16, b"n" * 12)
        with pytest.raises(WrongPassphrase):
            unwrap(head + b"x" * 32, PHRASE, b"")
    for junk in (b"", b"x" * 200):
        with pytest.raises(WrongPassphrase):
            unwrap(junk, PHRASE, b"")


def test_a_keyring_opens_again_and_after_a_change_with_the_new_passphrase_only() -> None:
    made = make_keyring(uuid4(), PHRASE)
    row = Keyring(id=made.keys.keyring_id, account_id=made.keys.account_id, wrapped=made.wrapped)
    opened = open_keyring(row, f"  {PHRASE}\n")
    assert (opened.recipient, opened.verify_key) == (made.keys.recipient, made.keys.verify_key)
    row.wrapped = rewrap(opened, "another good passphrase")
    with pytest.raises(Refused, match="does not open your keys"):
        open_keyring(row, PHRASE)
    assert open_keyring(row, "another good passphrase").recipient == opened.recipient


def test_tries_are_limited_by_rate_and_come_back_by_themselves() -> None:
    account, other = uuid4(), uuid4()
    for second in range(attempts.TRIES):
        attempts.take(account, now=second)
    with pytest.raises(Refused, match="Try again in 15 minutes"):
        attempts.take(account, now=10)
    attempts.take(other, now=10)
    with pytest.raises(Refused, match="Try again in 1 minute\\."):
        attempts.take(account, now=attempts.WITHIN - 30)
    attempts.take(account, now=attempts.WITHIN + 1)


def test_a_keyring_is_not_even_tried_once_the_rate_is_used_up() -> None:
    row = Keyring(account_id=uuid4(), wrapped=b"")
    for _try in range(attempts.TRIES):
        with pytest.raises(Refused, match="does not open"):
            open_keyring(row, "a wrong passphrase")
    with pytest.raises(Refused, match="Too many tries"):
        open_keyring(row, "a wrong passphrase")
