"""The made-up programme of the rooms serves here too."""

from tests.rooms.conftest import account_for, ask, carried, document, programme
from tests.rooms.people.conftest import both, lead_of, nothing_unlocked, vault_of

__all__ = [
    "account_for",
    "ask",
    "both",
    "carried",
    "document",
    "lead_of",
    "nothing_unlocked",
    "programme",
    "vault_of",
]
