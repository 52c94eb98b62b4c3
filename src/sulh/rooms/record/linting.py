"""The attribution lint, as this room asks it: everything about a text that may point to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM
from sulh.rooms.people import linting
from sulh.rooms.record.models import Session

if TYPE_CHECKING:
    from sulh.engines.disclosure import Finding


def findings(session: Session, text: str) -> tuple[Finding, ...]:
    """Return what in a text may point to a person, at the level of its session."""
    return linting.findings(session.programme, text, session.level)


def blocking(session: Session, text: str) -> list[Finding]:
    """Return what holds a text back: nothing below the level of the Chatham House Rule."""
    if session.level < LINT_BLOCKS_FROM:
        return []
    return [finding for finding in findings(session, text) if finding.blocks]
