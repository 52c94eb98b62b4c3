"""What is due for removal: each room tells of its own things whose time to be kept is over.

Nothing is removed by a machine alone. What is due is listed first on the home page until somebody removes it, or a
joint thing with both keys.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sulh.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class Due:
    """One thing whose time is over: by which name it is known, the address at which it is removed, since which day."""

    title: str
    url: str
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Timer:
    """A room that keeps things for a time: ``due(viewer, programme, today)`` tells what this viewer may know of."""

    name: str
    due: Callable[[Viewer, Any, datetime.date], list[Due]]


TIMERS: dict[str, Timer] = {}


def register_timer(timer: Timer) -> None:
    """Add a timer, once."""
    TIMERS[timer.name] = timer


def due(viewer: Viewer, programme: Any, today: datetime.date) -> list[Due]:
    """Return what is due in every room, as far as this viewer may know of it, what is longest due first."""
    found = [one for timer in TIMERS.values() for one in timer.due(viewer, programme, today)]
    return sorted(found, key=lambda one: (one.since, one.title))
