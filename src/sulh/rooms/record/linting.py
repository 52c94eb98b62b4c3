"""The attribution lint, as this room asks it: everything about a text that may point to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM
from sulh.rooms.record.models import Session

if TYPE_CHECKING:
    from sulh.engines.disclosure import Finding, Roster
    from sulh.rooms.programme.models import Programme


def findings(session: Session, text: str) -> tuple[Finding, ...]:
    """Return what in a text may point to a person, at the level of its session."""
    if not text.strip():
        return ()
    from sulh.engines.disclosure import SideForms, lint

    programme = session.programme
    sides = [SideForms(side.key, (side.name, *side.forms)) for side in programme.sides.all()]
    return lint(text, level=session.level, roster=roster_of(programme), sides=sides)


def roster_of(programme: Programme) -> Roster:
    """Whose names a text is searched for: nobody's until the register answers; the other rules need no names."""
    from sulh.engines.disclosure import NOBODY

    return NOBODY


def blocking(session: Session, text: str) -> list[Finding]:
    """Return what holds a text back: nothing below the level of the Chatham House Rule."""
    if session.level < LINT_BLOCKS_FROM:
        return []
    return [finding for finding in findings(session, text) if finding.blocks]
