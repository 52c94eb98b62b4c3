"""Reading an ask: from its text to the features by which asks are compared.

A feature is a group of the lexicon (``matter:hotline``), a word the lexicon does not know (``word:orchard``, stemmed),
the same once more where it is written like a name (``name:wullar``), or a number (``number:14``). Each keeps where it
stands, so that a reason can be shown in the words of the text. Groups that stand together name a measure
(``measure:boats-return``), which stands nowhere in particular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sulh.engines.asks.linking.lexicon import Lexicon, lexicon

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W_]+")
_SENTENCE_END = re.compile(r"[.:;?!\n•–—]\s*\W*$")
_MONTHS = frozenset(
    (
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
)  # "may" is a verb far more often than a month

_NUMBERS = {
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip # "two" is in every "two countries"

# What only gives the reason or the aim of an ask, or the occasion for it, is not compared.
_REASON = re.compile(
    r"[\s,]+(?:so that|so as to|in order (?:to|that)|because|with a view to|with the aim of|thereby"
    r"|which (?:would|will))\b[^.;:]*"
    r"|[\s,]+as an? (?:confidence|trust)[ -]building measure\b|[\s,]+in line with\b[^,.;:]*"
    r"|^\W*(?:in view of|in the light of|in the spirit of|considering|given|since|recogni[sz]ing|as agreed"
    r"|keeping in (?:mind|view))\b[^,.;]*,",
    re.IGNORECASE,
)

STEM = 6  # letters of a stem: "translation" and "translators" are one

# Endings cut from words that the lexicon does not know, longest first, where at least four letters remain.
_ENDINGS = (
    ("isations", ""), ("izations", ""), ("isation", ""), ("ization", ""), ("ations", ""), ("ation", ""),
    ("ments", ""), ("ment", ""), ("ities", ""), ("ness", ""), ("ity", ""), ("ions", ""), ("ion", ""),
    ("ally", ""), ("ical", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ive", ""), ("ial", ""),
    ("ers", ""), ("ly", ""), ("ic", ""), ("al", ""), ("er", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The features of one ask in the order of the text, each with the half-open span of the words that show it."""

    features: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def stem(word: str) -> str:
    """A rough stem that brings the common forms of a word together ("orchards", "orchard")."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return (word[: len(word) - len(ending)] + instead)[:STEM]
    return word[:STEM]


def read(text: str, book: Lexicon | None = None) -> Reading:
    """The features of ``text``, each once, with its first place.

    Small words, words that every declaration uses, and words that already belong to a group of the lexicon give no
    feature of their own. A text without any meaningful word gives an empty reading.
    """
    book = book or lexicon()
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    aside = [reason.span() for reason in _REASON.finditer(text)]
    if sum(end - begin for begin, end in aside) > len(text) / 2:
        aside = []  # an ask that is mostly reason is compared whole
    for found in _WORD.finditer(text):
        word = found.group().lower()
        if word not in book.small and not any(begin <= found.start() < end for begin, end in aside):
            words.append(word)
            spans.append(found.span())
    places: dict[str, tuple[int, int]] = {}
    covered: set[int] = set()
    for group, positions in book.matches(words):
        covered.update(positions)
        span = (spans[min(positions)][0], spans[max(positions)][1])
        if group not in places or span < places[group]:
            places[group] = span
    for position, word in enumerate(words):
        if position in covered:
            continue
        if word[0].isdigit() or word in _MONTHS or word in _NUMBERS:
            places.setdefault(f"number:{_NUMBERS.get(word, word)}", spans[position])
        elif word not in book.boilerplate and len(word) > 1:
            places.setdefault(f"word:{stem(word)}", spans[position])
            if _is_name(text, spans[position]):
                places.setdefault(f"name:{word}", spans[position])
    for measure in book.measures_of(places.keys()):
        places[measure] = (0, 0)
    order = sorted(places.items(), key=lambda item: (item[1], item[0]))
    return Reading(tuple(name for name, _ in order), tuple(span for _, span in order))


def _is_name(text: str, span: tuple[int, int]) -> bool:
    """Whether a word is written with a capital although no sentence begins with it."""
    before = text[max(0, span[0] - 8) : span[0]]
    return text[span[0]].isupper() and bool(before.strip()) and not _SENTENCE_END.search(before)
