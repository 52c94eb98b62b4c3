"""Keyed hashes of names, so that the attribution lint works while every vault is locked.

The server holds the key (``name-key`` in ``SULH_HOME``, its owner's only, not the one that signs cookies). So the marks
protect a stolen database, not against whoever runs the server: with the key and a list of names he can try each. Equal
names of one side have equal marks; the marks of the two sides do not match each other.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from sulh.kernel import key_files

FILE = "name-key"


def name_marks(programme_id: UUID, side: str, keys: Iterable[str]) -> frozenset[str]:
    """Return the marks (hex HMAC-SHA-256) of the skeleton keys of names, in this programme and side."""
    key = _key(Path(settings.HOME))
    place = b"sulh/name-mark/1\0" + programme_id.bytes + side.encode() + b"\0"
    return frozenset(hmac.new(key, place + one.encode(), hashlib.sha256).hexdigest() for one in keys)


def skeletons(names: Iterable[str]) -> frozenset[str]:
    """Return the keys under which names and their variants are compared, as the attribution lint has them."""
    from sulh.engines.disclosure import names as engine

    return frozenset(key for name in names for key in engine.keys(name))


@lru_cache(maxsize=4)
def _key(home: Path) -> bytes:
    """Return the installation's key for marks, made once, whole or not at all, readable by its owner only."""
    told = key_files.kept(home / FILE, lambda: secrets.token_hex(32).encode())
    key = bytes.fromhex(told.decode())
    if len(key) != 32:
        raise ValueError(
            f"{FILE} is damaged: it does not hold 64 hexadecimal digits. Restore it from a backup."
        )
    return key
