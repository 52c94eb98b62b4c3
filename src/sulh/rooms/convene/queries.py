"""Reading rounds."""

from __future__ import annotations

import datetime

from sulh.engines.calendars import PartialDate
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme


def rounds_of(programme: Programme) -> list[Round]:
    """Return the programme's rounds in the order of its own numbering, then of time."""
    rounds = list(programme.rounds.select_related("phase").prefetch_related("groups"))
    return sorted(rounds, key=lambda one: (one.number is None, one.number or 0, one.sort_key))


def next_round(programme: Programme, today: datetime.date) -> Round | None:
    """Return the first round that ends today or later, as far as dates are known; None where none is planned."""
    coming = [
        one
        for one in programme.rounds.prefetch_related("groups")
        if one.when and PartialDate.parse(one.until or one.when).latest >= today
    ]
    return min(coming, key=lambda one: one.sort_key, default=None)
