"""The attribution lint as the rooms ask it: with the roster of the programme and the words for its sides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sulh.rooms.people.models import NameMark
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


def roster_mark(programme: Programme) -> str:
    """Return a hash of the registers' name marks: it changes when somebody is entered, mended or forgotten."""
    marks = (
        NameMark.objects.filter(person__programme=programme).order_by("mark").values_list("mark", flat=True)
    )
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def roster_of(programme: Programme) -> Roster:
    """Whose names a text is searched for: everybody's on the registers of both sides, asked by keyed hashes.

    It works while the vaults are locked, and does not say which side or person a name belongs to.
    """
    kept = NameMark.objects.filter(person__programme=programme)
    sides = tuple(programme.sides.values_list("key", flat=True))
    return roster_by_marks(programme.id, sides, frozenset(kept.values_list("mark", flat=True)))


def roster_by_marks(programme_id: UUID, sides: Sequence[str], marks: frozenset[str]) -> Roster:
    """Return the roster that answers from these keyed hashes of names."""
    from sulh.engines.disclosure import NOBODY, Roster
    from sulh.kernel.vault.names import name_marks

    if not marks:
        return NOBODY

    def known(key: str) -> bool:
        return any(not marks.isdisjoint(name_marks(programme_id, side, [key])) for side in sides)

    return Roster(known)
