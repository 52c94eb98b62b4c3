"""Envelopes: they open for their recipient, in their place, and only where a holder made them."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sulh.kernel.vault.fields import Context, NotForThisKey, OutOfPlace, Unmarked, seal, unseal, unseal_marked
from sulh.kernel.vault.sides import fingerprint, side_key
from tests.kernel.vault.conftest import PROGRAMME

VARENIA, OSKLAND = side_key(PROGRAMME, "varenia"), side_key(PROGRAMME, "oskland")
PLACE = Context("people.Person", "row-1", "sealed_identity", 3)
ELSEWHERE = [
    Context("people.Other", "row-1", "sealed_identity", 3),
    Context("people.Person", "row-2", "sealed_identity", 3),
    Context("people.Person", "row-1", "note", 3),
    Context("people.Person", "row-1", "sealed_identity", 2),
]


@given(st.binary(max_size=3000))
def test_what_was_sealed_comes_back_whole(content: bytes) -> None:
    sealed = seal([VARENIA.recipient], PLACE, content, VARENIA)
    assert unseal_marked(VARENIA, PLACE, sealed) == content


PLACES = st.builds(Context, st.text(max_size=3), st.text(max_size=3), st.text(max_size=3), st.integers(0, 20))


@given(PLACES, PLACES)
def test_two_places_are_never_one(one: Context, other: Context) -> None:
    assert (one.encoded() == other.encoded()) == (one == other)


@pytest.mark.parametrize("elsewhere", ELSEWHERE, ids=str)
def test_moved_to_another_row_or_field_or_put_back_from_before_it_stays_shut(elsewhere: Context) -> None:
    sealed = seal([VARENIA.recipient], PLACE, b"Tahmina Lorel", VARENIA)
    with pytest.raises(OutOfPlace, match="made for another place"):
        unseal_marked(VARENIA, elsewhere, sealed)


def test_the_other_sides_key_opens_nothing() -> None:
    with pytest.raises(NotForThisKey):
        unseal_marked(OSKLAND, PLACE, seal([VARENIA.recipient], PLACE, b"x", VARENIA))


def test_a_forgery_sealed_to_the_public_recipient_is_told_from_what_a_holder_wrote() -> None:
    forged = seal([VARENIA.recipient], PLACE, b'{"name": "somebody else"}')
    assert unseal(VARENIA.identity, PLACE, forged) == b'{"name": "somebody else"}'
    with pytest.raises(Unmarked, match="directly"):
        unseal_marked(VARENIA, PLACE, forged)
    marked_by_another = seal([VARENIA.recipient], PLACE, b"x", OSKLAND)
    with pytest.raises(Unmarked):
        unseal_marked(VARENIA, PLACE, marked_by_another)


def test_every_altered_byte_is_noticed() -> None:
    sealed = seal([VARENIA.recipient], PLACE, b"x" * 40, VARENIA)
    for at in range(0, len(sealed), 7):
        altered = bytearray(sealed)
        altered[at] ^= 1
        with pytest.raises(NotForThisKey):
            unseal_marked(VARENIA, PLACE, bytes(altered))


@pytest.mark.parametrize("junk", [b"", b"junk", b"age-encryption.org/v1\n"])
def test_what_is_no_envelope_is_said_so(junk: bytes) -> None:
    with pytest.raises(NotForThisKey):
        unseal_marked(VARENIA, PLACE, junk)


def test_an_envelope_with_something_else_inside_is_no_envelope_of_the_house() -> None:
    foreign = pyrage.encrypt(b"not ours", [VARENIA.identity.to_public()])
    with pytest.raises(NotForThisKey):
        unseal_marked(VARENIA, PLACE, foreign)


def test_the_length_of_a_name_does_not_show() -> None:
    """Compared inside: age itself adds a line of random length to its head."""
    sealed = [seal([VARENIA.recipient], PLACE, b"x" * n, VARENIA) for n in (3, 90)]
    short, long = (len(pyrage.decrypt(one, [VARENIA.identity])) for one in sealed)
    assert short == long == 512


def test_nothing_of_a_key_shows_in_print_and_it_cannot_be_stored() -> None:
    import pickle

    assert "AGE-SECRET" not in f"{VARENIA!r} {VARENIA} {[VARENIA]}"
    with pytest.raises(TypeError, match="in memory only"):
        pickle.dumps(VARENIA)


def test_a_wrong_secret_of_a_side_is_not_repeated_in_the_message() -> None:
    with pytest.raises(ValueError, match="not the secret of a side") as caught:
        side_key(PROGRAMME, "varenia", b"AGE-SECRET-KEY-1NOT")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_fingerprints_differ_with_each_part() -> None:
    assert fingerprint("a", b"b") != fingerprint("ab", b"")
    assert len(fingerprint("a")) == 24
