"""One spelling for the many spellings of a word: what the lint compares, never what it shows.

Folding works on single words, so that the places of findings stay those of the text as it is written.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Characters that show nothing (or only stretch a letter), as the inside of a character class."""

MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
"""Combining marks of Latin and Arabic, as the inside of a character class."""

# Arabic letters that writers of Urdu, Pashto and Dari put for one another, or that keyboards offer for one
# another.
_ARABIC: Final = {
    "ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ۓ": "ی", "ك": "ک", "ڪ": "ک", "گ": "ګ",
    "ہ": "ه", "ۂ": "ه", "ۃ": "ه", "ۀ": "ه", "ة": "ه", "ە": "ه", "ھ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ؤ": "و", "ۇ": "و", "ء": "", "ں": "ن", "ڼ": "ن", "ٹ": "ټ", "ڈ": "ډ", "ڑ": "ړ", "ˇ": "",
}  # fmt: skip

# Letters of other alphabets that look like Latin ones.
_LOOKALIKE: Final = dict(
    zip(
        "авекмнорстухіјѕԁԛԝһӏαβεικνορτυχγηοΑ",
        "abekmhopctyxijsdqwhlabeikvoptuxynoa",
        strict=True,
    )
)


def _letters(text: str) -> str:
    """Drop marks and invisible characters; Devanagari keeps its vowel signs, but for the nukta."""
    kept = []
    for c in unicodedata.normalize("NFKD", text):
        if c in "़\u200c\u200d":
            continue
        if c == "ँ":
            kept.append("ं")
            continue
        kind = unicodedata.category(c)
        if kind in ("Cf", "Me") or c in "\u0640\u034f" or "\ufe00" <= c <= "\ufe0f":
            continue
        if kind == "Mn" and not "\u0900" <= c <= "\u097f":
            continue
        if kind == "Nd":
            c = str(unicodedata.digit(c))
        kept.append(c)
    return "".join(kept)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the form of a word under which it is looked up.

    Case, diacritics, zero-width characters, tatweel, compatibility forms, variant Arabic letters, the nukta
    and letters that only look Latin make no difference. Folding twice is folding once, and a word folds alike
    before and after NFC or NFKC.
    """
    if word.isascii():
        return word.lower()
    text = _letters(word).casefold()
    text = "".join(_ARABIC.get(c, c) for c in text)
    if any(c in _LOOKALIKE for c in text):
        mapped = "".join(_LOOKALIKE.get(c, c) for c in text)
        # A word that is wholly Cyrillic or Greek stays what it is, unless every letter of it looks Latin.
        if mapped.isascii() or any("a" <= c <= "z" for c in text):
            text = mapped
    return text
