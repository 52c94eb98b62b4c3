"""Lineages: each ask with its later forms.

Asks are joined by average linkage: at each step the two groups whose members resemble each other most *on average*
become one, as long as that average reaches the threshold. A chain of small steps therefore does not carry a lineage
from one matter to another. What is averaged is the weight of the evidence (log-odds), not the score: two asks that
are surely the same outweigh two that look a little apart. Method: UPGMA (Sokal and Michener 1958) on the sparse graph
of asks that resemble each other, by reciprocal nearest neighbours (Murtagh 1983).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from sulh.engines.asks.linking.index import CANDIDATES, Index, Pairs, build, reasons
from sulh.engines.asks.linking.model import THRESHOLD, Entry, Lineage, Link, Relation
from sulh.engines.asks.linking.relations import merges, relation_of
from sulh.engines.asks.linking.scoring import Floats
from sulh.engines.asks.linking.table import Ints

WEAK: Final = 0.05  # lower scores count as nothing
NOTHING: Final = 0.001  # what nothing is worth; as far above, certainty ends
# From here on two asks of one day may be the same ask: a declaration seldom asks a thing twice.
TWICE: Final = 0.98
TWICE_MEANT: Final = 0.998  # where their meaning was read
SEEN: Final = CANDIDATES // 2  # so many members of a large group, at least, are weighed against each ask


def link(entries: Iterable[Entry], thorough: bool | None = None) -> list[Lineage]:
    """The lineages of ``entries``, those with the oldest first ask first; every ask is in exactly one.

    The order in which the entries are given does not matter. ``thorough`` is that of :func:`.index.build`.

    Raises:
        ValueError: when two entries have the same id, or a date is not a date.
    """
    index = build(entries, thorough)
    pairs = _pairs(index)
    home = _lineage_of_each(len(index.entries), pairs)
    members: dict[int, list[int]] = {}
    for row, first in enumerate(home.tolist()):
        members.setdefault(first, []).append(row)
    links = _links(index, pairs, home)
    return [
        Lineage(
            tuple(index.entries[row].id for row in rows),
            tuple(one for row in rows for one in links.get(row, ())),
        )
        for rows in members.values()
    ]


def _pairs(index: Index) -> Pairs:
    """All pairs of asks that may belong together, the later one on the left."""
    days: dict[str, int] = {}
    day = np.array(
        [days.setdefault(e.date, len(days)) if len(e.date) == 10 else -1 for e in index.entries],
        dtype=np.int64,
    )
    read = index.read()
    left, right, scores = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for some in index.earlier_pairs(WEAK):
        twice = np.where(read[some.left] & read[some.right], TWICE_MEANT, TWICE)
        good = (day[some.left] != day[some.right]) | (day[some.left] < 0) | (some.scores >= twice)
        left.append(some.left[good])
        right.append(some.right[good])
        scores.append(some.scores[good])
    return Pairs(np.concatenate(left), np.concatenate(right), np.concatenate(scores))


def _lineage_of_each(count: int, pairs: Pairs) -> Ints:
    """For each ask the oldest ask of its lineage: average linkage by rounds.

    In each round every two groups that are each other's nearest are joined, which gives the same groups as joining
    the nearest two of all one at a time (Murtagh 1983), at the cost of a few passes over the pairs. Pairs that the
    search did not give count as nothing; in large groups only ``SEEN`` members an ask are expected to have one.
    """
    home = np.arange(count)
    size = np.ones(count)
    # Groups are named by their oldest ask; a < b, and "total" is the sum of the strengths between them.
    a, b, total = pairs.right, pairs.left, _strength(pairs.scores)
    while len(total):
        few, many = np.minimum(size[a], size[b]), np.maximum(size[a], size[b])
        mean = total / (few * np.minimum(many, SEEN))
        nearest = _nearest(count, a, b, np.where(mean >= 1, mean, 0.0))
        joined = np.flatnonzero(nearest >= 0)
        joined = joined[(nearest[nearest[joined]] == joined) & (nearest[joined] < joined)]
        if not len(joined):
            break
        into = np.arange(count)
        into[joined] = nearest[joined]
        size += np.bincount(into[joined], size[joined], count)
        home = into[home]
        # A group that is near to none stays so: joining others does not bring them nearer on average.
        alive = (nearest[a] >= 0) & (nearest[b] >= 0)
        a, b, total = _contracted(count, into[a[alive]], into[b[alive]], total[alive])
    return home


def _strength(scores: Floats) -> Floats:
    """The log-odds of scores over those of ``NOTHING``: 0 there, 1 at the threshold."""
    bounded = np.clip(scores, NOTHING, 1 - NOTHING)
    odds: Floats = np.log(bounded / (1 - bounded))
    least, enough = (np.log(score / (1 - score)) for score in (NOTHING, THRESHOLD))
    found: Floats = (odds - least) / (enough - least)
    return found


def _nearest(count: int, a: Ints, b: Ints, mean: Floats) -> Ints:
    """The nearest group of each group, the older one on a tie; -1 where none is near."""
    good = mean > 0
    ends, others, mean = np.append(a[good], b[good]), np.append(b[good], a[good]), np.tile(mean[good], 2)
    best = np.zeros(count)
    np.maximum.at(best, ends, mean)
    first = mean == best[ends]
    nearest = np.full(count, count)
    np.minimum.at(nearest, ends[first], others[first])
    return np.where(nearest < count, nearest, -1)


def _contracted(count: int, a: Ints, b: Ints, total: Floats) -> tuple[Ints, Ints, Floats]:
    """The pairs between groups after some were joined, each pair once."""
    between = a != b
    a, b = np.minimum(a, b)[between], np.maximum(a, b)[between]
    keys, place = np.unique(a * count + b, return_inverse=True)
    return keys // count, keys % count, np.bincount(place, total[between], len(keys)).astype(np.float64)


def _links(index: Index, pairs: Pairs, home: Ints) -> dict[int, list[Link]]:
    """The links of each ask that has an earlier one: to the nearest of its lineage, and to those it merges with it."""
    order = np.lexsort((pairs.right, -pairs.scores, pairs.left))
    left, right, scores = pairs.left[order], pairs.right[order], pairs.scores[order]
    own = home[left] == home[right]
    nearest: dict[int, tuple[int, float]] = {}
    for row, earlier, score in zip(
        left[own].tolist(), right[own].tolist(), scores[own].tolist(), strict=True
    ):
        nearest.setdefault(row, (earlier, score))
    # An ask may belong to a lineage by its later members only: it then follows the oldest.
    lone = np.array(
        [row for row in np.flatnonzero(home != np.arange(len(home))) if int(row) not in nearest],
        dtype=np.int64,
    )
    for row, earlier, score in zip(
        lone.tolist(), home[lone].tolist(), index.scores(lone, home[lone]).tolist(), strict=True
    ):
        nearest[row] = (earlier, score)
    outside: dict[int, dict[int, tuple[int, float]]] = {}  # by ask and lineage
    other = ~own & (scores >= THRESHOLD)
    for row, earlier, score in zip(
        left[other].tolist(), right[other].tolist(), scores[other].tolist(), strict=True
    ):
        if row in nearest:
            outside.setdefault(row, {}).setdefault(int(home[earlier]), (earlier, score))
    return {row: list(_of_one(index, row, found, outside.get(row, {}))) for row, found in nearest.items()}


def _of_one(
    index: Index, row: int, nearest: tuple[int, float], outside: dict[int, tuple[int, float]]
) -> Iterator[Link]:
    entry, seen = index.entries[row], index.seen(row)
    before = index.seen(nearest[0])
    merged = [found for found in outside.values() if merges(seen, before, index.seen(found[0]))]
    for place, score in (nearest, *merged):
        found, other = index.entries[place], index.seen(place)
        relation = Relation.MERGES if merged else relation_of(other, seen)
        yield Link(entry.id, found.id, score, relation, *reasons(entry, seen, found, other))
