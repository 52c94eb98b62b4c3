"""Handing over: what one room lets go of, rooms further on in the loop take in.

The room of the sessions may not import those that come after it; so they register as takers. A handover is one act: it
runs in the transaction of the action that hands over, and either every taker has taken it or none has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sulh.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class Handover:
    """Lines of text under a title, at the confidentiality level of the session they come from.

    ``date`` (partial, or empty) and ``round`` (or None) are those of the session.
    """

    title: str
    lines: tuple[str, ...]
    level: int
    date: str = ""
    round: Any = None


@dataclass(frozen=True, slots=True)
class Taker:
    """A room that takes things over: ``take(viewer, programme, handover)`` returns the address of what it made."""

    name: str
    take: Callable[[Viewer, Any, Handover], str]


TAKERS: dict[str, Taker] = {}


def register_taker(taker: Taker) -> None:
    """Add a taker, once."""
    TAKERS[taker.name] = taker


def hand_over(viewer: Viewer, programme: Any, handover: Handover) -> tuple[str, ...]:
    """Give a handover to every taker; return the addresses of what they made of it.

    Raises:
        Refused: a taker cannot take it; then none has.
        NotPermitted: the viewer may not put anything into a taker's room.
    """
    return tuple(taker.take(viewer, programme, handover) for taker in TAKERS.values())
