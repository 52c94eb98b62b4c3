"""What the home page says of sessions: which minutes wait for reading, and the latest."""

from __future__ import annotations

from typing import Any

from sulh.kernel.panels import Panel
from sulh.rooms.programme.pages import ProgrammeRequest
from sulh.rooms.record import queries


def read(request: ProgrammeRequest) -> dict[str, Any]:
    """Minutes waiting for the viewer's side, and the latest session, as far as this viewer is inside of them."""
    sessions = queries.sessions_of(request.viewer, request.programme)
    return {
        "minutes_waiting": queries.waiting_for(request.viewer, request.programme),
        "last_session": sessions[0] if sessions else None,
    }


SESSIONS = Panel("sessions", 15, "record/panel_sessions.html", read)
