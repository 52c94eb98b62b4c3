"""What the home page says of sessions: what is due for removal, what waits for reading."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sulh.kernel.panels import Panel
from sulh.rooms.programme.pages import ProgrammeRequest
from sulh.rooms.record import queries


def read(request: ProgrammeRequest) -> dict[str, Any]:
    """Records due for removal and minutes waiting for the viewer's side, as far as this viewer is inside of them."""
    sessions = queries.sessions_of(request.viewer, request.programme)
    return {
        "sessions_due": queries.due_for_removal(request.viewer, request.programme, timezone.localdate()),
        "minutes_waiting": queries.waiting_for(request.viewer, request.programme),
        "last_session": sessions[0] if sessions else None,
    }


SESSIONS = Panel("sessions", 15, "record/panel_sessions.html", read)
