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
def _patterns(
    themes: tuple[Theme, ...],
) -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    return tuple(
        (
            theme.key,
            _pattern([word for word in theme.words if not word.startswith("~")]),
            _pattern([word[1:] for word in theme.words if word.startswith("~")]),
        )
        for theme in themes
    )


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    stems = []
    for word in sorted(words, key=len, reverse=True):
        stem = re.escape(word.rstrip("$").lower()).replace(r"\ ", r"\s+")
        stems.append(stem + (r"\b" if word.endswith("$") else ""))
    return re.compile(r"(?<!\w)(?:" + "|".join(stems) + ")")


# A mere "on the other side" says nothing of the management of borders.
_IN_PASSING = re.compile(
    r"\bacross (?:the |their )?(?:shared |common )?borders?\b|"
    r"\b(?:both|either|each) sides? of the (?:border|line|frontier)\b|\bsub-continent\b"
)


def themes_of(text: str, themes: Sequence[Theme], heading: str = "") -> tuple[str, ...]:
    """Return at most three theme keys, the strongest first.

    Strength counts the different words of the theme that occur. A heading above the clause counts
    like one such word. Weak words ("~peace") only count where no theme has a strong one.
    """
    below, above = _IN_PASSING.sub(" ", text.lower()), heading.lower()
    strong: list[tuple[float, int, str]] = []
    weak: list[tuple[float, int, str]] = []
    for rank, (key, pattern, hint) in enumerate(_patterns(tuple(themes))):
        score = len(set(pattern.findall(below))) if pattern else 0
        if above and pattern and pattern.search(above):
            score += 1
        if score:
            strong.append((-score, rank, key))
        elif hint and hint.search(below):
            weak.append((-len(set(hint.findall(below))), rank, key))
    ranked = sorted(strong) or sorted(weak)[:2]
    best = -ranked[0][0] if ranked else 0
    return tuple(key for score, _, key in ranked[:MOST] if -score * 2 >= best)
