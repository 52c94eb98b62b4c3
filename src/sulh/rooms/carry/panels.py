"""What the home page says of documents, asks and what was carried."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from sulh.engines.calendars import PartialDate, months_between
from sulh.kernel.panels import Panel
from sulh.kernel.sides import in_turn
from sulh.rooms.carry import drawings, queries
from sulh.rooms.carry.access import documents_for
from sulh.rooms.carry.enums import AskKind, AskState, LineageState
from sulh.rooms.carry.models import Ask, Response
from sulh.rooms.carry.queries import LedgerRow
from sulh.rooms.programme.pages import ProgrammeRequest

UNCARRIED_AFTER = 6
"""Months after its first asking from which an ask that one side has not been handed is due."""

UNANSWERED_AFTER = 3
"""Months after which a transfer act without a recorded response is due."""

TOP = 5
"""How many of each kind a panel names."""

RECENT = datetime.timedelta(days=7)


def rows_of(request: ProgrammeRequest) -> list[LedgerRow]:
    """The programme's ledger, read once for all panels of a page."""
    memory = vars(request)
    if "carry_ledger" not in memory:
        memory["carry_ledger"] = queries.ledger(request.viewer, request.programme)
    rows: list[LedgerRow] = memory["carry_ledger"]
    return rows


def read_states(request: ProgrammeRequest) -> dict[str, Any]:
    """How many asks stand in each state."""
    rows = rows_of(request)
    counts = [(state, sum(1 for row in rows if row.state == state)) for state in LineageState]
    drawn = drawings.states([(str(state.label), count) for state, count in counts])
    return {"counts": counts, "total": len(rows), "picture": drawn}


def read_sides(request: ProgrammeRequest) -> dict[str, Any]:
    """To which side asks were carried: counts beside each other, never a score."""
    rows = rows_of(request)
    reached = [{side for side, dates in row.carried.items() if dates} for row in rows]
    sides = in_turn(tuple(request.programme.sides.all()), timezone.localdate())
    all_of = [sum(1 for one in reached if side.key in one) for side in sides]
    only = [sum(1 for one in reached if one == {side.key}) for side in sides]
    return {
        "picture": drawings.two_sides(sides, all_of, only, len(rows)),
        "only": list(zip(sides, only, strict=True)),
        "both": sum(1 for one in reached if len(one) == 2),
        "neither": sum(1 for one in reached if not one),
        "total": len(rows),
    }


def read_due(request: ProgrammeRequest) -> dict[str, Any]:
    """What waits: documents to review, asks that one side was never handed, acts without a response."""
    today = timezone.localdate()
    programme = request.programme
    waiting = list(
        documents_for(request.viewer, programme)
        .filter(reviewed_at=None)
        .only("id", "title", "programme_id")
        .order_by("imported_at")
    )
    sides = in_turn(tuple(programme.sides.all()), today)
    uncarried = []
    for side in sides:
        never = [row for row in rows_of(request) if not row.carried.get(side.key)]
        rows = [row for row in never if _months_since(row.first_asked, today) >= UNCARRIED_AFTER]
        rows.sort(key=lambda row: (-row.times, _months_since(row.first_asked, today) * -1))
        uncarried.append({"side": side, "rows": rows[:3], "count": len(never), "due": len(rows)})
    silent = [
        act
        for act in queries.transfers_of(programme)
        if not act.responses.all() and _months_since(act.date, today) >= UNANSWERED_AFTER
    ]
    return {
        "waiting": waiting[:TOP],
        "waiting_count": len(waiting),
        "uncarried": [one for one in uncarried if one["due"]],
        "months": UNCARRIED_AFTER,
        "silent": silent[-TOP:],
        "silent_count": len(silent),
        "silent_months": UNANSWERED_AFTER,
        "is_empty": not programme.documents.exists(),
    }


def read_recent(request: ProgrammeRequest) -> dict[str, Any]:
    """What was added in the last seven days, counted."""
    since = timezone.now() - RECENT
    programme = request.programme
    accepted = Ask.objects.filter(
        document__programme=programme, state=AskState.ACCEPTED, kind=AskKind.ASK, decided_at__gte=since
    )
    return {
        "documents": programme.documents.filter(imported_at__gte=since).count(),
        "asks": accepted.count(),
        "acts": programme.transfers.filter(recorded_at__gte=since).count(),
        "responses": Response.objects.filter(act__programme=programme, recorded_at__gte=since).count(),
    }


def _months_since(date: str, today: datetime.date) -> int:
    """Whole months since the last day that the date may mean; none where it is unknown."""
    return months_between(PartialDate.parse(date).latest, today) if date else 0


PANELS = (
    Panel("due", 20, "carry/panel_due.html", read_due),
    Panel("states", 30, "carry/panel_states.html", read_states),
    Panel("sides", 40, "carry/panel_sides.html", read_sides),
    Panel("recent", 50, "carry/panel_recent.html", read_recent),
)
