"""The sheet that drawings are drawn on: it escapes words, mirrors for right-to-left and closes the SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from sulh.engines.drawing.letters import clean

Direction = Literal["ltr", "rtl"]
Anchor = Literal["start", "middle", "end"]
Piece = tuple[str, str]  # words, and the class that colours them

_UID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its SVG, the sentence that says what it shows, and the same as a table (first row: headers)."""

    svg: str
    caption: str
    table: tuple[tuple[str, ...], ...]


def both(wide: Drawing, narrow: Drawing) -> Drawing:
    """Two drawings of the same things as one: the style sheet shows the one for which there is room.

    Raises:
        ValueError: where the two do not say the same.
    """
    if (wide.caption, wide.table) != (narrow.caption, narrow.table):
        raise ValueError("The wide and the narrow drawing show different things.")
    return Drawing(wide.svg + narrow.svg, wide.caption, wide.table)


def checked_uid(uid: str) -> str:
    """``uid``, fit to begin an identifier in the page; ValueError otherwise."""
    if not _UID.fullmatch(uid):
        raise ValueError(f"“{uid}” cannot begin an identifier: a letter, then letters, digits, - and _.")
    return uid


def escaped(text: str) -> str:
    """``text`` as it may stand in XML; isolated, so that its direction touches nothing around it."""
    cleaned = clean(text)
    return f"\u2068{escape(cleaned)}\u2069" if cleaned else ""


class Sheet:
    """Collects the parts of one drawing.

    Everything is placed as if the writing ran from left to right, x counted from the edge where lines start. For
    right-to-left the sheet mirrors each x; anchors ("start") turn with the ``direction`` of the SVG by themselves.
    Colour is given by classes that set ``color``; each part paints itself with ``currentColor``.
    """

    def __init__(self, width: float, direction: Direction) -> None:
        self.width = width
        self.direction = direction
        self._parts: list[str] = []
        self._patterns: list[str] = []
        self._front: list[str] = []

    def x(self, x: float) -> float:
        """Where x lies once the sheet is mirrored."""
        return self.width - x if self.direction == "rtl" else x

    def behind(self) -> None:
        """Put all that was drawn so far in front of all that follows."""
        self._front, self._parts = self._parts + self._front, []

    def text(
        self,
        x: float,
        y: float,
        words: str | Sequence[Piece],
        kind: str = "d-ink",
        *,
        size: float,
        anchor: Anchor = "start",
        bold: bool = False,
    ) -> None:
        """One line of words with its baseline at ``y``; nothing where the words are blank."""
        if isinstance(words, str):
            inner = escaped(words)
        else:
            pieces = [(escaped(piece), name) for piece, name in words]
            inner = " ".join(
                f'<tspan class="{name}" fill="currentColor">{piece}</tspan>'
                for piece, name in pieces
                if piece
            )
        if inner:
            weight = ' font-weight="600"' if bold else ""
            self._parts.append(
                f'<text x="{_n(self.x(x))}" y="{_n(y)}" font-size="{_n(size)}" text-anchor="{anchor}"{weight}'
                f' class="d-text {kind}" fill="currentColor">{inner}</text>'
            )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        kind: str = "d-line",
        *,
        thick: float = 1,
        dashes: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<line x1="{_n(self.x(x1))}" y1="{_n(y1)}" x2="{_n(self.x(x2))}" y2="{_n(y2)}"'
            f' stroke-width="{_n(thick)}"{dashed} class="{kind}" stroke="currentColor"/>'
        )

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        kind: str,
        *,
        fill: str = "currentColor",
        opacity: float = 1,
        edge: bool = False,
        round_: float = 0,
    ) -> None:
        """A box that starts at ``x``; ``fill`` is a paint (a pattern: see :meth:`pattern`)."""
        at = self.x(x) - (width if self.direction == "rtl" else 0)
        more = f' fill-opacity="{opacity:g}"' if opacity != 1 else ""
        more += f' rx="{_n(round_)}"' if round_ else ""
        more += ' stroke="currentColor" stroke-width="1"' if edge else ""
        self._parts.append(
            f'<rect x="{_n(at)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            f' class="{kind}" fill="{fill}"{more}/>'
        )

    def shape(self, points: Sequence[tuple[float, float]], kind: str, tip: str) -> None:
        """A filled polygon with ``tip`` as its title."""
        corners = " ".join(f"{_n(self.x(x))},{_n(y)}" for x, y in points)
        self._parts.append(
            f'<polygon points="{corners}" class="d-mark {kind}" fill="currentColor">{_title(tip)}</polygon>'
        )

    def circle(self, x: float, y: float, radius: float, kind: str, tip: str) -> None:
        """A filled circle with ``tip`` as its title."""
        self._parts.append(
            f'<circle cx="{_n(self.x(x))}" cy="{_n(y)}" r="{_n(radius)}" class="d-mark {kind}"'
            f' fill="currentColor">{_title(tip)}</circle>'
        )

    def pattern(self, name: str, content: str, *, size: float, turn: int = 0) -> str:
        """Define a repeating pattern of ``content`` (a tile of ``size`` × ``size``); returns the paint."""
        turned = f' patternTransform="rotate({turn})"' if turn else ""
        self._patterns.append(
            f'<pattern id="{name}" width="{_n(size)}" height="{_n(size)}" patternUnits="userSpaceOnUse"{turned}>'
            f"{content}</pattern>"
        )
        return f"url(#{name})"

    def svg(self, height: float, *, uid: str, title: str, description: str, kind: str) -> str:
        """The finished SVG, named by ``title`` and ``description`` for those who do not see it."""
        defs = f"<defs>{''.join(self._patterns)}</defs>" if self._patterns else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(height)}"'
            f' width="{_n(self.width)}" height="{_n(height)}" direction="{self.direction}" class="d {kind}"'
            f' role="img" aria-labelledby="{uid}-title" aria-describedby="{uid}-desc">'
            f'<title id="{uid}-title">{escaped(title)}</title><desc id="{uid}-desc">{escaped(description)}</desc>'
            f"{defs}{''.join(self._parts + self._front)}</svg>"
        )


def _title(tip: str) -> str:
    return f"<title>{escaped(tip)}</title>" if tip else ""


def _n(number: float) -> str:
    """A number with one decimal at most: a tenth of a pixel is finer than anyone sees."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")
