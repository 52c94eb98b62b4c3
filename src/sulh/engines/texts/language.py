"""Which way a text runs and which of the workspace's languages it is in, told by its letters alone."""

from __future__ import annotations

import re

from sulh.engines.texts.document import Direction

_SAMPLE = 20_000
_URDU = set("ٹڈڑےںہھۓ")
_PASHTO = set("ټډړږښګڼېۍڅځۀ")
_PERSIAN = set("پچژگکی")
_DARI_WORDS = {"است", "را", "که", "این", "برای", "های", "در", "از", "به", "باید", "می", "شود"}
_ENGLISH_WORDS = {
    "the",
    "of",
    "and",
    "to",
    "in",
    "for",
    "on",
    "that",
    "with",
    "by",
    "a",
    "is",
    "be",
    "should",
}
_FOREIGN_LATIN = {"le", "la", "les", "des", "und", "der", "die", "das", "el", "los", "que", "ve", "il", "di"}


def guess(text: str) -> tuple[str, Direction]:
    """Language code and direction of a text; "und" where the letters do not tell."""
    sample = text[:_SAMPLE]
    arabic = sum("\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" or "\ufb50" <= c <= "\ufdff"
                 for c in sample if c.isalpha())  # fmt: skip
    devanagari = sum("\u0900" <= c <= "\u097f" for c in sample)
    hebrew = sum("\u0590" <= c <= "\u05ff" for c in sample if c.isalpha())
    latin = sum(c.isalpha() and c < "\u0250" for c in sample)
    most = max(arabic, devanagari, latin, hebrew)
    if most == 0:
        return "und", "ltr"
    if most == arabic:
        return _arabic_script(sample), "rtl"
    if most == hebrew:
        return "und", "rtl"
    if most == devanagari:
        return "hi", "ltr"
    return _latin_script(sample), "ltr"


def _arabic_script(sample: str) -> str:
    urdu = sum(c in _URDU for c in sample)
    pashto = sum(c in _PASHTO for c in sample)
    if pashto and pashto * 2 >= urdu:
        return "ps"
    words = re.findall(r"[^\W\d_]+", sample)
    dari = sum(word in _DARI_WORDS for word in words)
    if urdu and urdu >= dari:
        return "ur"
    if dari or any(c in _PERSIAN for c in sample):
        return "fa-AF"
    return "und"


def _latin_script(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    english = sum(word in _ENGLISH_WORDS for word in words)
    foreign = sum(word in _FOREIGN_LATIN for word in words)
    if english > foreign or (foreign == 0 and len(words) < 12 and sample.isascii()):
        return "en"
    return "und"
