"""Codes that people can read out: P-7F3K. Drawn by lot, so that they tell neither number nor time."""

from __future__ import annotations

import secrets

from django.db.models import QuerySet

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are misread."""


def new_code(letter: str, taken: QuerySet) -> str:
    """Return a code that no row of ``taken`` has; longer by a letter whenever many draws were taken."""
    for tries in range(10_000):
        code = f"{letter}-" + "".join(secrets.choice(LETTERS) for _letter in range(4 + tries // 50))
        if not taken.filter(code=code).exists():
            return code
    raise RuntimeError("no free code was found")
