"""Whether what leaves gives anybody away, to a reader who holds the full roster and puts all outputs together.

    python -m benchmarks.leaks [--texts 100000] [--pushed 1000] [--rosters 40] [--seed 20180525]

Generated texts (``benchmarks.rosters``) whose truth is known are pushed through what leaves, in two ways. *In bulk*:
every text at every level through the lint with the roster as keyed hashes, as it works while the vaults are locked;
what it lets pass is taken to leave wherever a level lets anything leave. *Through the application*: a sample is typed,
imported, minuted, cleared by both keys and handed over by real requests, and then every address is asked by every
role of every side, with somebody of no seat and somebody not signed in (``tests/leaks/pushing.py``).

The adversary intersects what all texts of one speaker tell. Five people or more must remain. *Sets under five* counts
speakers of whom fewer remain. *Leaks* are texts that somebody read who may not, by rules that are worked out anew.
*Held innocents* are texts that tell nothing of anybody and were held back all the same. Up to level 3 a person may be
named where both sides clear it: there the lint warns and holds nothing, and the sets under five are the measure of
what it would have to hold.

Statistics: all tables of one and of two attributes over the participants are published one after the other through the
engine for small cells, and the speakers of texts as well.

The plain peer is the Chatham House Rule by hand: a careful colleague takes out the names as they stand on the roster,
and e-mail addresses, and sends the rest with its file and with the fields of its record.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, islice
from uuid import UUID, uuid5

from benchmarks.rosters import (
    MINIMUM,
    SEED,
    Planted,
    Roster,
    left,
    make_roster,
    texts,
)
from sulh.engines import disclosure
from sulh.engines.disclosure import cells
from sulh.engines.disclosure.audit import TooMuchToProve
from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM, Level, allowed

PROGRAMME = UUID("5b1f8a52-6a1c-4b57-9f0a-3d9a7f6f0c11")
TABLES = ("side", "sex", "age")
MAIL = re.compile(r"\S+@\S+\.\w+")


def prepare() -> None:
    """An installation of its own, in memory and in a scratch folder, for this process."""
    os.environ.setdefault("SULH_HOME", tempfile.mkdtemp(prefix="sulh-leaks-"))
    os.environ["DATABASE_URL"] = "sqlite:///:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()


# --- in bulk ----------------------------------------------------------------------------------------


@dataclass
class Passed:
    """What of many texts left, by level, and whom the adversary still reckons with after all of it."""

    pushed: Counter[int] = field(default_factory=Counter)
    left: Counter[int] = field(default_factory=Counter)
    innocents: Counter[int] = field(default_factory=Counter)
    held: Counter[int] = field(default_factory=Counter)
    below: Counter[int] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Plant and language of what left below the minimum, at the Chatham House Rule."""
    held_kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Passed) -> None:
        for name in ("pushed", "left", "innocents", "held", "below", "kinds", "held_kinds"):
            getattr(self, name).update(getattr(other, name))


Gate = Callable[[Planted, int], Planted | None]
"""What leaves of a text at a level: the text with what it still tells, or nothing."""


def count(roster: Roster, planted: Sequence[Planted], gate: Gate) -> Passed:
    """Push the texts of one roster through a gate at every level, and intersect what came out."""
    result = Passed()
    for level in Level:
        gone: list[Planted] = []
        for one in planted:
            out = gate(one, level)
            result.pushed[level] += 1
            result.left[level] += out is not None
            if one.innocent:
                result.innocents[level] += 1
                result.held[level] += out is None
                result.held_kinds[one.plant, one.language] += out is None and level == Level.CHATHAM_HOUSE
            if out is not None:
                gone.append(out)
        under = {key for key, people in left(roster, gone).items() if len(people) < MINIMUM}
        result.below[level] += len(under)
        if level == Level.CHATHAM_HOUSE:
            result.kinds.update((one.plant, one.language) for one in gone if (one.thread or one.id) in under)
    return result


def told_by_text(one: Planted, roster: Roster) -> Planted:
    """The text without the fields of its record and the metadata of its file, which Sulh has no place for."""
    if one.plant in ("record", "metadata"):
        return changed(one, roster.everybody)
    return one


def changed(one: Planted, people: frozenset[str]) -> Planted:
    return Planted(one.id, one.roster, one.plant, one.language, one.text, people, one.speaker, one.thread)


def by_sulh(roster: Roster) -> Gate:
    """The lint, asking keyed hashes as it does while every vault is locked, and the rules of the levels."""
    from sulh.kernel.vault.names import name_marks, skeletons
    from sulh.rooms.people.linting import roster_by_marks

    programme = uuid5(PROGRAMME, roster.key)
    marks = [
        name_marks(
            programme, side, skeletons(name for p in roster.people if p.side == side for name in p.names)
        )
        for side in roster.sides
    ]
    known = roster_by_marks(programme, roster.sides, frozenset().union(*marks))
    asked: dict[str, bool] = {}

    def remembered(key: str) -> bool:
        if key not in asked:
            asked[key] = known.known(key)
        return asked[key]

    names = disclosure.Roster(remembered)
    sides = [disclosure.SideForms(side, (side,)) for side in roster.sides]

    def gate(one: Planted, level: int) -> Planted | None:
        if not allowed(level).may_record:
            return None
        if level >= LINT_BLOCKS_FROM:
            told = disclosure.lint(one.text, level=level, roster=names, sides=sides)
            if any(finding.blocks for finding in told):
                return None
        return told_by_text(one, roster)

    return gate


def by_hand(roster: Roster) -> Gate:
    """The Chatham House Rule by hand: names as they stand on the roster and e-mail addresses are taken out."""
    names = {key: person for person in roster.people for key in person.names}
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))

    def gate(one: Planted, level: int) -> Planted | None:
        _text, taken = pattern.subn("a participant", MAIL.sub("", one.text))
        if taken and one.plant not in ("record", "metadata") and {"given", "family"} & set(one.told):
            return changed(one, roster.everybody)
        return one

    return gate


GATES: Mapping[str, Callable[[Roster], Gate]] = {"Sulh": by_sulh, "by hand": by_hand}


def one_roster(number: int, size: int, seed: int) -> tuple[dict[str, Passed], Cells]:
    """Everything that is counted in bulk over the roster of this number."""
    prepare()
    roster = make_roster(seed, number)
    planted = list(islice(texts(roster, seed), size))
    return {name: count(roster, planted, make(roster)) for name, make in GATES.items()}, statistics(
        roster, planted
    )


# --- statistics -------------------------------------------------------------------------------------


@dataclass
class Cells:
    """Counts that were told, how many of them told of fewer than five, and how many were withheld."""

    told: int = 0
    below: int = 0
    complements: int = 0
    withheld: int = 0

    def add(self, other: Cells) -> None:
        for name in ("told", "below", "complements", "withheld"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def statistics(roster: Roster, planted: Iterable[Planted]) -> Cells:
    """Publish every table of one and two attributes: over the participants, and over the texts by their speakers."""
    people = {
        one.key: {name: getattr(one, name) for name in TABLES} | {"who": one.key} for one in roster.people
    }
    spoken = [people[one.speaker] for one in planted if one.speaker]
    result = Cells()
    for population, records in (("participants", list(people.values())), ("texts", spoken[:400])):
        ledger: cells.Ledger = ()
        for by in [(), *((name,) for name in TABLES), *combinations(TABLES, 2)]:
            table = cells.count(records, by, population=population, state="1", person="who")
            try:
                protected = cells.protect(table, ledger)
            except TooMuchToProve:  # then nothing of the table is told
                result.withheld += len(table.cells())
                continue
            ledger = protected.ledger
            for where, number in protected.cells.items():
                if number is None:
                    result.withheld += 1
                    continue
                inside = {one["who"] for one in records if all(one[name] == value for name, value in where)}
                result.told += 1
                result.below += 0 < len(inside) < MINIMUM
                result.complements += 0 < len({one["who"] for one in records} - inside) < MINIMUM and bool(
                    where
                )
    return result


# --- through the application ------------------------------------------------------------------------


def application(size: int, seed: int, rosters: int = 2) -> Iterator[object]:
    """Push a sample through the real application, and judge everything that every reader gets."""
    prepare()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("migrate", verbosity=0)
    setup_test_environment()
    import logging

    logging.disable(logging.ERROR)
    from tests.leaks import pushing

    for number in range(rosters):
        roster = make_roster(seed, number)
        found = pushing.dialogue(roster)
        pushing.push(
            found, list(islice(texts(roster, seed + 1), size // rosters)), pushing.all_places(roster)
        )
        yield pushing.judge(found, pushing.outputs(found))


# --- told -------------------------------------------------------------------------------------------


def share(part: int, whole: int) -> str:
    return f"{part / whole:7.2%}" if whole else "      –"


def bulk_table(name: str, passed: Passed) -> str:
    lines = [f"  {name:24}{'pushed':>9}{'left':>9}{'sets under five':>17}{'held innocents':>16}"]
    for level in Level:
        lines.append(
            f"  {f'level {int(level)}':24}{passed.pushed[level]:9,}{passed.left[level]:9,}{passed.below[level]:17,}"
            f"{share(passed.held[level], passed.innocents[level]) if passed.left[level] else 'nothing leaves':>16}"
        )
    return "\n".join(lines)


def kinds(title: str, counted: Counter[tuple[str, str]]) -> str:
    told = ", ".join(f"{plant} {language} {n}" for (plant, language), n in counted.most_common(12) if n)
    return f"  {title}: {told or 'none'}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--texts", type=int, default=100_000, help="how many texts in bulk, each at every level")
    option("--pushed", type=int, default=1_000, help="how many through the application; 0 for none")
    option("--rosters", type=int, default=40, help="over how many rosters in bulk")
    option("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    prepare()
    began = time.monotonic()
    whole = {name: Passed() for name in GATES}
    counts = Cells()
    push_one = partial(one_roster, size=-(-options.texts // options.rosters), seed=options.seed)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for passed, told in pool.map(push_one, range(options.rosters)):
            counts.add(told)
            for name, one in passed.items():
                whole[name].add(one)
    print(
        f"in bulk, {whole['Sulh'].pushed[4]:,} texts over {options.rosters} rosters at each of seven levels"
    )
    for name, one in whole.items():
        print(bulk_table(name, one))
        print(kinds("sets under five at level 4, by plant and language", one.kinds))
        if name == "Sulh":
            print(kinds("innocents held at level 4", one.held_kinds))
    print(
        f"  statistics: {counts.told:,} counts told, {counts.withheld:,} withheld; told of one to four people: "
        f"{counts.below}; told with one to four people left over: {counts.complements}"
    )
    print(f"  {time.monotonic() - began:,.0f} s")
    if not options.pushed:
        return
    began = time.monotonic()
    judged = list(application(options.pushed, options.seed))
    print(
        f"through the application, {sum(j.pushed.total() for j in judged):,} texts, "
        f"{sum(j.outputs for j in judged):,} outputs read"
    )
    print(f"  {'':24}{'pushed':>9}{'left':>9}{'held innocents':>16}")
    for level in Level:
        held, innocents = (sum(getattr(j, n)[level] for j in judged) for n in ("suppressed", "innocents"))
        print(
            f"  {f'level {int(level)}':24}{sum(j.pushed[level] for j in judged):9,}"
            f"{sum(j.left[level] for j in judged):9,}{share(held, innocents):>16}"
        )
    for what, name in (
        ("leaks", "leaks"),
        ("sets under five from level 4", "below"),
        ("names in outputs from level 4", "names"),
    ):
        told = [line for j in judged for line in getattr(j, name)]
        print(f"  {what}: {len(told)}")
        for line in told[:5]:
            print(f"    {line}")
    print(f"  {time.monotonic() - began:,.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
