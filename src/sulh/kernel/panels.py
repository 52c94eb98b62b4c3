"""Panels of the home page: each room shows its own part of the state of a programme.

The home page belongs to the leftmost room, which may not import the others; so they bring their panels to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the home page: ``read(request)`` gives the context of ``template``; lower ``order`` comes first.

    A panel that not everybody may see says so by ``shown(request)``.
    """

    name: str
    order: int
    template: str
    read: Callable[[Any], dict[str, Any]]
    shown: Callable[[Any], bool] = lambda request: True


PANELS: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Add a panel, once."""
    if all(panel.name != other.name for other in PANELS):
        PANELS.append(panel)
        PANELS.sort(key=lambda one: one.order)
