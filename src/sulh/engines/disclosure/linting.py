"""The attribution lint: every place of a text that may tell who spoke or who was there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .actors import actors
from .combinations import combinations
from .contacts import contacts
from .described import described
from .finding import WHY, Finding
from .folding import fold
from .hits import Hit
from .labels import labels
from .levels import LINT_BLOCKS_FROM, Level
from .moments import moments
from .naming import Strength, names, strengths_of, titled_names
from .quotations import quotations
from .reading import Sentence, read
from .roster import NOBODY, Roster
from .sightings import sightings
from .speech import spoken
from .speech_last import spoken_last
from .titles import is_proposed, titles
from .words import listed


@dataclass(frozen=True, slots=True)
class SideForms:
    """A side of the dialogue, and the words that mean it: names, demonyms, short forms, in any language."""

    key: str
    forms: Sequence[str] = field(default_factory=tuple)


def lint(
    text: str, *, level: int = 4, roster: Roster = NOBODY, sides: Sequence[SideForms | str] = ()
) -> tuple[Finding, ...]:
    """Find what in a text may tell who said something or who was there.

    Args:
        text: plain text in English, Urdu, Pashto, Dari, Hindi, or Urdu and Hindi in Latin letters, also mixed.
        level: the confidentiality level (1–7) of the session. Up to background (3) the side and a single
            participant may be named; from the Chatham House Rule (4) on they may not, and findings block.
        roster: whose names to look for; see ``roster_of``.
        sides: words that mean the sides (a plain string is a side by its name), beyond the names and demonyms
            of states, which are known.

    Returns:
        The findings in the order of their places, each within the text. The same text always gives the same
        findings.

    Raises:
        ValueError: where there is no such level.
    """
    level = Level(level)
    sentences = read(text, _forms(sides))
    found: set[Hit] = set(contacts(text))
    found.update(quotations(text, sentences))
    strength = strengths_of(roster)
    for sentence in sentences:
        hits = list(_in_sentence(sentence, text, roster, strength))
        people = any(hit.rule not in ("moment-place", "combination") for hit in hits)
        hits += moments(sentence, people)
        found.update(hits)
    told = sorted({hit for hit in found if hit.from_level <= level}, key=_order)
    return tuple(_finding(hit, text, level) for hit in _without_doubles(told))


def named_in(texts: Iterable[str], roster: Roster) -> Iterator[bool]:
    """Tell of each text whether somebody of the roster is named in it, as the rules for names of ``lint`` find it."""
    strength = strengths_of(roster)
    for text in texts:
        yield any(True for sentence in read(text, {}) for _hit in names(sentence, text, roster, strength))


def _in_sentence(sentence: Sentence, text: str, roster: Roster, strength: Strength) -> Iterator[Hit]:
    if roster is not NOBODY:
        yield from names(sentence, text, roster, strength)
    yield from titled_names(sentence, text)
    if not is_proposed(sentence):
        yield from titles(sentence)
        yield from combinations(sentence, roster)
        yield from actors(sentence)
        yield from described(sentence, text)
        yield from sightings(sentence)
    yield from labels(sentence, text)
    yield from spoken(sentence) if sentence.language == "en" else spoken_last(sentence)


def _forms(sides: Sequence[SideForms | str]) -> dict[str, str]:
    """Folded single words of the sides as words of nationality, where the tables do not know them as countries."""
    given = [form for side in sides for form in ((side,) if isinstance(side, str) else side.forms)]
    countries = listed("country")
    return {
        fold(form): "G"
        for form in given
        if form.strip() and not re.search(r"[\s\-]", form.strip()) and fold(form) not in countries
    }


def _order(hit: Hit) -> tuple[int, int, str, str]:
    return (hit.start, -hit.end, hit.rule, hit.neutral)


def _without_doubles(hits: Sequence[Hit]) -> list[Hit]:
    """Keep the widest of the findings of one rule that overlap."""
    kept: list[Hit] = []
    until: dict[str, int] = {}
    for hit in hits:
        if hit.start >= until.get(hit.rule, 0):
            kept.append(hit)
            until[hit.rule] = hit.end
    return kept


def _finding(hit: Hit, text: str, level: Level) -> Finding:
    neutral = hit.neutral
    if neutral and _opens(text, hit.start):
        neutral = neutral[0].upper() + neutral[1:]
    return Finding(
        hit.start,
        hit.end,
        text[hit.start : hit.end],
        hit.rule,
        WHY[hit.rule],
        neutral,
        level >= LINT_BLOCKS_FROM,
    )


def _opens(text: str, start: int) -> bool:
    """Whether a place opens a sentence, so that its wording begins with a capital."""
    before = text[max(0, start - 40) : start].rstrip()
    return (not before and start < 40) or before[-1:] in tuple(".!?")
