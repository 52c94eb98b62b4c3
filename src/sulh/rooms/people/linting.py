"""The attribution lint as the rooms ask it: with the roster of the programme and the words for its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sulh.rooms.programme.models import Programme

if TYPE_CHECKING:
    from sulh.engines.disclosure import Finding, Roster


def findings(programme: Programme, text: str, level: int) -> tuple[Finding, ...]:
    """Return what in a text may point to a person, at this confidentiality level."""
    if not text.strip():
        return ()
    from sulh.engines.disclosure import SideForms, lint

    sides = [SideForms(side.key, (side.name, *side.forms)) for side in programme.sides.all()]
    return lint(text, level=level, roster=roster_of(programme), sides=sides)


def blocking(programme: Programme, text: str, level: int) -> tuple[Finding, ...]:
    """Return what holds a text back at this level."""
    return tuple(finding for finding in findings(programme, text, level) if finding.blocks)


def roster_of(programme: Programme) -> Roster:
    """Whose names a text is searched for: nobody's until the register answers; the other rules need no names."""
    from sulh.engines.disclosure import NOBODY

    return NOBODY
