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
    cuts, sure = _verb_joints(text, low, end, infinitives=infinitives, enumerates=False)
    if cuts and "," in text[low : cuts[0][0]]:  # an enumeration: its first comma separates too
        cuts, sure = _verb_joints(text, low, end, infinitives=infinitives, enumerates=True)
    if len(cuts) != 1 or sure:
        return cuts
    left, right = _after_verb(text[low : cuts[0][0]]), text[cuts[0][1] : end]
    long = len(left.split()) >= 2 and len(right.removeprefix("to ").split()) >= 3
    return cuts if long or differ(themes(left), themes(right)) else []


def _verb_joints(
    text: str, low: int, end: int, *, infinitives: bool, enumerates: bool
) -> tuple[list[tuple[int, int]], bool]:
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
            listed = (bool(cuts) or enumerates) and "," in match.group()
            fits = (
                _phrase_with_object(right, listed=listed)
                and _has_object(left)
                and (listed or not _NESTED.search(_after_verb(left)))
            )
        if fits:
            cuts.append((match.start(), match.end()))
            sure |= semicolon or right.startswith("to ")
            start = match.end()
    return cuts, sure


def gerund_cuts(text: str, low: int, end: int) -> list[tuple[int, int]]:
    """Cut "reopening the consulates, issuing visas and restoring the bus": gerunds with objects of their own.

    The chain ends where a gerund only says how something is done ("by opening").
    """
    cuts: list[tuple[int, int]] = []
    start = low
    for match in _JOINT.finditer(text, low, end):
        left, right = text[start : match.start()], text[match.end() : end]
        if ";" not in match.group() and _MANNER.search(left):
            continue
        gerund = _LEADING_GERUND.match(right)
        if gerund and is_gerund(gerund.group("verb")) and len(left.split()) >= 2:
            cuts.append((match.start(), match.end()))
            start = match.end()
    return cuts


def nominal_cuts(text: str, low: int, end: int, themes: ThemesOf) -> list[tuple[int, int]]:
    """Cut "the release of prisoners and the return of their boats": nouns of action with objects of their own."""
    cuts: list[tuple[int, int]] = []
    start = low
    for match in _JOINT.finditer(text, low, end):
        left, right = text[start : match.start()], text[match.end() : end]
        if re.search(r"\b(?:that|by|which|who|including|through|such as)\s", left) or _NESTED.search(left):
            break
        again = right.startswith("for ") and bool(cuts or re.search(r"(?:^|\s)for\s*$", text[:low]))
        apart = (
            _WHOLE_NOUN.match(right)
            and len(left.split()) >= 2
            and differ(themes(left), themes(_member(right)))
        )
        if (
            (again and ";" not in match.group())
            or apart
            or (_ACTION_OF.match(left) and _ACTION_OF.match(right))
        ):
            cuts.append((match.start(), match.end()))
            start = match.end()
    return cuts


def _member(right: str) -> str:
    """The first member of what follows."""
    following = _JOINT.search(right)
    return right[: following.start()] if following else right


def participle_cuts(text: str, low: int, end: int) -> list[tuple[int, int]]:
    """Cut "consulates be reopened and visas issued": a second subject whose "be" is left out."""
    cuts: list[tuple[int, int]] = []
    start = low
    for match in _JOINT.finditer(text, low, end):
        left, right = text[start : match.start()], text[match.end() : end]
        ends = _GAPPED_AT_END.match(right) and _DONE_SOMEHOW.search(left)
        if ends or ((_DONE.search(left) or (cuts and _GAPPED.match(left))) and _GAPPED.match(right)):
            cuts.append((match.start(), match.end()))
            start = match.end()
    return cuts


def is_gerund(word: str) -> bool:
    """Whether the word is the -ing form of a verb that declarations use for an action."""
    word = word.lower()
    if not word.endswith("ing"):
        return False
    stem = word[:-3]
    return bool({stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem} & IMPERATIVES)


_LEADING_GERUND = re.compile(
    r"(?:for\s+|on\s+|of\s+)?(?:\w+ly\s+)?(?P<verb>[a-z-]{3,}ing)\s+(?!and\b|or\b|of\b)\w"
)

_MANNER = re.compile(
    r"\b(?:by|through|while|without|before|after|including|when|such as|aimed at)\s+(?:\w+ly\s+)?\w+ing\b"
)

_ACTION_OF = re.compile(
    r"^\W*(?:for\s+)?(?:the\s+|an?\s+|their\s+|its\s+|early\s+|immediate\s+|full\s+|\w+ly\s+|\w+\s+){0,3}?"
    r"(?:\w+(?:tion|sion|ment|ease|wal|val|ing|ange|rn|sal|issuance|ance|up)|end|halt|increase|meetings?|contacts?|visits?)\s+(?:of|to|in|between)\s+\w",
    re.IGNORECASE,
)

# A member with a structure of its own ("a bus for pilgrims"), not one more word for the same noun.
_WHOLE_NOUN = re.compile(
    r"(?:an?|more|new|joint|early|regular|direct|free|the\s+\w+ing)\s+[\w-]+|(?:[\w-]+\s+){1,3}(?:of|for|between|at|to)\s+\w",
    re.IGNORECASE,
)

_DONE = re.compile(
    r"\bbe\s+(?:\w+ly\s+|further\s+)?\w+(?:ed|en|wn|ght|de|ilt|ld|set|put)(?:\s+(?!for\b|to\b|of\b|between\b|among\b|by\b|as\b|with\b|from\b)[\w-]+){0,4}$"
)

_DONE_SOMEHOW = re.compile(r"\bbe\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ght|de|ilt|ld|set|put)(?:\s+[\w-]+){0,5}$")

_GAPPED_AT_END = re.compile(
    r"(?:(?:the|all|more|new|their|an?|both|joint|other)\s+)(?:(?!should\b|must\b|be\b|to\b|of\b|and\b|for\b)[\w’'-]+\s+){1,6}\w{3,}(?:ed|en|wn|ilt)\W*$"
)

_GAPPED = re.compile(
    r"(?:(?:the|all|more|new|their|an?|both|joint|other)\s+)?(?!to\b|be\b|not\b|for\b|of\b|in\b|or\b)(?:(?!should\b|must\b|be\b|to\b|of\b|and\b)[\w’'-]+\s+){1,3}"
    r"\w{2,}(?:ed|en|wn|ght|ilt|held|set up|made|put)(?=\s+(?:by|at|in|within|to|without|on|from|once|again|twice|every|as|for|with)\b|\s*[.,;]|\s+and\b|\s*$|\s+\w+ly\b)"
)

_JOINT = re.compile(
    r"\s*;\s*(?:and\s+)?(?:\(?[a-z0-9]{1,3}\)\s*)?|\s*,?\s+(?:and|or rather)\s+(?:also\s+|then\s+|further\s+)?|,\s+",
    re.I,
)

_NESTED = re.compile(
    r"\b(?:so as to|in order to|so that|as|because|since|which|who|whom|where|that|whether|how|"
    r"to\s+(?:\w+ly\s+)?(?:{}))\b".format("|".join(sorted((IMPERATIVES - AMBIGUOUS) | {"be", "help"})))
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
            or (word in _MOSTLY_VERBS and following.isalpha())
            or (word, following) in _VERBAL
            or (following.endswith("s") and following not in NOT_AFTER_IMPERATIVE)
        )
    return True


_DETERMINERS = word_list("determiners")

# Nouns as well, but hardly ever before another noun ("share flood data", "end police reporting").
_MOSTLY_VERBS = frozenset(
    [
        "share",
        "end",
        "stop",
        "lift",
        "hold",
        "set",
        "start",
        "form",
        "let",
        "put",
        "cut",
        "increase",
        "raise",
        "release",
        "issue",
        "open",
        "respect",
        "honour",
        "honor",
        "address",
    ]
)

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
