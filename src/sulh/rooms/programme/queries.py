"""Reading what a programme is made of."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from sulh.kernel.access import Viewer
from sulh.kernel.places import Place
from sulh.rooms.programme.models import Programme


def theme_names(programme: Programme) -> dict[str, str]:
    """Return the name of every theme by its key; those of the standard list in the reader's language."""
    return {theme.key: gettext(theme.name) for theme in programme.themes.all()}


def texts(viewer: Viewer, programme: Programme) -> Iterator[Place]:
    """What is told of the programme, its groups, phases and themes, for a search for a name."""
    home = reverse("programme-home", args=[programme.slug])
    told = [programme.name, programme.summary, *programme.groups.values_list("name", flat=True)]
    for phase in programme.phases.all():
        told += [phase.name, phase.notes]
    yield Place(programme.name, home, "\n\n".join(told))
    for theme in programme.themes.all():
        words = "\n\n".join([theme.name, *theme.words])
        yield Place(theme.name, reverse("themes", args=[programme.slug]), words)
