"""A text as sentences of terms: each term with its place, its folded form and the class of word it is.

Reading knows nothing of rules. It cuts a text into sentences, tells the language of each, and looks every
word and phrase up in the tables (``words.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .folding import INVISIBLE, MARKS, fold
from .words import everyday, word_set, words

_IN_WORD = rf"\u0900-\u0963\u0970-\u097f{INVISIBLE}{MARKS}"
_TOKEN: Final = re.compile(rf"(?P<word>[^\W\d_](?:[^\W\d_]|[{_IN_WORD}])*)|(?P<number>\d+)|(?P<mark>[^\w\s])")
_STOPS: Final = ".!?۔؟।॥\u2026"
_OPEN: Final = '"“”„«»‹›‟'
_LIMIT: Final = 240
"""Terms after which a sentence is cut even without a stop, so that no pattern sees more."""

_ABBREVIATED: Final = word_set(
    "mr mrs ms dr prof gen lt maj brig col capt amb hon retd ret sen adm engr adv no st jr sr smt sh md mohd muhd vs v "
    "eg ie "
    "p pp art vol rs cdr wg gp sqn डॉ डा प्रो श्री सुश्री श्रीमती लेफ्टि"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, or one mark: place in the text, folded form, class letter, and how it is capitalised."""

    start: int
    end: int
    norm: str
    kind: str
    capital: bool = False
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: language, terms, the string of their classes; its single words, each of its term's class."""

    language: str
    terms: tuple[Term, ...]
    shape: str
    words: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    norm: str


_URDU = frozenset("ٹڈڑےںہھۓ")
_PASHTO = frozenset("ټډړږښګڼېۍځڅۀ")
_MARKERS: Final = {
    "ur": word_set(
        "نے کی کا کے ہے ہیں تھا تھی تھے میں سے کو پر اور یہ وہ ایک گیا کیا کہا انہوں اس ان نہیں بھی ہو دیا"
    ),
    "ps": word_set(
        "د په کې چې او یې ته سره له دی ده دي هم یو یوه وو شو شوه وویل وکړ هغه دا لپاره باندې څخه خو نه کړه کړل"
    ),
    "fa": word_set(
        "در به از را این آن با است بود شد گفت کرد برای های ها می یک نیز تا هم داد بر خود شود باید کند کردند وی بودند "
        "اند"
    ),
}


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(m.start(), m.end(), m.group(), fold(m.group()) if m.lastgroup != "mark" else m.group())
        for m in _TOKEN.finditer(text)
    ]


def script(word: str) -> str:
    """Return "arabic", "devanagari", "latin" or "" by the first letter that tells."""
    for c in word:
        if "\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" or "\ufb50" <= c <= "\ufeff":
            return "arabic"
        if "\u0900" <= c <= "\u097f":
            return "devanagari"
        if c.isalpha():
            return "latin"
    return ""


def _language(tokens: Sequence[_Token], before: str) -> str:
    """Tell the language of a sentence by its letters and small words; what does not tell is like the one before."""
    scripts = [script(token.text) for token in tokens if token.text[0].isalpha()]
    if not scripts:
        return before
    most = max(("latin", "arabic", "devanagari"), key=scripts.count)
    if most == "latin":
        small = words("roman").lists["small"]
        told = sum(token.norm in small for token in tokens)
        return "roman" if told >= 3 and told * 4 >= len(scripts) else "en"
    if most == "devanagari":
        return "hi"
    letters = "".join(token.text for token in tokens)
    score = dict.fromkeys(("ur", "ps", "fa"), 0.0)
    score["ur"] += 2.0 * sum(c in _URDU for c in letters)
    score["ps"] += 2.0 * sum(c in _PASHTO for c in letters) - letters.count("گ")
    score["fa"] += 2.0 * letters.count("\u0654") + 3.0 * sum("می\u200c" in token.text for token in tokens)
    for token in tokens:
        for language, marks in _MARKERS.items():
            score[language] += token.norm in marks
    if before in score:
        score[before] += 0.5
    first, second, _ = sorted(score.values(), reverse=True)
    if first - second < _CLEAR:
        # Names carry letters of another language: then the words decide.
        for language in score:
            phrases = words(language).phrases
            score[language] += sum(
                bool(_longest_phrase(tokens, index, phrases)[0]) for index in range(len(tokens))
            )
    return max(("ur", "ps", "fa"), key=lambda one: score[one])


_CLEAR: Final = 4


def _ends(tokens: Sequence[_Token], index: int, text: str) -> bool:
    """Whether a stop ends its sentence: not after an initial or an abbreviation, nor inside a number."""
    token = tokens[index]
    if token.text != ".":
        return True
    previous = tokens[index - 1] if index else None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None:
        return True
    if following.start == token.end and following.text[0] not in _OPEN + ")’'":
        return False
    if previous is not None and previous.end == token.start:
        if previous.norm in _ABBREVIATED:
            return False
        if len(previous.text) == 1 and previous.text.isupper():
            return False
    return not following.text[0].islower()


_BREAK: Final = re.compile(r"\n[ \t]*(?:\n|[-*•–—#|>]|\(?[0-9۰-۹०-९a-z]{1,3}[.)]\s)")


def _pieces(text: str) -> Iterator[tuple[list[_Token], bool]]:
    """Cut a text into the tokens of its sentences."""
    tokens = _tokens(text)
    piece: list[_Token] = []
    for index, token in enumerate(tokens):
        if piece and (
            len(piece) >= _LIMIT
            or (
                "\n" in text[piece[-1].end : token.start]
                and _BREAK.match(text, text.index("\n", piece[-1].end))
            )
        ):
            yield piece, False
            piece = []
        piece.append(token)
        if token.text in _STOPS and _ends(tokens, index, text):
            yield piece, True
            piece = []
    if piece:
        yield piece, False


def read(text: str, extra: dict[str, str] | None = None) -> list[Sentence]:
    """Cut a text into sentences of classified terms.

    ``extra`` maps further folded words to class letters (the forms of the sides at hand).
    """
    sentences = []
    language = "und"
    for tokens, _ in _pieces(text):
        language = _language(tokens, language)
        if language == "und":
            continue
        terms = _terms(tokens, language, extra or {})
        if terms:
            shape = "".join(term.kind for term in terms)
            sentences.append(Sentence(language, tuple(terms), shape, tuple(_singles(tokens, terms))))
    return sentences


def _terms(tokens: Sequence[_Token], language: str, extra: dict[str, str]) -> list[Term]:
    phrases = words(language).phrases
    terms: list[Term] = []
    index = 0
    first_word = True
    while index < len(tokens):
        token = tokens[index]
        if not (token.text[0].isalnum()):
            if token.text in "'’‘ʼ" and _possessive(tokens, index):
                if terms and terms[-1].kind == "g":
                    # "Pakistan's delegates" are Pakistani delegates.
                    owner = terms.pop()
                    terms.append(Term(owner.start, tokens[index + 1].end, owner.norm, "G", owner.capital))
                else:
                    terms.append(Term(token.start, tokens[index + 1].end, "'s", "s"))
                index += 2
                continue
            stop = token.text == "." and index + 1 < len(tokens)
            if not stop and token.text in '"“”„«»‹›‟.,،;؛:—–!?۔؟।':
                terms.append(Term(token.start, token.end, token.text, _MARK.get(token.text, token.text)))
            index += 1
            continue
        if token.text.isdigit():
            terms.append(Term(token.start, token.end, token.norm, _number(token.norm)))
            index += 1
            first_word = False
            continue
        length, kind = _longest_phrase(tokens, index, phrases)
        if not length and language == "fa":
            length, kind = _dari_form(token, phrases)
        elif not length and language in _INFLECTED:
            length, kind = _inflected_form(token, phrases, language)
        if token.norm in extra and length <= 1:
            length, kind = 1, extra[token.norm]
        if not length:
            length = 1
            kind = "u"
            if token.text[0].isupper() and not (first_word and token.norm in everyday()):
                kind = "U"
        last = tokens[index + length - 1]
        if language == "ps" and kind == "S" and last.text.endswith("ې"):
            # "Did them", which folds like "may do".
            kind = "u"
        norm = " ".join(one.norm for one in tokens[index : index + length] if one.text[0].isalnum())
        capital = token.text[0].isupper()
        upper = capital and len(token.text) > 1 and token.text.isupper()
        if kind == "J" and language == "en" and not capital and norm in words("en").lists["office"]:
            kind = "O"
        terms.append(Term(token.start, last.end, norm, kind, capital, upper))
        index += length
        first_word = False
    for index in range(len(terms) - 1):
        # Six o'clock is no count of people.
        one, two = terms[index : index + 2]
        if one.kind in "MN" and two.kind == "Z":
            terms[index] = replace(one, kind="#")
        elif one.norm == "ساعت" and two.kind in "MN":
            terms[index + 1] = replace(two, kind="#")
    if language != "en":
        # Two professors are no professor with a name.
        for index in range(1, len(terms)):
            one = terms[index]
            following = terms[index + 1].kind if index + 1 < len(terms) else "."
            if one.kind == "J" and (terms[index - 1].kind in "ANM2GFYWR" or following in "DANX"):
                terms[index] = replace(one, kind="O")
        for index in range(len(terms) - 1):
            # "Ho gaye" is done, "ho" is wished.
            if terms[index].kind == "S" and terms[index + 1].norm in _AFTER_STEM:
                terms[index] = replace(terms[index], kind="u")
    if language in _WISHES:
        _mark_wish(terms, language)
    return terms


_AFTER_STEM: Final = word_set(
    "گیا گئی گئے گئیں چکا چکی چکے رہا رہی رہے गया गई गए गईं चुका चुकी चुके रहा रही रहे gaya gayi gaye chuka chuke"
)
_WISHES: Final = {"ur": "ین", "hi": "ें"}
_NO_WISH: Final = word_set(
    "انہیں انھیں جنہیں ہمیں تمہیں کہیں یہیں وہیں उन्हें इन्हें जिन्हें हमें तुम्हें ہوئیں "
    "میں ہیں نہیں تھیں گئیں رہیں کیں لگیں آئیں زمین یقین मेँ में"
)


def _mark_wish(terms: list[Term], language: str) -> None:
    """Take a last word in the form of wishes ("let them see") for a modal."""
    for index in range(len(terms) - 1, -1, -1):
        last = terms[index]
        if last.norm[:1].isalnum():
            if last.kind == "u" and last.norm.endswith(_WISHES[language]) and last.norm not in _NO_WISH:
                terms[index] = replace(last, kind="S")
            return


def _dari_form(token: _Token, phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]) -> tuple[int, str]:
    """Look a Dari word up without its endings: one of them (‌ای, ی), several (‌ها), those of a city (ی‌ها)."""
    norm = token.norm

    def kind_of(base: str) -> str:
        return next((kind for rest, kind in phrases.get(base, ()) if not rest), "")

    for ending in ("های", "ها"):
        base = norm.removesuffix(ending)
        if base != norm and len(base) > 2:
            kind = kind_of(base)
            if kind in ("O", "P", "W"):
                return 1, {"O": "o", "P": "p", "W": "w"}[kind]
            if kind == "G" or kind_of(base.removesuffix("ی")) == "R":
                return 1, "i"
    for ending in ("یی", "ای", "ی"):
        base = norm.removesuffix(ending)
        if base != norm and len(base) > 2 and ending == "ی" and kind_of(base) == "R":
            return 1, "R"
        if base != norm and len(base) > 2 and kind_of(base) in ("O", "P", "W", "J"):
            return 1, "P" if kind_of(base) == "P" else "O"
    if norm.endswith(("نویس", "نګار", "شناس", "لوژیست", "لوجست")) and len(norm) > 5:
        return 1, "O"
    return 0, ""


_INFLECTED: Final = {
    "ur": (("وں", "o"), ("یاں", "o"), ("ہ", "O"), ("نی", "O")),
    "hi": (("ों", "o"), ("ियों", "o"), ("ा", "O"), ("नी", "O")),
    "ps": (("انو", "o"), ("ان", "o"), ("و", "o"), ("ه", "O"), ("ی", "O")),
}
"""Endings of trades: of several, and of a woman."""


_TRADES: Final = ("لوجسټ", "لوجیسټ", "تپوه", "نپوه", "ختپوه", "शास्त्री", "वेत्ता", "विज्ञानी", "तत्वविद")
"""How trades end that no table holds."""


def _inflected_form(
    token: _Token, phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]], language: str
) -> tuple[int, str]:
    """Look a trade up without the ending of several or of a woman."""
    for ending in ("ی", "ी"):
        base = token.norm.removesuffix(ending)
        if base != token.norm and any(found == "R" and not rest for rest, found in phrases.get(base, ())):
            return 1, "R"
    if token.norm.removesuffix("ی").endswith(_TRADES) and len(token.norm) > 5:
        return 1, "O"
    for raw, kind in _INFLECTED[language]:
        base = token.norm.removesuffix(fold(raw))
        if base != token.norm and len(base) > 2:
            for stem in (base, base + "ی", base + "ी") if kind == "o" else (base,):
                if any(found == "O" and not rest for rest, found in phrases.get(stem, ())):
                    return 1, kind
    return 0, ""


def _singles(tokens: Sequence[_Token], terms: Sequence[Term]) -> Iterator[Term]:
    place = 0
    for token in tokens:
        if not token.text[0].isalpha():
            continue
        while place < len(terms) and terms[place].end <= token.start:
            place += 1
        kind = terms[place].kind if place < len(terms) else "u"
        capital = token.text[0].isupper()
        upper = capital and len(token.text) > 1 and token.text.isupper()
        yield Term(token.start, token.end, token.norm, kind, capital, upper)


_MARK: Final = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": '"', "›": '"', "‟": '"',
    "،": ",", "؛": ";", "—": ",", "–": ",", "!": ".", "?": ".", "۔": ".", "؟": ".", "।": ".", ":": ":",
}  # fmt: skip


def _possessive(tokens: Sequence[_Token], index: int) -> bool:
    if index + 1 >= len(tokens) or index == 0:
        return False
    following, previous = tokens[index + 1], tokens[index - 1]
    return (
        following.norm == "s" and following.start == tokens[index].end and previous.end == tokens[index].start
    )


def _number(digits: str) -> str:
    if len(digits) > 2:
        return "#"
    value = int(digits)
    return "A" if value == 1 else "N" if 2 <= value <= 4 else "#"


def _longest_phrase(
    tokens: Sequence[_Token], index: int, phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
) -> tuple[int, str]:
    """Return how many tokens the longest listed phrase here takes, and its class; nothing listed is 0."""
    for rest, kind in phrases.get(tokens[index].norm, ()):
        at = index + 1
        for word in rest:
            while at < len(tokens) and tokens[at].text in "-‐‑.’'" and at + 1 < len(tokens):
                at += 1
            if at >= len(tokens) or tokens[at].norm != word:
                break
            at += 1
        else:
            return at - index, kind
    return 0, ""
