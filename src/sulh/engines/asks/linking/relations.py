"""How two linked asks stand to each other, and the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from sulh.engines.asks.linking.lexicon import lexicon
from sulh.engines.asks.linking.model import Relation
from sulh.engines.asks.linking.scoring import weight

# The features of one ask with the places where they stand in its text.
Seen = Mapping[str, tuple[int, int]]

NARROWER: Final = 0.85  # weight of what only the later ask says, from which it is more specific
LEFT_OUT: Final = (
    0.45  # weight of what only the earlier ask says, up to which the later one still contains it
)
OWN_PART: Final = 0.7  # weight that an earlier ask must share alone, to be one of those that are merged
PHRASES: Final = 6  # the most phrases given as a reason


def _of(features: Iterable[str], *facets: str) -> set[str]:
    return {feature for feature in features if feature.partition(":")[0] in facets}


def _weight(features: Iterable[str]) -> float:
    return sum(map(weight, features))


def relation_of(earlier: Seen, later: Seen) -> Relation:
    """How the later of two asks about the same thing stands to the earlier.

    Another number, date or frequency makes an update; naming a further matter, group or place while leaving nothing
    out makes it narrower; all else repeats. Merging takes a third ask, see :func:`merges`.
    """
    for facet in ("number", "extent"):
        before, after = _of(earlier, facet), _of(later, facet)
        if after - before and (before - after or "act:extend" in later):
            return Relation.UPDATES
    only_later = _weight(_of(later.keys() - earlier.keys(), "matter", "who", "place", "extent", "number"))
    only_earlier = _weight(_of(earlier.keys() - later.keys(), "matter", "who", "place", "extent"))
    if only_later >= NARROWER and only_earlier <= LEFT_OUT:
        return Relation.NARROWS
    return Relation.REPEATS


def merges(later: Seen, first: Seen, second: Seen) -> bool:
    """Whether ``later`` joins what ``first`` and ``second`` asked apart: it shares with each what the other lacks."""
    return all(
        _weight(_of((later.keys() & one.keys()) - other.keys(), "matter", "who")) >= OWN_PART
        for one, other in ((first, second), (second, first))
    )


def shared_phrases(text: str, seen: Seen, other: Iterable[str]) -> tuple[str, ...]:
    """What ``text`` has in common with another ask, in its own words, the most telling first.

    Shared features that stand side by side (small words between them do not count) are given as one phrase.
    """
    common = sorted((seen[name], weight(name)) for name in set(other) & seen.keys() if weight(name) > 0)
    phrases: list[tuple[int, int, float]] = []
    for (begin, end), value in common:
        if phrases and _joined(text, phrases[-1][1], begin):
            start, stop, total = phrases[-1]
            phrases[-1] = (start, max(stop, end), total + value)
        else:
            phrases.append((begin, end, value))
    best = sorted(phrases, key=lambda phrase: (-phrase[2], phrase[0]))
    quotes = dict.fromkeys(" ".join(text[start:stop].split()) for start, stop, _ in best)
    return tuple(quote for quote in quotes if quote)[:PHRASES]


def _joined(text: str, end: int, begin: int) -> bool:
    """Whether nothing of weight stands between two places of a text."""
    if begin <= end:
        return True
    gap = text[end:begin]
    return (
        len(gap) <= 20
        and not re.search(r"[.,;:()]", gap)
        and {word.lower() for word in re.findall(r"[^\W_]+", gap)} <= lexicon().small
    )
