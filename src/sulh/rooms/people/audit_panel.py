"""What the home page says of the audit log, to those who exchange its heads."""

from __future__ import annotations

from typing import Any

from sulh.kernel.access import may
from sulh.kernel.panels import Panel
from sulh.rooms.people import audit_queries
from sulh.rooms.programme.pages import ProgrammeRequest


def read(request: ProgrammeRequest) -> dict[str, Any]:
    """Whether every recorded head agrees with the log, and when the last one was recorded; nothing for others."""
    keeps = may(request.viewer, "people.exchange_heads", request.programme)
    heads = audit_queries.heads_of(request.programme) if keeps else []
    return {
        "keeps": keeps,
        "reads": may(request.viewer, "people.read_audit", request.programme),
        "last": max((one.row.recorded_at for one in heads), default=None),
        "wrong": sum(one.agrees is False for one in heads),
    }


HEADS = Panel("heads", 60, "people/panel_heads.html", read)
