"""Leaving people out of a text before anything else is done with it.

Lists of participants and signatures name those who were in the room. They never become asks, and they are not to
be stored: so they are cut out of the canonical text right after reading, by every way in.
"""

from __future__ import annotations

from dataclasses import replace

from sulh.engines.texts.document import Document, Passage, PassageKind, Span

PEOPLE = frozenset({PassageKind.PARTICIPANTS, PassageKind.SIGNATURE})


def without_people(document: Document) -> Document:
    """Return the document without its lists of participants and signatures; spans and parents fit the new text.

    The lines on which such passages stand are cut whole, so that no label or bullet of theirs stays behind.
    """
    cuts = _joined([_lines_of(document, p.span) for p in document.passages if p.kind in PEOPLE])
    if not cuts:
        return document
    kept: list[Passage] = []
    place: dict[int, int] = {}
    for index, passage in enumerate(document.passages):
        if passage.kind in PEOPLE or any(
            c.start < passage.span.end and passage.span.start < c.end for c in cuts
        ):
            continue
        shift = sum(len(cut) for cut in cuts if cut.end <= passage.span.start)
        place[index] = len(kept)
        kept.append(
            replace(
                passage,
                span=Span(passage.span.start - shift, passage.span.end - shift),
                parent=None if passage.parent is None else place.get(passage.parent),
            )
        )
    text, at = [], 0
    for cut in cuts:
        text.append(document.text[at : cut.start])
        at = cut.end
    text.append(document.text[at:])
    return replace(document, text="".join(text), passages=tuple(kept))


def _lines_of(document: Document, span: Span) -> Span:
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    return Span(start, len(document.text) if end < 0 else end + 1)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
