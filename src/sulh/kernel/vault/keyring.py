"""The keys of one account: an age identity that reads and an Ed25519 key that signs, under one passphrase."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from pyrage import x25519

from sulh.kernel.actions import Refused
from sulh.kernel.ids import new_id
from sulh.kernel.vault import attempts
from sulh.kernel.vault.models import Keyring
from sulh.kernel.vault.phrases import check_phrase, tidy
from sulh.kernel.vault.secrets_in_hand import InMemoryOnly
from sulh.kernel.vault.wrapping import WrongPassphrase, unwrap, wrap


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Keys(InMemoryOnly):
    """The opened keys of an account."""

    keyring_id: UUID
    account_id: UUID
    identity: x25519.Identity
    signing: Ed25519PrivateKey

    @property
    def recipient(self) -> str:
        return str(self.identity.to_public())

    @property
    def verify_key(self) -> bytes:
        return self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class NewKeyring(InMemoryOnly):
    """A keyring just made: the opened keys, and their private part wrapped. Made before a transaction: it is slow."""

    keys: Keys
    wrapped: bytes


@sensitive_variables()
def make_keyring(account_id: UUID, passphrase: str) -> NewKeyring:
    """Make the keys of an account and wrap them under its passphrase (about half a second).

    Raises ``Refused`` where the passphrase breaks the rule.
    """
    checked = check_phrase(passphrase)
    keys = Keys(new_id(), account_id, x25519.Identity.generate(), Ed25519PrivateKey.generate())
    return NewKeyring(keys, _wrapped(keys, checked))


@sensitive_variables()
def rewrap(keys: Keys, passphrase: str) -> bytes:
    """Return the private part of opened keys wrapped under a new passphrase.

    Raises ``Refused`` where the passphrase breaks the rule.
    """
    return _wrapped(keys, check_phrase(passphrase))


@sensitive_variables()
def open_keyring(row: Keyring, passphrase: str) -> Keys:
    """Open a keyring with its passphrase (about half a second).

    Raises ``Refused`` where it is the wrong one, or too many wrong ones were tried.
    """
    attempts.take(row.account_id)
    try:
        private = unwrap(bytes(row.wrapped), tidy(passphrase), _place(row.id, row.account_id))
    except WrongPassphrase:
        raise Refused(_("This passphrase does not open your keys. Nothing was opened.")) from None
    attempts.forget(row.account_id)
    told = json.loads(private)
    signing = Ed25519PrivateKey.from_private_bytes(base64.b64decode(told["signing"]))
    return Keys(row.id, row.account_id, x25519.Identity.from_str(told["identity"]), signing)


def _wrapped(keys: Keys, passphrase: str) -> bytes:
    private = {
        "identity": str(keys.identity),
        "signing": base64.b64encode(keys.signing.private_bytes_raw()).decode(),
    }
    return wrap(json.dumps(private).encode(), passphrase, _place(keys.keyring_id, keys.account_id))


def _place(keyring_id: UUID, account_id: UUID) -> bytes:
    return b"sulh/keyring/1\0" + keyring_id.bytes + account_id.bytes
