# ruff: noqa: E501 (patterns are easier to read whole)
"""Themes by the words of a clause."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from .model import Theme

MOST = 2


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
    r"\b(?:both|either|each) sides? of the (?:border|line|frontier)\b|\bsub-continent\b|"
    r"\b(?:enabling|conducive|peaceful|security|political|hostile|better|positive|friendly|favou?rable|investment|overall) environment\b"
)

# What a clause says of its purpose or motive, of examples, or of whom it would serve is not its subject.
_MOTIVE = re.compile(
    r"\b(?:so that|in order (?:to|that)|so as to|with a view to|with the (?:aim|goal|purpose) of|aimed at|for the sake of|because|"
    r"as a (?:first step|goodwill|good will|gesture)|in the interests? of|to avoid|thereby|which would|which will|which can)\b[^;]*"
    r"|\b(?:including|such as|particularly|especially|in particular)\b[^;.]*",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"^\W*(?:(?:in order )?to [^,]{3,90},\s+(?=(?:the|both|they|it|we|participants|all|members)\b)"
    r"|(?:in view of|given|considering|besides|as promised)\b[^,]{3,120},)",
    re.IGNORECASE,
)

# The frame names the group that asks: "Former editors urged the two countries to …".
_FRAME = re.compile(
    r"^[^,;]{0,160}?\b(?<!be )(?<!was )(?<!were )(?<!are )(?<!is )(?:urged|called (?:up)?on|called for|demanded|recommended|appealed|asked|"
    r"requested|stressed|emphasi[sz]ed|underlined|felt that|suggested that|proposed)\b",
    re.IGNORECASE,
)

# People for whom something is asked: their trade is seldom the subject ("visas for journalists").
_PEOPLE = re.compile(
    r"student|academic|scholar$|scholars|journalis|trader|business|artist|writer|poet|pilgrim|patient|media|teacher|youth|"
    r"entrepreneur|athlet|women|editor|young people|school|correspondent|researcher"
)

_Ranked = list[tuple[float, int, int, str]]  # minus strength, place, order, key


def themes_of(text: str, themes: Sequence[Theme], heading: str = "") -> tuple[str, ...]:
    """Return at most two theme keys, the strongest first, equal ones as the text names them.

    Strength counts the different words of the theme that occur, people for half. A heading above the
    clause counts like one word. Weak words ("~peace") only count where no theme has a strong one, and
    motives and examples only where nothing else tells. Of three that are equally in second place none
    is the subject.
    """
    core = _MOTIVE.sub(" ", _PREFACE.sub(" ", _FRAME.sub(" ", text)))
    ranked = _ranked(core, themes, heading) or _ranked(text, themes, heading)
    if not ranked:
        return ()
    kept = [entry for entry in ranked if entry[0] * 2 <= ranked[0][0]]
    if len(kept) > MOST and kept[0][0] < kept[1][0] == kept[MOST][0]:
        kept = kept[:1]
    return tuple(key for _, _, _, key in kept[:MOST])


def _ranked(text: str, themes: Sequence[Theme], heading: str) -> _Ranked:
    below, above = _IN_PASSING.sub(" ", text.lower()), heading.lower()
    strong: _Ranked = []
    weak: _Ranked = []
    for order, (key, pattern, hint) in enumerate(_patterns(tuple(themes))):
        places: dict[str, int] = {}
        for match in pattern.finditer(below) if pattern else ():
            places.setdefault(match.group(), match.start())
        score = sum(0.5 if _PEOPLE.match(word) else 1.0 for word in places)
        if above and pattern and pattern.search(above):
            score += 1
        if score:
            strong.append((-score, min(places.values(), default=len(below)), order, key))
        elif hint and (found := hint.search(below)):
            weak.append((-len(set(hint.findall(below))), found.start(), order, key))
    return sorted(strong) or sorted(weak)[:1]
