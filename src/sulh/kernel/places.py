"""Where in a programme the name of a person stands: each room tells of the texts that this viewer may read.

It works while somebody has the name in hand, that is while the vault of the person's side is open. What the viewer may
not read is not searched, so a search tells nobody anything of another compartment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sulh.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class Place:
    """Something with words in it: what it is called, the address where it is mended, and its text."""

    title: str
    url: str
    text: str = field(repr=False)


Texts = Callable[[Viewer, Any], Iterable[Place]]

TEXTS: dict[str, Texts] = {}


def register_texts(name: str, texts: Texts) -> None:
    """Add the texts of a room, once."""
    TEXTS[name] = texts


def naming(viewer: Viewer, programme: Any, names: Sequence[str]) -> list[Place]:
    """Return the places in which one of these names stands, in any spelling and script that the lint knows."""
    from sulh.engines import disclosure

    places = [place for texts in TEXTS.values() for place in texts(viewer, programme)]
    named = disclosure.named_in((place.text for place in places), disclosure.roster_of(names))
    return [place for place, is_named in zip(places, named, strict=True) if is_named]
