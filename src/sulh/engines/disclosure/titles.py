"""Titles and offices, and what only one in a room can be.

A former, retired or acting office of one person, an office with a region, the only woman, the youngest
delegate. Offices as addressees ("the foreign secretaries should meet", "called on the minister") are no
attribution and stay free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import NEUTRAL
from .hits import ANY, Hit
from .reading import Sentence
from .tenses import main_clause
from .words import listed, phrases_in, word_set, words


def titles(sentence: Sentence) -> Iterator[Hit]:
    """Find an office that points to one person."""
    yield from (_english if sentence.language == "en" else _others)(sentence)
    yield from only_ones(sentence)


def _english(sentence: Sentence) -> Iterator[Hit]:
    shape = sentence.shape
    for found in re.finditer(r"[ADNx]?[uUYGRW]{0,2}F[uYGRWUFP]{0,2}([OKP])", shape):
        head = found.end() - 1
        if found.group(1) == "P" and not re.match(r"[fX]", shape[head + 1 :]):
            continue
        if re.match("s[uILR]{1,2}[BaSX]", shape[head + 1 :]):
            # The former king's palace.
            continue
        if not is_addressed(sentence, found.start(), head):
            yield _hit(sentence, found.start(), head)
    for found in re.finditer(r"[AN][uYGRWU]{0,2}F[uYGRWUF]{0,2}[ok]", shape):
        if "N" in found.group() and not is_addressed(sentence, found.start(), found.end() - 1):
            yield _hit(sentence, found.start(), found.end() - 1)
    # The general from Rawalpindi; the Herat parliamentarian; an MP based in Quetta.
    for found in re.finditer(r"[AD][uYGFW]{0,2}OX{1,2}D?[uU]?[RGg]", shape):
        if not is_addressed(sentence, found.start(), found.end() - 1) and _origin(sentence, found):
            yield _hit(sentence, found.start(), found.end() - 1)
    for found in re.finditer(r"[AD][YF]?R[YFuU]?O(?!u)", shape):
        if not is_addressed(sentence, found.start(), found.end() - 1):
            yield _hit(sentence, found.start(), found.end() - 1)


def _origin(sentence: Sentence, found: re.Match[str]) -> bool:
    words = {term.norm for term in sentence.terms[found.start() : found.end()] if term.kind == "X"}
    return bool(words & {"from", "based", "representing", "in"})


def is_addressed(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an office is asked to do something, or appointed, or spoken of as an institution."""
    shape = sentence.shape
    before = shape[max(0, start - 4) : start]
    after = shape[end + 1 : end + 17]
    if sentence.language == "en":
        if re.search("![^.;VS]{0,3}$", before):
            return True
        fate = words("en").lists["fate"]
        following = re.match(r"[^V.;,aB]{0,12}[aBy]{1,3}", after)
        at = end + 1 + following.end() if following else len(shape)
        if at < len(shape) and sentence.terms[at].norm in fate:
            return True
        return bool(re.match(r"(?:[fX][^VST.;]{1,4})?[ya]?S", after)) and "V" not in shape[:start]
    clause = main_clause(sentence)
    if start >= len(clause):
        clause = shape
    said = "V" in clause or "v" in clause or "T" in clause
    return not said and ("S" in clause or is_outside(sentence))


def is_nobody(sentence: Sentence, at: int) -> bool:
    """Whether "some" with "not" means nobody: «کسی مندوب نے وقت نہیں مانگا»."""
    return sentence.terms[at].norm in _SOME and any(term.norm in _NOT for term in sentence.words)


_SOME: Final = word_set("چا هیچا کسی کوئی किसी कोई kisi koi کوم")
_NOT: Final = word_set("ونه وانه نہیں نہ नहीं न nahin nahi na")


def is_outside(sentence: Sentence) -> bool:
    """Whether a fate befalls somebody outside: killed, arrested, elected; unless a relative clause only describes."""
    return any(term.norm in listed("fate") for term in sentence.words) and not re.search(
        "q|[OPW],?t", sentence.shape
    )


def is_proposed(sentence: Sentence) -> bool:
    """Whether a sentence only proposes: whom it describes is to be found ("that a retired judge chair the panel")."""
    return any(phrases_in(sentence.language, "proposed", sentence.terms))


def only_ones(sentence: Sentence) -> Iterator[Hit]:
    """Find who is the only one, the first, the youngest."""
    shape, terms = sentence.shape, sentence.terms
    if sentence.language == "en":
        for found in re.finditer(r"[Dx](?:Q|(?=Y))[YGRuU]{0,3}(?:[OKPW]|C)", shape):
            superlative = "Q" in found.group() or any(
                term.norm.endswith("est")
                or term.norm in ("first", "senior most", "most senior", "first time")
                for term in terms[found.start() : found.end()]
                if term.kind == "Y"
            )
            if (
                superlative
                and found.group()[-1] != "C"
                and not is_addressed(sentence, found.start(), found.end() - 1)
            ):
                yield _hit(sentence, found.start(), found.end() - 1, "only-one")
        return
    for found in re.finditer(r"Q[YGRu]{0,2}[OKPWJ]", shape):
        yield _hit(sentence, found.start(), found.end() - 1, "only-one")
    for found in re.finditer(r"Yf?u?[POW]", shape):
        if terms[found.start()].norm.startswith(("سب ", "सबसे", "تر ټولو", "sab se")) or terms[
            found.start()
        ].norm.endswith(("ترین", "तम")):
            yield _hit(sentence, found.start(), found.end() - 1, "only-one")


def _others(sentence: Sentence) -> Iterator[Hit]:
    """Urdu, Hindi, Pashto: former before office; Dari: after it. "یکی از والیان سابق" is one of several."""
    shape = sentence.shape
    if sentence.language == "fa":
        pattern = r"A?[OK][RGuIgo]{0,3}F|A[ok][RGuI]{0,2}F|N[^.;]{0,2}[ok][RGuI]{0,2}F"
    else:
        pattern = r"[AN]?F[AGRuYWIfg]{0,4}[OK]|F[A]?[OK]|[AN][GR]{0,2}f?F[ok]"
    for found in re.finditer(pattern, shape):
        group = found.group()
        if "I" in group and re.search("I[OK]?$", group):
            continue
        if re.search("[fI]", group[:-1]) and not re.search(r"F[AGRYWu]{0,2}[OK]$|[OK]", group):
            continue
        before = shape[max(0, found.start() - 2) : found.start()]
        if "2" in before or "M" in before or "2" in shape[found.end() : found.end() + 1]:
            continue
        if is_addressed(sentence, found.start(), found.end() - 1):
            continue
        yield _hit(sentence, found.start(), found.end() - 1)
    yield from _from_somewhere(sentence)


_ORIGIN: Final = {
    "ur": r"R(?:Xu{0,2}|f)A?F?[OW](?![ou])",
    "hi": r"R(?:Xu{0,2}|f)A?F?[OW](?![ou])",
    "roman": r"R(?:Xu{0,2}|f)A?F?[OW](?![ou])",
    "fa": r"A?O(?:f?R|XR)(?=[^O]*[VvauT]?[.]?)",
    "ps": r"fRA?F?O",
}
"""An office and where its holder is from."""


def _from_somewhere(sentence: Sentence) -> Iterator[Hit]:
    shape = sentence.shape
    for found in re.finditer(_ORIGIN[sentence.language], shape):
        before = shape[max(0, found.start() - 2) : found.start()]
        if re.search("[2M]" if sentence.language == "ps" else "[2MI]", before) or is_addressed(
            sentence, found.start(), found.end() - 1
        ):
            continue
        if sentence.language == "fa" and re.search("f[AO]?$", before) and "X" not in before:
            continue
        yield _hit(sentence, found.start(), found.end() - 1)


def _hit(sentence: Sentence, first: int, last: int, rule: str = "title") -> Hit:
    terms = sentence.terms
    return Hit(terms[first].start, terms[last].end, rule, NEUTRAL["people"][sentence.language], ANY)
