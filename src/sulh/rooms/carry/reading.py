"""From a file or pasted text to asks with suggested lineages. Nothing here writes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Max, Q

from sulh.engines import asks, texts
from sulh.engines.asks import linking
from sulh.engines.asks.linking import meaning
from sulh.kernel.access import Viewer
from sulh.rooms.carry import queries
from sulh.rooms.carry.enums import AskKind
from sulh.rooms.carry.models import Ask, Document
from sulh.rooms.programme.models import Programme

SUGGESTIONS = 4
"""How many lineages a review offers for one ask."""

WORTH_A_LOOK = 0.35
"""The lowest score at which a lineage is offered; from ``linking.THRESHOLD`` on it is chosen beforehand."""


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
    return texts.Document(
        row.text, passages, row.title, None, "rtl" if row.direction == "rtl" else "ltr", row.language
    )


def entry_of(ask: Ask) -> linking.Entry:
    """Return an ask as linking wants it."""
    return linking.Entry(
        str(ask.id),
        ask.document.dated,
        ask.text,
        tuple(ask.themes),
        tuple(ask.addressees),
        bytes(ask.meaning),
    )


def give_meaning(asks: Iterable[Ask]) -> None:
    """Read what each ask means where that is not known, and put it into the row, so that it is read only once."""
    unread = [ask for ask in asks if not meaning.fits(bytes(ask.meaning), ask.text)]
    for ask, read in zip(unread, meaning.read([ask.text for ask in unread]), strict=True):
        ask.meaning = read


def suggest_lineages(viewer: Viewer, new: Iterable[Ask]) -> dict[Any, list[dict[str, Any]]]:
    """Return, for each ask, the lineages it may belong to, best first, each with its score and the reason.

    Compared are all accepted asks that are seen from the programme, its own and public ones of every other, except
    those of the same document: what another programme has not published never enters this one's ledger by a link.
    The new asks are all of one document.
    """
    new = list(new)
    if not new:
        return {}
    earlier = _earlier(viewer, new[0].document)
    found: dict[Any, list[dict[str, Any]]] = {}
    matches = earlier.index.matches_each(
        [entry_of(ask) for ask in new], limit=SUGGESTIONS * 4, at_least=WORTH_A_LOOK
    )
    for ask, each in zip(new, matches, strict=True):
        best: dict[str, dict[str, Any]] = {}
        for match in each:
            lineage = earlier.lineages[match.id]
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


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The asks to compare with: their index, and the lineage of each."""

    index: linking.Index
    lineages: dict[str, str]


_KEPT: OrderedDict[tuple[Any, ...], _Earlier] = OrderedDict()
_KEPT_AT_MOST = 4


def _earlier(viewer: Viewer, document: Document) -> _Earlier:
    """Return what a document's asks are compared with; made anew only when the asks outside it have changed."""
    asks = (
        queries.asks_seen_from(viewer, document.programme)
        .filter(lineage__isnull=False, kind=AskKind.ASK)
        .exclude(document_id=document.id)
    )
    state = asks.aggregate(count=Count("id"), latest=Max("decided_at"))
    seen = "all" if viewer.is_system else frozenset(viewer.programme_ids())
    key = (seen, document.id, state["count"], state["latest"])
    if key in _KEPT:
        _KEPT.move_to_end(key)
        return _KEPT[key]
    rows = list(
        asks.select_related("document__round").defer("document__text", "document__passages", "suggestions")
    )
    earlier = _Earlier(
        linking.build([entry_of(ask) for ask in rows]), {str(ask.id): str(ask.lineage_id) for ask in rows}
    )
    _KEPT[key] = earlier
    while len(_KEPT) > _KEPT_AT_MOST:
        _KEPT.popitem(last=False)
    return earlier


def find_lineages(viewer: Viewer, programme: Programme, words: str, limit: int = 12) -> list[Ask]:
    """Return the latest ask of each lineage seen from the programme that holds all of these words."""
    asks = queries.asks_seen_from(viewer, programme).filter(lineage__isnull=False, kind=AskKind.ASK)
    wanted = words.casefold().split()[:8]
    for word in wanted:
        asks = asks.filter(Q(text__icontains=word) | Q(lineage__title__icontains=word))
    rows = list(
        asks.select_related("lineage", "document__round")
        .defer("document__text", "document__passages", "suggestions")
        .order_by("-document__date", "start")[: limit * 8]
    )
    titles = queries.titles_of(viewer, programme, {ask.lineage for ask in rows if ask.lineage})
    found: dict[Any, Ask] = {}
    for ask in rows:
        if ask.lineage is None:
            continue
        ask.lineage.title = titles[ask.lineage.id]
        said = f"{ask.text} {ask.lineage.title}".casefold()
        if all(word in said for word in wanted):
            found.setdefault(ask.lineage_id, ask)
    return list(found.values())[:limit]


def find_words(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return where these words stand in the text, whatever the blanks between them, nearest to ``near``.

    Capital letters matter only where the words stand there with and without them. None where they do not occur.
    """
    tokens = [re.escape(word) for word in unicodedata.normalize("NFC", words).split()]
    if not tokens:
        return None
    pattern = r"\s+".join(tokens)
    if re.match(r"\w", words.strip()):
        pattern = r"(?<!\w)" + pattern
    if re.match(r"\w", words.strip()[-1]):
        pattern += r"(?!\w)"
    for flags in (re.NOFLAG, re.IGNORECASE):
        places = [match.span() for match in re.finditer(pattern, text, flags)]
        if places:
            return min(places, key=lambda place: abs(place[0] - near))
    return None
