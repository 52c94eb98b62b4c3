"""Reading what a programme is made of."""

from __future__ import annotations

from django.utils.translation import gettext

from sulh.rooms.programme.models import Programme


def theme_names(programme: Programme) -> dict[str, str]:
    """Return the name of every theme by its key; those of the standard list in the reader's language."""
    return {theme.key: gettext(theme.name) for theme in programme.themes.all()}
