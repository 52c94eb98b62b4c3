"""Labels of clauses and items: which marks at the start of a line number or bullet it, and which do not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BULLETS = "•●○◦▪▫■□‣⁃∙⦁·➢➤►▶✓✔❖◆◇"
DASHES = "-–—"

_UNITS = (
    r"(?:million|billion|trillion|thousand|hundred|crore|lakh|per\s?cent|percent|times|"
    r"k?m|km|kg|years?|months?|days?|hours?|pm|am|p\.m|a\.m|track)\b"
)
_LETTER = r"[^\W\d_]"
# A number glued to its text ("1.Hold") is a label only if a word of two letters or more begins there;
# "U.S. forces" and "3.5" must stay text.
_GLUED = rf"(?={_LETTER}{_LETTER}|{_LETTER}\s|[\"'“‘«(\[])"
_KEYWORD = re.compile(
    r"(?P<word>Article|Clause|Section|Paragraph|Para|Point|Recommendation|Chapter|Part|Annex|"
    r"ماده|مادہ|مادې|شق|نکتہ|अनुच्छेद|धारा|बिंदु)\s+(?P<body>\d{1,3}|[IVXLC]{1,6}|[A-Z])"
    r"(?P<close>\s?[.:)–—-]|(?=\s*$))\s*",
    re.IGNORECASE,
)
_MULTI = re.compile(
    rf"(?P<open>[(\[]?)(?P<body>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?P<close>[.)\]:]?)(?:\s+|{_GLUED}|$)"
)
_DECIMAL = re.compile(
    rf"(?P<open>[(\[]?)\s?(?P<body>\d{{1,3}})\s?(?P<close>\.\)|[.)\]:۔।/_-](?!\d))\s?-?(?:\s+|{_GLUED}|$)"
)
_LATIN = re.compile(
    rf"(?P<open>[(\[]?)\s?(?P<body>[A-Za-z]|[ivxlc]{{2,6}}|[IVXLC]{{2,6}})\s?(?P<close>[.)\]:-])(?:\s+|{_GLUED}|$)"
)
_ABJAD = ["الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی"]
_ABJAD_VALUES = {letter: value for value, letter in enumerate(_ABJAD, 1)} | {"ا": 1, "ہ": 5, "ي": 10, "هـ": 5}
_DEVANAGARI = {letter: value for value, letter in enumerate("कखगघङचछजझञ", 1)}
_NATIVE = re.compile(
    r"(?P<open>[(\[]?)\s?(?P<body>الف|هـ|[ابجدهہوزحطیي]|[क-ञ])\s?(?P<close>[.)\]:۔।-])(?:\s+|(?=\w\w)|$)"
)
_BULLET = re.compile(
    rf"(?P<body>[{BULLETS}])\s*|(?P<dash>[{DASHES}*+])(?:\s+|(?=[^\W\d_a-z]{_LETTER})|$)|(?P<o>o)(?:\t|\s{{2,}})"
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: its style ("decimal.", "(alpha)" …), its value, its nesting by itself."""

    style: str
    value: int
    components: int = 1


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, how far it reaches (with the space after it), and the ways to read it."""

    text: str
    length: int
    readings: tuple[Reading, ...]
    bullet: bool = False
    weak: bool = False  # a capital and a full stop may as well be an initial: needs a neighbour


def roman(value: str) -> int | None:
    """The value of a Roman numeral in its usual spelling, or None."""
    value = value.lower()
    if not value or any(letter not in _ROMAN_VALUES for letter in value):
        return None
    total = 0
    for here, after in zip(value, [*value[1:], ""], strict=True):
        number = _ROMAN_VALUES[here]
        total += -number if after and _ROMAN_VALUES[after] > number else number
    return total if 0 < total < 400 and to_roman(total) == value else None


def to_roman(value: int) -> str:
    """A number as a lower-case Roman numeral."""
    out = ""
    for number, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        out += sign * (value // number)
        value %= number
    return out


def to_letters(value: int) -> str:
    """A number as word processors letter it: a … z, aa, bb …"""
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)


def plain_digits(text: str) -> str:
    """The same length of text with every decimal digit of any script as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def find_label(line: str) -> Label | None:
    """The label that a line begins with, or None.

    Dates, years, decimals and hyphenated numbers ("48-hour") are not labels.
    """
    return _find_label(line[:48])


@lru_cache(maxsize=4096)
def _find_label(start: str) -> Label | None:
    head = plain_digits(start)
    return _bullet(head) or _keyword(head) or _number(head) or _letters(head)


def _bullet(head: str) -> Label | None:
    match = _BULLET.match(head)
    if not match:
        return None
    sign = match.group("body") or match.group("dash") or "o"
    return Label(sign, match.end(), (Reading("bullet" + sign, 0),), bullet=True)


def _keyword(head: str) -> Label | None:
    match = _KEYWORD.match(head)
    if not match:
        return None
    body = match["body"]
    value = int(body) if body.isdigit() else (roman(body) or ord(body[0].lower()) - 96)
    return Label(match.group().rstrip(), match.end(), (Reading("word " + match["word"].lower(), value),))


def _number(head: str) -> Label | None:
    match = _MULTI.match(head)
    if match and _brackets_match(match):
        rest = head[match.end() :]
        closed = bool(match["close"])
        if re.match(_UNITS + r"|[%/°,)-]", rest, re.IGNORECASE) or (not closed and rest[:1].islower()):
            return None
        if not closed and not re.match(rf"{_LETTER}|[\"“‘(]|$", rest):
            return None
        parts = match["body"].split(".")
        return Label(match.group().rstrip(), match.end(),
                     (Reading("decimal.", int(parts[-1]), len(parts)),))  # fmt: skip
    match = _DECIMAL.match(head)
    if not match or not _brackets_match(match):
        return None
    glued = not match.group()[-1:].isspace() and match.end() < len(head)
    rest = head[match.end() :]
    if glued and rest[:1].islower() and match["close"] in "-.:/_":
        return None
    if match["close"] in "-/_" and (rest[:1].islower() or rest[:1].isdigit()):
        return None
    close = match["close"][-1]
    style = f"{match['open']}decimal{close if close not in '۔।:/_-' else '.'}"
    return Label(match.group().rstrip(), match.end(), (Reading(style, int(match["body"])),))


def _letters(head: str) -> Label | None:
    match = _LATIN.match(head)
    if match and _brackets_match(match):
        body, opened, close = match["body"], match["open"], match["close"]
        glued = not match.group()[-1:].isspace() and match.end() < len(head)
        if not opened and (close in ":-" or (glued and not head[match.end()].isupper() and close != ")")):
            return None
        case = "upper" if body.isupper() else "lower"
        readings = []
        if len(body) == 1:
            readings.append(Reading(f"{opened}{case}-alpha{close}", ord(body.lower()) - 96))
        number = roman(body)
        if number is not None:
            readings.append(Reading(f"{opened}{case}-roman{close}", number))
        if not readings:
            return None
        weak = not opened and close == "."
        return Label(match.group().rstrip(), match.end(), tuple(readings), weak=weak)
    match = _NATIVE.match(head)
    if match and _brackets_match(match):
        body = match["body"]
        script, value = (
            ("abjad", _ABJAD_VALUES[body]) if body in _ABJAD_VALUES else ("devanagari", _DEVANAGARI[body])
        )
        style = f"{match['open']}{script}{match['close']}"
        return Label(match.group().rstrip(), match.end(), (Reading(style, value),), weak=not match["open"])
    return None


def _brackets_match(match: re.Match[str]) -> bool:
    opened, close = match["open"], match["close"]
    if not opened:
        return close != "]"
    return close == {"(": ")", "[": "]"}[opened]
