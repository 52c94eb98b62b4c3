"""Reading documents: from a file or a pasted text to a canonical text and its passages."""

from sulh.engines.texts.document import Document, Limits, Passage, PassageKind, Span, Unreadable
from sulh.engines.texts.people import without_people
from sulh.engines.texts.reading import parse, read

__all__ = [
    "Document",
    "Limits",
    "Passage",
    "PassageKind",
    "Span",
    "Unreadable",
    "parse",
    "read",
    "without_people",
]
