"""How well the attribution lint tells sentences that give somebody away from sentences that only seem to.

    python -m benchmarks.lint [--level 4] [--json] [--errors] [--held-out-errors] [--set FOLDER ...] [--generated 5000]

Scores the labelled sentences (``benchmarks/labelled/lint/README.md`` says what the labels mean) and, in the same
run, a plain peer: an exact search for the names of the roster, whatever the case, and for a dozen verbs of speaking in
each language. An attribution counts as caught where a finding stops the text; where it names somebody, it is asked as
well whether a finding lies over each name. An innocent sentence is a false alarm where anything stops it. Intervals are
95 %, by Wilson's formula (1927), which takes sentences as independent draws.

A third set is generated (``benchmarks.rosters``): of its attributions only those count whose own text leaves fewer than
five people of the roster. Its sentences are made by few patterns, so that it says more of names and offices than of
language.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import rosters as generator
from sulh.engines import disclosure

LABELLED = Path(__file__).parent / "labelled" / "lint"
HELD_OUT = "held-out"
SETS = ("tuning", HELD_OUT)
LANGUAGES = {"en": "English", "ur": "Urdu", "ps": "Pashto", "prs": "Dari", "hi": "Hindi"}
CLASSES = (
    "name",
    "name-variant",
    "untold-name",
    "title",
    "speech",
    "side-attribute",
    "moment-place",
    "quotation",
    "contact",
)

#: What the issue expects on unseen sentences: at least, and at most.
AT_LEAST = {"recall": 0.95}
AT_MOST = {"false alarms": 0.05}

NORMAL_95 = 1.959964  # quantile of the normal distribution that leaves 2.5 % on either side


# --- the labelled sets -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence; ``told`` are the pieces of it that name somebody."""

    id: str
    language: str
    dialogue: str
    text: str
    kind: str
    classes: tuple[str, ...] = ()
    from_level: int | None = None
    names: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    note: str = ""

    @property
    def attributes(self) -> bool:
        return self.kind == "attribution"


Sides = Mapping[str, Sequence[str]]
"""The names of the people of one dialogue, by side."""


def load(folder: Path) -> tuple[dict[str, Sides], list[Sentence]]:
    """Return the rosters of a set by dialogue, and its sentences; a folder without them ends the run."""
    files = sorted(folder.glob("*.jsonl"))
    if not files or not (folder / "rosters.json").exists():
        raise SystemExit(f"{folder} holds no labelled sentences (*.jsonl and rosters.json).")
    rosters = {
        key: dialogue["sides"]
        for key, dialogue in json.loads((folder / "rosters.json").read_text(encoding="utf-8")).items()
    }
    return rosters, [_sentence(file, line) for file in files for line in _lines(file)]


def _lines(file: Path) -> Iterator[str]:
    return (line for line in file.read_text(encoding="utf-8").split("\n") if line.strip())


def _sentence(file: Path, line: str) -> Sentence:
    raw: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(line).items()
    }
    missing = [piece for piece in raw.get("told", ()) if piece not in raw["text"]]
    if missing:
        raise SystemExit(f"{file}, {raw['id']}: no such piece in the text: {missing[0]!r}")
    return Sentence(**raw)


def generated(size: int) -> tuple[dict[str, Sides], list[Sentence]]:
    """Return rosters with all names a vault would hold, and texts over them; ``classes`` is the plant of a text."""
    rosters: dict[str, Sides] = {}
    sentences = []
    for roster, text in generator.corpus(size):
        rosters.setdefault(
            roster.key,
            {
                side: [name for person in roster.people if person.side == side for name in person.names]
                for side in roster.sides
            },
        )
        tells = text.gives_away and text.plant not in ("record", "metadata")
        if tells or text.innocent:
            kind = "innocent" if text.innocent else "attribution"
            sentences.append(Sentence(text.id, text.language, roster.key, text.text, kind, (text.plant,)))
    return rosters, sentences


# --- what finds attributions -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a linter found something in a text, by which rule, and whether it stops the text."""

    start: int
    end: int
    blocks: bool = True
    rule: str = ""


Linter = Callable[[Sentence, int], list[Place]]
"""What is found in a sentence at a confidentiality level."""


def by_sulh(rosters: Mapping[str, Sides]) -> Linter | None:
    """The lint of the engine, or nothing where the engine has none yet."""
    lint, roster_of, side_of = (
        getattr(disclosure, name, None) for name in ("lint", "roster_of", "SideForms")
    )
    if not (callable(lint) and callable(roster_of) and callable(side_of)):
        return None
    known = {
        key: roster_of([name for names in sides.values() for name in names]) for key, sides in rosters.items()
    }
    called = {key: [side_of(name, (name,)) for name in sides] for key, sides in rosters.items()}

    def linter(sentence: Sentence, level: int) -> list[Place]:
        key = sentence.dialogue
        found = lint(sentence.text, level=level, roster=known[key], sides=called[key])
        return [Place(one.start, one.end, one.blocks, one.rule) for one in found]

    return linter


SPEECH = {
    "en": "said says told argued noted stated added warned suggested asked replied remarked",
    "ur": "کہا کہنا کہتے بولے بتایا بقول مؤقف خیال رائے جواب پوچھا اصرار",
    "ps": "وویل ویل ویې وایي زیاته څرګنده وړاندیز ځواب وپوښتل ټینګار نظر یادونه",
    "prs": "گفت گفتند گفته گوید افزود پرسید پاسخ تأکید اصرار نظر باور پیشنهاد",
    "hi": "कहा कहना कहते बोले बताया माना पूछा जोड़ा सुझाव तर्क जवाब अनुसार",
}
_SPOKEN = re.compile(
    r"(?<!\w)(?:" + "|".join(word for words in SPEECH.values() for word in words.split()) + r")(?!\w)"
)


def by_search(rosters: Mapping[str, Sides]) -> Linter:
    """The plain peer: names exactly as the roster holds them, whatever their case, and a dozen verbs of speaking."""
    names = {
        key: re.compile("|".join(re.escape(name) for side in sides.values() for name in side), re.IGNORECASE)
        for key, sides in rosters.items()
    }

    def linter(sentence: Sentence, level: int) -> list[Place]:
        hits = [("name", hit) for hit in names[sentence.dialogue].finditer(sentence.text)]
        hits += [("speech", hit) for hit in _SPOKEN.finditer(sentence.text.lower())]
        return [Place(hit.start(), hit.end(), True, rule) for rule, hit in hits]

    return linter


# --- counting --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else math.nan

    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share by Wilson's formula; nothing is known of an empty whole."""
        if not self.whole:
            return math.nan, math.nan
        n, z2 = self.whole, NORMAL_95**2
        middle = (self.value + z2 / (2 * n)) / (1 + z2 / n)
        half = NORMAL_95 / (1 + z2 / n) * math.sqrt(self.value * (1 - self.value) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def share(truths: Iterable[bool]) -> Share:
    told = list(truths)
    return Share(sum(told), len(told))


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what a linter found in it at the level of the run, and at level 3."""

    sentence: Sentence
    places: tuple[Place, ...]
    at_background: tuple[Place, ...]

    @property
    def stopped(self) -> bool:
        return any(place.blocks for place in self.places)

    @property
    def names_covered(self) -> bool:
        """Whether a finding lies over each piece that names somebody, wherever that piece stands."""
        return all(
            any(place.start < hit.end() and hit.start() < place.end for place in self.places)
            for piece in self.sentence.told
            for hit in re.finditer(re.escape(piece), self.sentence.text)
        )


def judge(sentences: Iterable[Sentence], linter: Linter, level: int) -> list[Judged]:
    return [Judged(one, tuple(linter(one, level)), tuple(linter(one, 3))) for one in sentences]


def figures(judged: Sequence[Judged]) -> dict[str, Share]:
    """What the run counts: caught attributions and stopped innocents, in all, by language and by class."""
    telling = [one for one in judged if one.sentence.attributes]
    innocent = [one for one in judged if not one.sentence.attributes]
    here = [code for code in LANGUAGES if any(one.sentence.language == code for one in judged)]
    result = {"recall": share(one.stopped for one in telling)}
    for code in here:
        result[f"recall, {LANGUAGES[code]}"] = share(
            one.stopped for one in telling if one.sentence.language == code
        )
    for name in _present(telling):
        result[f"recall, {name}"] = share(one.stopped for one in telling if name in one.sentence.classes)
    result["every name under a finding"] = share(one.names_covered for one in telling if one.sentence.told)
    result["persons warned of at level 3"] = share(
        bool(one.at_background) for one in telling if one.sentence.from_level == 3
    )
    result["false alarms"] = share(one.stopped for one in innocent)
    for code in here:
        result[f"false alarms, {LANGUAGES[code]}"] = share(
            one.stopped for one in innocent if one.sentence.language == code
        )
    for name in _present(innocent):
        result[f"false alarms, {name}"] = share(
            one.stopped for one in innocent if name in one.sentence.classes
        )
    result["innocents with any finding"] = share(bool(one.places) for one in innocent)
    return {name: one for name, one in result.items() if one.whole}


def _present(judged: Sequence[Judged]) -> list[str]:
    """The classes that occur, those of the labels in their order and plants of the generator after them."""
    order = list(dict.fromkeys((*CLASSES, *generator.ATTRIBUTING, *generator.INNOCENT)))
    return sorted({name for one in judged for name in one.sentence.classes}, key=order.index)


def a_second(sentences: Sequence[Sentence], linter: Linter, level: int) -> float:
    """Sentences a second of one processor, whatever else the machine does."""
    before = time.process_time()
    for one in sentences:
        linter(one, level)
    return len(sentences) / max(time.process_time() - before, 1e-9)


# --- the whole run ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """What both linters did on one set; ``sulh`` and its speed are nothing while the engine has no lint."""

    name: str
    sentences: int
    judged: list[Judged]
    sulh: dict[str, Share] | None
    plain: dict[str, Share]
    sulh_speed: float | None
    plain_speed: float


def score(name: str, rosters: dict[str, Sides], sentences: list[Sentence], level: int) -> Score:
    sulh, plain = by_sulh(rosters), by_search(rosters)
    judged = judge(sentences, sulh, level) if sulh else []
    return Score(
        name,
        len(sentences),
        judged,
        figures(judged) if sulh else None,
        figures(judge(sentences, plain, level)),
        a_second(sentences, sulh, level) if sulh else None,
        a_second(sentences, plain, level),
    )


def verdict(name: str, value: float) -> str:
    if name in AT_LEAST:
        return f"≥ {AT_LEAST[name]:.2f} {'met' if value >= AT_LEAST[name] else 'NOT MET'}"
    if name in AT_MOST:
        return f"≤ {AT_MOST[name]:.2f} {'met' if value <= AT_MOST[name] else 'NOT MET'}"
    return ""


def table(result: Score, level: int) -> str:
    telling = result.plain["recall"].whole
    lines = [
        f"{result.name}, level {level}: {result.sentences} sentences, {telling} attributions, "
        f"{result.plain['false alarms'].whole} innocents"
    ]
    if result.sulh is None:
        lines.append("  The engine has no lint yet: the figures are those of the plain peer alone.")
    lines.append(f"  {'':32}{'of':>4}  {'Sulh':>6}  {'95 %':^13}  {'plain':>6}  {'95 %':^13}  expected")
    for name, plain in result.plain.items():
        sulh = result.sulh[name] if result.sulh else None
        expected = verdict(name, sulh.value) if sulh else ""
        row = f"  {name:32}{plain.whole:4}  {_cells(sulh)}  {_cells(plain)}  {expected}"
        lines.append(row.rstrip())
    speed = f"{result.sulh_speed:,.0f}" if result.sulh_speed else "–"
    lines.append(f"  sentences a second: Sulh {speed}, plain {result.plain_speed:,.0f}")
    return "\n".join(lines)


def _cells(one: Share | None) -> str:
    if one is None or not one.whole:
        return f"{'–':>6}  {'':13}"
    low, high = one.interval()
    return f"{one.value:6.3f}  {low:6.3f}–{high:<6.3f}"


def errors(result: Score) -> str:
    """The attributions that passed, the names no finding lies over, and the innocents that were stopped."""
    lines = [f"# {result.name}: errors"]
    for one in result.judged:
        told = f"{one.sentence.id} ({', '.join(one.sentence.classes)}): {one.sentence.text}"
        if one.sentence.attributes and not one.stopped:
            lines.append(f"- missed: {told}")
        elif one.sentence.attributes and not one.names_covered:
            lines.append(f"- name not found: {told} {list(one.sentence.told)}")
        elif not one.sentence.attributes and one.stopped:
            rules = "; ".join(
                f"{place.rule}: {one.sentence.text[place.start : place.end]}"
                for place in one.places
                if place.blocks
            )
            lines.append(f"- false alarm: {one.sentence.id}: {one.sentence.text} [{rules}]")
    return "\n".join(lines)


def as_json(result: Score) -> dict[str, object]:
    def plainly(shares: dict[str, Share] | None) -> dict[str, object] | None:
        if shares is None:
            return None
        return {
            name: {"part": one.part, "whole": one.whole, "interval": [_number(end) for end in one.interval()]}
            for name, one in shares.items()
        }

    return {
        "set": result.name,
        "sentences": result.sentences,
        "sulh": plainly(result.sulh),
        "plain": plainly(result.plain),
        "sentences a second": {
            "sulh": result.sulh_speed and round(result.sulh_speed),
            "plain": round(result.plain_speed),
        },
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--level", type=int, choices=(4, 5, 6, 7), default=4, help="confidentiality level of the run")
    option("--json", action="store_true", help="figures for machines")
    option("--errors", action="store_true", help="list what went wrong, but not in the held-out set")
    option("--held-out-errors", action="store_true", help="list what went wrong in the held-out set")
    option("--set", dest="folders", type=Path, action="append", help="score this folder instead; repeatable")
    option("--generated", type=int, default=5000, help="how many texts to generate; 0 for none")
    options = parser.parse_args(arguments)
    folders = options.folders or [LABELLED / name for name in SETS]
    results = [score(folder.name, *load(folder), options.level) for folder in folders]
    if options.generated and not options.folders:
        results.append(score("generated", *generated(options.generated), options.level))
    if options.json:
        json.dump({"level": options.level, "sets": [as_json(one) for one in results]}, sys.stdout, indent=2)
        print()
        return
    print("\n\n".join(table(one, options.level) for one in results))
    for one in results:
        if options.held_out_errors if one.name == HELD_OUT else options.errors:
            print("\n" + errors(one))


if __name__ == "__main__":
    main()
