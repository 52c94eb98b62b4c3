"""What the home page says of keys."""

from __future__ import annotations

from typing import Any

from sulh.kernel.panels import Panel
from sulh.rooms.people.queries import waiting_for
from sulh.rooms.programme.pages import ProgrammeRequest


def read(request: ProgrammeRequest) -> dict[str, Any]:
    """How many proposals wait for the viewer's side's key; nothing for who holds none."""
    return {
        "leads": bool(request.viewer.leads_in(request.programme.id)),
        "waiting": waiting_for(request.viewer, request.programme),
    }


KEYS = Panel("keys", 15, "people/panel_keys.html", read)
