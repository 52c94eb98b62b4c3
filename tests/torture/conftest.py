"""The made-up programme of the rooms serves here too."""

from tests.rooms.conftest import account_for, ask, client_for, document, programme, viewer_for

__all__ = ["account_for", "ask", "client_for", "document", "programme", "viewer_for"]
