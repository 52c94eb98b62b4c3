"""Purging a round: what this room holds of it, and the two keys that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sulh.kernel import purging
from sulh.kernel.access import SYSTEM, Hidden, Viewer, may
from sulh.kernel.places import Place
from sulh.kernel.purging import Found, Line, Purger, Words, mark_of
from sulh.kernel.two_keys import Kind, Terms
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme

KIND = "convene.purge_round"

WORDS = {
    "convene.round": Words(
        gettext_lazy("the round itself: its name, dates, places, numbers of delegates, notes and sources")
    ),
}


def find(programme: Programme, round: Round) -> Found:
    """The round itself."""
    told = [getattr(round, field.attname) for field in Round._meta.concrete_fields]
    groups = sorted(round.groups.values_list("key", flat=True))
    return Found((Line("convene.round", goes=True),), mark_of(told, groups))


def purge(viewer: Viewer, programme: Programme, round: Round) -> None:
    """Remove the round itself; what other rooms keep of their own no longer names it."""
    Round.objects.filter(pk=round.pk).delete()


PURGER = Purger("convene", WORDS, find, purge)


def texts(viewer: Viewer, programme: Programme) -> Iterator[Place]:
    """Names, places, notes and sources of the rounds."""
    for one in programme.rounds.all():
        words = [one.name, one.planned_place, one.actual_place, one.notes, *one.sources]
        yield Place(one.name, reverse("round", args=[programme.slug, one.key]), "\n\n".join(words))


# Two keys


def _round(programme: Programme, subject: str) -> Round | None:
    return programme.rounds.filter(pk=UUID(subject)).first()


def _content(programme: Programme, subject: str, terms: Terms) -> bytes:
    """Exactly what would go, in every room."""
    found = _round(programme, subject)
    return purging.find(programme, found).mark.encode() if found else b"gone"


def _describe(programme: Programme, subject: str, terms: Terms) -> str:
    found = _round(programme, subject)
    if found is None:
        return _("A round was purged. The report on it stands under “Removed for good”.")
    goes = purging.shown(purging.find(programme, found).lines)["goes"]
    return _("“%(round)s” is removed for good, with all that both sides keep of it: %(what)s.") % {
        "round": found.name,
        "what": "; ".join(line.what for line in goes),
    }


def _visible(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> bool:
    return may(viewer, "convene.purge", programme)


def _purge(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    from sulh.rooms.convene import actions

    found = _round(programme, subject)
    if found is None:
        raise Hidden
    return actions.purge_round(SYSTEM, programme, found)


PURGE = Kind(KIND, gettext_lazy("A round is removed for good"), _content, _purge, _describe, _visible)
