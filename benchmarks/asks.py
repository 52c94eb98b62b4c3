"""How well Sulh finds the asks of a declaration and recognises those that were made before.

    python -m benchmarks.asks [--json] [--errors] [--set FOLDER ...] [--lines FILE ...]

Scores the labelled sets (``benchmarks/labelled/README.md`` says what the labels mean and when a found ask
counts) and, in the same run, two plain baselines: a keyword search for asks, TF-IDF cosine for repeats.
Intervals are 95 %, bootstrapped over whole declarations, since the asks of one text stand or fall together.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer

from sulh.engines import asks, texts
from sulh.engines.asks import linking

LABELLED = Path(__file__).parent / "labelled"
SEED = 20170329
RESAMPLES = 2000
THRESHOLDS = [round(step * 0.02, 2) for step in range(5, 46)]  # of cosine, for the baseline
OVERLAP = 0.5  # share of the shorter span's characters that makes a found ask and a label the same

FORMS = {
    "Pakistan": ("Pakistani", "Pakistanis", "Islamabad"),
    "Afghanistan": ("Afghan", "Afghans", "Kabul"),
    "India": ("Indian", "Indians", "New Delhi", "Delhi"),
    "Armenia": ("Armenian", "Armenians", "Yerevan"),
    "Azerbaijan": ("Azerbaijani", "Azerbaijanis", "Baku"),
    "Turkey": ("Turkish", "Turks", "Ankara", "Türkiye"),
    "Kyrgyzstan": ("Kyrgyz", "Bishkek"),
    "Tajikistan": ("Tajik", "Tajiks", "Dushanbe"),
}

#: Sets that are read by nobody who works on what they measure.
HELD_OUT = ("held-out", "held-out-second")

#: What the issue expects on unseen declarations.
EXPECTED = {"asks F1": 0.90, "addressees exact": 0.85, "repeats precision": 0.90, "repeats recall": 0.75}


# --- the labelled sets -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clause:
    """A labelled or a found clause: where it stands and what it is said to be."""

    start: int
    end: int
    text: str
    kind: str
    addressees: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    lineage: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    id: str
    date: str
    sides: tuple[str, ...]
    document: texts.Document
    labels: tuple[Clause, ...]

    def labelled(self, kind: str) -> list[Clause]:
        return [label for label in self.labels if label.kind == kind]


def load(folder: Path) -> list[Declaration]:
    """The declarations of a folder, by file name; a label that is not in its text ends the run."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise SystemExit(f"{folder} holds no labelled declarations (*.json).")
    return [_declaration(file) for file in files]


def _declaration(file: Path) -> Declaration:
    raw = json.loads(file.read_text(encoding="utf-8"))
    document = texts.parse(raw["text"], raw["id"])
    labels = []
    for label in raw["labels"]:
        place = _nth(document.text, label["text"], label.get("occurrence", 1))
        if place is None:
            raise SystemExit(f"{file}: no such piece in the text: {label['text']!r}")
        labels.append(
            Clause(
                place.start(),
                place.end(),
                place[0],
                label["kind"],
                tuple(label.get("addressees") or ()),
                tuple(label.get("themes") or ()),
                label.get("lineage"),
            )
        )
    return Declaration(raw["id"], raw["date"], tuple(raw["sides"]), document, tuple(labels))


def _nth(text: str, piece: str, occurrence: int) -> re.Match[str] | None:
    """The nth place of a piece; reading a document may have changed its white space."""
    anywhere = re.finditer(r"\s+".join(map(re.escape, piece.split())), text)
    return next(islice(anywhere, occurrence - 1, None), None)


# --- what finds asks -------------------------------------------------------------------------------


def by_sulh(declaration: Declaration) -> list[Clause]:
    sides = [asks.Side(name.lower(), name, FORMS.get(name, ())) for name in declaration.sides]
    return [
        Clause(found.span.start, found.span.end, found.text, found.kind.value, found.addressees, found.themes)
        for found in asks.extract(declaration.document, sides)
    ]


_SENTENCE = re.compile(r"[^\s.][^\n]*?(?:[.!?](?=\s)|$)", re.MULTILINE)
_OPERATIVE = re.compile(
    r"\b(call(s|ed)? (up)?on|call(s|ed)? for|urg(e|es|ed|ing)|recommend(s|ed|ation)?|request(s|ed)?"
    r"|appeal(s|ed)?|demand(s|ed)?|propos(e|es|ed)|suggest(s|ed)?|agree[sd]? to|should|must|needs? to|may)\b",
    re.IGNORECASE,
)


def by_keyword(declaration: Declaration) -> list[Clause]:
    """The plain baseline: a sentence with an operative word is an ask, of both governments."""
    return [
        Clause(sentence.start(), sentence.end(), sentence[0], "ask", ("government:both",))
        for sentence in _SENTENCE.finditer(declaration.document.text)
        if _OPERATIVE.search(sentence[0])
    ]


# --- matching and counting -------------------------------------------------------------------------


def _same_place(one: Clause, other: Clause) -> int:
    """Characters in common if that is enough to be the same clause, else 0."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common if common >= OVERLAP * min(one.end - one.start, other.end - other.start) else 0


def match(found: Sequence[Clause], labels: Sequence[Clause]) -> list[tuple[int, int]]:
    """Pairs (found, label) of the same place, one to one: as many as can be, then the best overlap."""
    if not found or not labels:
        return []
    common = np.array([[_same_place(one, other) for other in labels] for one in found], dtype=float)
    value = np.where(common > 0, 1e6 + common, 0.0)
    return [(i, j) for i, j in zip(*linear_sum_assignment(value, maximize=True), strict=True) if common[i, j]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One declaration, what was found in it, and what of that is right."""

    declaration: Declaration
    found: tuple[Clause, ...]  # asks only
    matched: tuple[tuple[int, int], ...]  # (index in found, index in the labelled asks)
    counts: dict[str, float]


def read(declaration: Declaration, finder: Callable[[Declaration], list[Clause]]) -> Reading:
    everything = finder(declaration)
    found = [clause for clause in everything if clause.kind == "ask"]
    labels = declaration.labelled("ask")
    matched = match(found, labels)
    welcomes = [clause for clause in everything if clause.kind == "welcome"]
    pairs = [(found[i], labels[j]) for i, j in matched]
    wrong = [found[i] for i in set(range(len(found))) - {i for i, _ in matched}]
    counts = {
        "found": len(found),
        "labels": len(labels),
        "matched": len(matched),
        "found in place": sum(any(_same_place(one, label) for label in labels) for one in found),
        "labels covered": sum(any(_same_place(one, label) for one in found) for label in labels),
        "welcomes found": len(welcomes),
        "welcomes": len(declaration.labelled("welcome")),
        "welcomes matched": len(match(welcomes, declaration.labelled("welcome"))),
        "addressees exact": sum(set(one.addressees) == set(label.addressees) for one, label in pairs),
        "addressees jaccard": sum(_jaccard(one.addressees, label.addressees) for one, label in pairs),
        "themes found": sum(len(set(one.themes)) for one, _ in pairs),
        "themes": sum(len(set(label.themes)) for _, label in pairs),
        "themes matched": sum(len(set(one.themes) & set(label.themes)) for one, label in pairs),
        "observations": len(declaration.labelled("none")),
        "observations taken": sum(
            any(_same_place(one, label) for one in wrong) for label in declaration.labelled("none")
        ),
    }
    return Reading(declaration, tuple(found), tuple(matched), counts)


def _jaccard(one: Iterable[str], other: Iterable[str]) -> float:
    one, other = set(one), set(other)
    return len(one & other) / len(one | other) if one | other else 1.0


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def extraction_figures(n: dict[str, float]) -> dict[str, float]:
    precision, recall = _ratio(n["matched"], n["found"]), _ratio(n["matched"], n["labels"])
    loose = _ratio(n["found in place"], n["found"]), _ratio(n["labels covered"], n["labels"])
    themes = _ratio(n["themes matched"], n["themes found"]), _ratio(n["themes matched"], n["themes"])
    return {
        "asks precision": precision,
        "asks recall": recall,
        "asks F1": _f1(precision, recall),
        "asks F1, splits ignored": _f1(*loose),
        "addressees exact": _ratio(n["addressees exact"], n["matched"]),
        "addressees Jaccard": _ratio(n["addressees jaccard"], n["matched"]),
        "themes F1": _f1(*themes),
        "welcomes precision": _ratio(n["welcomes matched"], n["welcomes found"]),
        "welcomes recall": _ratio(n["welcomes matched"], n["welcomes"]),
        "observations taken": _ratio(n["observations taken"], n["observations"]),
    }


# --- repeats ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """An ask as a candidate for a repeat: the declaration it stands in, and its lineage if it has one."""

    entry: linking.Entry
    declaration: int
    sides: frozenset[str]
    lineage: str | None


Pair = tuple[int, int]  # two declarations, the smaller index first


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many pairs of repeats were said, are true, and are both; for each pair of declarations."""

    said: dict[Pair, int]
    true: dict[Pair, int]
    both: dict[Pair, int]

    def figures(self, weight: np.ndarray | None = None) -> dict[str, float]:
        def total(counts: dict[Pair, int]) -> float:
            if weight is None:
                return sum(counts.values())
            return float(sum(n * weight[a] * weight[b] for (a, b), n in counts.items()))

        both = total(self.both)
        precision, recall = _ratio(both, total(self.said)), _ratio(both, total(self.true))
        return {
            "repeats precision": precision,
            "repeats recall": recall,
            "repeats F1": _f1(precision, recall),
        }


def _entry(id: str, declaration: Declaration, clause: Clause) -> linking.Entry:
    return linking.Entry(id, declaration.date, clause.text, clause.themes, clause.addressees)


def labelled_nodes(declarations: Sequence[Declaration]) -> list[Node]:
    return [
        Node(_entry(f"{d.id}#{n}", d, label), i, frozenset(d.sides), label.lineage)
        for i, d in enumerate(declarations)
        for n, label in enumerate(d.labelled("ask"))
    ]


def found_nodes(readings: Sequence[Reading]) -> list[Node]:
    """The asks as found; one that matches no label belongs to no lineage, so that linking it is an error."""
    nodes = []
    for i, reading in enumerate(readings):
        labels = reading.declaration.labelled("ask")
        lineages = {f: labels[label].lineage for f, label in reading.matched}
        for n, clause in enumerate(reading.found):
            entry = _entry(f"{reading.declaration.id}#{n}", reading.declaration, clause)
            nodes.append(Node(entry, i, frozenset(reading.declaration.sides), lineages.get(n)))
    return nodes


def linked_by_sulh(nodes: Sequence[Node]) -> list[tuple[Node, Node]]:
    """All pairs that share a lineage as Sulh draws them, in one ledger for all countries."""
    by_id = {node.entry.id: node for node in nodes}
    lineages = linking.link([node.entry for node in nodes])
    return [(by_id[a], by_id[b]) for lineage in lineages for a, b in combinations(lineage.ids, 2)]


def first_suggestions(nodes: Sequence[Node]) -> dict[str, float]:
    """What a reviewer meets: of each ask, the best match among the declarations of earlier days.

    *Found*: of the asks that repeat an earlier one of the same two sides, how many are offered it first. *Right*: of
    the matches that the review chooses beforehand, how many are of the same lineage.
    """
    repeating = found = chosen = right = 0
    for day in sorted({node.entry.date for node in nodes})[1:]:
        before = [node for node in nodes if node.entry.date < day]
        now = [node for node in nodes if node.entry.date == day]
        by_id = {node.entry.id: node for node in before}
        index = linking.build([node.entry for node in before])
        for node, matches in zip(now, index.matches_each([node.entry for node in now], 1), strict=True):
            same = (
                bool(matches) and _repeat(node, by_id[matches[0].id]) and _judged(node, by_id[matches[0].id])
            )
            repeats = any(_repeat(node, one) and _judged(node, one) for one in before)
            repeating, found = repeating + repeats, found + (repeats and same)
            chosen, right = chosen + bool(matches), right + same
    return {
        "first suggestion found": _ratio(found, repeating),
        "first suggestion right": _ratio(right, chosen),
    }


def linked_by_cosine(nodes: Sequence[Node], threshold: float) -> list[tuple[Node, Node]]:
    """The plain baseline: pairs whose TF-IDF vectors of words are alike enough."""
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(node.entry.text for node in nodes)
    cosine = (vectors @ vectors.T).toarray()
    return [(nodes[a], nodes[b]) for a, b in zip(*np.where(np.triu(cosine, 1) >= threshold), strict=True)]


def count_repeats(said: Iterable[tuple[Node, Node]], truth: Sequence[Node]) -> Repeats:
    """Compare pairs with the labels, between different declarations of the same two sides."""
    said = [pair for pair in said if _judged(*pair)]
    true = [pair for pair in combinations(truth, 2) if _judged(*pair) and _repeat(*pair)]
    return Repeats(_tally(said), _tally(true), _tally(pair for pair in said if _repeat(*pair)))


def _judged(a: Node, b: Node) -> bool:
    return a.declaration != b.declaration and a.sides == b.sides


def _repeat(a: Node, b: Node) -> bool:
    return a.lineage is not None and a.lineage == b.lineage


def _tally(pairs: Iterable[tuple[Node, Node]]) -> dict[Pair, int]:
    counts: dict[Pair, int] = {}
    for a, b in pairs:
        key = (min(a.declaration, b.declaration), max(a.declaration, b.declaration))
        counts[key] = counts.get(key, 0) + 1
    return counts


def nodes_of_lines(path: Path) -> list[Node]:
    """Asks from a file with one a line, by declaration, such as those of real texts that are kept elsewhere."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(row["declaration"] for row in rows))}
    return [
        Node(
            linking.Entry(
                f"{row['declaration']}#{n}",
                row["date"],
                row["text"],
                tuple(row["themes"]),
                tuple(row["addressees"]),
            ),
            numbers[row["declaration"]],
            frozenset({row["pair"]}),
            row["lineage"],
        )
        for n, row in enumerate(rows)
    ]


def tuning_nodes() -> list[Node]:
    """The lineages the linker is fitted on, each ask as a declaration of its own."""
    groups = tomllib.loads((LABELLED / "linking-tuning" / "asks.toml").read_text(encoding="utf-8"))["lineage"]
    rows = [(group, date, text) for group in groups for date, text in group["asks"]]
    return [
        Node(
            linking.Entry(f"{group['key']}#{i}", date, text, (group["theme"],)),
            i,
            frozenset({group["pair"]}),
            group["key"],
        )
        for i, (group, date, text) in enumerate(rows)
    ]


def recall_at(precision: float, nodes: Sequence[Node]) -> float:
    """What the baseline finds at no less than a precision, at the threshold that suits it best afterwards."""
    figures = (count_repeats(linked_by_cosine(nodes, t), nodes).figures() for t in THRESHOLDS)
    return max((f["repeats recall"] for f in figures if f["repeats precision"] >= precision), default=0.0)


def best_threshold(nodes: Sequence[Node]) -> float:
    """The cosine that serves the baseline best on labelled asks."""

    def quality(threshold: float) -> float:
        return count_repeats(linked_by_cosine(nodes, threshold), nodes).figures()["repeats F1"]

    return max(THRESHOLDS, key=quality)


# --- one set, scored -------------------------------------------------------------------------------

Figure = tuple[float, float, float]  # the figure, and its 95 % interval


def _with_intervals(size: int, figures: Callable[[np.ndarray], dict[str, float]]) -> dict[str, Figure]:
    rng = np.random.default_rng(SEED)
    point = figures(np.ones(size))
    weights = rng.multinomial(size, np.full(size, 1 / size), RESAMPLES)
    samples = [figures(weight) for weight in weights]
    return {
        name: (value, *(_percentile([sample[name] for sample in samples], q) for q in (2.5, 97.5)))
        for name, value in point.items()
    }


def _percentile(values: list[float], q: float) -> float:
    values = [value for value in values if not np.isnan(value)]
    return float(np.percentile(values, q)) if values else float("nan")


def extraction_scores(readings: Sequence[Reading]) -> dict[str, Figure]:
    names = list(readings[0].counts)
    table = np.array([[reading.counts[name] for name in names] for reading in readings])
    return _with_intervals(
        len(readings), lambda weight: extraction_figures(dict(zip(names, weight @ table, strict=True)))
    )


def repeat_scores(size: int, repeats: Repeats) -> dict[str, Figure]:
    return _with_intervals(size, repeats.figures)


@dataclass(frozen=True, slots=True)
class Score:
    name: str
    sizes: dict[str, int]
    sulh: dict[str, Figure]
    plain: dict[str, Figure]
    plain_recall: float | None  # of repeats, by the baseline at Sulh's precision
    readings: tuple[Reading, ...]
    wrong_links: tuple[tuple[Node, Node], ...]
    missed_links: tuple[tuple[Node, Node], ...]
    repeats: Repeats
    plain_repeats: Repeats


def taken_together(name: str, results: Sequence[Score]) -> Score:
    """The repeats of several sets, each linked by itself, as one figure."""

    def joined(parts: Sequence[Repeats]) -> Repeats:
        counts: tuple[dict[Pair, int], ...] = ({}, {}, {})
        first = 0
        for part, result in zip(parts, results, strict=True):
            for all_of_them, some in zip(counts, (part.said, part.true, part.both), strict=True):
                all_of_them |= {(a + first, b + first): n for (a, b), n in some.items()}
            first += result.sizes["declarations"]
        return Repeats(*counts)

    sizes = {key: sum(result.sizes[key] for result in results) for key in results[0].sizes}
    sulh, plain = joined([one.repeats for one in results]), joined([one.plain_repeats for one in results])
    return Score(
        name,
        sizes,
        repeat_scores(sizes["declarations"], sulh),
        repeat_scores(sizes["declarations"], plain),
        None,
        (),
        (),
        (),
        sulh,
        plain,
    )


def score(folder: Path, threshold: float) -> Score:
    declarations = load(folder)
    readings = [read(declaration, by_sulh) for declaration in declarations]
    keyword = [read(declaration, by_keyword) for declaration in declarations]
    truth = labelled_nodes(declarations)
    repeats = score_repeats(folder.name, truth, threshold)
    sulh = extraction_scores(readings) | repeats.sulh
    if repeats.sulh:
        end_to_end = count_repeats(linked_by_sulh(found_nodes(readings)), truth)
        sulh |= {f"{k}, end to end": v for k, v in repeat_scores(len(declarations), end_to_end).items()}
    sizes = {
        "declarations": len(declarations),
        "clauses": sum(len(declaration.labels) for declaration in declarations),
    }
    return replace(
        repeats,
        sizes=sizes | repeats.sizes,
        sulh=sulh,
        plain=extraction_scores(keyword) | repeats.plain,
        readings=tuple(readings),
    )


_NONE = float("nan")


def score_repeats(name: str, truth: Sequence[Node], threshold: float) -> Score:
    """Linking alone, of asks as they are labelled."""
    said = linked_by_sulh(truth)
    repeats = count_repeats(said, truth)
    declarations = 1 + max(node.declaration for node in truth)
    lineages: dict[str, set[int]] = {}
    for node in truth:
        if node.lineage:
            lineages.setdefault(node.lineage, set()).add(node.declaration)
    sulh, plain, plain_recall = {}, {}, None
    plain_repeats = count_repeats(linked_by_cosine(truth, threshold), truth)
    if repeats.true:
        sulh = repeat_scores(declarations, repeats)
        sulh |= {name: (value, _NONE, _NONE) for name, value in first_suggestions(truth).items()}
        plain_recall = recall_at(sulh["repeats precision"][0], truth)
        plain = repeat_scores(declarations, plain_repeats)
    said_ids = {frozenset((a.entry.id, b.entry.id)) for a, b in said}
    return Score(
        name,
        {
            "asks": len(truth),
            "recurring lineages": sum(len(where) > 1 for where in lineages.values()),
            "repeats": sum(repeats.true.values()),
        },
        sulh,
        plain,
        plain_recall,
        (),
        tuple(pair for pair in said if _judged(*pair) and not _repeat(*pair)),
        tuple(
            (a, b)
            for a, b in combinations(truth, 2)
            if _judged(a, b) and _repeat(a, b) and frozenset((a.entry.id, b.entry.id)) not in said_ids
        ),
        repeats,
        plain_repeats,
    )


# --- reports ---------------------------------------------------------------------------------------


def table(result: Score, threshold: float) -> str:
    sizes = ", ".join(f"{count} {name}" for name, count in result.sizes.items())
    heading = f"  {'':32}{'Sulh':>6}  {'95 %':^13}  {'plain':>6}  {'ratio':>6}  expected"
    lines = [f"{result.name}: {sizes}", heading]
    for name, (value, low, high) in result.sulh.items():
        plain = result.plain.get(name, (float("nan"),))[0]
        expected = EXPECTED.get(name)
        verdict = "" if expected is None else f"≥ {expected:.2f} {'met' if value >= expected else 'NOT MET'}"
        comparison = "" if np.isnan(plain) else f"{plain:6.3f}  {_ratio(value, plain):6.2f}"
        interval = "" if np.isnan(low) else f"{low:6.3f}–{high:<6.3f}"
        lines.append(f"  {name:32}{value:6.3f}  {interval:13}  {comparison:14}  {verdict}".rstrip())
    lines.append(
        "  plain: a sentence with an operative word is an ask to both governments;"
        f" TF-IDF cosine ≥ {threshold:.2f} (best on linking-tuning) is a repeat"
    )
    if result.plain_recall is not None:
        lines.append(f"  plain recall of repeats at Sulh's precision: {result.plain_recall:.3f}")
    return "\n".join(lines)


def errors(result: Score) -> str:
    lines = [f"# {result.name}: errors"]
    for reading in result.readings:
        labels = reading.declaration.labelled("ask")
        found_right, labels_right = ({pair[k] for pair in reading.matched} for k in (0, 1))
        here = [f"- missed: {label.text}" for j, label in enumerate(labels) if j not in labels_right]
        here += [f"- wrong: {one.text}" for i, one in enumerate(reading.found) if i not in found_right]
        for i, j in reading.matched:
            one, label = reading.found[i], labels[j]
            for what in ("addressees", "themes"):
                got, wanted = set(getattr(one, what)), set(getattr(label, what))
                if got != wanted:
                    here.append(f"- {what} {_set(got)} instead of {_set(wanted)}: {label.text}")
        if here:
            lines += ["", f"## {reading.declaration.id}", *here]
    for title, pairs in (("wrongly linked", result.wrong_links), ("not linked", result.missed_links)):
        if pairs:
            lines += ["", f"## {title}"]
            lines += [f"- {a.entry.id}: {a.entry.text}\n  {b.entry.id}: {b.entry.text}" for a, b in pairs]
    return "\n".join(lines)


def _set(values: set[str]) -> str:
    return "{" + ", ".join(sorted(values)) + "}"


def _as_json(result: Score) -> dict[str, object]:
    def plainly(figures: dict[str, Figure]) -> dict[str, object]:
        return {
            name: {"value": _number(value), "low": _number(low), "high": _number(high)}
            for name, (value, low, high) in figures.items()
        }

    return {
        "set": result.name,
        "sizes": result.sizes,
        "sulh": plainly(result.sulh),
        "plain": plainly(result.plain),
        "plain recall of repeats at Sulh's precision": result.plain_recall,
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--json", action="store_true", help="figures for machines")
    option("--errors", action="store_true", help="list what went wrong, but not in the held-out set")
    option("--held-out-errors", action="store_true", help="list what went wrong in the held-out sets")
    option("--lines", type=Path, action="append", default=[], help="link the asks of this file; repeatable")
    option("--set", dest="folders", type=Path, action="append", help="score this folder instead; repeatable")
    options = parser.parse_args(arguments)
    fitted = tuning_nodes()
    threshold = best_threshold(fitted)
    known = [LABELLED / name for name in ("tuning", *HELD_OUT)]
    folders = options.folders or ([] if options.lines else [folder for folder in known if folder.exists()])
    results = [score(folder, threshold) for folder in folders]
    results += [score_repeats(path.stem, nodes_of_lines(path), threshold) for path in options.lines]
    if not options.folders and not options.lines:
        results.insert(0, score_repeats("linking-tuning", fitted, threshold))
        results.append(taken_together("both held-out sets", [one for one in results if one.name in HELD_OUT]))
    if options.json:
        json.dump(
            {"seed": SEED, "cosine threshold": threshold, "sets": [_as_json(result) for result in results]},
            sys.stdout,
            indent=2,
        )
        print()
        return
    print("\n\n".join(table(result, threshold) for result in results))
    for result in results:
        if options.held_out_errors if result.name in HELD_OUT else options.errors:
            print("\n" + errors(result))


if __name__ == "__main__":
    main()
