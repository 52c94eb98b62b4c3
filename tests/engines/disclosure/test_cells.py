"""Small cells: an adversary who has every published table works out no count under five."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sulh.engines.disclosure import cells
from sulh.engines.disclosure.cells import AT_LEAST, Reason, Table, condition, count, protect

COLD = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])


def table(counts, state="1", population="answers", **told):
    """A table of rows r0, r1 … and columns c0, c1 … from its inner cells."""
    rows = tuple(f"r{number}" for number in range(len(counts)))
    columns = tuple(f"c{number}" for number in range(len(counts[0])))
    inner = {
        condition(("row", row), ("column", column)): counts[place][other]
        for place, row in enumerate(rows)
        for other, column in enumerate(columns)
    }
    return Table(population, state, ("row", "column"), (rows, columns), inner, **told)


def line(state="1", population="answers", **counts):
    """A table of one attribute, “answer”."""
    inner = {condition(("answer", name)): number for name, number in counts.items()}
    return Table(population, state, ("answer",), (tuple(counts),), inner)


def tables(most, rows, columns):
    return st.tuples(rows, columns).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, most), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


# The adversary who tries every table


def possible(protected, original, most):
    """Every table of this size that agrees with all told counts and with the number of all."""
    inner = original.inner()
    grids = np.array(list(product(range(most + 1), repeat=len(inner))), dtype=np.int16)
    places = {
        cell: [place for place, one in enumerate(inner) if set(cell) <= set(one)] for cell in original.cells()
    }
    keep = grids.sum(axis=1) == original.count(())
    for cell, told in protected.cells.items():
        if told is not None:
            keep &= grids[:, places[cell]].sum(axis=1) == told
    return grids[keep], places


def left_open(values):
    """Nobody can tell that fewer than five are meant, nor the number to within fewer than five."""
    return values.min() >= AT_LEAST or (
        values.max() >= AT_LEAST and values.max() - values.min() >= AT_LEAST - 1
    )


@COLD
@given(tables(most=7, rows=st.just(2), columns=st.just(2)))
@example([[7, 3], [0, 7]])
@example([[1, 5], [5, 1]])
@example([[0, 7], [7, 0]])
def test_who_tries_every_table_learns_of_no_small_count(counts):
    original = table(counts)
    protected = protect(original)
    grids, places = possible(
        protected, original, most=sum(map(sum, counts)) if sum(map(sum, counts)) < 20 else 28
    )
    told = [told for told in protected.cells.values() if told is not None]
    assert all(number >= AT_LEAST for number in told)
    if not told:
        return
    sums = {cell: grids[:, inner].sum(axis=1) for cell, inner in places.items()}
    for cell in original.cells():
        if cell:
            assert left_open(sums[cell]), cell
        for whole in original.cells():
            if set(whole) < set(cell):
                assert left_open(sums[whole] - sums[cell]), (whole, cell)


# The adversary who solves equations


def determined(protected, original):
    """What the told counts and the number of all fix: a function from a combination of cells to its value, or None."""
    inner = original.inner()
    row = {cell: np.array([float(set(cell) <= set(one)) for one in inner]) for cell in original.cells()}
    told = {cell: number for cell, number in protected.cells.items() if number is not None}
    told[()] = original.count(())
    known = np.array([row[cell] for cell in told])
    values = np.array(list(told.values()), dtype=float)

    def value(wanted):
        weights, *_rest = np.linalg.lstsq(known.T, wanted, rcond=None)
        return float(weights @ values) if np.allclose(known.T @ weights, wanted, atol=1e-7) else None

    return row, value


@COLD
@given(tables(most=30, rows=st.integers(2, 5), columns=st.integers(2, 6)), st.data())
def test_who_solves_equations_learns_of_no_small_count(counts, data):
    original = table(counts)
    protected = protect(original)
    if all(told is None for told in protected.cells.values()):
        return
    row, value = determined(protected, original)
    for cell in original.cells():
        if cell:
            found = value(row[cell])
            assert found is None or round(found) >= AT_LEAST
        for whole in original.cells():
            if set(whole) < set(cell):
                found = value(row[whole] - row[cell])
                assert found is None or round(found) >= AT_LEAST


@pytest.mark.parametrize("number", range(AT_LEAST))
def test_the_rest_that_completes_a_small_count_is_withheld_with_it(number):
    protected = protect(line(yes=number, no=20 - number))
    assert protected.cells[condition(("answer", "yes"))] is None
    assert protected.cells[condition(("answer", "no"))] is None
    assert set(protected.withheld.values()) == {Reason.SMALL, Reason.COMPLEMENTARY}


def test_two_small_counts_that_add_up_to_fewer_than_five_take_a_third_with_them():
    protected = protect(line(yes=20, no=2, silent=2))
    assert [protected.cells[condition(("answer", one))] for one in ("yes", "no", "silent")] == [None] * 3


def test_ordinary_counts_are_all_told():
    protected = protect(table([[20, 30, 9], [8, 12, 15]]))
    assert protected.withheld == {}
    assert protected.cells[()] == 94
    assert protected.share_withheld == 0


def test_fewer_than_five_in_all_tell_nothing():
    assert set(protect(table([[1, 1], [1, 1]])).cells.values()) == {None}


def test_nought_is_withheld_unless_it_is_impossible():
    """All of one answer says of each of them what they answered; that nobody is both is known before."""
    assert None in protect(line(yes=20, no=0)).cells.values()
    both = condition(("row", "r0"), ("column", "c1"))
    assert protect(table([[9, 0], [8, 7]], structural=frozenset([both]))).withheld == {}


def test_a_count_that_fewer_than_five_persons_stand_behind_is_withheld():
    records = [{"theme": "water", "who": f"p{number % 2}"} for number in range(30)]
    records += [{"theme": "trade", "who": f"p{number}"} for number in range(30)]
    told = count(records, ["theme"], population="quotes", state="1", person="who")
    protected = protect(told)
    assert protected.cells[condition(("theme", "water"))] is None
    assert protected.withheld[condition(("theme", "water"))] is Reason.SMALL
    assert protect(count(records, ["theme"], population="quotes", state="1")).withheld == {}


def test_a_reader_who_knows_the_sides_is_reckoned_with():
    """The margins of a known attribute need not be told to be known."""
    original = table([[2, 6], [14, 18]])
    protected = protect(original, known={"row"})
    inner = [protected.cells[cell] for cell in original.inner()]
    assert inner[:2] == [None, None]


# More than two attributes


@pytest.mark.parametrize("where", [(), (("side", "a"),)])
def test_three_attributes_do_not_meet(where):
    by = ["side", "gender", "sector"] if not where else ["gender", "sector"]
    with pytest.raises(cells.TooManyAttributes, match=r"at most 2 attributes.*gender, sector, side"):
        count([], by, population="all", state="1", where=where)


def people(number, seed=0):
    numbers = np.random.default_rng(seed)
    return [
        {
            "side": "ab"[numbers.integers(2)],
            "gender": "fm"[numbers.integers(2)],
            "sector": "xyz"[numbers.integers(3)],
        }
        for _each in range(number)
    ]


PAIRS = (("side", "gender"), ("gender", "sector"), ("side", "sector"))


@settings(deadline=None, max_examples=6)
@given(st.integers(10, 18), st.integers(0, 1000))
def test_three_tables_of_two_attributes_together_point_at_no_few(number, seed):
    """Tables of two attributes each may fix a meeting of three; every population that agrees with them is tried."""
    who = [one | {"sector": one["sector"].replace("z", "y")} for one in people(number, seed)]
    ledger: cells.Ledger = ()
    for by in PAIRS:
        ledger = protect(
            count(
                who, by, population="all", state="1", values={"side": "ab", "gender": "fm", "sector": "xy"}
            ),
            ledger,
        ).ledger
    atoms = [{"side": s, "gender": g, "sector": c} for s in "ab" for g in "fm" for c in "xy"]
    told = {cell: value for release in ledger for cell, value in release.told.items() if cell}
    if not told:
        return
    solutions = agreeing(atoms, told, number)
    for place in range(len(atoms)):
        assert solutions[:, place].min() <= 0 or solutions[:, place].max() >= AT_LEAST


def agreeing(atoms, told, number):
    """All ways to spread a number of people over the atoms so that the told counts come out, one atom after another."""
    ways = np.zeros((1, 0), dtype=np.int16)
    for place, _atom in enumerate(atoms):
        grown = np.repeat(ways, number + 1, axis=0)
        more = np.tile(np.arange(number + 1, dtype=np.int16), len(ways))[:, None]
        ways = np.hstack([grown, more])
        ways = ways[ways.sum(axis=1) <= number]
        for cell, value in told.items():
            inside = [at for at, one in enumerate(atoms) if set(cell) <= set(one.items())]
            so_far = [at for at in inside if at <= place]
            sums = ways[:, so_far].sum(axis=1)
            ways = ways[sums == value] if inside == so_far else ways[sums <= value]
    return ways[ways.sum(axis=1) == number]


# Differences between exports


def differences(ledger):
    """All differences between two told counts of which one condition contains the other, or is the same later."""
    told = [(one.state, cell, value) for one in ledger for cell, value in one.told.items()]
    for state, cell, value in told:
        for other_state, other, other_value in told:
            same_state = state == other_state
            if (same_state and set(cell) < set(other)) or (not same_state and cell == other):
                yield value - other_value


@settings(deadline=None, max_examples=6)
@given(
    st.lists(st.tuples(st.integers(-6, 25), st.sampled_from(range(3))), min_size=2, max_size=4),
    st.integers(0, 99),
)
def test_no_difference_of_two_published_counts_isolates_fewer_than_five(steps, seed):
    who = people(60, seed)
    ledger: cells.Ledger = ()
    for number, (change, pair) in enumerate(steps):
        who = who[-change:] if change < 0 else [*who, *people(change, seed + number + 1)]
        state = f"state {number}" if change else f"state {number - 1}" if number and not change else "state 0"
        by = PAIRS[pair][:1] if number % 2 else PAIRS[pair]
        ledger = protect(count(who, by, population="all", state=state), ledger).ledger
    assert all(abs(difference) >= AT_LEAST for difference in differences(ledger))


def test_after_one_person_joined_the_earlier_table_is_told_again():
    first = protect(line(yes=12, no=11))
    second = protect(line(state="2", yes=13, no=11), first.ledger)
    assert second.repeats == "1"
    assert second.cells == first.cells
    assert second.ledger == first.ledger


def test_after_one_left_and_one_joined_too():
    """The number of all is the same, but who knows both persons would learn how they answered."""
    first = protect(line(yes=12, no=11))
    assert protect(line(state="2", yes=11, no=12), first.ledger).repeats == "1"


def test_another_table_of_a_slightly_changed_population_waits():
    first = protect(line(yes=12, no=11))
    other = Table("answers", "2", ("side",), (("a", "b"),), {(("side", "a"),): 12, (("side", "b"),): 12})
    protected = protect(other, first.ledger)
    assert set(protected.withheld.values()) == {Reason.DIFFERENCE}
    assert protected.ledger == first.ledger


def test_a_large_change_is_told_where_every_part_of_it_is_large():
    first = protect(line(yes=12, no=11))
    second = protect(line(state="2", yes=20, no=21), first.ledger)
    assert second.withheld == {}
    assert second.repeats == ""


def test_of_a_large_change_a_part_that_is_small_is_withheld():
    first = protect(line(yes=12, no=11))
    second = protect(line(state="2", yes=13, no=31), first.ledger)
    assert second.cells[condition(("answer", "yes"))] is None
    assert second.cells[condition(("answer", "no"))] is None


def test_a_subset_that_leaves_out_fewer_than_five_is_withheld():
    """All who answered, then those of one side among them: the rest are three."""
    everybody = protect(line(yes=30, no=20))
    inner = {condition(("side", "a"), ("answer", "yes")): 27, condition(("side", "a"), ("answer", "no")): 10}
    subset = Table("answers", "1", ("answer",), (("yes", "no"),), inner, where=(("side", "a"),))
    protected = protect(subset, everybody.ledger)
    assert protected.cells[condition(("side", "a"), ("answer", "yes"))] is None


def test_the_same_table_again_is_the_same_and_costs_nothing():
    first = protect(table([[20, 3], [8, 12]]))
    again = protect(table([[20, 3], [8, 12]]), first.ledger)
    assert (again.cells, again.ledger) == (first.cells, first.ledger)


def test_other_counts_for_the_same_state_are_refused():
    first = protect(line(yes=12, no=11))
    with pytest.raises(ValueError, match="Give the changed population another state"):
        protect(line(yes=13, no=11), first.ledger)


def test_other_populations_do_not_matter():
    first = protect(line(yes=12, no=11))
    assert protect(line(population="others", state="2", yes=13, no=11), first.ledger).withheld == {}


def test_the_ledger_is_plain_data():
    ledger = protect(table([[20, 3], [8, 12]])).ledger
    assert cells.ledger_from_data(json.loads(json.dumps(cells.ledger_to_data(ledger)))) == ledger


def test_the_ledger_holds_no_count_that_was_not_told():
    protected = protect(table([[20, 3], [8, 12]]))
    assert set(protected.ledger[0].told) == {
        cell for cell, told in protected.cells.items() if told is not None
    }


# Bad input


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ({condition(("answer", "yes")): -1}, "whole number from 0 up"),
        ({condition(("answer", "perhaps")): 1}, "no such cell"),
        ({condition(("answer", "yes")): True}, "whole number from 0 up"),
    ],
)
def test_what_is_no_count_is_refused(inner, why):
    with pytest.raises(ValueError, match=why):
        Table("answers", "1", ("answer",), (("yes", "no"),), inner)


def test_a_record_with_several_values_is_refused():
    with pytest.raises(ValueError, match="no value, or more than one, for “theme”"):
        count([{"theme": ["a", "b"]}], ["theme"], population="quotes", state="1")


def test_too_many_tables_of_too_many_values_are_refused():
    values = (tuple(str(number) for number in range(9)),)
    ledger = tuple(cells.Release("all", "1", (name,), values, (), {}, 90) for name in "abcd")
    inner = {(("e", "u"),): 40, (("e", "v"),): 50}
    with pytest.raises(ValueError, match="Group the values more coarsely"):
        protect(Table("all", "1", ("e",), (("u", "v"),), inner), ledger)


# Shares and averages


@given(st.integers(0, 60), st.integers(0, 60))
def test_no_share_whose_part_or_rest_is_under_five(part, rest):
    share = cells.percentage(part, part + rest)
    assert (share is None) == (part < AT_LEAST or rest < AT_LEAST)
    assert share is None or abs(share - 100 * part / (part + rest)) <= 0.5


def test_shares_come_from_told_counts_alone():
    protected = protect(table([[20, 3, 9], [8, 12, 15], [7, 9, 30]]))
    shares = cells.percentages(protected, "column")
    assert shares[condition(("column", "c1"), ("row", "r0"))] is None
    assert shares[condition(("column", "c0"), ("row", "r0"))] == 63
    assert {cell for cell in shares if protected.cells[cell] is None} <= {
        c for c, s in shares.items() if s is None
    }


def test_no_average_of_fewer_than_five_or_of_nearly_everybody_alike():
    assert cells.average([1, 2, 3, 4]) is None
    assert cells.average([7] * 12 + [1] * 4) is None
    assert cells.average([1, 2, 3, 4, 5, 6]) == 3.5
