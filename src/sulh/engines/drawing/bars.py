"""Counts as bars: per side in pairs, or as the parts of a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sulh.engines.drawing.letters import shorten, width, wrap
from sulh.engines.drawing.marks import part_paint, side_paint
from sulh.engines.drawing.sheet import Direction, Drawing, Sheet, checked_uid

_WIDTH = 360.0  # about a phone's width, so that letters keep their size there
_EDGE = 8.0
_FONT = 14.0
_LINE = 19.0
_SWATCH = 16.0
_BAR = 14.0


@dataclass(frozen=True, slots=True)
class PairedRow:
    """What is counted, and its two counts (not negative)."""

    label: str
    first: int
    second: int


def paired_bars(
    rows: Sequence[PairedRow],
    names: tuple[str, str],
    *,
    uid: str,
    caption: str,
    header: str,
    direction: Direction = "ltr",
    number_of: Callable[[int], str] = str,
) -> Drawing:
    """Counts per side, a pair of bars under each label, all on one scale that begins at nought.

    Args:
        rows: what is counted, in the order shown.
        names: the sides, in the order shown; ``first`` counts the first of them.
        uid: begins the identifiers in the SVG; another for each drawing of a page.
        caption: the sentence that says what the drawing shows.
        header: what the labels are; heads the first column of the table.
        direction: the way lines run.
        number_of: writes a count for the reader.

    Raises:
        ValueError: for a negative count or a ``uid`` that cannot begin an identifier.
    """
    _check([count for row in rows for count in (row.first, row.second)])
    sheet = Sheet(_WIDTH, direction)
    paints = [side_paint(sheet, checked_uid(uid), side) for side in (1, 2)]
    y = _EDGE
    for side, name in enumerate(names, start=1):
        y = _legend(sheet, y, paints[side - 1], f"d-side-{side}", name, "")
    most = max((count for row in rows for count in (row.first, row.second)), default=0)
    figures = max((width(number_of(c), _FONT) for row in rows for c in (row.first, row.second)), default=0.0)
    room = max(_WIDTH - 2 * _EDGE - figures - 8, 0.0)
    for row in rows:
        y += 8
        for words in wrap(row.label, _WIDTH - 2 * _EDGE, _FONT, 2):
            sheet.text(_EDGE, y + _FONT, words, size=_FONT)
            y += _LINE
        y += 3
        top = y
        for side, count in enumerate((row.first, row.second), start=1):
            length = room * count / most if most else 0.0
            if count:
                paint = paints[side - 1]
                sheet.rect(_EDGE, y, length, _BAR, f"d-side-{side}", fill=paint, edge=True)
            sheet.text(_EDGE + length + 6, y + _BAR - 2, number_of(count), size=_FONT, bold=True)
            y += _BAR + 4
        sheet.line(_EDGE, top - 2, _EDGE, y - 2, "d-muted")
    said = "; ".join(
        f"{row.label}: {names[0]} {number_of(row.first)}, {names[1]} {number_of(row.second)}" for row in rows
    )
    table = (
        (header, *names),
        *((row.label, number_of(row.first), number_of(row.second)) for row in rows),
    )
    svg = sheet.svg(y + _EDGE, uid=uid, title=caption, description=said, kind="d-bars")
    return Drawing(svg, caption, table)


def stacked(
    rows: Sequence[tuple[str, int]],
    *,
    uid: str,
    caption: str,
    headers: tuple[str, str],
    direction: Direction = "ltr",
    number_of: Callable[[int], str] = str,
) -> Drawing:
    """One bar made of parts, each with a pattern of its own, and a list of the parts with their counts below.

    Parts of nought are left out of the bar; they stay in the list, without a pattern, and in the table.
    ``headers`` head the table: what the labels are, and what the counts are. The other arguments and the errors
    are those of :func:`paired_bars`.
    """
    _check([count for _, count in rows])
    sheet = Sheet(_WIDTH, direction)
    checked_uid(uid)
    total = sum(count for _, count in rows)
    paints = {
        number: part_paint(sheet, uid, order)
        for order, number in enumerate(number for number, (_, count) in enumerate(rows) if count)
    }
    x, y, room, tall = _EDGE, _EDGE + _LINE, _WIDTH - 2 * _EDGE, 26.0
    for number, paint in paints.items():
        count = rows[number][1]
        length = room * count / total
        sheet.rect(x, y, length, tall, "d-accent", fill=paint, edge=True)
        written = number_of(count)
        if width(written, _FONT) + 4 <= length:
            sheet.text(x + length / 2, y - 6, written, size=_FONT, anchor="middle", bold=True)
        x += length
    if not total:
        sheet.rect(_EDGE, y, room, tall, "d-muted", fill="none", edge=True)
    y += tall + 10
    for number, (label, count) in enumerate(rows):
        y = _legend(sheet, y, paints.get(number), "d-accent", label, number_of(count))
    said = "; ".join(f"{label}: {number_of(count)}" for label, count in rows)
    table = (headers, *((label, number_of(count)) for label, count in rows))
    svg = sheet.svg(y + _EDGE, uid=uid, title=caption, description=said, kind="d-bars")
    return Drawing(svg, caption, table)


def _legend(sheet: Sheet, y: float, paint: str | None, colour: str, label: str, figure: str) -> float:
    """One line of a legend from ``y`` down: surface, label, figure; returns where the next one begins."""
    if paint:
        sheet.rect(_EDGE, y + 2, _SWATCH, _SWATCH, colour, fill=paint, edge=True)
    starts = _EDGE + _SWATCH + 8
    room = _WIDTH - _EDGE - starts - width(figure, _FONT) - 12
    kind = "d-ink" if paint else "d-muted"
    sheet.text(starts, y + 15, shorten(label, room, _FONT), kind, size=_FONT)
    sheet.text(_WIDTH - _EDGE, y + 15, figure, kind, size=_FONT, anchor="end", bold=True)
    return y + _LINE + 5


def _check(counts: Sequence[int]) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("A count is never negative.")
