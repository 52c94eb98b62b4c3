"""Names: those of a roster, in any spelling and script, and those that a title gives away.

A word that is also a common word, or a part of a name that very many bear, counts only with support: a title,
a neighbour that belongs to a name as well, or (in Latin letters) a capital in the middle of a sentence. A
place, treaty or university that bears a name is no person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from .finding import NEUTRAL
from .folding import fold
from .hits import ANY, Hit
from .names import asked, held
from .reading import Sentence, Term, script
from .roster import Roster
from .words import everyday, listed, word_set, words

_NONE, _WEAK, _SURE = 0, 1, 2
_SMALL: Final = frozenset("fEXt&DAHSaBymNM@bqV2Tsxv!nI#")
"""Classes of words that hold a sentence together; in scripts without capitals they are never names."""


@lru_cache(maxsize=1)
def _weak_keys() -> frozenset[str]:
    return frozenset().union(*(held(fold(name)) for name in words("en").lists["weak_names"]))


Strength = Callable[[str], int]
"""Whether a folded word belongs to a name: not, only with support, or surely."""


def strengths_of(roster: Roster) -> Strength:
    """Return how strongly words belong to the roster; every word is asked for once."""

    @cache
    def strength(word: str) -> int:
        found = _strength(roster, word)
        if not found and word.isascii() and word.endswith("s") and len(word) > 4:
            found = _strength(roster, word[:-1])
        return found

    return strength


def _strength(roster: Roster, word: str) -> int:
    best = _NONE
    for key, sure in asked(word):
        if roster.known(key):
            if sure:
                return _SURE
            best = _WEAK
    return best


def names(sentence: Sentence, text: str, roster: Roster, strength: Strength) -> Iterator[Hit]:
    """Find names and aliases of the roster."""
    tokens = sentence.words
    strengths = [
        _NONE if token.kind in _SMALL and not token.capital else strength(token.norm) for token in tokens
    ]
    hit = [False] * len(tokens)
    for index, token in enumerate(tokens):
        if _is_pair(tokens, index, text):
            pair = token.norm + tokens[index + 1].norm
            if strength(pair) == _SURE and not _place(sentence, tokens, index + 1, text):
                hit[index] = hit[index + 1] = True
        if (
            strengths[index]
            and not _is_roman_number(token)
            and _is_meant(sentence, tokens, strengths, index, text)
        ):
            hit[index] = True
    yield from _runs(sentence, tokens, hit, text)
    yield from _initials(tokens, text, roster)


def _adjacent(tokens: tuple[Term, ...], index: int, text: str) -> bool:
    between = text[tokens[index].end : tokens[index + 1].start]
    return len(between) <= 3 and not between.strip(" .-‐‑\u00a0\u200c'’")


def _is_pair(tokens: tuple[Term, ...], index: int, text: str) -> bool:
    """Whether two neighbours may be one name in two pieces, rather than two words of the language."""
    pair = tokens[index : index + 2]
    if len(pair) < 2 or any(token.kind not in "uUJjW" or len(token.norm) < 2 for token in pair):
        return False
    if len(pair[0].norm) + len(pair[1].norm) < 6 or not _adjacent(tokens, index, text):
        return False
    if script(pair[0].norm) == "latin":
        return all(token.capital or not _is_common(token) for token in pair)
    return not all(_is_common(token) for token in pair)


def _is_common(token: Term) -> bool:
    """Whether a word has a meaning of its own, so that it needs support to be taken for a name."""
    if token.norm in listed("common") or token.kind not in "uU":
        return True
    return token.norm in everyday()


def _is_meant(
    sentence: Sentence, tokens: tuple[Term, ...], strengths: list[int], index: int, text: str
) -> bool:
    token = tokens[index]
    latin = script(token.norm) == "latin"
    if token.kind in _SMALL and not (latin and token.capital):
        return False
    supported = _beside(tokens, strengths, index, text) or _titled(tokens, index, text)
    if supported and not _place(sentence, tokens, index, text):
        return not latin or token.capital or not _is_common(token) or _titled(tokens, index, text)
    if _place(sentence, tokens, index, text):
        return False
    if len(token.norm) < 3 or strengths[index] == _WEAK:
        return latin and token.capital and len(token.norm) >= 3 and not _is_common(token) and not _weak(token)
    if _is_common(token):
        # A listed place or people that is also a family name counts with a capital and nothing else beside it.
        return False
    if _weak(token):
        return latin and token.capital and not _beside_stranger(tokens, index, text)
    if not latin or token.capital:
        return True
    # In small letters only where the whole note is written so, as in a chat or in Roman Urdu.
    small = sentence.language == "roman" or not any(one.capital for one in tokens)
    return small and len(token.norm) >= 4


def _is_roman_number(token: Term) -> bool:
    return token.upper and not set(token.norm) - set("ivxlcdm")


def _weak(token: Term) -> bool:
    return any(sure and key in _weak_keys() for key, sure in asked(token.norm))


def _beside(tokens: tuple[Term, ...], strengths: list[int], index: int, text: str) -> bool:
    """Whether a neighbour belongs to a name of the roster too, or is an initial with its stop."""
    for step in (-1, 1):
        other = index + step
        if not 0 <= other < len(tokens) or not _adjacent(tokens, min(index, other), text):
            continue
        if tokens[other].kind in _SMALL and not tokens[other].capital:
            continue
        neighbour = tokens[other]
        telling = script(neighbour.norm) != "latin" or neighbour.capital or not _is_common(neighbour)
        if strengths[other] and telling and neighbour.norm != tokens[index].norm:
            return True
        if len(tokens[other].norm) == 1 and tokens[other].norm.isascii() and tokens[other].norm not in "ai":
            return True
        if len(tokens[other].norm) == 1 and text[tokens[other].end : tokens[other].end + 1] == ".":
            return True
    return False


def _beside_stranger(tokens: tuple[Term, ...], index: int, text: str) -> bool:
    for other in (index - 1, index + 1):
        if (
            0 <= other < len(tokens)
            and _adjacent(tokens, min(index, other), text)
            and tokens[other].kind == "U"
        ):
            return True
    return False


def _titled(tokens: tuple[Term, ...], index: int, text: str) -> bool:
    before = index - 1
    if tokens[index].kind in "OKJF":
        return False
    if before >= 0 and text[tokens[before].end : tokens[index].start].strip(" .()") == "":
        one = tokens[before]
        if one.kind == "J" or (one.kind in "OK" and (one.capital or script(one.norm) != "latin")):
            return True
    after = index + 1
    return (
        after < len(tokens)
        and tokens[after].kind == "j"
        and text[tokens[index].end : tokens[after].start].strip(" -") == ""
    )


def _place(sentence: Sentence, tokens: tuple[Term, ...], index: int, text: str) -> bool:
    """Whether what bears the name is an airport, a university, a treaty."""
    after = listed("named_after")
    for step in range(1, 4):
        other = index + step
        if other >= len(tokens) or text[tokens[other - 1].end : tokens[other].start].strip(" –-‐'’.") != "":
            break
        if tokens[other].norm in after:
            return True
        latin = script(tokens[other].norm) == "latin"
        if (latin and not tokens[other].capital) or (
            not latin and step >= 2 and tokens[other].kind not in "uj"
        ):
            break
    before = listed("named_before")
    for step in range(1, 4):
        other = index - step
        if other < 0 or text[tokens[other].end : tokens[other + 1].start].strip(" ") != "":
            break
        if tokens[other].norm in before and sentence.language in ("fa", "ps"):
            return True
    return False


def _runs(sentence: Sentence, tokens: tuple[Term, ...], hit: list[bool], text: str) -> Iterator[Hit]:
    """Join neighbouring words of a name with its titles, initials and possessive to one finding."""
    index = 0
    while index < len(tokens):
        if not hit[index]:
            index += 1
            continue
        first = last = index
        while (
            last + 1 < len(tokens)
            and _adjacent(tokens, last, text)
            and (hit[last + 1] or _is_initial(tokens[last + 1], text))
        ):
            last += 1
        while (
            first > 0
            and _adjacent(tokens, first - 1, text)
            and (_is_initial(tokens[first - 1], text) or tokens[first - 1].kind == "J")
        ):
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].kind == "j" and _adjacent(tokens, last, text):
            last += 1
        end = tokens[last].end
        own = re.match(r"['’ʼ]s\b", text[end : end + 3])
        neutral = NEUTRAL["people"][sentence.language]
        if own:
            end += 2
            neutral += "’"
        yield Hit(tokens[first].start, end, "name", neutral, ANY)
        index = last + 1


def _is_initial(token: Term, text: str) -> bool:
    return len(token.norm) == 1 and token.capital and text[token.end : token.end + 1] == "."


def _initials(tokens: tuple[Term, ...], text: str, roster: Roster) -> Iterator[Hit]:
    """Initials as note-takers write them before a colon, or with a stop after each letter."""
    for token in tokens:
        if token.upper and 2 <= len(token.norm) <= 4 and roster.known(f"i:{token.norm}"):
            before = text[max(0, token.start - 2) : token.start]
            noted = text[token.end : token.end + 1] == ":" or re.search(r"(^|[\n.(;])\s?$", before)
            if noted or roster.known(f"s:{token.norm}"):
                yield Hit(token.start, token.end, "initials", "", ANY)
        elif (
            len(token.norm) == 2
            and roster.known(f"s:{token.norm}")
            and (token.upper or not token.norm.isascii())
        ):
            yield Hit(token.start, token.end, "name", "", ANY)


def titled_names(sentence: Sentence, text: str) -> Iterator[Hit]:
    """Find a title or honorific with a name that no roster holds: "Dr. Wardak", "General (retd.) Qasim", «جنرل …»."""
    shape, terms = sentence.shape, sentence.terms
    latin = sentence.language in ("en", "roman")
    pattern = (
        r"(?:[JOK]F?|F?[JOK]|J[OK]F?)([UR]{1,4}|[WRGYu]U?)"
        if latin
        else r"J{1,2}[uWRZyGLY]{1,3}|O(?=u{1,3}(?:E|[VT]|fT|L))u{1,3}|OFu{1,2}|Ou{1,2}"
    )
    for found in re.finditer(pattern, shape):
        first, last = found.start(), found.end() - 1
        if first and shape[first - 1] == "M":
            # Every general.
            continue
        if latin:
            name = terms[last]
            title = terms[first]
            if shape[last] in "WRGYu" and not (title.kind == "J" and name.capital and shape[last] != "u"):
                continue
            if not title.capital or not name.capital:
                continue
            if name.norm in everyday() and title.kind != "J":
                continue
            run = last + 1
            while run < len(terms) and shape[run] in "UIROJ" and terms[run].capital:
                run += 1
            if any(term.norm in _not_persons() for term in terms[first + 1 : max(run, last + 2)]):
                continue
            if title.kind != "J" and name.upper:
                continue
        else:
            if (
                terms[first].kind == "J"
                and last + 1 < len(terms)
                and terms[last + 1].norm in listed("named_after")
            ):
                continue
            if any(term.norm in listed("named_after") for term in terms[first + 1 : last + 1]):
                continue
            ranked = re.fullmatch(r"Ou{1,2}", found.group())
            if ranked and not re.match("E|[VT]|fT|L", shape[last + 1 :]):
                rank, called_by = terms[first].norm, terms[first + 1].norm
                if rank not in _RANKS or not _unheard(called_by):
                    continue
            if shape[first] == "J" and shape[first + 1 : first + 2] in "y" and last == first + 1:
                continue
            called = re.match(r"u{1,3}(?:E|j|V|T)", shape[first + 1 :])
            asks = "V" not in shape and any(term.kind == "S" and term.norm != "به" for term in terms)
            if (
                terms[first].norm in _ALSO_WORDS
                and not called
                and (asks or not _unheard(terms[first + 1].norm))
            ):
                continue
        yield Hit(
            terms[first].start, terms[last].end, "titled-name", NEUTRAL["people"][sentence.language], ANY
        )
    if not latin:
        for found in re.finditer(r"[u]{1,3}j", shape):
            if terms[found.end() - 1].norm in _AFTER:
                yield Hit(
                    terms[found.end() - 2].start,
                    terms[found.end() - 1].end,
                    "titled-name",
                    NEUTRAL["people"][sentence.language],
                    ANY,
                )
    else:
        for found in re.finditer(r"Uj", shape):
            yield Hit(
                terms[found.start()].start,
                terms[found.start() + 1].end,
                "titled-name",
                NEUTRAL["people"][sentence.language],
                ANY,
            )


def _unheard(word: str) -> bool:
    """Whether a word after a title that is also a word looks like a name rather than like the next word."""
    return len(word) > 3 and word not in everyday() and not word.endswith(_ENDINGS)


_ENDINGS: Final = (
    "ون",
    "ین",
    "ان",
    "نا",
    "نی",
    "تی",
    "تا",
    "ها",
    "انو",
    "ونو",
    "ों",
    "ना",
    "ने",
    "ता",
    "ते",
    "ती",
    "ओं",
)
"""Endings of plurals and verbs."""

_RANKS: Final = word_set(
    "جنرل جنرال بریگیڈیئر بریگیڈیر کرنل میجر کیپٹن ایڈمرل سینیٹر سناتور ډګروال دگروال دگرمن جسٹس कर्नल जनरल ब्रिगेडियर "
    "एडमिरल मेजर कैप्टन सीनेटर न्यायमूर्ति"
)
"""Ranks that stand before a name."""

_AFTER: Final = word_set("صاحب صاحبہ साहब साहिबा صاحبې صیب")
_ALSO_WORDS: Final = word_set(
    "ملک سردار پیر شیخ استاد راجہ محترم حافظ سید ارباب خلیفه قاضی "
    "انجینئر انجنیر انجینر इंजीनियर श्री राजा सरदार पीर स्वामी बेगम डॉक्टर ډاکټر ډاکټرې داکتر ڈاکٹر"
)


@lru_cache(maxsize=1)
def _not_persons() -> frozenset[str]:
    return words("en").lists["institutional_names"] | words("en").lists["named_after"]
