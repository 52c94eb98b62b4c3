"""Leads of both sides, a thing to be agreed on, and vaults with real keys.

Passphrases are left out but where a test is about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from pyrage import x25519

from sulh.kernel import two_keys
from sulh.kernel.access import Viewer
from sulh.kernel.ids import new_id
from sulh.kernel.models import Account
from sulh.kernel.vault import attempts, ceremony, signing, unlocked
from sulh.kernel.vault.keyring import Keys, NewKeyring
from sulh.kernel.vault.models import Opening, SideVault
from sulh.kernel.vault.recovery import NewShares
from sulh.kernel.vault.sides import SideKey, side_key
from sulh.rooms.people import sealed_actions, vault_actions
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme.models import Programme
from tests.rooms.conftest import signed_in

Make = Callable[..., Any]
PHRASE = "seven calm rivers under one bridge"


@dataclass(frozen=True)
class Lead:
    """An account that has made its keys, as a viewer, with the keys in hand."""

    account: Account
    viewer: Viewer
    keys: Keys


@dataclass(frozen=True)
class Vault:
    """A side's vault, its first holder and its key in hand."""

    lead: Lead
    key: SideKey
    row: SideVault


@pytest.fixture(autouse=True)
def nothing_unlocked() -> Iterator[None]:
    unlocked.lock_all()
    attempts._FAILED.clear()
    yield
    unlocked.lock_all()
    attempts._FAILED.clear()


def keys_for(account: Account) -> NewKeyring:
    """New keys of an account, their private part not wrapped: nobody opens these by a passphrase."""
    keys = Keys(new_id(), account.id, x25519.Identity.generate(), Ed25519PrivateKey.generate())
    return NewKeyring(keys, b"")


def shares_for(key: SideKey) -> NewShares:
    """Shares that recover nothing, for tests that recover nothing."""
    return NewShares(key, 2, ("Cedar", "Willow", "Plane"), ("a", "b", "c"), b"")


@pytest.fixture
def lead_of(programme: Programme, account_for: Make) -> Callable[..., Lead]:
    """``lead_of(side, role="convener")``: an account with keys."""

    def make(side: str, role: str = "convener", of: Programme | None = None) -> Lead:
        account = account_for(role, side, of)
        made = keys_for(account)
        viewer = viewer_of(account)
        vault_actions.make_keyring(viewer, of or programme, made)
        return Lead(account, viewer, made.keys)

    return make


@pytest.fixture
def vault_of(programme: Programme, lead_of: Callable[..., Lead]) -> Callable[..., Vault]:
    """``vault_of(side)``: its vault, set up by its convener."""

    def make(side: str) -> Vault:
        lead = lead_of(side)
        shares = shares_for(side_key(programme.id, side))
        row = vault_actions.set_up_vault(lead.viewer, programme, lead.keys, shares)
        return Vault(lead, shares.key, row)

    return make


@pytest.fixture
def browser_of() -> Callable[..., Client]:
    """``browser_of(lead, locked=False)``: a browser in which this account is signed in and its keys unlocked."""

    def make(lead: Lead, locked: bool = False) -> Client:
        client = signed_in(lead.account)
        if not locked:
            unlocked.hold(SessionStore(client.session.session_key), lead.keys)
        return client

    return make


@pytest.fixture
def both(vault_of: Callable[..., Vault]) -> dict[str, Vault]:
    """The vaults of both sides."""
    return {side: vault_of(side) for side in ("oskland", "varenia")}


@pytest.fixture
def opening(programme: Programme, both: dict[str, Vault]) -> Callable[..., Opening]:
    """``opening(upto="approved", text=…)``: a sealed record and an opening that has come as far as this.

    The one who asks is the lead of Varenia.
    """

    def make(upto: str = "requested", text: str = "what was agreed under the walnut tree") -> Opening:
        asker = both["varenia"]
        record = sealed_actions.seal_record(asker.lead.viewer, programme, asker.key, text)
        row = sealed_actions.request_opening(
            asker.lead.viewer, programme, record, "safety", "A threat was received.", 24
        )
        if upto == "requested":
            return row
        for vault in both.values():
            row = approved(programme, vault, row)
        if upto == "approved":
            return row
        outer, inner = both[record.outer], both[record.inner]
        row = sealed_actions.hand_on_opening(outer.lead.viewer, programme, row, outer.key)
        if upto == "handed on":
            return row
        return sealed_actions.unwrap_opening(inner.lead.viewer, programme, row, inner.key)

    return make


def approved(programme: Programme, vault: Vault, row: Opening) -> Opening:
    """The opening, approved by a side's lead."""
    signature = signing.sign(vault.lead.keys, ceremony.statement(row))
    return sealed_actions.approve_opening(vault.lead.viewer, programme, row, signature)


@pytest.fixture
def lead_a(viewer_for: Callable[..., Viewer]) -> Viewer:
    return viewer_for("convener", "varenia")


@pytest.fixture
def lead_b(viewer_for: Callable[..., Viewer]) -> Viewer:
    return viewer_for("counterpart lead", "oskland")


class Thing:
    """Something that takes both keys: its text, and how often it was carried out."""

    def __init__(self) -> None:
        self.text = "as proposed"
        self.done: list[dict[str, Any]] = []


@pytest.fixture
def thing() -> Iterator[Thing]:
    made = Thing()
    two_keys.register_kind(
        two_keys.Kind(
            "tests.thing",
            "A thing",
            lambda programme, subject, terms: made.text.encode(),
            lambda viewer, programme, subject, terms: made.done.append(dict(terms)),
        )
    )
    yield made
    del two_keys.KINDS["tests.thing"]


@pytest.fixture
def proposed(thing: Thing, programme: Programme, lead_a: Viewer) -> Any:
    return two_keys.propose(lead_a, programme, "tests.thing", "x", {"level": 3})
