"""What the home page says of rounds."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sulh.kernel.panels import Panel
from sulh.rooms.convene import queries
from sulh.rooms.programme.pages import ProgrammeRequest


def read(request: ProgrammeRequest) -> dict[str, Any]:
    """The next round, or the last one held where none is planned."""
    held = [one for one in queries.rounds_of(request.programme) if one.actual_from]
    return {
        "next": queries.next_round(request.programme, timezone.localdate()),
        "last": max(held, key=lambda one: one.sort_key, default=None),
    }


NEXT_ROUND = Panel("next-round", 10, "convene/panel_next_round.html", read)
