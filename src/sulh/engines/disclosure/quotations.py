"""Quotation marks round something said. Terms, scare quotes of one or two words and titles of documents are free."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from .hits import SIDE_HIDDEN, Hit
from .reading import Sentence
from .words import words

_PAIRS: Final = (
    r"“([^“”]{1,2000}?)”",
    r"”([^“”]{1,2000}?)“",
    r"„([^„“”]{1,2000}?)[“”]",
    r"«([^«»]{1,2000}?)»",
    r"»([^«»]{1,2000}?)«",
    r"‹([^‹›]{1,2000}?)›",
    r'"([^"\n]{1,2000}?)"',
    r"‘‘([^‘’]{1,2000}?)’’",
    r"’’([^‘’]{1,2000}?)‘‘",
    r"''([^'\n]{1,2000}?)''",
    r"(?<!\w)‘([^‘\n]{1,2000}?)’(?!\w)",
    r"(?<![\w'])'([^'\n]{8,2000}?)'(?![\w'])",
)
_QUOTED: Final = tuple(re.compile(pattern) for pattern in _PAIRS)
_WORD: Final = re.compile(r"[^\W\d_][^\s“”«»\"]*")


def quotations(text: str, sentences: list[Sentence]) -> Iterator[Hit]:
    """Find quoted words of a speaker."""
    starts = [sentence.terms[0].start for sentence in sentences]
    taken: list[tuple[int, int]] = []
    for pattern in _QUOTED:
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken[-50:]):
                continue
            said = _WORD.findall(found.group(1))
            if len(said) < 3:
                continue
            before, after = _around(text, sentences, starts, found.start(), found.end())
            if _is_said(said, found.group(1), before, after, _is_work(text, found.start())):
                taken.append((found.start(), found.end()))
                yield Hit(found.start(), found.end(), "quotation", "", SIDE_HIDDEN)


def _around(text: str, sentences: list[Sentence], starts: list[int], start: int, end: int) -> tuple[str, str]:
    """Return the classes of the terms before and after a place, nearest first, within its sentences."""
    at = max(0, bisect_right(starts, start) - 1)
    if not sentences:
        return "", ""
    title = words("en").lists["title"]
    before = [
        "=" if t.kind == "I" and t.norm in title else t.kind
        for t in sentences[at].terms
        if t.end <= start and t.kind != '"'
    ][::-1]
    to = max(0, bisect_right(starts, end) - 1)
    after = [t.kind for t in sentences[to].terms if t.start >= end and t.kind != '"']
    nothing = not set(after) - {".", ","} and to + 1 < len(sentences)
    if nothing and not text[end : sentences[to + 1].terms[0].start].strip(" ,."):
        after = [t.kind for t in sentences[to + 1].terms if t.kind != '"']
    return "".join(before), "".join(after)


_WORKS: Final = re.compile(r"(?:report|book|paper|study|article|declaration|statement)\s*$", re.IGNORECASE)


def _is_work(text: str, start: int) -> bool:
    """Whether the word right before a quotation says that its words are the title of something written."""
    return bool(_WORKS.search(text, max(0, start - 20), start))


def _is_said(said: list[str], quoted: str, before: str, after: str, work: bool) -> bool:
    if before[:1] == "=" or before[:2] in ("D=", "f=", ":=") or after[:1] == "=" or after[:2] == "f=":
        return False
    if work and quoted.strip()[:1].isupper() and not after.startswith(",V"):
        return False  # The report “Trade in the time of closures”.
    capitals = sum(word[0].isupper() for word in said)
    long_words = sum(len(word) > 3 for word in said)
    if any(word[0].isupper() or word[0].islower() for word in said) and capitals >= max(2, long_words - 1):
        return False
    opened = bool(re.match(r"[:,]?[yu]?[VvT]|[:,]|t[VvT]", before))
    closed = bool(re.match(r"[,.]?[^.;]{0,6}[VvT]", after))
    if opened or closed:
        return True
    return len(said) >= 5
