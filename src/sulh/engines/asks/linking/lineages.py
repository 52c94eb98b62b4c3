"""Lineages: each ask with its later forms.

Asks are taken oldest first. A new ask joins the lineage whose members it resembles *on average*, so that a chain of
small steps does not carry a lineage from one matter to another. The asks of one day are placed together, the surest
first, and two of them share a lineage only where they are nearly the same: a declaration seldom asks a thing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sulh.engines.asks.linking.index import Index, build, reasons
from sulh.engines.asks.linking.model import THRESHOLD, Entry, Lineage, Link, Relation
from sulh.engines.asks.linking.relations import merges, relation_of

WEAK: Final = 0.05  # lower scores count as nothing
FEW: Final = 4  # the mean is taken over so many members of a lineage, those most alike
TWICE: Final = 0.9  # from this score on two asks of one day are the same ask


def link(entries: Iterable[Entry]) -> list[Lineage]:
    """The lineages of ``entries``, those with the oldest first ask first; every ask is in exactly one.

    The order in which the entries are given does not matter.

    Raises:
        ValueError: when two entries have the same id, or a date is not a date.
    """
    index = build(entries)
    alike = _alike(index)
    lineages: list[list[int]] = []
    home: dict[int, int] = {}
    followed: dict[int, list[int]] = {}  # the earlier asks that an ask follows, the one of its own lineage first

    def twin(row: int, other: int) -> bool:
        return alike[row].get(other, alike[other].get(row, 0.0)) >= TWICE

    for day in _days(index.entries):
        offers = {row: _offers(alike[row], home, lineages) for row in day}
        for _, row, best in sorted((-mean, row, best) for row in day for mean, best in offers[row]):
            lineage = home[best]
            today = (other for other in lineages[lineage] if other >= day.start)
            if row not in home and all(twin(row, other) for other in today):
                home[row] = lineage
                lineages[lineage].append(row)
                followed[row] = [best] + [other for _, other in offers[row] if home[other] != lineage]
        for row in day:
            if row in home:
                continue
            same = next((other for other in day if other < row and twin(row, other)), None)
            if same is None:
                lineages.append([])
            else:
                followed[row] = [same]
            home[row] = len(lineages) - 1 if same is None else home[same]
            lineages[home[row]].append(row)
    return [
        Lineage(
            tuple(index.entries[row].id for row in sorted(rows)),
            tuple(one for row in sorted(rows) for one in _links(index, row, followed.get(row, []), alike)),
        )
        for rows in lineages
    ]


def _alike(index: Index) -> list[dict[int, float]]:
    """For each ask the earlier ones that resemble it, with their scores."""
    alike: list[dict[int, float]] = [{} for _ in index.entries]
    for pairs in index.earlier_pairs(WEAK):
        columns = (pairs.left.tolist(), pairs.right.tolist(), pairs.scores.tolist())
        for left, right, score in zip(*columns, strict=True):
            alike[left][right] = score
    return alike


def _days(entries: Sequence[Entry]) -> Iterator[range]:
    """Runs of asks of the same known day; an ask whose day is not known stands alone."""
    start = 0
    for stop in range(1, len(entries) + 1):
        day = entries[start].date
        if stop == len(entries) or entries[stop].date != day or len(day) < len("2015-12-20"):
            yield range(start, stop)
            start = stop


def _offers(
    alike: dict[int, float], home: dict[int, int], lineages: Sequence[Sequence[int]]
) -> list[tuple[float, int]]:
    """The lineages that an ask resembles enough, best first: the mean score and the member most alike."""
    members: dict[int, list[tuple[float, int]]] = {}
    for row, score in alike.items():
        if row in home:
            members.setdefault(home[row], []).append((score, -row))
    offers = []
    for lineage, scored in members.items():
        scored.sort(reverse=True)
        mean = sum(score for score, _ in scored[:FEW]) / min(FEW, len(lineages[lineage]))
        if mean >= THRESHOLD:
            offers.append((mean, -scored[0][1]))
    return sorted(offers, key=lambda offer: (-offer[0], offer[1]))


def _links(index: Index, row: int, followed: Sequence[int], alike: Sequence[dict[int, float]]) -> Iterator[Link]:
    """The links of an ask: to the ask of its own lineage, and to those of others that it merges with it."""
    if not followed:
        return
    entry, seen = index.entries[row], index.seen(row)
    own = index.seen(followed[0])
    merged = [other for other in followed[1:] if merges(seen, own, index.seen(other))]
    for other in (followed[0], *merged):
        before = index.seen(other)
        relation = Relation.MERGES if merged else relation_of(before, seen)
        found = index.entries[other]
        score = alike[row].get(other, 0.0)
        yield Link(entry.id, found.id, score, relation, *reasons(entry, seen, found, before))
