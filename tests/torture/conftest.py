"""The made-up programme of the rooms, for those tests that work through its pages."""

from tests.rooms.conftest import account_for, client_for, programme

__all__ = ["account_for", "client_for", "programme"]
