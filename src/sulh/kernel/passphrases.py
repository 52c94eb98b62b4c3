"""Passphrases: how they are hashed, and the one rule that Django does not bring."""

from __future__ import annotations

import threading
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 200
_AT_ONCE = threading.BoundedSemaphore(2)


class Argon2(Argon2PasswordHasher):
    """Argon2id with the second recommended choice of RFC 9106 (64 MiB, three passes, four lanes).

    Two hashes are made at once and the others wait, so that a flood of attempts neither fills the memory of a small
    server nor guesses faster than it can hash.
    """

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 4

    def encode(self, password: str, salt: str) -> str:
        with _AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _AT_ONCE:
            return super().verify(password, encoded)


class NotTooLong:
    """Refuse what is too long to be typed again, so that nobody makes the server hash a book."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(_("This passphrase is too long. Use at most 200 characters."), "too_long")

    def get_help_text(self) -> str:
        return ""
