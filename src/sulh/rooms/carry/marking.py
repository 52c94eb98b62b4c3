"""A document as it is shown for reading and review: in parts, line by line, with its asks marked in place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from sulh.engines.asks import linking
from sulh.rooms.carry.models import Ask, Document

PART = 40_000
"""Characters of a document on one page: about twenty pages of print. A longer document is shown part by part."""

VERY_LIKELY = 0.8
"""From this score on a suggested lineage is called very likely the same."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: plain, or belonging to an ask. ``opens`` says that its ask begins here."""

    text: str
    ask: Ask | None = None
    number: int = 0
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: where it begins (in characters of the text), what kind of passage stands on it."""

    start: int
    kind: str
    depth: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a document: ``number`` of ``total``, counted from 1."""

    number: int
    total: int
    start: int
    end: int
    lines: tuple[Line, ...]


def numbered(asks: Sequence[Ask]) -> dict[UUID, int]:
    """Return the number of each ask, counted from 1 in the order of the text."""
    return {ask.id: number for number, ask in enumerate(asks, 1)}


def part_with(document: Document, asks: Sequence[Ask], at: int, current: Ask | None = None) -> Part:
    """Return the part of the document that holds the character ``at``, with these asks marked in it."""
    edges = _edges(document.text)
    index = next((i for i, (_start, end) in enumerate(edges) if at < end), len(edges) - 1)
    return _part(document, asks, edges, index, current)


def part_numbered(document: Document, asks: Sequence[Ask], number: int, current: Ask | None = None) -> Part:
    """Return a part by its number; the nearest there is where there is none of that number."""
    edges = _edges(document.text)
    return _part(document, asks, edges, min(max(number, 1), len(edges)) - 1, current)


def _edges(text: str) -> list[tuple[int, int]]:
    """Where the parts begin and end: at the ends of lines, so that no line is cut unless it is a part by itself."""
    edges, start = [], 0
    while start < len(text):
        end = len(text)
        if end - start > PART:
            cut = text.rfind("\n", start, start + PART)
            end = cut + 1 if cut > start else start + PART
        edges.append((start, end))
        start = end
    return edges or [(0, 0)]


def _part(
    document: Document, asks: Sequence[Ask], edges: list[tuple[int, int]], index: int, current: Ask | None
) -> Part:
    start, end = edges[index]
    numbers = numbered(asks)
    here = [ask for ask in asks if ask.start < end and ask.end > start]
    return Part(
        index + 1, len(edges), start, end, tuple(_lines(document, here, numbers, start, end, current))
    )


def _lines(
    document: Document,
    asks: Sequence[Ask],
    numbers: Mapping[UUID, int],
    start: int,
    end: int,
    current: Ask | None,
) -> Iterator[Line]:
    passages = document.passages
    begins = [passage["span"]["start"] for passage in passages]
    shown: set[UUID] = set()
    at = start
    for words in document.text[start:end].split("\n"):
        stop = at + len(words)
        if words.strip():
            place = bisect_left(begins, at)
            passage = passages[place] if place < len(begins) and begins[place] < stop else None
            touching = [ask for ask in asks if ask.start < stop and ask.end > at]
            pieces = tuple(_pieces(document.text, at, stop, touching, numbers, current, shown))
            yield Line(
                at, passage["kind"] if passage else "paragraph", passage["depth"] if passage else 0, pieces
            )
        at = stop + 1


def _pieces(
    text: str,
    at: int,
    stop: int,
    asks: Sequence[Ask],
    numbers: Mapping[UUID, int],
    current: Ask | None,
    shown: set[UUID],
) -> Iterator[Piece]:
    """Cut a line where asks begin and end. Where two overlap, the current one is on top, else the later one."""
    cuts = sorted({at, stop, *(place for ask in asks for place in (ask.start, ask.end) if at < place < stop)})
    for left, right in pairwise(cuts):
        over = [ask for ask in asks if ask.start <= left and ask.end >= right]
        if not over:
            yield Piece(text[left:right])
            continue
        top = next((ask for ask in over if current is not None and ask.id == current.id), over[-1])
        yield Piece(text[left:right], top, numbers[top.id], top.id not in shown)
        shown.add(top.id)


def likeness(score: float) -> str:
    """Say a score of linking in words."""
    if score >= VERY_LIKELY:
        return _("very likely the same")
    return _("probably the same") if score >= linking.THRESHOLD else _("perhaps the same")


def why_found(ask: Ask) -> str:
    """Say in a plain sentence why a passage was proposed."""
    known = {
        "by hand": _("Somebody marked it by hand."),
        "modal": _("It says what should, must, may or needs to be done."),
        "modal in a report": _("It reports what the dialogue said should be done."),
        "pressing need": _("It names a pressing need."),
        "promise": _("The dialogue itself agrees to do it."),
        "imperative": _("It is worded as an instruction."),
        "subjunctive": _("It says that something be done."),
        "under a chapeau": _("It stands in a list under words that ask."),
        "under a heading": _("It stands under a heading that asks."),
        "welcome": _("It welcomes a step taken, which may be a sign that an earlier ask was taken up."),
        "welcome under a chapeau": _("It stands in a list of steps that are welcomed."),
    }
    if ask.rule in known:
        return known[ask.rule]
    if ask.verb:
        return _("It has a verb of asking: “%(verb)s”.") % {"verb": ask.verb}
    return _("Its wording asks for something.")


def language_name(code: str) -> str:
    """Return the name of a document's language; empty where it could not be told."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return ""
