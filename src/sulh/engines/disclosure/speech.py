"""Who is the subject of a verb of speaking? A single person, one side, or nobody in particular.

Collective subjects ("participants noted", "both sides recalled") and the passive ("it was said") are the
neutral wording and free. English, where the subject stands before its verb, is read here; the languages whose
verb comes last are read in ``speech_last.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .hits import ANY, SIDE_HIDDEN, Hit
from .reading import Sentence, Term
from .words import word_set, words

_BOUNDARY: Final = frozenset('.;:"VSt&!n')
_FURTHEST: Final = 16
_ONE: Final = frozenset("HPOKW")
_SEVERAL: Final = frozenset("opkw")
_PARTICIPANTS: Final = frozenset("Pp")


def spoken(sentence: Sentence) -> Iterator[Hit]:
    """Find English speakers: subject and verb, verb and subject, "according to", and nouns of saying with an owner."""
    shape, terms = sentence.shape, sentence.terms
    for verb in (index for index, kind in enumerate(shape) if kind == "V"):
        yield from _before(sentence, verb)
        if verb + 1 < len(shape) and (verb == 0 or shape[verb - 1] in '",'):
            yield from _noun_phrase(sentence, verb + 1, verb, "said")
    for found in re.finditer("@", shape):
        yield from _noun_phrase(sentence, found.end(), found.start(), "view")
    # The ambassador's view; his remark; one delegate's question.
    for found in re.finditer(r"(?:[AD]?[YFGRWQu]{0,3}(?:[OPW]|F[YGR]?K)s|x)[Yu]{0,2}T", shape):
        yield _hit(terms, found.start(), found.end() - 1, "speech", ANY, "")
    for found in re.finditer(r"(?:[AD2]?[YFu]{0,2}[GR][Yu]?[CpioI]s)[Yu]{0,2}T", shape):
        yield _hit(terms, found.start(), found.end() - 1, "side-speech", SIDE_HIDDEN, "")
    # It is the Indian position that.
    for found in re.finditer(r"(?<![&2])D[Yu]?GT(?!&|s)", shape):
        if not terms[found.end() - 1].norm.endswith("s"):
            yield _hit(terms, found.start(), found.end() - 1, "side-speech", SIDE_HIDDEN, "")
    # A suggestion by one delegate; the remarks of the ambassador.
    for found in re.finditer(r"T[bfX](?=[ADN]|F)", shape):
        if shape[found.end() - 1] == "X" and terms[found.end() - 1].norm != "from":
            continue
        yield from _noun_phrase(sentence, found.end(), found.start(), "", strict=True)
    # Put forward by the Afghan side; raised by a delegate.
    for found in re.finditer(r"[Vu]b(?=[ADNGFHU])", shape):
        if shape[found.start()] == "V":
            yield from _noun_phrase(sentence, found.end(), found.end() - 1, "", strict=True)
    # From the Pakistani side it was said.
    for found in re.finditer(r"[Xf]D?[Yu]?G[Yu]?[Cp][^.;V]{0,6}B[ya]?V", shape):
        yield _hit(terms, found.start(), found.end() - 1, "side-speech", SIDE_HIDDEN, "it was said")


def _before(sentence: Sentence, verb: int) -> Iterator[Hit]:
    shape, terms = sentence.shape, sentence.terms
    at = verb - 1
    while at >= 0 and shape[at] in "ya":
        at -= 1
    if at < 0 or shape[at] == "B":
        return
    start = at
    while start > 0 and at - start < _FURTHEST and shape[start - 1] not in _BOUNDARY:
        start -= 1
    found = _subject(sentence, start, at + 1)
    if found is None:
        return
    first, rule, from_level = found
    while shape[first] in "y,":
        first += 1
    if re.match("[D]?[GU]?K", shape[first:verb]) and terms[verb].norm in words("en").lists["announcing"]:
        # What an office of state announces is public.
        return
    yield _hit(terms, first, verb, rule, from_level, _passive(terms[verb]))


def _subject(sentence: Sentence, start: int, end: int) -> tuple[int, str, int] | None:
    """Return where the subject of a verb that follows at ``end`` begins, its rule and the level from which it tells."""
    shape = sentence.shape
    segment = shape[start:end]
    if "," in segment:
        # The part after the last comma, unless that is an apposition: then the part before the first comma.
        last = start + segment.rindex(",") + 1
        if last < end:
            told = _judged(sentence, last, end)
            if told is not None:
                return (last, *told)
            if not _core(shape[last:end]).strip("yau"):
                return None
        first = start
        parts = [m.span() for m in re.finditer("[^,]+", segment)]
        for a, b in parts:
            told = _judged(sentence, start + a, start + b)
            if told is not None:
                return (start + a, *told)
        return None if not parts else _whole(sentence, first, end)
    return _whole(sentence, start, end)


def _whole(sentence: Sentence, start: int, end: int) -> tuple[int, str, int] | None:
    told = _judged(sentence, start, end)
    return None if told is None else (start, *told)


def _core(part: str) -> str:
    """The noun phrase itself: up to the first preposition, relative, possessive or comma."""
    return re.split(r"[Xfqbs,@]|(?<=[HPOKWCI])B", part, maxsplit=1)[0]


def _judged(sentence: Sentence, start: int, end: int) -> tuple[str, int] | None:
    shape, terms = sentence.shape, sentence.terms
    part = shape[start:end]
    if part and part[0] in "Xfb":
        return None
    core = _core(part)
    if not core:
        return None
    rest = part[len(core) :]
    if rest.startswith("s"):
        capital = re.fullmatch("[Rg]", core) and terms[start].norm in words("en").lists["capitals"]
        return ("side-speech", SIDE_HIDDEN) if capital and re.match("s[Yu]?[Cpw]", rest) else None
    return verdict(core, rest, terms[start : start + len(core)])


def verdict(core: str, rest: str, terms: tuple[Term, ...]) -> tuple[str, int] | None:
    """Tell what a noun phrase (``core``) with what follows it (``rest``) gives away as the one who spoke."""
    head = core.rstrip("yYa#F").rstrip("h")[-1:] or core[-1]
    sided = bool(re.search("[Gg]", core) or re.match(r"[Xf][AD]?[Gg]", rest))
    if re.fullmatch(r"A[y]*", core):
        # "One felt", "another said".
        norm = terms[0].norm
        return ("speech", SIDE_HIDDEN) if norm in ("one", "another") else None
    if head == "u" and "F" in core and "I" not in core:
        return ("speech", ANY)
    if "2" in core or head in "IMhu":
        if head == "I" and re.search("G", core) and terms[-1].norm in ("group", "team"):
            return ("side-speech", SIDE_HIDDEN)
        named = head != "I" and re.search(r"J[UR]+", core)
        return ("named-speaker", ANY) if named else None
    if (core[0] == "M" and head in _ONE) or re.match("[Xf]2", rest):
        # Any general who reads this; one officer on each side.
        return None
    if re.fullmatch("[Rg]", core) and terms[0].norm in words("en").lists["capitals"]:
        return ("side-speech", SIDE_HIDDEN)
    if "N" in core and head in _SEVERAL and (head != "k" or "F" in core):
        return ("speech", ANY if head != "p" or sided or re.search("[RWY]", core) else SIDE_HIDDEN)
    if head == "H" and terms[-1].norm == "i":
        return ("speech", SIDE_HIDDEN)
    if head in _ONE:
        if head == "P" and not re.search("[RWYFQ]", core) and not re.match(r"[Xf].{0,2}R|[q,]", rest):
            return ("speech", SIDE_HIDDEN)
        return ("speech", ANY)
    if head == "C" or head in _SEVERAL:
        if sided or re.match(r"[Xf][AD]?R", rest) or (head in _SEVERAL and re.search("R", core)):
            return ("side-speech", SIDE_HIDDEN)
        if (head == "C" and "A" in core) or any(term.norm == "other" for term in terms):
            return ("side-speech", SIDE_HIDDEN)
        return None
    if head == "i":
        return ("side-speech", SIDE_HIDDEN)
    if head in "Uj" or (head in "RGg" and re.search("[JU]", core)):
        return _named(core, terms)
    return None


def _named(core: str, terms: tuple[Term, ...]) -> tuple[str, int] | None:
    """Capitalised words that nobody knows as a place, an institution or an abbreviation are taken for a person."""
    names = [term for term, kind in zip(terms, core, strict=True) if kind in "URGg"]
    institutions = words("en").lists["institutional_names"]
    if any(term.norm in institutions for term in names) or len(names) > 4:
        return None
    if core[0] == "D" or any(kind in "AMN2I" for kind in core):
        return None
    if "J" not in core and "j" not in core and all(_is_abbreviation(term) for term in names):
        return None
    return ("named-speaker", ANY)


def _is_abbreviation(term: Term) -> bool:
    return term.upper and term.end - term.start <= 6


def _noun_phrase(
    sentence: Sentence, start: int, span_from: int, neutral: str, strict: bool = False
) -> Iterator[Hit]:
    """Judge the noun phrase that begins at ``start`` as the one who spoke."""
    shape, terms = sentence.shape, sentence.terms
    end = start
    while end < len(shape) and end - start < 10 and shape[end] not in '.;:"VSBt&,aTh!':
        end += 1
    if end == start:
        return
    told = _judged(sentence, start, end)
    if told is None or (strict and told[0] == "named-speaker"):
        return
    core = _core(shape[start:end])
    wording = {"said": "it was said", "view": "according to participants"}.get(neutral, "")
    yield _hit(terms, span_from, start + len(core) - 1, told[0], told[1], wording)


_IMPERSONAL: Final = word_set(
    "said argued noted observed stressed emphasised emphasized suggested proposed recalled mentioned recommended "
    "explained asked claimed thought felt urged underlined highlighted doubted acknowledged admitted reported "
    "asserted maintained"
)


def _passive(verb: Term) -> str:
    """Return "it was argued" for "argued"; "it was said" where a verb has no passive or would claim too much."""
    return f"it was {verb.norm if verb.norm in _IMPERSONAL else 'said'}"


def _hit(terms: tuple[Term, ...], first: int, last: int, rule: str, from_level: int, neutral: str) -> Hit:
    return Hit(terms[first].start, terms[last].end, rule, neutral, from_level)
