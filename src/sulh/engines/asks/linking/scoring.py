"""How alike two asks are: evidence from their features, weighed into a score between 0 and 1.

The score of a pair depends on the two asks alone, not on the others in the ledger: it never changes when the ledger
grows, and it can be checked by hand. All evidence comes from sums over shared features, so that a million pairs are
one sparse product (see :mod:`sulh.engines.asks.linking.index`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sulh.engines.asks.linking.lexicon import FACETS, lexicon

Floats = NDArray[np.float64]

# The weight of one feature by facet; a group named under [weights] in the lexicon has that factor besides.
FACET_WEIGHTS: Final = {
    "matter": 1.0, "who": 0.9, "act": 0.45, "place": 0.5, "extent": 0.3, "word": 0.6, "number": 0.2,
    "measure": 0.0, "name": 0.0, "nation": 0.0, "theme": 0.0, "addressee": 0.0,
}  # fmt: skip

# Columns of the sums kept for an ask and for what two asks share.
SQUARE, WEIGHT, MATTER, WHO, ACT, PLACE, NATION, PLAIN, NAME, THEME, ADDRESSEE, MEASURE = range(12)
SUMS: Final = 12
_COLUMN_OF: Final = {
    "matter": MATTER, "who": WHO, "act": ACT, "place": PLACE, "nation": NATION,
    "word": PLAIN, "number": PLAIN, "extent": PLAIN, "name": NAME, "theme": THEME, "addressee": ADDRESSEE,
    "measure": MEASURE,
}  # fmt: skip

# What each kind of evidence adds to the log-odds that two asks are the same, fitted by benchmarks/fit_linking.py.
INTERCEPT: Final = -4.96
COEFFICIENTS: Final = {
    "cosine": 1.71,
    "containment": 1.97,  # shared weight over the weight of the shorter ask
    "core apart": -0.9,  # each names matters or groups that the other lacks
    "core alike": 0.37,
    "who apart": -0.39,
    "act shared": 0.92,
    "act apart": -0.75,
    "weight shared": 1.6,  # up to a weight of 3
    "names apart": -1.0,  # set by judgement: the sets hold few names
    "measure alike": 1.81,  # shared measures over all measures of both
    "measure apart": -1.7,  # each asks for a measure, and they are not the same
    "theme": 0.82,  # the same: added, different: taken off, not known: nothing
}
EVIDENCE: Final = tuple(COEFFICIENTS)

# The same where the meaning of both asks was read, with what their nearness in meaning adds.
MEANT_INTERCEPT: Final = -6.75
MEANT: Final = {
    "cosine": 0.64,
    "containment": 1.61,
    "core apart": -0.69,
    "core alike": 0.10,
    "who apart": -0.74,
    "act shared": 0.98,
    "act apart": -0.40,
    "weight shared": 0.28,
    "names apart": -1.0,  # set by judgement
    "measure alike": 0.80,
    "measure apart": -0.55,
    "theme": 0.54,
    "near": 7.97,
    "very near": 5.75,  # the square of it
}


def weight(feature: str) -> float:
    """The weight of a feature, 0 to 1."""
    facet, _, name = feature.partition(":")
    value = FACET_WEIGHTS[facet]
    return value * lexicon().weights.get(name, 1.1) if facet in FACETS else value


def columns(feature: str) -> tuple[float, ...]:
    """What a feature adds to the sums of an ask, or of a pair that shares it."""
    facet, value = feature.partition(":")[0], weight(feature)
    sums = [value * value, value] + [0.0] * (SUMS - 2)
    sums[_COLUMN_OF[facet]] = value or 1.0  # evidence without weight is counted
    return tuple(sums)


def evidence(shared: Floats, left: Floats, right: Floats) -> Floats:
    """The evidence on pairs of asks, one row a pair, columns as in ``EVIDENCE``.

    Args:
        shared: sums over the shared features, shape (pairs, SUMS).
        left, right: sums over all features of each ask, same shape.
    """
    tiny = 1e-9
    cosine = shared[:, SQUARE] / np.sqrt(np.maximum(left[:, SQUARE] * right[:, SQUARE], tiny))
    least = np.minimum(left[:, WEIGHT], right[:, WEIGHT])
    containment = shared[:, WEIGHT] / np.maximum(least, 0.5)
    own_left, own_right = left - shared, right - shared
    core = shared[:, MATTER] + shared[:, WHO]
    core_left, core_right = (own[:, MATTER] + own[:, WHO] for own in (own_left, own_right))

    def same(column: int) -> Floats:
        found: Floats = (shared[:, column] > 0).astype(np.float64)
        return found

    def apart(column: int) -> Floats:
        both = (left[:, column] > 0) & (right[:, column] > 0)
        found: Floats = (both & (shared[:, column] == 0)).astype(np.float64)
        return found

    return np.column_stack(
        [
            cosine,
            containment,
            1 - np.exp(-np.minimum(core_left, core_right)),
            core / np.maximum(core + core_left + core_right, 0.5),
            apart(WHO),
            1 - np.exp(-shared[:, ACT]),
            1 - np.exp(-np.minimum(own_left[:, ACT], own_right[:, ACT])),
            np.minimum(shared[:, WEIGHT], 3),
            apart(NAME),
            shared[:, MEASURE] / np.maximum(left[:, MEASURE] + right[:, MEASURE] - shared[:, MEASURE], 1),
            apart(MEASURE),
            same(THEME) - apart(THEME),
        ]
    )


def score(found: Floats, near: Floats | None = None) -> Floats:
    """The scores, 0 to 1, of rows of evidence: a logistic function, so that 0.5 is "as likely as not".

    ``near`` is the nearness in meaning of each pair (cosine, -1 to 1), not a number where it was not read. Rounded to
    six decimals, so that the order of the additions, which differs by machine, is not seen.
    """
    odds = INTERCEPT + found @ np.array([*COEFFICIENTS.values()])
    if near is not None:
        meant = MEANT_INTERCEPT + np.column_stack([found, near, near * near]) @ np.array([*MEANT.values()])
        odds = np.where(np.isnan(near), odds, meant)
    reach: Floats = 1 / (1 + np.exp(-odds))
    return np.round(reach, 6)
