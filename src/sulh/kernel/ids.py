"""Identifiers. Random, so that an address neither counts the rows nor tells when one was made."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """Return a fresh random identifier."""
    return uuid4()
