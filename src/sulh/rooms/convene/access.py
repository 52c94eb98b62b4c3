"""Who may see and change rounds."""

from __future__ import annotations

import rules

from sulh.kernel.access import Hidden, has_role
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.access import DESK
from sulh.rooms.programme.models import Programme


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("convene.edit_rounds", has_role(*DESK))


def access_round(programme: Programme, key: str) -> Round:
    """Return a round of a programme the viewer was let into, or raise ``Hidden``."""
    found = programme.rounds.select_related("phase").prefetch_related("groups").filter(key=key).first()
    if found is None:
        raise Hidden
    return found
