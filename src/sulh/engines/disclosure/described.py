"""People told by a description instead of a name: "the younger of the Kabul academics", "two who had served as envoys".

A description is enough where the room is small: a label before a saying, a post once held, a comparison within a group,
a few of some kind, or that the writer met somebody ("took me aside").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence
from .tenses import narrates
from .titles import is_outside
from .words import listed, phrases_in, word_set, words


def described(sentence: Sentence, text: str) -> Iterator[Hit]:
    """Find people of whom a description is told."""
    yield from _labels(sentence, text)
    yield from _once(sentence)
    yield from _me(sentence)
    yield from _few(sentence)
    for rule in ("told", "single"):
        for start, end in phrases_in(sentence.language, rule, sentence.terms):
            if rule == "told" or re.match("[WOPJ]e?u?[aB]", sentence.shape[end:]):
                yield _hit(sentence, start, end - 1, ANY)
    for start, end in phrases_in(sentence.language, "other_side", sentence.terms):
        following = sentence.shape[end : end + 2]
        if following[:1] in "su" if sentence.language == "en" else re.match("f?[TVE]|X", following):
            yield _hit(sentence, start, end - 1, SIDE_HIDDEN, "side-speech")
    if sentence.language == "en":
        yield from _english(sentence)
        return
    # The gentleman who used to sign the visas.
    for found in re.finditer(r"q[jPOW]", sentence.shape):
        if sentence.shape[found.end() - 1] == "j" or narrates(sentence):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # The senator who is a friend.
    for found in re.finditer(
        "OP(?!f?[OI])" if sentence.language in ("ur", "hi", "roman") else "PO", sentence.shape
    ):
        if sentence.terms[found.end() - 1].norm not in _ALSO_VERBS:
            yield _hit(sentence, found.start(), found.end() - 1, ANY, "title")
    # The doctor who came with them.
    came = words(sentence.language).lists.get("came", frozenset())
    for found in re.finditer(r"[uI](?=[uYGRW]?[OPWJw])", sentence.shape):
        if sentence.terms[found.start()].norm in came and found.start():
            yield _hit(sentence, found.start(), found.end(), ANY)
    # Only one had ever crossed there; of the eight, two voted.
    if sentence.language in ("fa", "ps") and narrates(sentence):
        for found in re.finditer(
            r"QA|(?<=[op])N(?=[uV])" if sentence.language == "ps" else "QA", sentence.shape
        ):
            yield _hit(sentence, found.start(), found.end() - 1, ANY, "only-one")
    # A doctor, the one who came with the party.
    if sentence.language in ("fa", "ps") and "S" not in sentence.shape:
        for found in re.finditer(r"(?<![M2])[JOPWT],?q", sentence.shape):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # An Afghan: in Dari, where nations follow what they describe.
    if sentence.language == "fa" and re.search("[VE]", sentence.shape):
        for found in re.finditer("AG(?![I])", sentence.shape):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # From the Pakistani side there was resistance.
    if narrates(sentence) or "n" in sentence.shape:
        for found in re.finditer(_FROM_SIDE.get(sentence.language, "(?!)"), sentence.shape):
            yield _hit(sentence, found.start(), found.end() - 1, SIDE_HIDDEN, "side-speech")
    # One of the four from Khost.
    for found in re.finditer(r"[RG][uf]{0,2}NA(?![uo])", sentence.shape):
        yield _hit(sentence, found.start(), found.end() - 1, ANY)


def _labels(sentence: Sentence, text: str) -> Iterator[Hit]:
    """A person before a colon, or alone between brackets, labels what follows: "(trader, Quetta) The gate is shut"."""
    shape, terms = sentence.shape, sentence.terms
    opening = terms[0].start
    end = 0
    bracketed = text[max(0, opening - 1) : opening] == "("
    if bracketed:
        close = text.find(")", opening, opening + 160)
        end = sum(term.end <= close for term in terms[:24])
    elif found := re.match(r"[^.;:VvS!]{1,14}:", shape):
        end = found.end() - 1
    label = shape[:end]
    if not 0 < end < len(shape) or re.search("[M2!SVv]|I[^OPW]*$", label):
        return
    if re.search("[OPWq]|N.{0,2}[opw]" + ("|J$" if bracketed else ""), label) and (bracketed or end > 1):
        yield _hit(sentence, 0, end - 1, ANY if re.search("[OWGRYFQJ]", label) else SIDE_HIDDEN)


def _once(sentence: Sentence) -> Iterator[Hit]:
    """A post once held: "had served in Kabul as envoy", «سفیر رہ چکے ہیں»."""
    shape = sentence.shape
    for start, end in phrases_in(sentence.language, "once", sentence.terms):
        if sentence.language == "en":
            post = re.search("[OK](?!s)|I", shape[end : end + 6])
            found = post and (start, end + post.start(), shape[start : end + post.end()])
        else:
            post = re.search("[OK][^OK]{0,6}$", shape[max(0, start - 7) : start])
            first = max(0, start - 7) + (post.start() if post else 0)
            found = post and (first, end - 1, shape[first:end])
        if found and sentence.terms[found[0]].norm in listed("unsure"):
            continue
        if found and not re.search("[.;M2S]", found[2]):
            yield _hit(sentence, found[0], found[1], ANY, "title")


def _me(sentence: Sentence) -> Iterator[Hit]:
    """Whoever spoke to the writer: "took me aside", "told us over tea"."""
    for start, end in phrases_in(sentence.language, "me", sentence.terms):
        yield _hit(sentence, start, end - 1, ANY)


_FEW: Final = {
    "en": r"N[uYFGRW]{0,2}(?:[opwi](?:[fX][ADx]?[uYGR]{0,2}[opwi])?)(?![sI])",
    "fa": r"N[YF]?[opwOW](?:f?[GR])?",
    "ps": r"N[YFGR]{0,2}[opwOPW]",
    "ur": r"N[YFGR]{0,2}[opwOPW]{1,2}",
    "hi": r"N[YFGR]{0,2}[opwOPW]{1,2}",
    "roman": r"N[YFGR]{0,2}[opwOPW]{1,2}",
}
"""A few of some kind: "two participants", «دوه ګډونوال»."""


def _few(sentence: Sentence) -> Iterator[Hit]:
    """Fewer than five, where the sentence asks for nothing and no fate befalls them."""
    shape, terms = sentence.shape, sentence.terms
    if re.search("[S!n]", shape) or is_outside(sentence):
        return
    for found in re.finditer(_FEW[sentence.language], shape):
        if re.search("[2M]", shape[max(0, found.start() - 2) : found.end() + 1]):
            continue
        following = terms[found.end()].norm if found.end() < len(terms) else "."
        if sentence.language == "en" and following in {".", *words("en").lists["compounds"]}:
            continue
        passive = re.match(r"[^V.;]{0,10}Bu", shape[found.end() :])
        if passive and terms[found.end() + passive.end() - 1].norm.endswith(("ed", "en")):
            continue
        if _COUNTED & {term.norm for term in terms[found.start() : found.end()]}:
            continue
        yield _hit(sentence, found.start(), found.end() - 1, ANY)


_COUNTED: Final = frozenset({"people", "persons", "leaders", "heads", "chiefs"})


_FROM_SIDE: Final = {
    "ur": "GC(?:f?C)?X",
    "hi": "GC(?:f?C)?X",
    "roman": "GC(?:f?C)?X",
    "fa": "fC{1,2}G",
    "ps": "f[GR]CXu",
}
"""From one side, by one side."""
_ALSO_VERBS: Final = word_set("شریک مقرر")
"""Participants that are also parts of verbs: took part, was appointed."""


def _english(sentence: Sentence) -> Iterator[Hit]:
    shape, terms = sentence.shape, sentence.terms
    # The younger of the Kabul academics; the oldest among us.
    for found in re.finditer(r"[DY]Y[fX][ADx]?[uGRY]{0,2}[opwiCNh]", shape):
        yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # The one with the walking stick; the one in the red scarf.
    for found in re.finditer(r"DAX[DxA]?u(?!S)", shape):
        if terms[found.start() + 1].norm == "one" and terms[found.start() + 2].norm in (
            "with",
            "in",
            "from",
            "at",
        ):
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # Only one Kashmiri had come; the Pakistani side's only lawyer.
    for found in re.finditer(r"[Qys]?A[GRYu]?[WOP](?=[aB])|s[QY][YGRuU]{0,2}[OPW]", shape):
        first = terms[found.start()].norm
        if first in ("only", "just", "but", "'s"):
            yield _hit(sentence, found.start(), found.end() - 1, ANY, "only-one")
    # Youngest in the room; the only one to quote the treaty.
    for found in re.finditer(r"(?:^|(?<=[;:]))Y(?=X)|DQA(?=[Xq])", shape):
        if shape[found.start()] == "D" or terms[found.start()].norm.endswith("est"):
            yield _hit(sentence, found.start(), found.end() - 1, ANY, "only-one")
    # Our youngest is against.
    for found in re.finditer(r"[Dx]Y(?=[BaV])", shape):
        if terms[found.end() - 1].norm.endswith("est"):
            yield _hit(sentence, found.start(), found.end() - 1, ANY, "only-one")
    # According to the lady chairing the group.
    for found in re.finditer(r"@[DAx][YFGRW]{0,2}[OPWK](?![soI])", shape):
        yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # Our friend the Senator.
    for found in re.finditer(r"[DxA]P,?D[OK]", shape):
        yield _hit(sentence, found.start(), found.end() - 1, ANY, "title")
    # The tall one.
    for found in re.finditer(r"DYA", shape):
        if terms[found.end() - 1].norm == "one":
            yield _hit(sentence, found.start(), found.end() - 1, ANY)
    # From the Kandahar end of the table.
    for found in re.finditer(r"D?[RG]C", shape):
        if terms[found.end() - 1].norm in ("end of the table", "half of the table", "bench", "camp"):
            yield _hit(sentence, found.start(), found.end() - 1, SIDE_HIDDEN, "side-speech")
    # In the car back from the airport he let slip: a pronoun of one is somebody.
    for found in re.finditer(r"H(?=[ya]{0,3}[VuBS])", shape):
        if terms[found.start()].norm != "i":
            yield _hit(sentence, found.start(), found.start(), ANY)


def _hit(sentence: Sentence, first: int, last: int, from_level: int, rule: str = "one-person") -> Hit:
    terms = sentence.terms
    return Hit(terms[first].start, terms[last].end, rule, NEUTRAL["people"][sentence.language], from_level)
