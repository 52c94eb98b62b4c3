"""The words of the lint: one table a language, in ``data/*.toml``; every word belongs to one class.

A class is one letter, so that a sentence can be written as a string of classes (its *shape*) and a rule as a
pattern over shapes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from .folding import fold

if TYPE_CHECKING:
    from .reading import Term

LANGUAGES: Final = ("en", "ur", "ps", "fa", "hi", "roman")

CLASS_OF: Final = {
    "one": "A",  # a, an, one, another: one of several
    "the": "D",  # the, this, that, our
    "few": "N",  # two, three, four
    "many": "M",  # five and more, several, all, some
    "former": "F",  # former, retired, acting
    "honorific": "J",  # Mr, Begum, Maulana: before a name
    "honorific_after": "j",  # sahib: after a name
    "office": "O",  # an office, profession or rank held by one
    "offices": "o",
    "public": "K",  # an office of state that is also an addressee: president, foreign secretary
    "publics": "k",
    "participant": "P",  # participant, delegate, somebody
    "participants": "p",
    "woman": "W",  # a word of sex, for one
    "women": "w",
    "age": "Y",  # young, youngest, senior
    "only": "Q",  # only, sole
    "nation": "G",  # Afghan, of Pakistan
    "country": "g",  # Afghanistan
    "nationals": "i",  # Afghans
    "place": "R",  # a region or city
    "party": "C",  # side, delegation, team
    "both": "2",  # both, each, the two: a word that takes all sides together
    "institution": "I",  # government, ministry, court
    "possessive": "x",  # his, her
    "pronoun": "H",  # he, she: one person
    "they": "h",
    "speech": "V",  # said, argued
    "speech_many": "v",  # a verb of speaking whose ending tells that several speak
    "speech_passive": "n",  # it was said
    "saying": "T",  # view, remark, proposal
    "modal": "S",  # should, must
    "auxiliary": "a",  # had, would
    "be": "B",  # was, were
    "ask": "!",  # urge, call on, appoint: what follows is asked or is to be
    "from": "X",
    "of": "f",
    "by": "b",
    "and": "&",
    "dative": "e",  # کو
    "feeling": "d",  # seemed, was remembered: verbs whose subject is marked by کو
    "that": "t",
    "who": "q",
    "accord": "@",  # according to
    "ergative": "E",  # نے
    "adverb": "y",
    "private": "L",  # home, room, lobby, dinner: where people are alone
    "travel": "l",  # flight, home, car: private where somebody is tied to it
    "moment": "Z",  # months and days, times of day
    "title": "=",  # declaration, report, entitled: before a title in quotation marks
    "other": "u",  # words that would else be mistaken for one of the above
    "common": "u",  # names of persons that are also words
}


@dataclass(frozen=True, slots=True)
class Words:
    """The table of one language: phrases by their first word (longest first), and its lists under their names."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    lists: dict[str, frozenset[str]]


def _forms(raw: str) -> list[tuple[str, ...]]:
    """Entries are parted by commas or line ends; the words of an entry by white space, hyphen or joiner."""
    entries = []
    for entry in re.split(r"[,،\n]", raw):
        parts = tuple(fold(part) for part in re.split(r"[\s\-]+", entry.strip()) if fold(part))
        if parts:
            entries.append(parts)
            if "\u200c" in entry:
                apart = tuple(fold(part) for part in re.split(r"[\s\-\u200c]+", entry.strip()) if fold(part))
                entries.append(apart)
    return entries


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """Return the table of a language (one of ``LANGUAGES``)."""
    raw = resources.files(__package__).joinpath("data", f"{language}.toml").read_text(encoding="utf-8")
    table: dict[str, str] = tomllib.loads(raw)
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for name in sorted(table, key=lambda one: _FIRST.index(one) if one in _FIRST else len(_FIRST)):
        text = table[name]
        letter = "V" if name == "speech_regular" else CLASS_OF.get(name)
        if letter is None:
            continue
        for parts in _inflected(text) if name == "speech_regular" else _forms(text):
            found.setdefault(parts[0], {}).setdefault(parts, letter)
        if language == "en" and name in _PLURAL_OF:
            for parts in _forms(text):
                plural = (*parts[:-1], _plural(parts[-1]))
                found.setdefault(plural[0], {}).setdefault(plural, _PLURAL_OF[name])
    phrases = {
        first: tuple(sorted(((parts[1:], letter) for parts, letter in entries.items()), key=_longest))
        for first, entries in found.items()
    }
    lists = {name: frozenset(" ".join(parts) for parts in _forms(text)) for name, text in table.items()}
    return Words(phrases, lists)


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Return folded English and Urdu words that are no names, wherever they stand."""
    raw = resources.files(__package__).joinpath("data", "everyday.txt").read_text(encoding="utf-8")
    return word_set(raw)


_FIRST: Final = ("other", "ask", "saying")
"""Classes that win where a form stands in two lists; else the earlier list of the file wins."""

_PLURAL_OF: Final = {"office": "o", "public": "k"}


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "sh", "ch", "x")):
        return word + "es"
    return word[:-3] + "men" if word.endswith("man") else word + "s"


def _inflected(raw: str) -> list[tuple[str, ...]]:
    """Return base, third person and past of regular English verbs."""
    forms = []
    for parts in _forms(raw):
        verb, rest = parts[0], parts[1:]
        if verb.endswith("y") and verb[-2] not in "aeiou":
            made = (verb, verb[:-1] + "ies", verb[:-1] + "ied")
        elif verb.endswith("e"):
            made = (verb, verb + "s", verb + "d")
        elif verb.endswith(("s", "sh", "ch", "x")):
            made = (verb, verb + "es", verb + "ed")
        else:
            made = (verb, verb + "s", verb + "ed")
        forms += [(form, *rest) for form in made]
        if verb in ("concur", "brag"):
            forms.append((verb + verb[-1] + "ed", *rest))
    return forms


def phrases_in(language: str, name: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Find the phrases of a list in terms: yields first term and the one after the last."""
    pattern = _pattern(language, name)
    if pattern is None:
        return
    starts, text = {}, ""
    for index, term in enumerate(terms):
        starts[len(text)] = index
        text += term.norm + " "
    starts[len(text)] = len(terms)
    for found in pattern.finditer(text):
        if found.start() in starts and found.end() + 1 in starts:
            yield starts[found.start()], starts[found.end() + 1]


@lru_cache(maxsize=128)
def _pattern(language: str, name: str) -> re.Pattern[str] | None:
    entries = sorted(words(language).lists.get(name, ()), key=lambda one: (-len(one), one))
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, entries)) + r")(?!\S)") if entries else None


def _longest(entry: tuple[tuple[str, ...], str]) -> tuple[int, tuple[str, ...]]:
    return (-len(entry[0]), entry[0])


def word_set(raw: str) -> frozenset[str]:
    """Return the folded words of a string."""
    return frozenset(fold(word) for word in raw.split())


def listed(name: str) -> frozenset[str]:
    """Return one list of all languages together."""
    return _listed(name)


@lru_cache(maxsize=32)
def _listed(name: str) -> frozenset[str]:
    return frozenset().union(*(words(language).lists.get(name, frozenset()) for language in LANGUAGES))
