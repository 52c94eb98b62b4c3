"""Who may see and do what with a programme."""

from __future__ import annotations

import rules

from sulh.kernel.access import LEADS, Hidden, Viewer, has_role, is_system
from sulh.rooms.programme.models import Programme

DESK = (*LEADS, "programme officer")


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("programme.load", is_system)
    rules.set_rule("programme.edit_themes", has_role(*DESK))
    rules.set_rule("programme.see_backups", has_role(*DESK))


def access_programmes(viewer: Viewer) -> list[Programme]:
    """Return the programmes in which the viewer has a seat."""
    if viewer.is_system:
        return list(Programme.objects.all())
    return list(Programme.objects.filter(id__in=viewer.programme_ids()))


def access_programme(viewer: Viewer, slug: str) -> Programme:
    """Return the programme, or raise ``Hidden`` where there is none or the viewer has no seat in it."""
    # One question for what is unknown and what is forbidden, so that the time taken does not tell them apart.
    allowed = (
        Programme.objects.all()
        if viewer.is_system
        else Programme.objects.filter(id__in=viewer.programme_ids())
    )
    programme = allowed.filter(slug=slug).prefetch_related("sides").first()
    if programme is None:
        raise Hidden
    return programme
