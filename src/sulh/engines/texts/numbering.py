"""Automatic list numbers, told as the word processor would print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sulh.engines.texts.labels import to_letters, to_roman

BULLET = "•"
_MOST = 30_000  # a number beyond this is no list number; Roman and lettered ones would grow without end


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list numbers.

    pattern: as in Word, "%1.%2)" names levels from 1. format: "decimal", "lowerLetter", "upperLetter",
    "lowerRoman", "upperRoman", "bullet", "none". restart_after: the level (from 1) whose step restarts this
    one; None for any higher level, 0 for never.
    """

    format: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    restart_after: int | None = None
    legal: bool = False  # all numbers in the pattern as decimals


@dataclass(slots=True)
class Counter:
    """How far a list has come on each of its levels."""

    values: dict[int, int] = field(default_factory=dict)

    def step(self, depth: int, levels: dict[int, Level]) -> str:
        """Count one item on a level (from 0) and give its label; "" where the level prints none."""
        level = levels.get(depth, Level())
        self.values[depth] = self.values.get(depth, level.start - 1) + 1
        for deeper in [d for d in self.values if d > depth]:
            after = levels.get(deeper, Level()).restart_after
            if after is None or (after and depth < after):
                del self.values[deeper]
        return self._print(depth, levels)

    def _print(self, depth: int, levels: dict[int, Level]) -> str:
        level = levels.get(depth, Level())
        if level.format == "bullet":
            return level.pattern
        if level.format == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            own = levels.get(place, Level())
            value = self.values.get(place, own.start)
            return spell(value, "decimal" if level.legal else own.format)

        return re.sub(r"%([1-9])", number, level.pattern).strip()


def spell(value: int, format_: str) -> str:
    """A list number in its format; formats of other scripts are printed as decimals."""
    if not 0 < value <= _MOST:
        return str(value)
    if format_ in ("lowerLetter", "upperLetter"):
        letters = to_letters(value) if value <= 26 * 20 else str(value)
        return letters.upper() if format_ == "upperLetter" else letters
    if format_ in ("lowerRoman", "upperRoman"):
        return to_roman(value).upper() if format_ == "upperRoman" else to_roman(value)
    if format_ == "decimalZero":
        return f"{value:02d}"
    return "" if format_ in ("none", "bullet") else str(value)


def bullet(sign: str) -> str:
    """A printable bullet for a sign of a symbol font."""
    sign = sign.strip()[:1]
    if (
        not sign
        or not sign.isprintable()
        or "\ue000" <= sign <= "\uf8ff"
        or sign in ("o", "§", "ü", "Ø", "v", "q")
    ):
        return BULLET
    return sign
