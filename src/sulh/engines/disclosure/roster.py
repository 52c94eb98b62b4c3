"""Whom a text must not give away: a roster that is asked, not read.

The lint never holds names. It asks ``known(key)`` for keys (``names.keys``) of the words before it, so that a
locked vault can answer from keyed hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from .names import keys


@dataclass(frozen=True, slots=True)
class Roster:
    """Names that are asked for by key, and how many people share attributes.

    ``known`` says whether a key belongs to somebody. ``holding`` says how many people hold all of the given
    attributes (folded words of the text, such as {"afghan", "journalist"}), or None where that is not known.
    """

    known: Callable[[str], bool]
    holding: Callable[[frozenset[str]], int | None] | None = None


NOBODY: Final = Roster(lambda key: False)


def roster_of(names: Iterable[str], holding: Callable[[frozenset[str]], int | None] | None = None) -> Roster:
    """Return a roster of plain names and aliases, for use where they are at hand."""
    held = frozenset().union(*(keys(name) for name in names))
    return Roster(held.__contains__, holding)
