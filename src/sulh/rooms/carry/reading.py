"""From a file or pasted text to asks with suggested lineages. Nothing here writes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sulh.engines import asks, texts
from sulh.engines.asks import linking
from sulh.kernel.access import Viewer
from sulh.rooms.carry import access
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.models import Ask, Document
from sulh.rooms.programme.models import Programme

SUGGESTIONS = 4
"""How many lineages a review offers for one ask."""


def sides_of(programme: Programme) -> tuple[asks.Side, ...]:
    """Return the programme's sides as the engine wants them."""
    return tuple(asks.Side(side.key, side.name, tuple(side.forms)) for side in programme.sides.all())


def themes_of(programme: Programme) -> tuple[asks.Theme, ...]:
    """Return the programme's themes as the engine wants them."""
    return tuple(asks.Theme(theme.key, theme.name, tuple(theme.words)) for theme in programme.themes.all())


def find_asks(programme: Programme, document: texts.Document) -> tuple[asks.Found, ...]:
    """Return what the document asks for and welcomes."""
    return asks.extract(document, sides_of(programme), themes_of(programme))


def fingerprint(text: str) -> str:
    """Return the fingerprint by which the same text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()


def passages_as_data(document: texts.Document) -> list[dict[str, Any]]:
    """Return the passages as they are stored."""
    return [asdict(passage) | {"kind": str(passage.kind)} for passage in document.passages]


def document_of(row: Document) -> texts.Document:
    """Return the stored document as the engines want it."""
    passages = tuple(
        texts.Passage(
            texts.PassageKind(stored["kind"]),
            texts.Span(**stored["span"]),
            stored["label"],
            stored["depth"],
            stored["parent"],
            stored["page"],
        )
        for stored in row.passages
    )
    direction = "rtl" if row.direction == "rtl" else "ltr"
    return texts.Document(row.text, passages, row.title, None, direction, row.language)


def entry_of(ask: Ask) -> linking.Entry:
    """Return an ask as linking wants it."""
    return linking.Entry(str(ask.id), ask.document.dated, ask.text, tuple(ask.themes), tuple(ask.addressees))


def suggest_lineages(viewer: Viewer, new: Iterable[Ask]) -> dict[Any, list[dict[str, Any]]]:
    """Return, for each ask, the lineages it may belong to, best first, each with its score and the reason.

    Compared are all accepted asks that the viewer may see, in every programme, except those of the same document.
    """
    new = list(new)
    earlier = {
        str(ask.id): ask
        for ask in access.asks_for(viewer)
        .filter(state=AskState.ACCEPTED, lineage__isnull=False, kind="ask")
        .exclude(document_id__in={ask.document_id for ask in new})
        .select_related("document__round")
    }
    if not new or not earlier:
        return {ask.id: [] for ask in new}
    index = linking.build([entry_of(ask) for ask in earlier.values()])
    found: dict[Any, list[dict[str, Any]]] = {}
    for ask in new:
        best: dict[str, dict[str, Any]] = {}
        for match in index.matches(entry_of(ask), limit=SUGGESTIONS * 4):
            lineage = str(earlier[match.id].lineage_id)
            best.setdefault(
                lineage,
                {
                    "lineage": lineage,
                    "ask": match.id,
                    "score": round(match.score, 3),
                    "relation": str(match.relation),
                    "shared": list(match.shared),
                    "same_theme": match.same_theme,
                    "same_addressee": match.same_addressee,
                },
            )
        found[ask.id] = list(best.values())[:SUGGESTIONS]
    return found
