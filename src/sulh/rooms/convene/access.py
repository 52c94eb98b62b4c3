"""Who may see and change rounds."""

from __future__ import annotations

from typing import Any

import rules

from sulh.kernel.access import LEADS, Hidden, Viewer, has_role, is_system
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.access import DESK
from sulh.rooms.programme.models import Programme


@rules.predicate
def leads_with_all_groups(viewer: Viewer, programme: Any) -> bool:
    """The viewer leads a side through a seat that opens every group: who purges a round must see all that goes."""
    return any(seat.side and seat.role in LEADS and not seat.groups for seat in viewer.seats_in(programme.id))


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("convene.edit_rounds", has_role(*DESK))
    rules.set_rule("convene.purge", leads_with_all_groups)
    rules.set_rule("convene.by_both_keys", is_system)


def access_round(programme: Programme, key: str) -> Round:
    """Return a round of a programme the viewer was let into, or raise ``Hidden``."""
    found = programme.rounds.select_related("phase").prefetch_related("groups").filter(key=key).first()
    if found is None:
        raise Hidden
    return found
