"""Taking over what sessions hand over: their points become a document, whose asks wait for review."""

from __future__ import annotations

from django.urls import reverse

from sulh.engines import texts
from sulh.kernel.access import Viewer
from sulh.kernel.handing_over import Handover, Taker
from sulh.rooms.carry.actions import import_document
from sulh.rooms.carry.enums import DocumentKind
from sulh.rooms.programme.models import Programme


def take(viewer: Viewer, programme: Programme, handover: Handover) -> str:
    """Import the lines as a document, one passage each; return the address of its review."""
    text = "\n\n".join([handover.title, *(f"{n}. {line}" for n, line in enumerate(handover.lines, start=1))])
    document = import_document(
        viewer,
        programme,
        texts.parse(text, handover.title),
        round=handover.round,
        title=handover.title,
        kind=DocumentKind.SESSION_POINTS,
        date=handover.date,
        level=handover.level,
    )
    return reverse("review", args=[programme.slug, document.id])


TAKER = Taker("carry", take)
