"""The lexicon: words and phrases grouped by meaning, read once from ``lexicon.toml``.

A *pattern* is one or more parts that stand near each other in any order; a part is a run of words that follow one
another. Almost every pattern has a single part of a single word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

NEAR = 6  # words, the reach of "~"

FACETS = ("matter", "who", "act", "place", "extent", "nation")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for (``parts`` of word atoms) and the ``group`` it stands for, as ``facet:name``."""

    group: str
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A recurring measure of the trade, told by groups that stand together: all of ``needs`` and none of ``bars``."""

    name: str
    needs: frozenset[str]
    bars: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon.

    An *atom* is a word of a pattern as written, ``regist*`` or ``police``. ``single`` gives the groups of an atom that
    is a whole pattern, ``longer`` all other patterns by their first two atoms, ``measures`` the measures by one of
    the groups that they need.
    """

    small: frozenset[str]
    boilerplate: frozenset[str]
    weights: Mapping[str, float]
    exact: frozenset[str]
    beginnings: Mapping[int, frozenset[str]]
    single: Mapping[str, tuple[str, ...]]
    longer: Mapping[str, Mapping[str, tuple[Pattern, ...]]]
    measures: Mapping[str, tuple[Measure, ...]]
    _seen: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    def atoms(self, word: str) -> tuple[str, ...]:
        """The atoms that ``word`` (lower case) matches; most words match none."""
        known = self._seen.get(word)
        if known is None:
            known = (word,) if word in self.exact else ()
            known += tuple(
                word[:length] + "*"
                for length, heads in self.beginnings.items()
                if len(word) >= length and word[:length] in heads
            )
            if len(self._seen) < 200_000:  # a bound, for texts of random letters
                self._seen[word] = known
        return known

    def matches(self, words: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each group found in ``words`` with the positions of the words that show it, patterns in no set order."""
        where: dict[str, list[int]] = {}
        for position, word in enumerate(words):
            for atom in self.atoms(word):
                where.setdefault(atom, []).append(position)
        for atom, positions in where.items():
            for group in self.single.get(atom, ()):
                for position in positions:
                    yield group, (position,)
            after = self.longer.get(atom)
            if after is None:
                continue
            for second in where:
                for pattern in after.get(second, ()):
                    for position in positions:
                        found = _complete(pattern.parts, where, position)
                        if found:
                            yield pattern.group, found

    def measures_of(self, groups: AbstractSet[str]) -> set[str]:
        """The names of the measures that an ask with these groups asks for."""
        return {
            measure.name
            for group in groups
            for measure in self.measures.get(group, ())
            if measure.needs <= groups and measure.bars.isdisjoint(groups)
        }


def patterns(book: Lexicon) -> Iterator[Pattern]:
    """All patterns of a lexicon that have more than one word."""
    for after in book.longer.values():
        for some in after.values():
            yield from some


def _run(part: tuple[str, ...], where: Mapping[str, list[int]], start: int) -> tuple[int, ...]:
    """The positions of a part that starts at ``start``, or nothing."""
    for step, atom in enumerate(part):
        if start + step not in where.get(atom, ()):
            return ()
    return tuple(range(start, start + len(part)))


def _complete(
    parts: tuple[tuple[str, ...], ...], where: Mapping[str, list[int]], start: int
) -> tuple[int, ...]:
    """The positions of a pattern whose first part starts at ``start``, or nothing."""
    found = _run(parts[0], where, start)
    for part in parts[1:]:
        if not found:
            return ()
        near = (
            run
            for position in where.get(part[0], ())
            if abs(position - start) <= NEAR and (run := _run(part, where, position))
        )
        found += next((run for run in near if not set(run) & set(found)), (-1,))
        if found[-1] < 0:
            return ()
    return found


def _measures(
    source: Mapping[str, Sequence[str]], facet_of: Mapping[str, str]
) -> dict[str, tuple[Measure, ...]]:
    """The measures by the first group each needs; a variant is written ``boats release -arms``."""
    found: dict[str, list[Measure]] = {}
    for name, variants in source.items():
        for variant in variants:
            names = variant.split()
            needs = [facet_of[word] for word in names if word[0] != "-"]
            bars = frozenset(facet_of[word[1:]] for word in names if word[0] == "-")
            found.setdefault(needs[0], []).append(Measure(f"measure:{name}", frozenset(needs), bars))
    return {group: tuple(some) for group, some in found.items()}


@cache
def lexicon() -> Lexicon:
    """The lexicon of this package, compiled once."""
    source = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    single: dict[str, list[str]] = {}
    longer: dict[str, dict[str, list[Pattern]]] = {}
    exact: set[str] = set()
    beginnings: dict[int, set[str]] = {}
    facet_of: dict[str, str] = {}
    for facet in FACETS:
        for name, patterns in source[facet].items():
            group = facet_of[name] = f"{facet}:{name}"
            for written in patterns:
                parts = tuple(tuple(part.split()) for part in written.split("~"))
                for atom in (atom for part in parts for atom in part):
                    if atom.endswith("*"):
                        beginnings.setdefault(len(atom) - 1, set()).add(atom[:-1])
                    else:
                        exact.add(atom)
                first, *others = (atom for part in parts for atom in part)
                if others:
                    second = parts[0][1] if len(parts[0]) > 1 else parts[1][0]
                    longer.setdefault(first, {}).setdefault(second, []).append(Pattern(group, parts))
                else:
                    single.setdefault(first, []).append(group)
    return Lexicon(
        small=frozenset(source["small"].split()),
        boilerplate=frozenset(source["boilerplate"].split()),
        weights=source["weights"],
        exact=frozenset(exact),
        beginnings={length: frozenset(heads) for length, heads in sorted(beginnings.items())},
        single={atom: tuple(groups) for atom, groups in single.items()},
        longer={
            first: {second: tuple(patterns) for second, patterns in after.items()}
            for first, after in longer.items()
        },
        measures=_measures(source["measure"], facet_of),
    )
