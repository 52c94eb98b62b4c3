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
from .titles import is_outside
from .words import listed, phrases_in, word_set, words


def sightings(sentence: Sentence) -> Iterator[Hit]:
    """Find one person, or a few, in a sentence that narrates."""
    shape, terms = sentence.shape, sentence.terms
    if re.search("[S!n]", shape) or is_outside(sentence) or not narrates(sentence):
        return
    together = _together(sentence)
    for found in re.finditer(_ONE[sentence.language], shape):
        first, last = found.start(), found.end() - 1
        if re.search("[M2]", shape[max(0, first - 3) : first] + shape[last + 1 : last + 2]):
            continue
        if sentence.language == "en" and _is_compound(sentence, last):
            continue
        if last == first and terms[last].norm in words(sentence.language).lists.get("unsure", ()):
            continue
        if together or '"' in shape[max(0, first - 1) : last + 2]:
            continue
        plain = shape[last] == "P" and not re.search("[GRWYFQO]", found.group())
        yield _hit(sentence, first, last, SIDE_HIDDEN if plain else ANY)
    # The man from Pindi, by nothing but his town.
    for found in re.finditer(r"[RG]u(?=[EVue])", shape):
        if terms[found.end() - 1].norm in _FROM_THERE and (shape[found.end()] != "u" or sentence.language == "ps"):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # Both of the Afghan women; the two from Kabul.
    for found in re.finditer(r"2[fD]{0,2}[YFRWuf]{0,2}G[YFRW]{0,2}[owW]|2[fD]{0,2}W?G[pW]{1,2}|2W[GR]", shape):
        yield _hit(sentence, found.start(), found.end() - 1, ANY)
    for found in re.finditer(r"N(?=[ya]{0,2}[uV])", shape):
        if terms[found.end()].norm in listed("deeds") or terms[min(found.end() + 1, len(terms) - 1)].norm in (
            listed("deeds") if shape[found.end()] in "ya" else ()
        ):
            yield _hit(sentence, found.start(), found.end(), ANY)


_FROM_THERE: Final = word_set("والا والی والے वाला वाली वाले wala wali wale")

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


_FUTURE: Final = {"ur": ("ګا", "ګی"), "hi": ("गा", "गी", "गे"), "roman": ("ga", "gi", "ge")}
_IS: Final = word_set("ہے ہیں है हैं hai hain")
_STATES: Final = word_set("دارد دارند نیست نیستند ندارد ندارند خواهد خواهند")


def _others(sentence: Sentence) -> bool:
    if "E" in sentence.shape:
        return True
    judge = {"fa": _dari, "ps": _pashto}.get(sentence.language, _ergative)
    that = sentence.shape.find("t")
    ends = (sentence.terms[that].start, sentence.terms[-1].end) if that > 1 else (sentence.terms[-1].end,)
    for end in ends:
        told = [term.norm for term in sentence.words if term.end <= end]
        if told and judge(told[-1], told[-2] if len(told) > 1 else "", told, sentence.language):
            return True
    return False


def _ergative(last: str, before: str, told: list[str], language: str) -> bool:
    """Urdu and Hindi: not "-ta hai", not "-ga", not "kiya gaya"; "hai" only after a participle."""
    if last.endswith(_FUTURE[language]):
        return False
    if last in _IS:
        return before in _PARTICIPLES
    return not (last in _WENT and before.endswith(_PASSIVE) and before not in _WALKED)


_PARTICIPLES: Final = word_set(
    "چکا چکی چکے گیا گئی گئے دیا دی دیے لیا لی لیے کیا کی کیے ہوا ہوئی ہوئے رہا رہی رہے آیا آئی آئے रखा रखी "
    "चुका चुकी चुके गया गई गए दिया दी दिए लिया ली लिए किया की किए हुआ हुई हुए रहा रही रहे आया आई आए chuka chuki chuke diya gaya"
)
_WENT: Final = word_set("گیا گئی گئے گئیں गया गई गए गईं gaya gayi gaye")
_PASSIVE: Final = ("ا", "ی", "ा", "ी", "े", "aya", "iya")
_WALKED: Final = word_set("چلا چلی چلے चला चली चले آ ہو")


def _dari(last: str, before: str, told: list[str], language: str) -> bool:
    """Dari: not the present in "mi-", not "is", not "has been done"; "is" only after a participle."""
    if last in ("است", "اند"):
        return before.endswith("ه")
    if last in ("شد", "شدند", "ګردید") and before.endswith("ه"):
        return False
    return last not in _STATES and not re.match("ن?می.", last) and "خواهد" not in told


def _pashto(last: str, before: str, told: list[str], language: str) -> bool:
    """Pashto: a past in "wa-" or of the few without it; not "will", not "was done"."""
    if "به" in told:
        return False
    if last in _PERFECT:
        return before.endswith(("ی", "لی"))
    if last in _BECAME and before.endswith("ل"):
        return False
    return last in _DONE or before in _NOT_DONE or (last.startswith("و") and not last.endswith("ی"))


_PERFECT: Final = word_set("دی ده دي")
_BECAME: Final = word_set("شو شوه شول")
_NOT_DONE: Final = word_set("ونه وانه رانه ورنه یې نه")
_DONE: Final = word_set(
    "و وه وو شو شوه شول کړ کړه کړل کړې راغی راغله راغلل لاړ لاړه لاړل پاتې ورکړ ورکړه ورکړل راوړ راوړه راوړل پرېښود "
    "کېښودل کېښود کېښوده کېناست پاڅېد درلود درلوده درلودل ورسېد ورسېدل بلله باله بولي"
)


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
