"""Does a sentence tell what somebody did? As against what is, is wont to be, will be, was done, or is wished.

Told by the ends of verbs: no grammar, and wrong where a verb is rare.
"""

from __future__ import annotations

import re
from typing import Final

from .reading import Sentence
from .words import phrases_in, word_set, words


def main_clause(sentence: Sentence) -> str:
    """The shape of a sentence up to "that", unless that opens a relative clause; in English all of it."""
    if sentence.language == "en":
        return sentence.shape
    that = re.search(r"(?<=[^OPWq,])t", sentence.shape)
    return sentence.shape[: that.start()] if that else sentence.shape


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
    clauses = [found.start() for found in re.finditer("[tq]", sentence.shape) if found.start() > 1][:2]
    for end in (*(sentence.terms[one].start for one in clauses), sentence.terms[-1].end):
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
    if before in _NOT and last.endswith(_HABIT):
        return False
    return not (last in _WENT and before.endswith(_PASSIVE) and before not in _WALKED)


_PARTICIPLES: Final = word_set(
    "چکا چکی چکے گیا گئی گئے دیا دی دیے لیا لی لیے کیا کی کیے ہوا ہوئی ہوئے رہا رہی رہے آیا آئی آئے रखा रखी "
    "चुका चुकी चुके गया गई गए दिया दी दिए लिया ली लिए किया की किए हुआ हुई हुए रहा रही रहे आया आई आए chuka chuki chuke diya gaya"
)
_NOT: Final = word_set("نہیں नहीं nahin nahi")
_HABIT: Final = ("تا", "تی", "ता", "ती", "ते", "ta", "ti", "te")
_WENT: Final = word_set("گیا گئی گئے گئیں गया गई गए गईं gaya gayi gaye")
_PASSIVE: Final = ("ا", "ی", "ा", "ी", "े", "aya", "iya")
_WALKED: Final = word_set("چلا چلی چلے चला चली चले آ ہو")


def _dari(last: str, before: str, told: list[str], language: str) -> bool:
    """Dari: not the present in "mi-", not "is", not "has been done"; "is" only after a participle."""
    if last in ("است", "اند"):
        return before.endswith("ه")
    if last in ("شد", "شدند", "ګردید") and before.endswith("ه"):
        return False
    wont = re.match("ن?می.", last) and not _WAS_DOING.search(last)
    return last not in _STATES and not wont and "خواهد" not in told


_WAS_DOING: Final = re.compile("(?:ست|شت|فت|خت|کرد|بود|داد|مد|زد|رسید|شنید|دید|نهاد)(?:م|یم|ند)?$")
"""Stems of the Dari past: "mi-" with them was doing, "mi-" without them does."""


def _pashto(last: str, before: str, told: list[str], language: str) -> bool:
    """Pashto: a past in "wa-" or of the few without it; not "will", not "was done"."""
    if "به" in told:
        return False
    if last in _PERFECT:
        return before.endswith(("ی", "لی"))
    if last in _BECAME and before.endswith("ل"):
        return False
    if last in _DONE or last.endswith(("له", "ل", "لی", "اوه")):
        return True
    past = not last.endswith("ی") or last.endswith("لی")
    return past and (before in _NOT_DONE or re.match("(?:را|در|ور)?و", last) is not None)


_PERFECT: Final = word_set("دی ده دي")
_BECAME: Final = word_set("شو شوه شول")
_NOT_DONE: Final = word_set("ونه وانه رانه ورنه یې نه")
_DONE: Final = word_set(
    "و وه وو شو شوه شول کړ کړه کړل کړې راغی راغله راغلل لاړ لاړه لاړل پاتې ورکړ ورکړه ورکړل راوړ راوړه راوړل پرېښود "
    "کېښودل کېښود کېښوده کېناست پاڅېد درلود درلوده درلودل ورسېد ورسېدل بلله باله بولي"
)
