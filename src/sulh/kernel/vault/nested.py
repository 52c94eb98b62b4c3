"""Sealed records: an envelope to one side inside an envelope to the other.

Both sides' keys are needed, one after the other; the whole set of one side's keys opens nothing. Which side is the
outer one turns with the record's identifier, so that neither is by right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

from sulh.kernel.vault.fields import Context, seal


def places(record_id: UUID, sides: Mapping[str, str]) -> tuple[str, str]:
    """Return which side is outer and which inner, for a record and the two sides.

    Raises ``ValueError`` unless there are two sides with two different recipients.
    """
    if len(sides) != 2 or len(set(sides.values())) != 2:
        raise ValueError("a sealed record needs two sides, each with a key of its own")
    first, second = sorted(sides)
    return (first, second) if record_id.int % 2 else (second, first)


def seal_for_both(record_id: UUID, sides: Mapping[str, str], plaintext: bytes) -> tuple[str, str, bytes]:
    """Return (outer side, inner side, ciphertext); ``sides`` are the public recipients by side."""
    outer, inner = places(record_id, sides)
    within = seal([sides[inner]], place(record_id, "inner"), plaintext)
    return outer, inner, seal([sides[outer]], place(record_id, "outer"), within)


def place(record_id: UUID, layer: str) -> Context:
    """The place of one of the two envelopes."""
    return Context("kernel.SealedRecord", str(record_id), layer)


def digest(ciphertext: bytes | memoryview) -> str:
    """The content hash that an approval names."""
    return hashlib.sha256(bytes(ciphertext)).hexdigest()
