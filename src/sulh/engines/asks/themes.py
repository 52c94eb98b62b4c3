"""Themes by the words of a clause."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from .model import Theme

MOST = 3


@lru_cache(maxsize=1)
def default_themes() -> tuple[Theme, ...]:
    """Return the themes of ``themes.toml`` in their order."""
    raw = resources.files(__package__).joinpath("themes.toml").read_text(encoding="utf-8")
    return tuple(
        Theme(key, entry["name"], tuple(entry["words"])) for key, entry in tomllib.loads(raw).items()
    )


@lru_cache(maxsize=16)
def _patterns(themes: tuple[Theme, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((theme.key, _pattern(theme.words)) for theme in themes if theme.words)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    stems = []
    for word in sorted(words, key=len, reverse=True):
        whole = word.endswith("$")
        stem = re.escape(word.rstrip("$").lower()).replace(r"\ ", r"\s+")
        stems.append(stem + (r"\b" if whole else ""))
    return re.compile(r"(?<!\w)(?:" + "|".join(stems) + ")")


def themes_of(text: str, themes: Sequence[Theme], heading: str = "") -> tuple[str, ...]:
    """Return at most three theme keys, the strongest first.

    Strength counts the different words of the theme that occur. A heading above the clause counts
    like one such word: it decides for a clause that says nothing of its own.
    """
    scores: list[tuple[float, int, str]] = []
    below, above = text.lower(), heading.lower()
    for rank, (key, pattern) in enumerate(_patterns(tuple(themes))):
        score = float(len(set(pattern.findall(below))))
        if above and pattern.search(above):
            score += 1.0
        if score:
            scores.append((-score, rank, key))
    scores.sort()
    best = -scores[0][0] if scores else 0.0
    return tuple(key for score, _, key in scores[:MOST] if -score * 3 >= best)
