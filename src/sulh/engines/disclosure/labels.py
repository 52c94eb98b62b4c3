"""Who spoke, as notes tell it: before a colon, or in brackets before what was said, with no verb of speaking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence

_LABEL: Final = 14
"""Terms of a label at most."""

_WHO: Final = re.compile(r"[ADx]?(?:I|f[Au]{0,2}I?)?[GYFQRWDu]{0,4}[OPWKJ][OPW]?[GFRY]{0,2}")
"""One person, from the first word: an office or a participant, with side, sex, time in office or place."""

_ASIDE: Final = re.compile(r"A[GYFQRW]{0,3}[OPW][^.;VvE2MN]{1,10}fT")
"""Urdu: one person, something about them in brackets, and "according to"."""

_INITIALS: Final = re.compile(r"\W*((?:[A-Z]\. ?){2,3}):\s*\S")
_NOBODY: Final = frozenset({"US", "UN", "UK", "EU", "UAE", "PS", "NB", "QA", "PM"})


def labels(sentence: Sentence, text: str) -> Iterator[Hit]:
    """Find the one person who stands before a colon or in brackets, where a sentence begins so."""
    terms, shape = sentence.terms, sentence.shape
    yield from _aged(sentence)
    if sentence.language == "ur" and (aside := _ASIDE.match(shape)):
        yield Hit(terms[0].start, terms[aside.end() - 1].end, "one-person", NEUTRAL["people"]["ur"], ANY)
    start = terms[0].start
    initials = _INITIALS.match(text, start)
    if initials and re.sub(r"\W", "", initials[1]) not in _NOBODY:
        yield Hit(start, initials.end(1), "one-person", NEUTRAL["people"][sentence.language], ANY)
    if text[max(0, start - 1) : start] == "(":
        close = _closing(text, start)
        size = sum(term.end <= close for term in terms)
    else:
        size = shape.find(":")
    if not 0 < size <= _LABEL or len(shape) - size < 3:
        return
    who = _WHO.match(shape[:size])
    if (
        who is None
        or re.search(r"[VvSEpo2MNkX]", shape[who.start() : who.end()])
        or re.search("[VvE]", shape[:size])
    ):
        return
    plain = shape[who.end() - 1] == "P" and not re.search("[GYFQRW]", who.group()) and who.end() == size
    yield Hit(
        start,
        terms[size - 1].end,
        "one-person",
        NEUTRAL["people"][sentence.language],
        SIDE_HIDDEN if plain else ANY,
    )


def _aged(sentence: Sentence) -> Iterator[Hit]:
    """One participant of an age: a participant over seventy."""
    terms = sentence.terms
    for found in re.finditer(
        r"[ADx][GYFQRW]{0,3}[OPW](?=[uXM]{2})", sentence.shape if sentence.language == "en" else ""
    ):
        way, age = terms[found.end()], terms[found.end() + 1]
        if way.norm in ("under", "over", "above", "below", "aged") and age.norm in _AGES:
            yield Hit(terms[found.start()].start, age.end, "one-person", NEUTRAL["people"]["en"], ANY)


_AGES: Final = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])


def _closing(text: str, start: int) -> int:
    """The place of the bracket that closes the one before ``start``; -1 where none does within a few words."""
    depth = 1
    for at in range(start, min(len(text), start + 200)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at
    return -1
