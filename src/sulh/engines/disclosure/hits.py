"""What a rule hands over before level and wording are settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .levels import Level

ANY: Final = int(Level.ON_THE_RECORD)
"""Told at every level, though it blocks only from the Chatham House Rule on."""

SIDE_HIDDEN: Final = int(Level.CHATHAM_HOUSE)
"""Allowed on background ("a participant from side A"), told from the Chatham House Rule on."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place found by a rule: span, rule, proposed wording, and the lowest level at which it gives away too much."""

    start: int
    end: int
    rule: str
    neutral: str
    from_level: int
