"""A secret under a passphrase: Argon2id (RFC 9106) makes the key, ChaCha20-Poly1305 seals with it.

Not age's own passphrase recipients: the library holds the interpreter for the whole second that its scrypt takes, with
more than a quarter of a gigabyte, and the house would stand still at each unlocking. Argon2id runs beside the other
requests. One at a time, so that unlocking never takes more than ``MEMORY_KIB``.
"""

from __future__ import annotations

import os
import struct
import threading

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MEMORY_KIB = 64 * 1024
PASSES = 8
LANES = 2
_HEAD = struct.Struct(">4sBIB16s12s")
_MAGIC = b"SLW1"
_MOST_MEMORY_KIB = 1024 * 1024
_ONE_AT_A_TIME = threading.Lock()


class WrongPassphrase(Exception):
    """The passphrase does not open this; or it was altered, or moved from another row. It cannot be told which."""


def wrap(secret: bytes, passphrase: str, context: bytes) -> bytes:
    """Seal ``secret`` under ``passphrase``, bound to ``context``; the cost stands in front, to be raised later."""
    salt, nonce = os.urandom(16), os.urandom(12)
    head = _HEAD.pack(_MAGIC, PASSES, MEMORY_KIB, LANES, salt, nonce)
    key = _key(passphrase, salt, PASSES, MEMORY_KIB, LANES)
    return head + ChaCha20Poly1305(key).encrypt(nonce, secret, head + context)


def unwrap(wrapped: bytes, passphrase: str, context: bytes) -> bytes:
    """Return the secret.

    Raises ``WrongPassphrase``.
    """
    if len(wrapped) < _HEAD.size:
        raise WrongPassphrase
    head = wrapped[: _HEAD.size]
    magic, passes, memory, lanes, salt, nonce = _HEAD.unpack(head)
    # The cost is read from the database: a forged one must not eat the machine.
    if magic != _MAGIC or not 1 <= passes <= 64 or not 1 <= lanes <= 16:
        raise WrongPassphrase
    if not 8 * lanes <= memory <= _MOST_MEMORY_KIB:
        raise WrongPassphrase
    key = _key(passphrase, salt, passes, memory, lanes)
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, wrapped[_HEAD.size :], head + context)
    except InvalidTag:
        raise WrongPassphrase from None


def _key(passphrase: str, salt: bytes, passes: int, memory: int, lanes: int) -> bytes:
    with _ONE_AT_A_TIME:
        return bytes(hash_secret_raw(passphrase.encode(), salt, passes, memory, lanes, 32, Type.ID))
