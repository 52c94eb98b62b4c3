"""Fit the coefficients of the linker on the tuning lineages and print them for `linking/scoring.py`.

    python -m benchmarks.fit_linking [--errors 20] [--points left-out.npz …]

Pairs are asks of different dates within one pair of countries. Half of the themes are hidden and some are changed, so
that the theme does not count for more than a guessed theme is worth. What the sets cannot tell keeps a weight set by
judgement (`JUDGED`). Two copies of the sets hide three in ten groups of the lexicon, so that words it does not know get
the weight that they deserve on unseen texts.

With `--points` the weights for asks whose meaning is read are fitted instead, on sets that the encoder was not taught,
so that nearness counts for what it is worth on lineages it has never seen. Each file is of a run of `fit_meaning.py`
that left some sets out; the weights in `scoring.py` are of two:

    --without af-pk-security.jsonl,in-pk-people.jsonl,programmes,declarations
    --without af-pk-people.jsonl,in-pk-security.jsonl,other-pairs.jsonl,paraphrases.jsonl,check-wide.toml
"""

from __future__ import annotations

import argparse
import itertools
import json
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sulh.engines.asks.linking import Entry, Index, link, scoring
from sulh.engines.asks.linking.lexicon import Lexicon, lexicon, patterns
from sulh.engines.asks.linking.model import when
from sulh.engines.asks.linking.table import tabulate

SET = Path(__file__).parent / "labelled" / "linking-tuning"
JUDGED = {"names apart": -1.0}
CAUTION = 0.5  # taken off the fitted intercept: a wrong link costs more than a missed one
# Added to it where the meaning is read, since lineages are averages, which wash out single wrong pairs. Set by the
# totals of the held-out sets.
BOLDNESS = 1.6


def load(name: str, traps: bool = True) -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """The entries of a file of the set, their lineages and their pairs of countries, by id.

    ``traps`` are asks invented to resemble another closely. They are far rarer in real declarations than in the sets,
    so that the fit leaves them out and only the judgement counts them.
    """
    entries, lineage, pair = [], {}, {}
    for group in tomllib.loads((SET / name).read_text(encoding="utf-8"))["lineage"]:
        if "near" in group and not traps:
            continue
        for date, text in group["asks"]:
            key = f"{len(entries):03}"
            entries.append(Entry(key, date, text, (group["theme"],)))
            lineage[key], pair[key] = group["key"], group["pair"]
    return entries, lineage, pair


def load_programmes() -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """The asks of the demonstration programmes: real declarations retold by somebody else, with their lineages."""
    entries, lineage, pair = [], {}, {}
    for path in sorted((SET.parents[2] / "programmes").glob("*/texts/*.md")):
        text = tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])
        for ask in text.get("asks", ()):
            key = f"{len(entries):03}"
            entries.append(
                Entry(key, text.get("date", ""), ask["text"], tuple(ask["themes"]), tuple(ask["to"]))
            )
            lineage[key], pair[key] = ask.get("lineage", key), path.parts[-3]
    return entries, lineage, pair


def load_declarations() -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """The asks of the labelled declarations on which the extractor is tuned, with their lineages."""
    entries, lineage, pair = [], {}, {}
    for path in sorted((SET.parent / "tuning").glob("*.json")):
        text = json.loads(path.read_text(encoding="utf-8"))
        for label in text["labels"]:
            if label["kind"] == "ask":
                key = f"{len(entries):03}"
                codes = tuple(label.get("themes", ())), tuple(label.get("addressees", ()))
                entries.append(Entry(key, text["date"], label["text"], *codes))
                lineage[key], pair[key] = label.get("lineage") or key, "/".join(sorted(text["sides"]))
    return entries, lineage, pair


def load_lines(name: str) -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """The asks of a file of the set with one ask a line, each with its declaration, as real programmes make them."""
    entries, lineage, pair = [], {}, {}
    for line in (SET / name).read_text(encoding="utf-8").splitlines():
        ask, key = json.loads(line), f"{len(entries):04}"
        entries.append(Entry(key, ask["date"], ask["text"], tuple(ask["themes"]), tuple(ask["addressees"])))
        lineage[key], pair[key] = ask["lineage"] or key, ask["pair"]
    return entries, lineage, pair


def load_any(name: str, traps: bool = True) -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """A set by its name: ``programmes``, ``declarations`` or a file of lineages."""
    named = {"programmes": load_programmes, "declarations": load_declarations}
    if name in named:
        return named[name]()
    return load_lines(name) if name.endswith(".jsonl") else load(name, traps)


def names_of_sets() -> list[str]:
    """All sets that the linker may be fitted on, in an order that deals each kind out evenly."""
    return [*sorted(path.name for path in SET.iterdir()), "programmes", "declarations"]


def hiding(share: float, seed: int) -> Lexicon:
    """The lexicon without a share of its groups: what an ask about something new looks like to the linker."""
    book, random = lexicon(), np.random.default_rng(seed)
    groups = {group for some in book.single.values() for group in some}
    groups |= {pattern.group for pattern in patterns(book)}
    hidden = {group for group in sorted(groups) if random.random() < share}
    return replace(
        book,
        single={atom: tuple(g for g in some if g not in hidden) for atom, some in book.single.items()},
        longer={
            first: {second: tuple(p for p in some if p.group not in hidden) for second, some in after.items()}
            for first, after in book.longer.items()
        },
    )


def blurred(entries: list[Entry], seed: int) -> list[Entry]:
    """The entries with half of the themes hidden and one in ten changed."""
    random = np.random.default_rng(seed)
    themes = sorted({theme for entry in entries for theme in entry.themes[:1]})

    def one(entry: Entry) -> Entry:
        luck = random.random()
        known = () if luck < 0.5 else (str(random.choice(themes)),) if luck < 0.6 else entry.themes
        return Entry(entry.id, entry.date, entry.text, known)

    return [one(entry) for entry in entries]


@dataclass(frozen=True)
class Design:
    """All comparable pairs of a set: their entries, the evidence, their nearness in meaning, and which are repeats.

    ``near`` is None where no points are given.
    """

    pairs: list[tuple[Entry, Entry]]
    evidence: Any  # shape (pairs, pieces of evidence)
    near: Any  # shape (pairs,)
    same: Any  # shape (pairs,)


def design(
    entries: list[Entry],
    lineage: dict[str, str],
    pair: dict[str, str],
    book: Lexicon | None = None,
    points: dict[str, Any] | None = None,
) -> Design:
    ordered = tuple(sorted(entries, key=when))
    index = Index(ordered, tabulate(ordered, book), None)
    rows = index._own
    both = [
        (i, j)
        for i, j in itertools.combinations(range(len(entries)), 2)
        if pair[index.entries[i].id] == pair[index.entries[j].id]
        and index.entries[i].date != index.entries[j].date
    ]
    left, right = np.array(both).T
    shared = rows.ones[left].multiply(rows.ones[right]) @ index._sums
    found = scoring.evidence(shared, rows.sums[left], rows.sums[right])
    pairs = [(index.entries[i], index.entries[j]) for i, j in both]
    near = None
    if points is not None:
        placed = np.array([points[entry.text] for entry in ordered])
        near = np.einsum("ij,ij->i", placed[left], placed[right])
    return Design(pairs, found, near, np.array([lineage[a.id] == lineage[b.id] for a, b in pairs]))


def fit_meant(points: dict[str, Any]) -> None:
    """Print the weights for asks whose meaning is read, each set counting for the same."""
    from sklearn.linear_model import LogisticRegression

    names = [
        name for name in names_of_sets() if all(e.text in points for e in load_any(name, traps=False)[0])
    ]
    columns, same, weights = [], [], []
    for seed, name in enumerate(names):
        entries, *rest = load_any(name, traps=False)
        found = design(blurred(entries, seed), *rest, points=points)
        columns.append(np.column_stack([found.evidence, found.near, found.near**2]))
        same.append(found.same)
        weights.append(np.full(len(found.same), 250 / found.same.sum()))
    model = LogisticRegression(max_iter=10_000).fit(
        np.vstack(columns), np.concatenate(same), sample_weight=np.concatenate(weights)
    )
    print(f"fitted on {', '.join(names)}")
    print(f"MEANT_INTERCEPT: Final = {model.intercept_[0] + BOLDNESS:.2f}")
    for name, value in (dict(zip(scoring.MEANT, model.coef_[0], strict=True)) | JUDGED).items():
        print(f'    "{name}": {value:.2f},')


def lineage_quality(
    entries: list[Entry], lineage: dict[str, str], pair: dict[str, str]
) -> tuple[float, float]:
    """Precision and recall of the pairs that `link` puts into one lineage, each pair of countries by itself."""
    proposed, gold = set(), set()
    for key in sorted(set(pair.values())):
        mine = [entry for entry in entries if pair[entry.id] == key]
        date = {entry.id: entry.date for entry in mine}
        for found in link(mine, thorough=False):
            proposed |= {p for p in itertools.combinations(sorted(found.ids), 2) if date[p[0]] != date[p[1]]}
        gold |= {
            p
            for p in itertools.combinations(sorted(e.id for e in mine), 2)
            if lineage[p[0]] == lineage[p[1]] and date[p[0]] != date[p[1]]
        }
    right = len(proposed & gold)
    return right / max(len(proposed), 1), right / max(len(gold), 1)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", type=int, default=0, help="show so many of the worst errors")
    options.add_argument("--regular", type=float, default=1.0, help="inverse strength of the regularisation")
    options.add_argument(
        "--on",
        default="asks.toml,check.toml,programmes,declarations,wide-1.toml,wide-2.toml,wide-3.toml,wide-4.toml",
        help="the files fitted on",
    )
    options.add_argument(
        "--as-is", action="store_true", help="judge the coefficients of the program, not the new ones"
    )
    options.add_argument(
        "--points",
        type=Path,
        nargs="+",
        help="points of texts which the encoder was not taught; a file a run",
    )
    chosen = options.parse_args()
    if chosen.points:
        points: dict[str, Any] = {}
        for path in chosen.points:
            with np.load(path) as kept:
                points |= dict(zip(kept["texts"].tolist(), kept["points"], strict=True))
        fit_meant(points)
        return
    from sklearn.linear_model import LogisticRegression

    sets = [load_any(name, traps=False) for name in chosen.on.split(",")]
    books = [None, hiding(0.3, 1), hiding(0.3, 2)]
    many = [
        design(blurred(entries, seed), *rest, book)
        for entries, *rest in sets
        for seed, book in enumerate(books)
    ]
    found, same = np.vstack([m.evidence for m in many]), np.concatenate([m.same for m in many])
    model = LogisticRegression(C=chosen.regular / 3, max_iter=10_000).fit(found, same)
    values = dict(zip(scoring.EVIDENCE, model.coef_[0], strict=True)) | JUDGED
    print(f"INTERCEPT: Final = {model.intercept_[0] - CAUTION:.2f}")
    for name, value in values.items():
        print(f'    "{name}": {value:.2f},')
    if not chosen.as_is:
        scoring.COEFFICIENTS.update(values)
        scoring.INTERCEPT = float(model.intercept_[0]) - CAUTION
    kept = scoring.INTERCEPT
    for name in chosen.on.split(","):
        data = load_any(name)
        bare = [Entry(e.id, e.date, e.text) for e in data[0]]
        compared = design(bare, *data[1:])
        pairs, truth, score = compared.pairs, compared.same, scoring.score(compared.evidence)
        from sklearn.metrics import average_precision_score

        print(f"{name}: average precision {average_precision_score(truth, score):.3f}", end="; ")
        for level in (0.3, 0.4, 0.5, 0.6):
            chosen_pairs = score >= level
            print(
                f"at {level}: P {truth[chosen_pairs].mean():.3f} R {truth[chosen_pairs].sum() / truth.sum():.3f}",
                end="; ",
            )
        print()
        for label, some in (("bare", bare), ("with themes", data[0])):
            for shift in (0.0, 0.3, 0.6):
                scoring.INTERCEPT = kept - shift
                precision, recall = lineage_quality(some, *data[1:])
                print(f"  lineages {label}, intercept -{shift}: P {precision:.3f} R {recall:.3f}", end="; ")
        scoring.INTERCEPT = kept
        print()
        order = np.argsort(-score)
        wrong = [k for k in order if not truth[k]][: chosen.errors]
        missed = [k for k in order[::-1] if truth[k]][: chosen.errors]
        for title, some in (("wrong", wrong), ("missed", missed)):
            for k in some:
                print(f"  {title} {score[k]:.2f}  {pairs[k][0].text}  |  {pairs[k][1].text}")


if __name__ == "__main__":
    main()
