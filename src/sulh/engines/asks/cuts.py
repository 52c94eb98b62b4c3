# ruff: noqa: E501 (patterns are easier to read whole)
"""Where one ask ends and the next begins inside a chain of verbs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .words import AMBIGUOUS, IMPERATIVES, NOT_AFTER_IMPERATIVE, word_list

ThemesOf = Callable[[str], tuple[str, ...]]


def verb_cuts(text: str, low: int, end: int, themes: ThemesOf, *, infinitives: bool) -> list[tuple[int, int]]:
    """Cut coordinated verb phrases that are clearly different actions.

    Each must have an object of its own: "simplify and speed up the visa procedure" is one action, and
    so is "keep the ceasefire and formalise it". Of two phrases both must say something (an object of
    two words, a phrase of four), or their themes differ; three or more are an enumeration, and a
    semicolon always separates.
    ``infinitives`` allows a cut before "to": elsewhere that only states a purpose.
    Returns (end of one, start of the next) for each cut.
    """
    cuts: list[tuple[int, int]] = []
    sure = False  # semicolons and a repeated "to" mark a new action by themselves
    start = low
    for match in _JOINT.finditer(text, low, end):
        left, right = text[start : match.start()], text[match.end() : end]
        semicolon = ";" in match.group()
        if right.startswith("to ") and (not infinitives or match.group().strip() == ","):
            continue
        if semicolon:
            word = re.match(r"(?:to\s+)?(?:not\s+|also\s+|\w+ly\s+)*([a-z-]+)\s", right)
            fits = bool(word and word.group(1) in IMPERATIVES)
        else:
            listed = bool(cuts) and "," in match.group()
            fits = (
                _phrase_with_object(right, listed=listed)
                and _has_object(left)
                and (listed or not _NESTED.search(_after_verb(left)))
            )
        if fits:
            cuts.append((match.start(), match.end()))
            sure |= semicolon or right.startswith("to ")
            start = match.end()
    if len(cuts) != 1 or sure:
        return cuts
    left, right = _after_verb(text[low : cuts[0][0]]), text[cuts[0][1] : end]
    long = len(left.split()) >= 2 and len(right.removeprefix("to ").split()) >= 4
    return cuts if long or differ(themes(left), themes(right)) else []


_JOINT = re.compile(
    r"\s*;\s*(?:and\s+)?(?:\(?[a-z0-9]{1,3}\)\s*)?|\s*,?\s+(?:and|or rather)\s+(?:also\s+|then\s+|further\s+)?|,\s+",
    re.I,
)

_NESTED = re.compile(
    r"\b(?:so as to|in order to|so that|as|because|since|which|who|whom|where|that|whether|how|(?:by|for|of|in|at|with|from|on|towards?|through)\s+(?:\w+ly\s+)?\w+ing|"
    r"to\s+(?:\w+ly\s+)?(?:{}))\b".format("|".join(sorted(IMPERATIVES | {"be", "help"})))
)

_LOOSE_WORDS = word_list("loose_words")


def _phrase_with_object(right: str, *, listed: bool) -> bool:
    match = re.match(
        r"(?:to\s+)?(?:not\s+to\s+|not\s+|to\s+not\s+)?((?:\w+ly|jointly|instead|also|further)\s+)?([a-z][a-z-]+)\s+([\w’'“\"‘(-]+)",
        right,
    )
    if not match or match.group(2) not in IMPERATIVES:
        return False
    word, following = match.group(2), match.group(3).lower()
    if following in NOT_AFTER_IMPERATIVE and following not in ("on", "for", "with", "to", "from"):
        return False
    if following in ("it", "them", "this", "these", "him", "her") or re.match(
        r"(?:on|for|to|with)\s+(?:it|them|this)\b", right[match.start(3) :]
    ):
        return False
    if word in AMBIGUOUS and not listed and not right.startswith("to "):
        return (
            following in _DETERMINERS
            or (word, following) in _VERBAL
            or (following.endswith("s") and following not in NOT_AFTER_IMPERATIVE)
        )
    return True


_DETERMINERS = word_list("determiners")

_VERBAL = frozenset(
    {
        ("work", "on"),
        ("work", "towards"),
        ("work", "for"),
        ("focus", "on"),
        ("respond", "to"),
        ("return", "to"),
        ("refer", "to"),
    }
)


_ANY_VERB = re.compile(rf"\b(?:{'|'.join(sorted(IMPERATIVES))})\b")


def _after_verb(left: str) -> str:
    match = _ANY_VERB.search(left)
    return left[match.end() :] if match else ""


def _has_object(left: str) -> bool:
    words = [
        word
        for word in re.findall(r"[\w’'-]+", _after_verb(left))
        if word.lower() not in _LOOSE_WORDS and not word.endswith("ly")
    ]
    return bool(words)


def differ(mine: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two clauses have clearly different themes; peace and security is part of every theme."""
    first, second = set(mine) - {"peace-security"}, set(other) - {"peace-security"}
    return bool(first and second and not first & second)
