"""What a reader can work out from published counts: exact bounds, and what to withhold so that they stay wide.

The unknowns are the numbers of people in every combination of all attributes that were ever published, in every state
of the population. Each published count is one equation over them. The least and the greatest value that any count,
complement or change can take under these equations are found by linear programming (HiGHS), with whole numbers
required wherever the equations alone do not already make the corners whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import inf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sulh.engines.disclosure.cells import (
    AT_LEAST,
    Quantity,
    Reason,
    Release,
    Table,
    Where,
    condition,
    quantities,
)

Row = NDArray[np.float64]

_REST: Final = "\0rest"  # every value of an attribute that no table has listed in full
_UNKNOWNS: Final = 1_000
_NEARLY: Final = 1e-6
_TRIED_AGAIN: Final = 40  # complementary cells that are tried whether they can be told after all


class TooMuchToProve(ValueError):
    """So many values have met in tables of one population that the bounds would take too long to find."""

    def __init__(self, unknowns: int) -> None:
        super().__init__(
            f"With the tables published before, {unknowns:,} combinations would have to be examined, more than "
            f"{_UNKNOWNS:,}. Group the values more coarsely, or publish fewer tables of one population."
        )


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value that a reader must reckon with."""

    low: float
    high: float

    def leave_open(self) -> bool:
        """Whether it is open that anybody is meant at all, or that they are fewer than five."""
        return self.low <= 0 or self.high >= AT_LEAST

    def are_safe(self, few: bool = False) -> bool:
        """Whether nobody learns of fewer than five: the value is five or more for certain (or five or more have gone),
        or the reader is left with at least five values of which one is five or more.

        few: the count stands for fewer than five persons, so that only the second will do.
        """
        certain = self.low >= AT_LEAST or self.high <= -AT_LEAST
        wide = self.high - self.low >= AT_LEAST - 1 and (self.high >= AT_LEAST or self.low <= -AT_LEAST)
        return wide or (certain and not few)


@dataclass(frozen=True, slots=True)
class _Question:
    """A combination of unknowns that a reader may ask for.

    quantity: where it is one of the table's own. is_meeting: a meeting of three attributes or more, which no table
    shows, but several together may.
    """

    row: Row
    few: bool = False
    is_change: bool = False
    is_meeting: bool = False
    quantity: Quantity | None = None

    def is_open(self, bounds: Bounds) -> bool:
        return bounds.leave_open() if self.is_meeting else bounds.are_safe(self.few)


class Reader:
    """Somebody who has all published tables and reckons.

    knows_more: whether the reader also knows the sizes, the counts over the known attributes, and, where it fits the
    tables, that people only joined (or only left) between one state and the next.
    """

    def __init__(self, picture: _Picture, knows_more: bool) -> None:
        self._picture = picture
        self.knows_more = knows_more
        self._fixed = [*picture.published, *(picture.known if knows_more else ())]
        self._seen: list[Row] = []  # solutions met so far: each shows that its values are possible
        self._told: frozenset[Where] = frozenset()
        self.linked = False
        self._system: tuple[Any, ...] = ()

    def told(self, told: frozenset[Where]) -> None:
        """Let the reader have these counts of the new table, and no others."""
        if told == self._told and self._system:
            return
        more = told - self._told
        own = [(self._picture.own[cell], self._picture.counts[cell]) for cell in told]
        if more:
            rows = [(self._picture.own[cell], self._picture.counts[cell]) for cell in more]
            self._seen = [x for x in self._seen if all(abs(row @ x - value) < _NEARLY for row, value in rows)]
        self._told = told
        equations = [*self._fixed, *own]
        linked = self.knows_more and bool(self._picture.links)
        self._system = self._assembled(equations, linked)
        if linked and self._solve(np.zeros(self._picture.size))[0] is None:
            linked = False  # some joined while others left, and the tables show it
            self._system = self._assembled(equations, linked)
        if linked != self.linked:
            self._seen, self.linked = [], linked

    def _assembled(self, equations: list[tuple[Row, float]], linked: bool) -> tuple[Any, ...]:
        from scipy.optimize import Bounds as Box
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        rows = [row for row, _value in equations]
        low = [float(value) for _row, value in equations]
        high = list(low)
        for row in self._picture.links if linked else ():
            rows.append(row)
            low.append(0.0)
            high.append(inf)
        constraints = LinearConstraint(csr_array(np.array(rows)), low, high) if rows else ()
        box = Box(np.zeros(self._picture.size), self._picture.ceiling)
        return constraints, box

    def _solve(self, objective: Row) -> tuple[Row | None, bool]:
        """The unknowns where the objective is least, or None; and whether it falls without end."""
        from scipy.optimize import milp

        constraints, box = self._system
        kinds = np.full(self._picture.size, 0 if self._picture.is_whole else 1)
        found = milp(objective, integrality=kinds, bounds=box, constraints=constraints)
        if found.x is not None:
            x: Row = np.round(found.x)
            return x, False
        return None, bool(found.status == 3 or (found.status == 4 and objective.any()))

    def bounds(self, row: Row) -> Bounds:
        """The exact bounds of a combination of unknowns."""
        ends = []
        for sign in (1.0, -1.0):
            x, endless = self._solve(sign * row)
            if x is not None:
                self._seen.append(x)
                ends.append(float(row @ x))
            else:
                ends.append(-sign * inf if endless else 0.0)
        return Bounds(ends[0], ends[1])

    def seen_bounds(self, row: Row) -> Bounds | None:
        """Bounds at least this wide are certain, from the solutions met so far."""
        if not self._seen:
            return None
        values = np.array(self._seen) @ row
        return Bounds(float(values.min()), float(values.max()))

    def is_answered(self, question: _Question) -> Bounds | None:
        """The bounds of a question where they are too close, or None."""
        seen = self.seen_bounds(question.row)
        if seen is not None and (seen.leave_open() if question.is_meeting else seen.are_safe(few=True)):
            return None
        bounds = self.bounds(question.row)
        return None if question.is_open(bounds) else bounds


class _Picture:
    """The unknowns of one population, and all equations that are known about them."""

    def __init__(self, table: Table, earlier: tuple[Release, ...], known: frozenset[str]) -> None:
        shapes: list[Table | Release] = [*earlier, table]
        self.table = table
        self.states = list(dict.fromkeys(one.state for one in shapes))
        self._domains = _domains(shapes)
        atoms = list(product(*self._domains.values()))
        self.size = len(atoms) * len(self.states)
        if self.size > _UNKNOWNS:
            raise TooMuchToProve(self.size)
        self._atoms = {
            name: np.array([atom[place] for atom in atoms]) for place, name in enumerate(self._domains)
        }
        self._width = len(atoms)
        self.is_whole = len(self.states) == 1 and len(self._domains) <= 2  # two-way tables have whole corners
        self.ceiling: Row = np.full(self.size, inf)
        for one in shapes:
            self._close(one)

        self.counts: dict[Where, int] = {cell: table.count(cell) for cell in table.cells()}
        self.own = {cell: self.row(cell, table.state) for cell in self.counts}
        self.published = [
            (self.row(cell, one.state), count) for one in earlier for cell, count in one.told.items()
        ]
        self.known: list[tuple[Row, float]] = [(self.row(one.where, one.state), one.size) for one in earlier]
        self.known.append((self.own[table.where], self.counts[table.where]))
        self.known += [
            (self.own[cell], count)
            for cell, count in self.counts.items()
            if cell != table.where and {name for name, _value in cell} <= known | {n for n, _v in table.where}
        ]
        self.links = list(self._links(earlier))
        self.questions = list(self._unique(self._questions(earlier)))

    def row(self, where: Where, state: str) -> Row:
        """The unknowns that a condition adds up."""
        found = np.ones(self._width, dtype=bool)
        for name, value in where:
            found &= self._atoms[name] == value
        row = np.zeros(self.size)
        start = self.states.index(state) * self._width
        row[start : start + self._width] = found
        return row

    def _close(self, shape: Table | Release) -> None:
        """What a table cannot count is nothing: other values of its attributes, and the impossible."""
        for name, values in zip(shape.by, shape.values, strict=True):
            for value in set(self._domains[name]) - set(values):
                self.ceiling[self.row(condition(*shape.where, (name, value)), shape.state) > 0] = 0
        for impossible in shape.structural:
            self.ceiling[self.row(impossible, shape.state) > 0] = 0

    def _links(self, earlier: tuple[Release, ...]) -> Iterator[Row]:
        """From one state to the next, people only joined or only left, as the sizes say."""
        sizes: dict[tuple[str, Where], float] = {(one.state, one.where): one.size for one in earlier}
        for one in earlier:
            sizes |= {(one.state, cell): count for cell, count in one.told.items()}
        sizes[self.table.state, self.table.where] = self.counts[self.table.where]
        for before, after in zip(self.states, self.states[1:], strict=False):
            common = [w for state, w in sizes if state == before and (after, w) in sizes]
            if not common:
                continue
            where = min(common, key=len)
            sign = 1.0 if sizes[after, where] >= sizes[before, where] else -1.0
            for place in range(self._width):
                row = np.zeros(self.size)
                row[self.states.index(after) * self._width + place] = sign
                row[self.states.index(before) * self._width + place] = -sign
                yield row

    def _questions(self, earlier: tuple[Release, ...]) -> Iterator[_Question]:
        table = self.table
        for quantity in quantities(table):
            yield _Question(self._asked(quantity, table.state), quantity in table.few, quantity=quantity)
        for where in self._meetings():
            yield _Question(self.row(where, table.state), is_meeting=True)
        for one in earlier:
            for whole, part in quantities(one):
                if whole in one.told and (part is None or part in one.told):
                    continue
                yield _Question(self._asked((whole, part), one.state), is_change=True)
        for state in self.states:
            if state == table.state:
                continue
            for quantity in quantities(table):
                now = self._asked(quantity, table.state)
                yield _Question(now - self._asked(quantity, state), is_change=True)

    def _meetings(self) -> Iterator[Where]:
        """The meetings of three attributes or more that are in several tables together."""
        for size in range(3, len(self._domains) + 1):
            for names in combinations(self._domains, size):
                for values in product(*(self._domains[name] for name in names)):
                    yield condition(*zip(names, values, strict=True))

    def _asked(self, quantity: Quantity, state: str) -> Row:
        whole, part = quantity
        row = self.row(whole, state)
        return row if part is None else row - self.row(part, state)

    def rests(self, told: frozenset[Where]) -> Iterator[_Question]:
        """Of each line, what is left when the told counts are taken away from it."""
        for whole in self.table.cells():
            for name, values in zip(self.table.by, self.table.values, strict=True):
                if name in dict(whole):
                    continue
                parts = [condition(*whole, (name, value)) for value in values]
                inside = [part for part in parts if part in told]
                if 0 < len(inside) < len(parts) - 1:
                    row = self.own[whole] - sum(self.own[part] for part in inside)
                    yield from self._unique(iter([_Question(row)]))

    def _unique(self, questions: Iterator[_Question]) -> Iterator[_Question]:
        """The questions that may have an answer above nothing, each once."""
        met: set[bytes] = set()
        for one in questions:
            row = np.where(self.ceiling == 0, 0.0, one.row)
            if row.any() and (one.few or row.tobytes() not in met):
                met.add(row.tobytes())
                yield one

    def exactly(self, question: _Question, told: frozenset[Where]) -> Bounds | None:
        """The value of a question that the told counts answer outright."""
        if question.quantity is None:
            return None
        whole, part = question.quantity
        if whole not in told or (part is not None and part not in told):
            return None
        value = self.counts[whole] - (self.counts[part] if part is not None else 0)
        return Bounds(value, value)


def _domains(shapes: list[Table | Release]) -> dict[str, list[str]]:
    values: dict[str, dict[str, None]] = {}
    complete: set[str] = set()
    for one in shapes:
        for name, value in one.where:
            values.setdefault(name, {})[value] = None
        for name, listed in zip(one.by, one.values, strict=True):
            values.setdefault(name, {}).update(dict.fromkeys(listed))
            if not one.where:
                complete.add(name)
        for impossible in one.structural:
            for name, value in impossible:
                values.setdefault(name, {})[value] = None
    return {name: [*found, *([] if name in complete else [_REST])] for name, found in values.items()}


def withhold(table: Table, earlier: tuple[Release, ...], known: frozenset[str]) -> dict[Where, Reason]:
    """Return the counts of a table that must be withheld, with the reason for each.

    Small counts go first. Then, as long as a reader can answer a question too closely, the cheapest counts that
    leave the reader in doubt are withheld as well (a linear programme); at the end, those that turn out not to be
    needed are told again. What is returned has passed the audit.
    """
    picture = _Picture(table, earlier, known)
    readers = [Reader(picture, knows_more=False), Reader(picture, knows_more=True)]
    before = [Reader(picture, knows_more=False), Reader(picture, knows_more=True)]
    for one in before:
        one.told(frozenset())
    reasons = {
        cell: Reason.SMALL
        for cell, count in picture.counts.items()
        if (count < AT_LEAST or (cell, None) in table.few)
        and not any(set(impossible) <= set(cell) for impossible in table.structural)
    }
    told = frozenset(cell for cell in picture.counts if cell not in reasons)
    while True:
        found = _first_answer(picture, readers, before, told)
        if found is None:
            break
        reader, question, bounds = found
        more = _cheapest(picture, reader, question, bounds, told)
        reason = Reason.DIFFERENCE if question.is_change else Reason.COMPLEMENTARY
        reasons |= dict.fromkeys(more, reason)
        told -= more
    again = [cell for cell, reason in reasons.items() if reason is not Reason.SMALL]
    if len(again) <= _TRIED_AGAIN:
        for cell in sorted(again, key=lambda cell: (len(cell), -picture.counts[cell], cell)):
            if _first_answer(picture, readers, before, told | {cell}) is None:
                told |= {cell}
                del reasons[cell]
    return reasons


def _first_answer(
    picture: _Picture, readers: list[Reader], before: list[Reader], told: frozenset[Where]
) -> tuple[Reader, _Question, Bounds] | None:
    """The first question that a reader can answer too closely and could not before the table, or None."""
    for reader in readers:
        reader.told(told)
    for question in [*picture.questions, *picture.rests(told)]:
        exact = picture.exactly(question, told)
        if exact is not None and question.is_open(exact):
            continue
        for reader, earlier in zip(readers, before, strict=True):
            bounds = exact or reader.is_answered(question)
            if bounds is not None and earlier.bounds(question.row) != bounds:
                return reader, question, bounds
    return None


def _cheapest(
    picture: _Picture, reader: Reader, question: _Question, bounds: Bounds, told: frozenset[Where]
) -> frozenset[Where]:
    """The told counts that must move, at the least cost, for a question to get five possible answers.

    For every pair of ends four apart that would do, the told counts may move at a price, and the two ends are reached
    with as little movement as possible; the counts that moved are withheld (Kelly, Golden & Assad 1992; Fischetti &
    Salazar-González 2001).
    """
    cells = sorted(told)
    width = AT_LEAST - 1
    low, high = bounds.low, bounds.high
    ups = [max(AT_LEAST, high) + step for step in range(width + 1)]
    ends = [(up, min(low, up - width)) for up in ups if up <= max(AT_LEAST, low + width)]
    if question.is_meeting:
        ends = [(0, 0), (AT_LEAST, AT_LEAST)]
    elif question.is_change:
        ends += [(-down, -up) for up, down in ends]
    choices: dict[frozenset[Where], float] = {}
    for up, down in dict.fromkeys(ends):
        moved: frozenset[Where] = frozenset()
        for end in (up, down):
            more = None if low <= end <= high else _moved(picture, reader, question, end, cells)
            if more is None and not low <= end <= high:
                moved = frozenset()
                break
            moved |= more or frozenset()
        if moved:
            choices[moved] = sum(_price(picture, cell) for cell in moved)
    if choices:
        return min(choices, key=lambda chosen: (choices[chosen], sorted(chosen)))
    touching = [cell for cell in cells if picture.own[cell] @ np.abs(question.row) > 0] or cells
    return frozenset([min(touching, key=lambda cell: (_price(picture, cell), cell))])


def _price(picture: _Picture, cell: Where) -> float:
    """Totals and margins say the most, large cells more than small ones."""
    summed = len(picture.table.by) + len(picture.table.where) - len(cell)
    return (1.0, 8.0, 40.0)[summed] * (1 + picture.counts[cell] / (1 + picture.counts[picture.table.where]))


def _moved(
    picture: _Picture, reader: Reader, question: _Question, end: float, cells: list[Where]
) -> frozenset[Where] | None:
    """The told counts that move where the question is to reach an end at the least cost; None where it cannot."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, hstack, vstack

    fixed = [*picture.published, *(picture.known if reader.knows_more else ())]
    rows = np.array([*(row for row, _value in fixed), question.row])
    own = np.array([picture.own[cell] for cell in cells]).reshape(len(cells), picture.size)
    slack = np.hstack([-np.eye(len(cells)), np.eye(len(cells))])
    whole = vstack(
        [
            hstack([csr_array(rows), csr_array((len(rows), 2 * len(cells)))]),
            hstack([csr_array(own), csr_array(slack)]),
        ]
    )
    values = [*(value for _row, value in fixed), end, *(picture.counts[cell] for cell in cells)]
    prices = [_price(picture, cell) for cell in cells]
    cost = np.concatenate([np.zeros(picture.size), prices, prices])
    limits = [(0.0, None if top == inf else top) for top in picture.ceiling] + [(0.0, None)] * (
        2 * len(cells)
    )
    more: dict[str, Any] = {}
    if reader.linked:
        links = csr_array(np.array(picture.links))
        more = {
            "A_ub": -hstack([links, csr_array((links.shape[0], 2 * len(cells)))]),
            "b_ub": np.zeros(links.shape[0]),
        }
    found = linprog(cost, A_eq=whole, b_eq=values, bounds=limits, method="highs", **more)
    if found.x is None:
        return None
    moves = found.x[picture.size :]
    return frozenset(
        cell for place, cell in enumerate(cells) if moves[place] + moves[len(cells) + place] > _NEARLY
    )
