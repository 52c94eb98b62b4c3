"""The key of one side of a programme: an age identity, whose recipient anybody may seal to."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import x25519

from sulh.kernel.vault.secrets_in_hand import InMemoryOnly


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SideKey(InMemoryOnly):
    """The opened key of a side: ``identity`` reads what is sealed to ``recipient``.

    ``mark_key`` (HKDF-SHA-256 of the identity) marks what a holder of this key has sealed: age tells of no sender, so
    whoever can write to the database could seal a forgery to the public recipient, but not mark it.
    """

    programme_id: UUID
    side: str
    identity: x25519.Identity
    recipient: str
    mark_key: bytes

    def mark(self, *parts: str | bytes) -> str:
        """Return the mark (hex HMAC-SHA-256) of these parts, each with its length before it."""
        made = hmac.new(self.mark_key, digestmod=hashlib.sha256)
        for part in parts:
            raw = part.encode() if isinstance(part, str) else part
            made.update(len(raw).to_bytes(8, "big") + raw)
        return made.hexdigest()

    def has_marked(self, mark: str, *parts: str | bytes) -> bool:
        return hmac.compare_digest(mark.encode(), self.mark(*parts).encode())

    def secret(self) -> bytes:
        """Return the identity in age's text form, to be sealed to a holder at once."""
        return str(self.identity).encode()


def side_key(programme_id: UUID, side: str, secret: bytes | None = None) -> SideKey:
    """Return the key of a side from its secret, or a new one.

    Raises ``ValueError`` where the secret is none (``from None``: the secret stands in no trace).
    """
    try:
        identity = x25519.Identity.from_str(secret.decode()) if secret else x25519.Identity.generate()
    except Exception:
        raise ValueError("not the secret of a side") from None
    derive = HKDF(
        SHA256(), 32, salt=None, info=b"sulh/vault/side-marks/1\0" + programme_id.bytes + side.encode()
    )
    return SideKey(
        programme_id, side, identity, str(identity.to_public()), derive.derive(str(identity).encode())
    )


def fingerprint(*public: str | bytes | memoryview) -> str:
    """Return what two people compare by telephone: 80 bits of SHA-256 of the public parts, in fives of four."""
    joined = b"\0".join(one.encode() if isinstance(one, str) else bytes(one) for one in public)
    shown = hashlib.sha256(b"sulh/fingerprint/1\0" + joined).hexdigest()[:20].upper()
    return " ".join(shown[at : at + 4] for at in range(0, 20, 4))
