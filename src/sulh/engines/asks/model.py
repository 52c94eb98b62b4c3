"""What the extraction speaks of: kinds, sides, themes and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sulh.engines.texts import Span


class Kind(StrEnum):
    """An ask enters the ledger; a welcome may be a sign that an earlier ask was taken up."""

    ASK = "ask"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides of a dialogue.

    ``forms`` are the words by which texts mean it: demonyms, capital, short names.
    """

    key: str
    name: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the stems or phrases that point to it (``visa`` also points from "visas")."""

    key: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One proposed ask or welcome.

    ``text`` equals the document's text at ``span``. ``verb`` is the lemma of the operative word,
    ``addressees`` are codes in the order in which the text names them, ``themes`` are keys, the
    strongest first, ``context`` is the chapeau or heading that the clause hangs on, and ``rule``
    names the rule that found it, for the reader of the review screen.
    """

    kind: Kind
    span: Span
    text: str
    verb: str
    addressees: tuple[str, ...]
    themes: tuple[str, ...]
    context: Span | None
    rule: str
