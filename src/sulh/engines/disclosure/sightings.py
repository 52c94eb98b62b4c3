"""One person anywhere in a sentence that tells what was done: "on the bus a baker wept".

The record of a dialogue tells of nobody's deeds but of those who were there. So one person, or a few, in a sentence
that narrates is a finding, whatever the verb and wherever the person stands in it. General truths ("a driver waits
nine days"), plans, wishes, what befell people outside, and what all did together are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence
from .tenses import main_clause, narrates
from .titles import is_nobody, is_outside
from .words import listed, word_set, words


def sightings(sentence: Sentence) -> Iterator[Hit]:
    """Find one person, or a few, in a sentence that narrates."""
    shape, terms = main_clause(sentence), sentence.terms
    if re.search("[S!n]", shape) or is_outside(sentence) or not narrates(sentence):
        return
    together = _together(sentence)
    for found in re.finditer(_ONE[sentence.language], shape):
        first, last = found.start(), found.end() - 1
        after = "" if sentence.language in ("ur", "hi", "roman") else shape[last + 1 : last + 2]
        if re.search("[M2]", shape[max(0, first - 3) : first] + after) or re.match(
            "[Xf]2", shape[last + 1 :]
        ):
            continue
        if sentence.language == "en" and _is_compound(sentence, last):
            continue
        if last == first and terms[last].norm in listed("unsure") | listed("organisers"):
            continue
        if is_nobody(sentence, first) or (found.group() == "P" and _were_several(sentence)):
            continue
        if together or '"' in shape[max(0, first - 1) : last + 2]:
            continue
        plain = shape[last] == "P" and not re.search("[GRWYFQO]", found.group())
        yield _hit(sentence, first, last, SIDE_HIDDEN if plain else ANY)
    # The man from Pindi, by nothing but his town.
    for found in re.finditer(r"[RG]u(?=[EVue])", shape):
        if terms[found.end() - 1].norm in _FROM_THERE and (
            shape[found.end()] != "u" or sentence.language == "ps"
        ):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # Both professors; for the Afghans dignity came first.
    for found in re.finditer(
        r"2[YGRW]{0,2}[ow](?![sf])" if sentence.language == "en" else r"2[YGRW]?[OJo](?!f)", shape
    ):
        if terms[found.start()].norm in _BOTH:
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    for found in re.finditer(r"^[Xf]?D?i(?:f?[Xeu]|,)" if sentence.language != "en" else "^XDi", shape):
        terms_ = terms[found.start()], terms[found.end() - 1]
        yield Hit(
            terms_[0].start, terms_[1].end, "side-speech", NEUTRAL["people"][sentence.language], SIDE_HIDDEN
        )
    # Both of the Afghan women; the two from Kabul.
    for found in re.finditer(
        r"2[fD]{0,2}[YFRWuf]{0,2}G[YFRW]{0,2}[owW]|2[fD]{0,2}W?G[pW]{1,2}|2[WOJ][GR]", shape
    ):
        yield _hit(sentence, found.start(), found.end() - 1, ANY)
    for found in re.finditer(r"N(?=[ya]{0,2}[uV])", shape):
        if terms[found.end()].norm in listed("deeds") or terms[min(found.end() + 1, len(terms) - 1)].norm in (
            listed("deeds") if shape[found.end()] in "ya" else ()
        ):
            yield _hit(sentence, found.start(), found.end(), ANY)


_FROM_THERE: Final = word_set("والا والی والے वाला वाली वाले wala wali wale")

_BOTH: Final = frozenset({"both", *word_set("دونوں दोनों دواړه دواړو dono donon"), "هر دو"})

_ONE: Final = {
    "en": r"A[YFGRWuU]{0,3}[OPW](?![sOPW])",
    "fa": r"(?:A|N)?[YFGR]?[OPW]",
    "ps": r"(?:A|N)?[YFGR]{0,2}[OPW]",
    "ur": r"(?:A|N)?[YFGRW]{0,2}[OPW]",
    "hi": r"(?:A|N)?[YFGRW]{0,2}[OPW]",
    "roman": r"(?:A|N)?[YFGRW]{0,2}[OPW]",
}


def _together(sentence: Sentence) -> bool:
    """Whether several did it: then one person in the sentence is what it was done to."""
    shape = sentence.shape
    if sentence.language == "en":
        return bool(re.match(r"(?:[XD][^,]{0,6},)?D?[pIM2h]+[yau]?[uVB]", shape))
    if sentence.language in ("fa", "ps"):
        return bool(re.match(r"(?:X[^,]{0,8},|[yD&])*[pI2Mi]", shape)) or "v" in shape
    return bool(re.search("[poI2MCK]f?u?E", shape))


def _were_several(sentence: Sentence) -> bool:
    """Whether a Pashto verb tells that several did it: "participant" and "participants" are one word."""
    return sentence.language == "ps" and sentence.words[-1].norm.endswith(("ل", "وو"))


def _is_compound(sentence: Sentence, last: int) -> bool:
    """Whether a word of a trade only describes the noun after it: an ambassador-level meeting."""
    following = sentence.terms[last + 1 : last + 2]
    return (
        bool(following)
        and following[0].kind in "uI"
        and (following[0].norm in words("en").lists["compounds"] or following[0].norm in ("level", "led"))
    )


def _hit(sentence: Sentence, first: int, last: int, from_level: int) -> Hit:
    terms = sentence.terms
    return Hit(
        terms[first].start, terms[last].end, "one-person", NEUTRAL["people"][sentence.language], from_level
    )
