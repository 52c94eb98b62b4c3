"""Side and one more attribute: "an Afghan woman lawyer", "two Pakistani parliamentarians".

Where the roster can count, a combination that five or more share is free; where it cannot, any side or sex
with one more attribute is a finding in the singular and with a number under five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence
from .roster import Roster
from .titles import is_addressed

FEWEST: Final = 5
"""A group that may be told apart must have at least this many members."""

_ENGLISH: Final = (
    r"[ADN]?[YFu]{0,2}G[YFRWu]{0,2}W[YFu]?[OWP]?(?![oup])",  # an Afghan woman (lawyer)
    r"(?:A|D(?=.{0,4}[OW][^u]))[YFW]{0,2}G[YFRW]{0,2}O(?![uoS])",  # the Afghan general
    r"N[YFW]{0,2}G[YFRW]{0,2}[owOW]",  # two Pakistani parliamentarians
    r"N[uYFW]{0,2}[opw]X{1,2}D?[uY]?[RgG]",  # three journalists from Kabul
    r"[AD][YF]{0,2}W[YF]?O(?![uo])",  # a woman lawyer
    r"[AD][YF]{0,2}WX{1,2}D?[Rg]",  # the woman from Herat
    r"[AD][YFu]{0,2}[UR]?O[^.;VS,]{0,2}X[AD]?[u]?G[pCI]",  # a poet among the Afghan delegates
    r"[AD][YF]{1,2}[^.;VS,]?[OPW]X{1,2}D?[RgG]",  # a young man from Quetta
    r"DN[XV]{1,2}D?[IRgG]",  # the two from the embassy
    r"[AD][YFW]*G[YW]+P",  # a young Afghan delegate
    r"[AD][YFu]{0,2}[OW](?=[^.;]{0,4}X[AD]?G[CI])",
)
_OTHERS: Final = (
    r"[AN]?[GR]f?[YF]?W[OP]?",
    r"[AN]G[YFu]?[OW]",
    r"N[M#]?[owOPW][fX]?[GR]",
    r"GpN",
    r"[AN]?[YF]?W[f]?[GR]",
    r"NG[ow]",
    r"Y[GR][PO]|[GR]f?Y[POW]",
    r"[AN]?GC[^.;]{0,4}[YF][^.;]{0,2}[POWK]",
)


def combinations(sentence: Sentence, roster: Roster) -> Iterator[Hit]:
    """Find combinations of attributes that fewer than five people share."""
    shape, terms = sentence.shape, sentence.terms
    for pattern in _ENGLISH if sentence.language == "en" else _OTHERS:
        for found in re.finditer(pattern, shape):
            first, last = found.start(), found.end() - 1
            if is_addressed(sentence, first, last) or (first and shape[first - 1] in "M2"):
                continue
            if sentence.language != "en" and not _speaks_of_somebody(shape, found):
                continue
            attributes = frozenset(term.norm for term in terms[first : last + 1] if term.kind in "GgRWYFOKow")
            holding = roster.holding(attributes) if roster.holding else None
            if holding is not None and holding >= FEWEST:
                continue
            level = SIDE_HIDDEN if re.fullmatch(r"[ADN]?G[pP]", found.group()) else ANY
            yield Hit(
                terms[first].start,
                terms[last].end,
                "combination",
                NEUTRAL["people"][sentence.language],
                level,
            )


def _speaks_of_somebody(shape: str, found: re.Match[str]) -> bool:
    """Outside English, where forms of one and of several look alike, a number, an article or a saying must show one."""
    return bool(re.match("[ANQ]", found.group())) or bool(
        re.search("[EVT]", shape[found.end() : found.end() + 30])
    )
