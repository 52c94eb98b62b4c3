"""Envelopes bound to their place: a ciphertext moved to another row, field or version does not open there.

age authenticates what it carries, but neither the place where it is kept nor who made it. So the place stands inside,
in front of the plaintext, and is compared on opening; and where a side's key is in hand, the envelope carries its mark.
The plaintext is filled up to a multiple of ``GRAIN`` bytes: the length of a name is a hint.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pyrage
from django.utils.translation import gettext as _
from pyrage import x25519

from sulh.kernel.actions import Refused
from sulh.kernel.vault.sides import SideKey

GRAIN = 512


@dataclass(frozen=True, slots=True)
class Context:
    """The place of a ciphertext: which model, row, field, and which version of the field's content."""

    model: str
    row: str
    field: str
    version: int = 1

    def encoded(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=True).encode()


class NotForThisKey(Refused):
    """The key in hand opens nothing here."""


class OutOfPlace(Refused):
    """The ciphertext was made for another row, field or version."""


class Unmarked(Refused):
    """The ciphertext was made by somebody who did not hold the side's key."""


def seal(recipients: Sequence[str], context: Context, plaintext: bytes, by: SideKey | None = None) -> bytes:
    """Return ``plaintext`` sealed to age recipients, bound to ``context``, marked with the key of ``by`` if given."""
    mark = by.mark("field", context.encoded(), plaintext) if by else ""
    head = json.dumps({"place": context.encoded().decode(), "length": len(plaintext), "mark": mark})
    body = head.encode() + b"\n" + plaintext
    body += b"\0" * (-len(body) % GRAIN)
    return bytes(pyrage.encrypt(body, [x25519.Recipient.from_str(one) for one in recipients]))


def unseal(identity: x25519.Identity, context: Context, sealed: bytes | memoryview) -> bytes:
    """Return the plaintext, whoever sealed it; for envelopes whose content proves itself.

    Raises ``NotForThisKey`` or ``OutOfPlace``.
    """
    return _opened(identity, context, sealed)[0]


def unseal_marked(key: SideKey, context: Context, sealed: bytes | memoryview) -> bytes:
    """Return the plaintext, sealed by somebody who held the side's key.

    Raises ``NotForThisKey``, ``OutOfPlace`` or ``Unmarked``.
    """
    plaintext, mark = _opened(key.identity, context, sealed)
    if not key.has_marked(mark, "field", context.encoded(), plaintext):
        raise Unmarked(
            _(
                "This was not written by anybody who held your side's key. Somebody wrote to the database directly."
            )
        )
    return plaintext


def _opened(identity: x25519.Identity, context: Context, sealed: bytes | memoryview) -> tuple[bytes, str]:
    try:
        body = bytes(pyrage.decrypt(bytes(sealed), [identity]))
        head, rest = body.split(b"\n", 1)
        told = json.loads(head)
        place, length, mark = str(told["place"]), int(told["length"]), str(told["mark"])
    except (pyrage.DecryptError, ValueError, KeyError, TypeError):
        # Nothing of the content may stand in a trace.
        raise NotForThisKey(_("This key does not open it, or it was damaged.")) from None
    if place.encode() != context.encoded():
        raise OutOfPlace(
            _(
                "This ciphertext was made for another place: it was moved, or an older one was put back. It stays shut."
            )
        )
    return rest[:length], mark
