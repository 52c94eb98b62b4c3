"""Signatures of leads: Ed25519, with the key in the account's keyring."""

from __future__ import annotations

import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from sulh.kernel.access import Viewer
from sulh.kernel.vault import unlocked
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.models import Holder

_DOMAIN = b"sulh/signature/1\0"
"""In front of every message, so that a signature made here means nothing elsewhere."""


def sign(keys: Keys, message: bytes) -> bytes:
    """Return the signature (64 bytes) of the message with opened keys."""
    return keys.signing.sign(_DOMAIN + message)


def sign_for(viewer: Viewer, session: SessionBase, message: bytes) -> bytes | None:
    """Return the viewer's signature of the message; None where their keys are locked or not made yet."""
    keys = unlocked.keys_of(session, viewer.account_id)
    return sign(keys, message) if keys else None


def matches(verify_key: bytes | memoryview, message: bytes, signature: bytes) -> bool:
    """Whether this public key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes(verify_key)).verify(bytes(signature), _DOMAIN + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify(
    programme_id: UUID,
    side: str,
    account_id: UUID,
    message: bytes,
    signature: bytes,
    at: datetime.datetime | None = None,
) -> bool:
    """Whether this account, holding the key of this side now (or held it at ``at``), signed the message.

    It says nothing of the account's role: ask for that apart. The public keys are those of the database: whoever can
    write there can put his own in their place, and is found out by a holder who has the vault open
    (``holding.was_let_in``) or who compares fingerprints.
    """
    rows = Holder.objects.filter(
        vault__programme=programme_id, vault__side=side, keyring__account_id=account_id
    )
    if at is None:
        rows = rows.filter(ended_at=None, keyring__retired_at=None)
    else:
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=at), added_at__lte=at)
    return any(matches(row.keyring.verify_key, message, signature) for row in rows.select_related("keyring"))
