"""Invented rosters, and texts over them that give somebody away or only seem to, with the truth of what each leaves.

    python -m benchmarks.rosters [--texts 100000] [--rosters 40] [--seed 20180525] [--lines]

A roster has 16 to 24 people on two sides, with names in Latin, Arabic and Devanagari letters, aliases, sex, profession,
former offices, city and age band. A planted text tells some of that about one of them, its speaker; the truth is the
set of people whom somebody who holds the full roster must still reckon with (``candidates``). Texts of one ``thread``
come from the same speaker and are known to, so that the adversary may intersect them (``left``). Innocent texts tell
nothing of any person: all of the roster remain. The same seed gives the same rosters and texts, on any machine.

The views and exports are attacked with this corpus; ``--lines`` prints it, one JSON object a line, and otherwise a
summary is printed. Words stand in ``rosters.toml``. The keys of people ("p07") belong to the truth: whoever puts texts
into an installation leaves them out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations, count
from pathlib import Path
from typing import Any

SEED = 20180525
PAIRS = (("Pakistan", "Afghanistan"), ("India", "Pakistan"))
LANGUAGES = ("en", "ur", "ps", "prs", "hi")
MINIMUM = 5
"""How many candidates a text must leave."""

ATTRIBUTES = ("side", "sex", "profession", "office", "city", "age")
"""What a description may tell of a person, apart from the name."""

ATTRIBUTING = (
    "name",
    "variant",
    "alias",
    "initials",
    "title",
    "unique",
    "quote",
    "thread",
    "record",
    "metadata",
)
INNOCENT = ("collective", "addressee", "institution", "term")

Told = Mapping[str, str]
"""What a text tells of its speaker, by attribute; ``given``, ``family`` and ``initials`` are of the name."""


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


# --- people ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A given or a family name: Latin letters (its key), other spellings, Arabic letters and Devanagari."""

    latin: str
    spellings: tuple[str, ...]
    arabic: str
    devanagari: str

    def written(self, language: str) -> str:
        return {"en": self.latin, "hi": self.devanagari}.get(language, self.arabic)


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    side: str
    sex: str
    given: Part
    family: Part
    profession: str
    offices: tuple[str, ...]
    city: str
    age: str

    def written(self, language: str) -> str:
        return f"{self.given.written(language)} {self.family.written(language)}"

    @property
    def initials(self) -> str:
        return f"{self.given.latin[0]}. {self.family.latin[0]}."

    @property
    def aliases(self) -> tuple[str, ...]:
        """How colleagues and note-takers call the person."""
        polite = "sahiba" if self.sex == "female" else "sahib"
        return (
            f"{self.family.latin} {polite}",
            f"{self.given.latin[0]}. {self.family.latin}",
            self.given.latin,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The name as the vault holds it: in three scripts, and the aliases."""
        return (*(self.written(language) for language in ("en", "ur", "hi")), *self.aliases)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Everything that can be told of the person; several offices may have been held."""
        yield from (
            ("side", self.side),
            ("sex", self.sex),
            ("profession", self.profession),
            ("city", self.city),
        )
        yield from (("age", self.age), ("given", self.given.latin), ("family", self.family.latin))
        yield "initials", self.initials
        yield from (("office", office) for office in self.offices)


@dataclass(frozen=True)
class Roster:
    """The people of one invented dialogue, whom an adversary is taken to know in full."""

    key: str
    sides: tuple[str, str]
    people: tuple[Person, ...]

    @cached_property
    def everybody(self) -> frozenset[str]:
        return frozenset(person.key for person in self.people)

    @cached_property
    def by_fact(self) -> dict[tuple[str, str], frozenset[str]]:
        gathered: dict[tuple[str, str], set[str]] = {}
        for person in self.people:
            for fact in person.facts():
                gathered.setdefault(fact, set()).add(person.key)
        return {fact: frozenset(keys) for fact, keys in gathered.items()}

    @cached_property
    def patterns(self) -> dict[str, tuple[list[str], re.Pattern[str]]]:
        """By person: pieces of which every way to write the name holds one, in small letters, and those ways."""
        return {
            person.key: ([*map(str.lower, _forms(person.family)), person.initials.lower()], _pattern(person))
            for person in self.people
        }

    @cached_property
    def few(self) -> dict[str, list[Told]]:
        """By person: two or three attributes that together leave fewer than the minimum, though none does alone."""
        return {person.key: list(_few(self, person)) for person in self.people}


def candidates(roster: Roster, told: Told) -> frozenset[str]:
    """Return the keys of the people of whom all that is told is true; telling nothing leaves everybody."""
    remaining = roster.everybody
    for fact in told.items():
        remaining &= roster.by_fact.get(fact, frozenset())
    return remaining


LOOKALIKES = str.maketrans(
    "aeocp", "\u0430\u0435\u043e\u0441\u0440"
)  # Cyrillic letters that look like Latin ones
_PLAIN = str.maketrans(
    {chr(cyrillic): chr(latin) for latin, cyrillic in LOOKALIKES.items()}
    | dict.fromkeys("\u200b\u200c\u200d\u2060", "")
)


def named_in(roster: Roster, output: str) -> frozenset[str]:
    """Return whom an output names: by name in any spelling or script, in either order, by initials or with one.

    The adversary's way to search a page, an export or the bytes of a file for people of the roster. A given or a family
    name alone is no sign, since pages hold many words.
    """
    plain = " ".join(output.translate(_PLAIN).split())
    small = plain.lower()
    return frozenset(
        key
        for key, (hints, pattern) in roster.patterns.items()
        if any(hint in small for hint in hints) and pattern.search(plain)
    )


def _forms(part: Part) -> list[str]:
    return sorted({part.latin, *part.spellings, part.arabic.translate(_PLAIN), part.devanagari})


def _pattern(person: Person) -> re.Pattern[str]:
    given, family = (
        "(?:" + "|".join(map(re.escape, _forms(part))) + ")" for part in (person.given, person.family)
    )
    first, polite = re.escape(person.initials[:2]), r"\s(?:sahib|sahiba)\b"
    ways = (
        rf"{given}\s{family}",
        rf"{family},\s{given}",
        rf"\b{first}\s{family}",
        rf"{family}{polite}",
        rf"\b{re.escape(person.initials)}",
    )
    return re.compile("|".join(ways), re.IGNORECASE)


def _few(roster: Roster, person: Person) -> Iterator[Told]:
    alone = [
        fact for fact in person.facts() if fact[0] in ATTRIBUTES and len(roster.by_fact[fact]) >= MINIMUM
    ]
    for size in (2, 3):
        for facts in combinations(alone, size):
            told = dict(facts)
            if len(told) == size and len(candidates(roster, told)) < MINIMUM:
                yield told


def make_roster(seed: int, number: int) -> Roster:
    """Return the roster of that number: 16 to 24 people, as even between the sides as their number allows."""
    lot = random.Random(f"roster {seed} {number}")
    sides = PAIRS[number % len(PAIRS)]
    size = lot.randint(16, 24)
    people: list[Person] = []
    taken: set[tuple[str, str]] = set()
    for place in range(size):
        side = sides[place % 2]
        person = _person(lot, f"p{place:02}", side, taken)
        taken.add((person.given.latin, person.family.latin))
        people.append(person)
    return Roster(f"r{number:03}", sides, tuple(people))


def _person(lot: random.Random, key: str, side: str, taken: set[tuple[str, str]]) -> Person:
    pool = words()["names"][side]
    sex = "female" if lot.random() < 0.3 else "male"
    given, family = _part(lot.choice(pool[sex])), _part(lot.choice(pool["family"]))
    while (given.latin, family.latin) in taken:
        given, family = _part(lot.choice(pool[sex])), _part(lot.choice(pool["family"]))
    profession = lot.choice(list(words()["profession"]))
    held = [office for office, word in words()["office"].items() if word["of"] == profession]
    offices = tuple(office for office in held if lot.random() < 0.4)
    city = lot.choice(words()["side"][side]["cities"])
    age = lot.choices(list(words()["age"]), weights=(2, 3, 4, 2))[0]
    return Person(key, side, sex, given, family, profession, offices, city, age)


def _part(entry: Sequence[Any]) -> Part:
    latin, spellings, arabic, devanagari = entry
    return Part(latin, tuple(spellings), arabic, devanagari)


# --- texts -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planted:
    """A text over a roster, and the truth about it.

    ``speaker`` is the key of the person whom it tells of, nothing where it is innocent. ``told`` is what it tells, in
    words, in the fields of a record (plant ``record``: the text itself tells nothing) or in the metadata of a file
    (plant ``metadata``). ``candidates`` are the keys that this text alone leaves.
    """

    id: str
    roster: str
    plant: str
    language: str
    text: str
    candidates: frozenset[str]
    speaker: str | None = None
    thread: str | None = None
    told: Told = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def innocent(self) -> bool:
        return self.plant in INNOCENT

    @property
    def gives_away(self) -> bool:
        """Whether this text alone leaves fewer people than the minimum."""
        return len(self.candidates) < MINIMUM


def texts(roster: Roster, seed: int) -> Iterator[Planted]:
    """Yield texts over a roster without end, half of them innocent; the two or three of a thread follow each other."""
    lot = random.Random(f"texts {seed} {roster.key}")
    numbers = count()

    def planted(plant: str, language: str, text: str, **more: Any) -> Planted:
        told = more.get("told", {})
        return Planted(
            f"{roster.key}-{next(numbers):06}",
            roster.key,
            plant,
            language,
            text,
            candidates(roster, told),
            **more,
        )

    while True:
        language = lot.choice(LANGUAGES)
        claim = _claim(lot, language)
        if lot.random() < 0.5:
            plant = lot.choice(INNOCENT)
            yield planted(plant, language, _fill(lot, plant, language, claim=claim))
            continue
        plant = lot.choice(ATTRIBUTING)
        officers = [person for person in roster.people if person.offices]
        person = lot.choice(officers if plant == "title" and officers else roster.people)
        if plant == "thread":
            thread = f"{roster.key}-thread-{next(numbers):06}"
            for attribute, value in _told_by(lot, roster, person).items():
                part = {attribute: value}
                language = lot.choice(LANGUAGES)
                text = _fill(lot, "described", language, describe(part, language), _claim(lot, language))
                yield planted(plant, language, text, speaker=person.key, thread=thread, told=part)
            continue
        told, who = _plant(lot, roster, plant, person, language)
        if plant == "record":
            yield planted(plant, language, _ended(claim, language), speaker=person.key, told=told)
        elif plant == "metadata":
            metadata = {
                lot.choice(("author", "last_modified_by")): who,
                "path": f"C:\\Users\\{who}\\minutes.docx",
            }
            text = _fill(lot, "collective", language, claim=claim)
            yield planted(plant, language, text, speaker=person.key, told=told, metadata=metadata)
        else:
            frame = {"title": "described", "unique": "described", "quote": "quoted"}.get(plant, "said")
            text = _fill(lot, frame, language, who, claim)
            yield planted(plant, language, text, speaker=person.key, told=told)


def _plant(lot: random.Random, roster: Roster, plant: str, person: Person, language: str) -> tuple[Told, str]:
    """What a text of that plant tells of the person, and the words for it."""
    whole = {"given": person.given.latin, "family": person.family.latin}
    if plant == "name":
        return whole, person.written("en")
    if plant == "variant":
        if language == "en":
            return whole, _disguised(
                lot, f"{lot.choice(person.given.spellings)} {lot.choice(person.family.spellings)}"
            )
        return whole, person.written(language)
    if plant == "metadata":
        return whole, lot.choice((person.written("en"), f"{person.family.latin}, {person.given.latin}"))
    if plant == "alias":
        return {"family": person.family.latin, "sex": person.sex}, person.aliases[0]
    if plant == "initials":
        return {"initials": person.initials}, person.initials
    if plant == "title":
        told = {"office": lot.choice(person.offices)} if person.offices else {"profession": person.profession}
        return told, describe(told, language)
    told = {"side": person.side, "profession": person.profession}
    if plant == "unique":
        told = dict(_told_by(lot, roster, person))
    return told, describe(told, language)


def _disguised(lot: random.Random, name: str) -> str:
    """The name as it is, twice as often as in look-alike letters or with a character in it that nobody sees."""
    way = lot.choice(("", "", "letters", "invisible"))
    if way == "letters":
        return name.translate(LOOKALIKES)
    place = lot.randint(1, len(name) - 1)
    return f"{name[:place]}\u200b{name[place:]}" if way else name


def _told_by(lot: random.Random, roster: Roster, person: Person) -> Told:
    """Attributes that leave enough people each and too few together; where there are none, side and profession."""
    few = roster.few[person.key]
    return lot.choice(few) if few else {"side": person.side, "profession": person.profession}


def describe(told: Told, language: str) -> str:
    """Return a person in words: what is told and nothing else ("female Afghan journalist from Kabul")."""
    word = {attribute: words()[attribute][value][language] for attribute, value in told.items()}
    noun = word.get("office") or word.get("profession") or words()["participant"][language]
    if language == "en":
        parts = [word.get("sex"), word.get("side"), noun]
        parts += [f"from {word['city']}" if "city" in word else None, word.get("age")]
        return " ".join(part for part in parts if part)
    order = ("sex", "side") if language == "prs" else ("side", "sex")
    adjectives = [word[attribute] for attribute in order if attribute in word]
    pieces = [noun, *adjectives] if language == "prs" else [*adjectives, noun]
    aside = [word[attribute] for attribute in ("city", "age") if attribute in word]
    comma = "، " if language in ("ur", "ps", "prs") else ", "
    return " ".join(pieces) + (f" ({comma.join(aside)})" if aside else "")


def _claim(lot: random.Random, language: str) -> str:
    return str(lot.choice(words()["claims"][language])).format(n=lot.randint(2, 99))


def _fill(lot: random.Random, frame: str, language: str, who: str = "", claim: str = "") -> str:
    pattern = str(lot.choice(words()[frame][language]))
    if who[:1].lower() in tuple("aeiou"):
        pattern = pattern.replace("A {who}", "An {who}").replace("a {who}", "an {who}")
    return _capital(pattern.format(who=who, claim=claim, n=lot.randint(2, 99)))


def _ended(claim: str, language: str) -> str:
    return _capital(claim) + ("।" if language == "hi" else "۔" if language == "ur" else ".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the corpus, and the adversary -----------------------------------------------------------------


def corpus(size: int = 100_000, rosters: int = 40, seed: int = SEED) -> Iterator[tuple[Roster, Planted]]:
    """Yield ``size`` texts over that many rosters, each in turn; a thread may be cut off by the end."""
    streams = [
        (roster, texts(roster, seed)) for roster in (make_roster(seed, number) for number in range(rosters))
    ]
    for place in range(size):
        roster, stream = streams[place % rosters]
        yield roster, next(stream)


def left(roster: Roster, seen: Iterable[Planted]) -> dict[str, frozenset[str]]:
    """Return whom the adversary must still reckon with after all that was seen, by thread.

    Texts of one thread are known to come from one speaker and are intersected; a text outside any thread stands alone,
    under its own id.
    """
    remaining: dict[str, frozenset[str]] = {}
    for text in seen:
        key = text.thread or text.id
        remaining[key] = remaining.get(key, roster.everybody) & text.candidates
    return remaining


def as_json(roster: Roster, text: Planted) -> dict[str, object]:
    return {
        "id": text.id,
        "roster": roster.key,
        "plant": text.plant,
        "language": text.language,
        "text": text.text,
        "speaker": text.speaker,
        "thread": text.thread,
        "told": dict(text.told),
        "metadata": dict(text.metadata),
        "candidates": sorted(text.candidates),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--texts", type=int, default=100_000, help="how many texts")
    option("--rosters", type=int, default=40, help="over how many rosters")
    option("--seed", type=int, default=SEED)
    option("--lines", action="store_true", help="print the texts, one JSON object a line")
    options = parser.parse_args(arguments)
    if options.lines:
        for roster, text in corpus(options.texts, options.rosters, options.seed):
            json.dump(as_json(roster, text), sys.stdout, ensure_ascii=False)
            print()
        return
    before = time.process_time()
    plants: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for _, text in corpus(options.texts, options.rosters, options.seed):
        plants[text.plant] += 1
        below[text.plant] += text.gives_away
    taken = time.process_time() - before
    print(
        f"{plants.total():,} texts over {options.rosters} rosters, seed {options.seed}: {taken:.1f} s of one processor"
    )
    print(f"  {'':12}{'texts':>8}  alone leaves fewer than {MINIMUM}")
    for plant in (*ATTRIBUTING, *INNOCENT):
        if plants[plant]:
            print(f"  {plant:12}{plants[plant]:8,}  {below[plant] / plants[plant]:6.3f}")


if __name__ == "__main__":
    main()
