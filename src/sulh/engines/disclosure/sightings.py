"""One person anywhere in a sentence that tells what was done: "on the bus a baker wept".

The record of a dialogue tells of nobody's deeds but of those who were there. So one person, or a few, in a sentence that
narrates is a finding, whatever the verb and wherever the person stands in it. General truths ("a driver waits nine days"),
plans, wishes, what befell people outside, and what all did together are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence
from .words import listed, phrases_in, word_set, words


def sightings(sentence: Sentence) -> Iterator[Hit]:
    """Find one person, or a few, in a sentence that narrates."""
    shape, terms = sentence.shape, sentence.terms
    fate = listed("fate")
    if re.search("[S!n]", shape) or any(term.norm in fate for term in sentence.words) or not narrates(sentence):
        return
    together = _together(sentence)
    for found in re.finditer(_ONE[sentence.language], shape):
        first, last = found.start(), found.end() - 1
        if re.search("[M2]", shape[max(0, first - 3) : first] + shape[last + 1 : last + 2]):
            continue
        if sentence.language == "en" and _is_compound(sentence, last):
            continue
        if together or '"' in shape[max(0, first - 1) : last + 2]:
            continue
        plain = shape[last] == "P" and not re.search("[GRWYFQO]", found.group())
        yield _hit(sentence, first, last, SIDE_HIDDEN if plain else ANY)
    # Both of the Afghan women; the two from Kabul.
    for found in re.finditer(r"2[fD]{0,2}[YFRWuf]{0,2}G[YFRW]{0,2}[owW]|2[fD]{0,2}W?G[pW]{1,2}|2W[GR]", shape):
        yield _hit(sentence, found.start(), found.end() - 1, ANY)
    for found in re.finditer(r"N(?=[ya]{0,2}[uV])", shape):
        if terms[found.end()].norm in listed("deeds") or terms[min(found.end() + 1, len(terms) - 1)].norm in (
            listed("deeds") if shape[found.end()] in "ya" else ()
        ):
            yield _hit(sentence, found.start(), found.end(), ANY)


_ONE: Final = {
    "en": r"A[YFGRWuU]{0,3}[OPW](?![sOPW])",
    "fa": r"(?:A|N)?[YFGR]?[OPW]",
    "ps": r"(?:A|N)?[YFGR]{0,2}[OPW]",
    "ur": r"(?:A|N)?[YFGRW]{0,2}[OPW]",
    "hi": r"(?:A|N)?[YFGRW]{0,2}[OPW]",
    "roman": r"(?:A|N)?[YFGRW]{0,2}[OPW]",
}


def narrates(sentence: Sentence) -> bool:
    """Whether a sentence tells what somebody did, as against what is, is wont to be, or will be."""
    if any(phrases_in(sentence.language, "wont", sentence.terms)):
        return False
    return (_english if sentence.language == "en" else _others)(sentence)


def _english(sentence: Sentence) -> bool:
    past = words("en").lists["past"]
    return any(
        (term.kind in "uV" and term.norm.endswith("ed") and not term.capital) or term.norm.split()[0] in past
        for term in sentence.terms
    )


_HABIT: Final = {"ur": ("تا", "تی", "تی"), "hi": ("ता", "ती", "ते"), "roman": ("ta", "ti", "te")}
_FUTURE: Final = {"ur": ("ګا", "ګی"), "hi": ("गा", "गी", "गे"), "roman": ("ga", "gi", "ge")}
_IS: Final = word_set("ہے ہیں है हैं hai hain")
_STATES: Final = word_set("دارد دارند است اند نیست نیستند خواهد خواهند ندارد دی ده دي نه نشته وي شي لري کوي کیږي غواړي ورکوي")


def _others(sentence: Sentence) -> bool:
    told = [term.norm for term in sentence.words]
    if not told:
        return False
    last, before = told[-1], told[-2] if len(told) > 1 else ""
    if sentence.language in _HABIT:
        if last.endswith(_FUTURE[sentence.language]):
            return False
        return not (last in _IS and before.endswith(_HABIT[sentence.language]))
    if sentence.language == "fa":
        if last == "است" or last == "اند":
            return before.endswith("ه")
        return last not in _STATES and not re.match("ن?می.", last) and "خواهد" not in told
    if "به" in told:
        return False
    if last in _PERFECT:
        return before.endswith(("ی", "لی", "کړی", "شوی"))
    return last in _DONE or (last.startswith("و") and not last.endswith(("وی", "ی")))


_PERFECT: Final = word_set("دی ده دي")
_DONE: Final = word_set("و وه وو شو شوه شول کړ کړه کړل کړې راغی راغله راغلل لاړ لاړه لاړل پاتې ته")


def _together(sentence: Sentence) -> bool:
    """Whether several did it: then one person in the sentence is what it was done to."""
    shape = sentence.shape
    if sentence.language == "en":
        return bool(re.match(r"(?:[XD][^,]{0,6},)?D?[pIM2h]+[yau]?[uVB]", shape))
    return bool(re.search("[poI2MCK]f?u?E", shape)) or "v" in shape


def _is_compound(sentence: Sentence, last: int) -> bool:
    """Whether a word of a trade only describes the noun after it: an ambassador-level meeting."""
    following = sentence.terms[last + 1 : last + 2]
    return bool(following) and following[0].kind in "uI" and (
        following[0].norm in words("en").lists["compounds"] or following[0].norm in ("level", "led")
    )


def _hit(sentence: Sentence, first: int, last: int, from_level: int) -> Hit:
    terms = sentence.terms
    return Hit(terms[first].start, terms[last].end, "one-person", NEUTRAL["people"][sentence.language], from_level)
