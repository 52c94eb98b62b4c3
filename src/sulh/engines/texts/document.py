"""What a read text is: a canonical string and the passages that lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Direction = Literal["ltr", "rtl"]


class PassageKind(StrEnum):
    """The part a passage plays in a declaration."""

    TITLE = "title"
    HEADING = "heading"
    PREAMBLE = "preamble"
    PARAGRAPH = "paragraph"
    CLAUSE = "clause"
    ITEM = "item"
    SIGNATURE = "signature"
    PARTICIPANTS = "participants"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of a document's text, counted in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a document.

    span is the content without its label; label is as printed ("3.", "(a)", "•") or "".
    depth counts the clauses and chapeaux above a passage, and for headings the headings above it.
    parent is the index of the heading, chapeau or clause it stands under.
    page counts from 1 and is None where the format has no pages.
    """

    kind: PassageKind
    span: Span
    label: str = ""
    depth: int = 0
    parent: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its passages, in text order and never overlapping.

    language is one of "en", "ur", "ps", "fa-AF", "hi", or "und" where the letters do not tell.
    """

    text: str
    passages: tuple[Passage, ...]
    name: str
    pages: int | None
    direction: Direction
    language: str

    def passage_text(self, index: int) -> str:
        """The content of a passage, without its label."""
        return self.quote(self.passages[index].span)

    def quote(self, span: Span) -> str:
        """The words that a span covers."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; anything beyond is refused before it costs memory.

    bytes: size of the file. pages: pages of a PDF. characters: length of the canonical text.
    expanded_bytes: what a packed file may unfold to. ratio: how many times its own size it may unfold to.
    members: how many files a packed file may hold.
    """

    bytes: int = 20_000_000
    pages: int = 300
    characters: int = 2_000_000
    expanded_bytes: int = 200_000_000
    ratio: int = 200
    members: int = 5_000


class Unreadable(ValueError):
    """A text that is refused, with the reason and what the user can do about it.

    code is one of "scanned", "encrypted", "zip-bomb", "encoding", "too-long", "too-large", "damaged",
    "unknown-format", "empty".
    """

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy
