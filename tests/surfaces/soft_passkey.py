"""A passkey in software, for tests without a browser: it makes a key pair and signs what a server asks."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN, PLACE = "http://localhost", "localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftPasskey:
    """One passkey of one account; ``verifies`` says whether it asks for a PIN or finger."""

    def __init__(self, *, verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.user = b""

    def make(self, options: dict[str, Any]) -> str:
        """Answer ``navigator.credentials.create``."""
        wanted = options["publicKey"]
        self.user = wanted["user"]["id"].encode()
        attested = (
            bytes(16) + len(self.id).to_bytes(2, "big") + self.id
            + cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        )  # fmt: skip
        data = self._data(ATTESTED) + attested
        said = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", wanted["challenge"])),
            "attestationObject": websafe_encode(
                cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
            ),
        }
        return self._answer(said, {"credProps": {"rk": True}})

    def sign(self, options: dict[str, Any]) -> str:
        """Answer ``navigator.credentials.get``."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.user.decode(),
        }
        return self._answer(said, {})

    def _data(self, more: int = 0) -> bytes:
        return hashlib.sha256(PLACE.encode()).digest() + bytes([self.flags | more]) + bytes(4)

    @staticmethod
    def _client(kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()

    def _answer(self, said: dict[str, str], extensions: dict[str, Any]) -> str:
        told = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
        return json.dumps(told | {"response": said, "clientExtensionResults": extensions})
