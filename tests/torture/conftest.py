"""The made-up programme of the rooms' tests serves here too."""

from tests.rooms.conftest import account_for, ask, document, programme, viewer_for

__all__ = ["account_for", "ask", "document", "programme", "viewer_for"]
