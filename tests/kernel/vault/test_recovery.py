"""Recovery: k shares of one set recover; fewer, mixed or spoilt ones open nothing and say why."""

from __future__ import annotations

from itertools import combinations

import pytest

from sulh.kernel.actions import Refused
from sulh.kernel.vault.models import SideVault
from sulh.kernel.vault.recovery import NewShares, check_split, combine, make_shares
from sulh.kernel.vault.sides import SideKey, side_key
from tests.kernel.vault.conftest import PROGRAMME


def vault_of(made: NewShares) -> SideVault:
    key = made.key
    return SideVault(
        programme=key.programme_id,
        side=key.side,
        recipient=key.recipient,
        recovery=made.wrapped,
        threshold=made.threshold,
    )


@pytest.fixture(scope="module")
def made() -> NewShares:
    return make_shares(side_key(PROGRAMME, "varenia"), 2, ["Cedar", "Willow", "Plane"])


def same(one: SideKey, other: SideKey) -> bool:
    return one.secret() == other.secret()


def test_any_k_shares_recover_however_they_are_typed(made: NewShares) -> None:
    for pair in combinations(made.shares, 2):
        assert same(combine(vault_of(made), [pair[0].upper(), f"  {pair[1]}\n", ""]), made.key)


def test_more_shares_than_needed_do_no_harm(made: NewShares) -> None:
    assert same(combine(vault_of(made), made.shares), made.key)


def test_fewer_open_nothing_nor_does_one_entered_twice(made: NewShares) -> None:
    for shares in ([], [made.shares[0]], [made.shares[0], made.shares[0].upper()]):
        with pytest.raises(Refused, match="2 different shares are needed"):
            combine(vault_of(made), shares)


def test_a_slip_is_found_in_its_share_and_its_words_are_not_repeated(made: NewShares) -> None:
    words = made.shares[1].split()
    for spoilt in (words[:-1], [*words[:-1], "grandmother"], [words[1], words[0], *words[2:]]):
        with pytest.raises(Refused, match="Share 2 has a slip") as caught:
            combine(vault_of(made), [made.shares[0], " ".join(spoilt)])
        assert caught.value.__suppress_context__
        assert words[2] not in str(caught.value)


def test_shares_of_another_set_or_vault_are_refused(made: NewShares) -> None:
    newer = make_shares(made.key, 2, ["Cedar", "Willow"])
    with pytest.raises(Refused, match="do not belong together"):
        combine(vault_of(newer), [newer.shares[0], made.shares[1]])
    with pytest.raises(Refused, match="do not belong together, or not to this vault"):
        combine(vault_of(newer), made.shares)
    foreign = make_shares(side_key(PROGRAMME, "oskland"), 2, ["Elm", "Ash"])
    with pytest.raises(Refused, match="do not belong together, or not to this vault"):
        combine(vault_of(made), foreign.shares)


def test_a_wrap_put_in_place_of_the_vaults_own_is_noticed(made: NewShares) -> None:
    """Somebody who writes to the database and hands out shares of his own recovers nothing that reads the vault."""
    planted = make_shares(side_key(PROGRAMME, "varenia"), 2, ["Cedar", "Willow"])
    vault = vault_of(made)
    vault.recovery = planted.wrapped
    with pytest.raises(Refused):
        combine(vault, planted.shares)


@pytest.mark.parametrize(
    ("threshold", "labels"),
    [
        (1, ["a", "b"]),
        (3, ["a", "b"]),
        (2, ["a"]),
        (2, []),
        (2, ["a", " A "]),
        (2, ["x" * 41, "b"]),
        (2, [str(n) for n in range(17)]),
    ],
)
def test_a_split_that_protects_nothing_is_refused(threshold: int, labels: list[str]) -> None:
    with pytest.raises(Refused):
        check_split(threshold, labels)
