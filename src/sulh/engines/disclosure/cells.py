"""Small cells: which counts of a table may be told, so that no reader can work out a count of fewer than five.

A count is named by its defining condition (:data:`Where`): nothing for all who are counted, one attribute for a margin,
two for an inner cell; three are refused. :func:`protect` withholds every count under five, and as many others as are
needed so that none of them can be worked out from margins, complements or earlier tables. That is not believed but
audited (:mod:`sulh.engines.disclosure.audit`). Sources and limits: the README.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product
from typing import Any, Final

Where = tuple[tuple[str, str], ...]
"""A condition: pairs of attribute and value, in the order of the attributes. Empty: everybody who is counted."""

Quantity = tuple[Where, Where | None]
"""What may not be known too closely: a count, or with a second condition the count less that part of it."""

AT_LEAST: Final = 5
"""No count below this is told, nor can be worked out."""

ATTRIBUTES: Final = 2
"""How many attributes may meet in one count."""


class TooManyAttributes(ValueError):
    """More than two attributes were to meet in one count."""

    def __init__(self, attributes: Iterable[str]) -> None:
        names = ", ".join(sorted(attributes))
        super().__init__(
            f"A table may cross at most {ATTRIBUTES} attributes, and this one would cross more: {names}. "
            "Leave one out, or make two tables."
        )


class Reason(StrEnum):
    """Why a count is withheld."""

    SMALL = "small"
    COMPLEMENTARY = "complementary"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Table:
    """Counts over at most two attributes.

    population: what is counted, and among whom; two tables of one population are compared with each other.
    state: which state of the population this is (a date, a revision); the same only where nobody joined, left or
    changed. by: the attributes of its lines. values: for each of them, all the values it can take. where: the
    condition on all of it.
    counts: the inner cells; a cell that is not there counts nothing. structural: conditions that nobody can meet,
    as everybody knows. few: counts and complements behind which stand fewer than five persons, however large they are.
    """

    population: str
    state: str
    by: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    counts: Mapping[Where, int]
    where: Where = ()
    structural: frozenset[Where] = frozenset()
    few: frozenset[Quantity] = frozenset()

    def __post_init__(self) -> None:
        attributes = {*self.by, *(name for name, _value in self.where)}
        if len(attributes) > ATTRIBUTES:
            raise TooManyAttributes(attributes)
        if len(attributes) != len(self.by) + len(self.where) or len(self.values) != len(self.by):
            raise ValueError("Each attribute of a table stands in it once, with its values.")
        inner = set(self.inner())
        for cell, count in self.counts.items():
            if cell not in inner:
                raise ValueError(f"There is no such cell in the table: {cell!r}.")
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise ValueError(f"A count is a whole number from 0 up, not {count!r}.")
            if count and any(set(one) <= set(cell) for one in self.structural):
                raise ValueError(f"The cell {cell!r} counts {count}, so it is not impossible.")

    def inner(self) -> list[Where]:
        """The conditions of the inner cells, in the order of the values."""
        return [
            condition(*self.where, *zip(self.by, combination, strict=True))
            for combination in product(*self.values)
        ]

    def cells(self) -> list[Where]:
        """The conditions of all counts of the table: total, margins, inner cells."""
        chosen = (
            condition(*self.where, *pairs)
            for size in range(len(self.by) + 1)
            for places in combinations(range(len(self.by)), size)
            for pairs in product(
                *([(self.by[place], value) for value in self.values[place]] for place in places)
            )
        )
        return list(dict.fromkeys(chosen))

    def count(self, where: Where) -> int:
        """The true count under a condition of the table."""
        wanted = set(where)
        return sum(count for cell, count in self.counts.items() if wanted <= set(cell))


@dataclass(frozen=True, slots=True)
class Release:
    """A table as it was published: the counts that were told, and no other.

    size: how many were counted in all. It is never told by the engine where it may not be, but whoever holds the
    list of participants knows it; keep the ledger as carefully as the counts themselves.
    """

    population: str
    state: str
    by: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    where: Where
    told: Mapping[Where, int]
    size: int
    structural: frozenset[Where] = frozenset()

    def is_of(self, table: Table) -> bool:
        """Whether this is an earlier edition of a table, of whatever state."""
        return (self.population, self.by, self.where) == (table.population, table.by, table.where)


Ledger = tuple[Release, ...]
"""All that was published, oldest first."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be told.

    cells: each count of the table, or None where it is withheld, with the reason in ``withheld``.
    repeats: where the change since an earlier state is too small to be told: that state. The cells are then those
    of that earlier publication, to be shown with its date; empty where the cells are of the table itself.
    ledger: the ledger to keep from now on.
    """

    cells: Mapping[Where, int | None]
    withheld: Mapping[Where, Reason]
    ledger: Ledger
    repeats: str = ""

    @property
    def share_withheld(self) -> float:
        """The share of the counts that are withheld, from 0 to 1."""
        return len(self.withheld) / len(self.cells) if self.cells else 0.0


def condition(*pairs: tuple[str, str]) -> Where:
    """The condition of these attributes and values, in its one order.

    >>> condition(("side", "a"), ("gender", "f"))
    (('gender', 'f'), ('side', 'a'))
    """
    return tuple(sorted(pairs))


def count(
    records: Iterable[Mapping[str, str]],
    by: Sequence[str],
    *,
    population: str,
    state: str,
    where: Where = (),
    values: Mapping[str, Sequence[str]] | None = None,
    structural: Collection[Where] = (),
    person: str | None = None,
) -> Table:
    """Count records into a table.

    Each record has one value for each attribute. values: all values of an attribute, where some may not occur among
    the records. person: the attribute that says who stands behind a record (a pseudonym); a count behind which stand
    fewer than five persons is then withheld, however many records it has.

    Raises:
        TooManyAttributes: where more than two attributes would meet.
        ValueError: where a record lacks an attribute or has a value that is not among the values.
    """
    if len({*by, *(name for name, _value in where)}) > ATTRIBUTES:
        raise TooManyAttributes({*by, *(name for name, _value in where)})
    kept = [one for one in records if all(one.get(name) == value for name, value in where)]
    for name in by:
        if any(not isinstance(one.get(name), str) for one in kept):
            raise ValueError(f"A record has no value, or more than one, for “{name}”.")
    all_values = tuple(
        tuple((values or {}).get(name, ())) or tuple(sorted({one[name] for one in kept})) for name in by
    )
    counts: dict[Where, int] = {}
    behind: dict[Where, set[str]] = {}
    for one in kept:
        cell = condition(*where, *((name, one[name]) for name in by))
        counts[cell] = counts.get(cell, 0) + 1
        if person is not None:
            behind.setdefault(cell, set()).add(one[person])
    table = Table(population, state, tuple(by), all_values, counts, where, frozenset(structural))
    if person is None:
        return table
    return replace(table, few=frozenset(_few(table, behind)))


def _few(table: Table, behind: Mapping[Where, set[str]]) -> Iterable[Quantity]:
    """The counts and complements of the table that fewer than five persons stand behind."""
    for quantity in quantities(table):
        whole, part = quantity
        people: set[str] = set()
        for cell, persons in behind.items():
            if set(whole) <= set(cell) and (part is None or not set(part) <= set(cell)):
                people |= persons
        if len(people) < AT_LEAST:
            yield quantity


def quantities(table: Table | Release) -> list[Quantity]:
    """All that a table may not give away: its counts, and each count less a part of it."""
    shape = table if isinstance(table, Table) else Table("", "", table.by, table.values, {}, table.where)
    found: list[Quantity] = [(cell, None) for cell in shape.cells()]
    for part in shape.cells():
        for size in range(len(part)):
            found += [(tuple(whole), part) for whole in combinations(part, size)]
    return found


def protect(table: Table, ledger: Ledger = (), *, known: Collection[str] = ()) -> Protected:
    """Return what of a table may be told, now that everything in the ledger has been told.

    known: attributes that a reader knows of everybody anyway (the side, from a list of participants): the counts over
    these alone are then taken as known to the reader, besides the size of the population, which always is.

    A table that was told already is told again unchanged. Where fewer than five joined or left since any earlier
    state of the population, nothing new is told: the last edition of the table is repeated.

    Raises:
        ValueError: where the ledger holds other counts for the very same state.
        TooMuchToProve: where so many values have met in earlier tables that safety cannot be proved.
    """
    from sulh.engines.disclosure.audit import withhold

    same = [one for one in ledger if one.population == table.population]
    again = [one for one in same if one.is_of(table)]
    size = table.count(table.where)
    for one in again:
        if one.state == table.state:
            if any(
                table.count(cell) != told for cell, told in one.told.items() if cell in set(table.cells())
            ):
                raise ValueError(
                    f"The table was published with other counts for the same state “{table.state}”. "
                    "Give the changed population another state."
                )
            return _repeated(one, ledger, "")
    if any(one.state != table.state and _is_near(one, table, size) for one in same):
        if again:
            return _repeated(again[-1], ledger, again[-1].state)
        nothing = dict.fromkeys(table.cells(), Reason.DIFFERENCE)
        return Protected(dict.fromkeys(table.cells()), nothing, ledger)

    withheld = withhold(table, tuple(same), frozenset(known))
    told = {cell: table.count(cell) for cell in table.cells() if cell not in withheld}
    release = Release(
        table.population, table.state, table.by, table.values, table.where, told, size, table.structural
    )
    cells = {cell: told.get(cell) for cell in table.cells()}
    return Protected(cells, withheld, (*ledger, release))


def _is_near(earlier: Release, table: Table, size: int) -> bool:
    """Whether fewer than five joined or left between an earlier table and this one, as far as sizes tell.

    Sizes of conditions that were never counted in both states do not compare; those are left to the audit.
    """
    sizes = {**earlier.told, earlier.where: earlier.size}
    return table.where in sizes and abs(sizes[table.where] - size) < AT_LEAST


def _repeated(release: Release, ledger: Ledger, state: str) -> Protected:
    shape = Table("", "", release.by, release.values, {}, release.where)
    cells = {cell: release.told.get(cell) for cell in shape.cells()}
    reason = Reason.DIFFERENCE if state else Reason.COMPLEMENTARY
    return Protected(cells, {cell: reason for cell, told in cells.items() if told is None}, ledger, state)


# Shares and averages


def percentage(part: int, whole: int) -> int | None:
    """The share in whole per cent; None where the part or the rest is under five.

    >>> percentage(6, 20), percentage(4, 20), percentage(17, 20)
    (30, None, None)
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    if part < AT_LEAST or whole - part < AT_LEAST:
        return None
    return (200 * part + whole) // (2 * whole)


def percentages(protected: Protected, by: str) -> dict[Where, int | None]:
    """The share of each count within the line that the attribute ``by`` divides, in whole per cent.

    None where the count or its line is withheld, or the part or the rest is under five. Nothing is told that cannot
    be worked out from the told counts.
    """
    shares: dict[Where, int | None] = {}
    for cell, part in protected.cells.items():
        if by not in dict(cell):
            continue
        whole = protected.cells.get(tuple(pair for pair in cell if pair[0] != by))
        shares[cell] = None if part is None or whole is None else percentage(part, whole)
    return shares


def average(values: Sequence[float], digits: int = 1) -> float | None:
    """The mean, rounded; None where fewer than five values stand behind it, or where fewer than five of them differ
    from the one that is most frequent (the mean would then tell what nearly everybody said).
    """
    if len(values) < AT_LEAST:
        return None
    if len(values) - max(values.count(value) for value in set(values)) < AT_LEAST:
        return None
    return round(sum(values) / len(values), digits)


# The ledger as data


def ledger_to_data(ledger: Ledger) -> list[dict[str, Any]]:
    """The ledger as plain data for JSON."""
    return [
        {
            "population": one.population,
            "state": one.state,
            "by": list(one.by),
            "values": [list(each) for each in one.values],
            "where": [list(pair) for pair in one.where],
            "told": [[[list(pair) for pair in cell], count] for cell, count in one.told.items()],
            "size": one.size,
            "structural": sorted([list(pair) for pair in cell] for cell in one.structural),
        }
        for one in ledger
    ]


def ledger_from_data(data: Iterable[Mapping[str, Any]]) -> Ledger:
    """The ledger from its plain data."""

    def cell(pairs: Iterable[Sequence[str]]) -> Where:
        return tuple((name, value) for name, value in pairs)

    return tuple(
        Release(
            one["population"],
            one["state"],
            tuple(one["by"]),
            tuple(tuple(each) for each in one["values"]),
            cell(one["where"]),
            {cell(pairs): number for pairs, number in one["told"]},
            one["size"],
            frozenset(cell(each) for each in one["structural"]),
        )
        for one in data
    )
