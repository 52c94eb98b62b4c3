"""An index of asks: find those that resemble a given one, among hundreds or among a hundred thousand.

A search has two steps. *Candidates* share the rarest features of the ask, as many as fit a budget of rows to touch,
and are ranked by cosine; others lie nearest to it in meaning. Then the full evidence of each candidate is weighed
(:mod:`.scoring`). The features are products of sparse tables, one row an ask, one column a feature.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sulh.engines.asks.linking import meaning, scoring
from sulh.engines.asks.linking.model import THRESHOLD, Entry, Match, Relation, when
from sulh.engines.asks.linking.relations import Seen, merges, relation_of, shared_phrases
from sulh.engines.asks.linking.table import Ints, Table, joined, tabulate

CANDIDATES: Final = 24  # asks weighed in full for each ask, for what they share
NEAREST: Final = 16  # likewise, for being near to it in meaning
MANY: Final = 10_000  # asks whose meaning is read unasked; more would take minutes
SEARCH_BUDGET: Final = 200_000  # rows touched to find them for one ask
LINK_BUDGET: Final = 8_000  # likewise, when each ask of an index is compared with all others
BLOCK: Final = 1024  # asks searched for at a time


@dataclass(frozen=True, slots=True)
class Pairs:
    """Asks that resemble each other: row ``left[k]`` of those searched for, row ``right[k]`` of the index."""

    left: Ints
    right: Ints
    scores: scoring.Floats


@dataclass(frozen=True, slots=True)
class _Rows:
    """Asks as a sparse table of ones in the columns of an index, and their sums over all their features."""

    ones: Any  # scipy.sparse.csr_array, shape (asks, features of the index)
    sums: scoring.Floats  # shape (asks, SUMS)
    points: meaning.Vectors | None  # their meaning, shape (asks, SIZE), where it was read


@dataclass(frozen=True)
class Index:
    """Asks that can be searched; :func:`build` makes one. Entries and rows of the table stand oldest first.

    ``points`` holds the meaning of each ask, if it was read.
    """

    entries: tuple[Entry, ...]
    table: Table
    points: meaning.Vectors | None

    def matches(self, entry: Entry, limit: int = 5, at_least: float = THRESHOLD) -> list[Match]:
        """The asks of the index that resemble ``entry``, best first; an ask with its own id is left out.

        Args:
            limit: the most matches to give.
            at_least: the lowest score, 0 to 1.
        """
        return self.matches_each([entry], limit, at_least)[0]

    def matches_each(
        self, entries: Sequence[Entry], limit: int = 5, at_least: float = THRESHOLD
    ) -> list[list[Match]]:
        """The matches of several asks, such as those of one new declaration, in their order; see :meth:`matches`."""
        asked = tabulate(entries)
        rows = self._rows(asked, None if self.points is None else _points(entries))
        found = self._weighed(
            rows, *self._candidates(rows, 0, len(entries), len(self.entries), SEARCH_BUDGET)
        )
        best: list[list[tuple[float, int]]] = [[] for _ in entries]
        for left, right, score in zip(
            *(a.tolist() for a in (found.left, found.right, found.scores)), strict=True
        ):
            if score >= at_least and self.entries[right].id != entries[left].id:
                best[left].append((-score, right))
        return [
            self._explained(entry, asked.seen(place), sorted(best[place])[:limit])
            for place, entry in enumerate(entries)
        ]

    def extended(self, entries: Iterable[Entry]) -> Index:
        """An index with further entries; it finds just what one built anew from all of them would find.

        Raises:
            ValueError: when two entries have the same id, or a date is not a date.
        """
        added = tuple(entries)
        together = _without_twins((*self.entries, *added))
        order = sorted(range(len(together)), key=lambda place: when(together[place]))
        table = joined(self.table, tabulate(added), np.array(order, dtype=np.int64))
        points = None if self.points is None else np.vstack([self.points, _points(added)])[order]
        return Index(tuple(together[place] for place in order), table, points)

    def earlier_pairs(self, at_least: float) -> Iterator[Pairs]:
        """Each ask with the asks before it that resemble it, some asks at a time, oldest first."""
        rows = self._own
        for start in range(0, len(self.entries), BLOCK):
            stop = min(start + BLOCK, len(self.entries))
            found = self._weighed(rows, *self._candidates(rows, start, stop, stop, LINK_BUDGET, earlier=True))
            good = found.scores >= at_least
            yield Pairs(found.left[good], found.right[good], found.scores[good])

    def scores(self, left: Ints, right: Ints) -> scoring.Floats:
        """The scores of pairs of rows of the index."""
        return self._weighed(self._own, left, right).scores

    def read(self) -> NDArray[np.bool_]:
        """Of each ask, whether its meaning was read; a text that is not in English has none."""
        if self.points is None:
            return np.zeros(len(self.entries), dtype=np.bool_)
        found: NDArray[np.bool_] = np.linalg.norm(self.points, axis=1) > 0
        return found

    def seen(self, row: int) -> Seen:
        """The features of an ask of the index."""
        return self.table.seen(row)

    def _rows(self, table: Table, points: meaning.Vectors | None) -> _Rows:
        from scipy.sparse import csr_array

        own = csr_array((np.ones(len(table.columns)), table.columns, table.starts), shape=_shape(table))
        sums = own @ _sums(table.features)
        if table is self.table:
            return _Rows(own, sums, points)
        known = {name: place for place, name in enumerate(self.table.features)}
        pairs = [(known[name], place) for place, name in enumerate(table.features) if name in known]
        to, place = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        moved = csr_array((np.ones(len(to)), (place, to)), shape=(len(table.features), len(known)))
        return _Rows(own @ moved, sums, points)

    def _candidates(
        self, rows: _Rows, start: int, stop: int, end: int, budget: int, earlier: bool = False
    ) -> tuple[Ints, Ints]:
        """For the asks ``start`` to ``stop`` of ``rows``, the most promising rows of the index before ``end``.

        ``earlier`` (for asks of the index itself) keeps only rows before the ask in question.
        """
        searched = self._telling(rows.ones[start:stop], budget)
        products = searched @ self._postings[:, :end]
        near = None
        if rows.points is not None and self.points is not None:
            near = rows.points[start:stop] @ self.points[:end].T
        left: list[Ints] = []
        right: list[Ints] = []
        for place in range(stop - start):
            part = slice(products.indptr[place], products.indptr[place + 1])
            found, reach = products.indices[part], products.data[part]
            if earlier:
                before = found < start + place
                found, reach = found[before], reach[before]
            found = found[_highest(reach, CANDIDATES)].astype(np.int64)
            if near is not None:
                others = near[place, : start + place] if earlier else near[place]
                nearest = _highest(others, NEAREST)
                found = np.union1d(found, nearest[others[nearest] > 0])
            left.append(np.full(len(found), start + place))
            right.append(found)
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *left]), np.concatenate([none, *right])

    def _telling(self, ones: Any, budget: int) -> Any:
        """The most telling features of each ask, rare and weighty, within a budget of rows to touch; at least one."""
        from scipy.sparse import csr_array

        counts, weights = self._counts[ones.indices], self._weights[ones.indices]
        row = np.repeat(np.arange(ones.shape[0]), np.diff(ones.indptr))
        useful = np.flatnonzero(weights > 0)
        cost = counts[useful] / weights[useful] ** 2
        order = useful[np.lexsort((ones.indices[useful], cost, row[useful]))]
        touched = np.cumsum(counts[order])
        first = np.flatnonzero(np.diff(row[order], prepend=-1))
        before = np.repeat(touched[first] - counts[order][first], np.diff(np.append(first, len(order))))
        keep = touched - before <= budget
        keep[first] = True
        kept = order[keep]
        return csr_array((weights[kept], (row[kept], ones.indices[kept])), shape=ones.shape)

    def _weighed(self, rows: _Rows, left: Ints, right: Ints) -> Pairs:
        own = self._own
        scores = [np.zeros(0)]
        for start in range(0, len(left), 50_000):
            one, other = left[start : start + 50_000], right[start : start + 50_000]
            shared = rows.ones[one].multiply(own.ones[other]) @ self._sums
            found = scoring.evidence(shared, rows.sums[one], own.sums[other])
            scores.append(scoring.score(found, _nearness(rows.points, one, own.points, other)))
        return Pairs(left, right, np.concatenate(scores))

    def _explained(self, entry: Entry, seen: Seen, best: list[tuple[float, int]]) -> list[Match]:
        others = [self.seen(row) for _, row in best]
        matches = []
        for (negative, row), other in zip(best, others, strict=True):
            found = self.entries[row]
            before, after = (other, seen) if when(found) <= when(entry) else (seen, other)
            relation = relation_of(before, after)
            if after is seen and any(merges(seen, other, third) for third in others):
                relation = Relation.MERGES
            matches.append(Match(found.id, -negative, relation, *reasons(entry, seen, found, other)))
        return matches

    @cached_property
    def _own(self) -> _Rows:
        return self._rows(self.table, self.points)

    @cached_property
    def _sums(self) -> scoring.Floats:
        return _sums(self.table.features)

    @cached_property
    def _weights(self) -> scoring.Floats:
        return self._sums[:, scoring.WEIGHT]

    @cached_property
    def _counts(self) -> Ints:
        """In how many asks each feature stands."""
        return np.bincount(self.table.columns, minlength=len(self.table.features))

    @cached_property
    def _postings(self) -> Any:
        """The asks of each feature, weighed so that a product with an ask gives their cosines (but for its norm)."""
        from scipy.sparse import diags_array

        norms = np.sqrt(np.maximum(self._own.sums[:, scoring.SQUARE], 1e-9))
        return (diags_array(self._weights) @ self._own.ones.T @ diags_array(1 / norms)).tocsr()


def build(entries: Iterable[Entry], thorough: bool | None = None) -> Index:
    """An index of ``entries``, given in any order.

    Args:
        thorough: whether the meaning of the asks is weighed too. Unless said, it is where no more than ``MANY`` are to
            be read, about 200 a second on two cores; without it, only what asks share by words and the lexicon counts.

    Raises:
        ValueError: when two entries have the same id, or a date is not a date.
    """
    ordered = tuple(sorted(_without_twins(tuple(entries)), key=when))
    if thorough is None:
        thorough = sum(not meaning.fits(entry.meaning, entry.text) for entry in ordered) <= MANY
    return Index(ordered, tabulate(ordered), _points(ordered) if thorough else None)


def reasons(entry: Entry, seen: Seen, found: Entry, other: Seen) -> tuple[tuple[str, ...], bool, bool]:
    """What speaks for a match: shared phrases of ``entry``, whether a theme and whether an addressee is the same."""
    return (
        shared_phrases(entry.text, seen, other),
        not set(entry.themes).isdisjoint(found.themes),
        not set(entry.addressees).isdisjoint(found.addressees),
    )


def _points(entries: Sequence[Entry]) -> meaning.Vectors:
    return meaning.vectors([entry.meaning for entry in entries], [entry.text for entry in entries])


def _nearness(
    lefts: meaning.Vectors | None, left: Ints, rights: meaning.Vectors | None, right: Ints
) -> scoring.Floats | None:
    """The cosine of each pair of points, not a number where one of the texts could not be read."""
    if lefts is None or rights is None:
        return None
    one, other = lefts[left], rights[right]
    near: scoring.Floats = np.einsum("ij,ij->i", one, other).astype(np.float64)
    near[~(one.any(axis=1) & other.any(axis=1))] = np.nan
    return near


def _highest(values: Any, count: int) -> Ints:
    """The places of the highest values, in no set order."""
    if len(values) <= count:
        return np.arange(len(values))
    found: Ints = np.argpartition(-values, count)[:count]
    return found


def _shape(table: Table) -> tuple[int, int]:
    return len(table.starts) - 1, len(table.features)


def _sums(features: tuple[str, ...]) -> scoring.Floats:
    """What each feature adds to the sums of an ask, shape (features, SUMS)."""
    return np.array([scoring.columns(name) for name in features]).reshape(-1, scoring.SUMS)


def _without_twins(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    known: set[str] = set()
    for entry in entries:
        if entry.id in known:
            raise ValueError(f"Two asks have the id “{entry.id}”; every ask needs an id of its own.")
        known.add(entry.id)
    return entries
