"""Keys for the tests of the vault: real ones; a passphrase is stretched only where a test is about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from sulh.kernel.vault import attempts, unlocked
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.sides import SideKey, side_key

PROGRAMME = UUID("00000000-0000-4000-8000-00000000000a")


def new_keys(account_id: UUID | None = None) -> Keys:
    """Opened keys of an account, without a passphrase."""
    return Keys(uuid4(), account_id or uuid4(), x25519.Identity.generate(), Ed25519PrivateKey.generate())


@pytest.fixture
def key_of() -> Callable[[str], SideKey]:
    """``key_of("varenia")``: a new key of that side."""
    return lambda side: side_key(PROGRAMME, side)


@pytest.fixture(autouse=True)
def nothing_unlocked() -> Iterator[None]:
    """Every test begins and ends with locked vaults and no failed tries."""
    unlocked.lock_all()
    attempts._FAILED.clear()
    yield
    unlocked.lock_all()
    attempts._FAILED.clear()
