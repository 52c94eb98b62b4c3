"""What can be done to a programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.keep import keep
from sulh.rooms.programme.models import Group, Phase, Programme, Side, Theme

if TYPE_CHECKING:
    from sulh.rooms.programme.folder import ProgrammeFile


@action("programme.load")
def keep_programme(viewer: Viewer, about: Any, content: ProgrammeFile) -> Kept:
    """Keep a programme with its sides, phases, groups and themes as its folder tells them."""
    programme, changed = keep(
        Programme,
        {"slug": about.slug},
        {"name": about.name, "summary": about.summary, "sources": about.sources},
    )
    tables: list[tuple[Any, Sequence[Any], tuple[str, ...]]] = [
        (Side, content.sides, ("name", "forms", "organisation")),
        (Phase, content.phases, ("name", "starts", "ends", "partners", "notes", "sources")),
        (Group, content.groups, ("name", "kind", "dialogue")),
        (Theme, content.themes, ("name", "words")),
    ]
    for model, rows, fields in tables:
        for position, row in enumerate(rows):
            told = row.model_dump()
            values = {field: told[field] for field in fields}
            if model is not Side:
                values["position"] = position
            if model is Group:
                values["dialogue"] = values["dialogue"] or about.name
            changed |= keep(model, {"programme": programme, "key": row.key}, values)[1]
    return Kept(programme, changed)


@action("programme.edit_themes")
def edit_theme(viewer: Viewer, programme: Programme, key: str, name: str, words: Sequence[str]) -> Theme:
    """Give a theme another name or other words, or add a theme. Its key stays, and with it every link to it."""
    name = name.strip()
    if not name:
        raise Refused(_("A theme needs a name."))
    last = programme.themes.order_by("-position").first()
    theme, _made = Theme.objects.get_or_create(
        programme=programme, key=key, defaults={"name": name, "position": last.position + 1 if last else 0}
    )
    theme.name = name[:120]
    theme.words = [word.strip() for word in words if word.strip()]
    theme.save()
    return theme
