"""The wide form of a line of time: lanes below each other, time along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sulh.engines.drawing.events import (
    EDGE,
    FONT,
    LINE,
    Event,
    Words,
    centre_of,
    colour_of,
    draw_bar,
    fitted,
    length_of,
    tip_of,
)
from sulh.engines.drawing.letters import shorten, width, wrap
from sulh.engines.drawing.marks import RADIUS, mark
from sulh.engines.drawing.scale import Scale, span_of
from sulh.engines.drawing.sheet import Direction, Piece, Sheet

_WIDTH = 860.0
_AFTER = 130.0  # room after the end of the axis, for words about what happened last
_LEVELS = 8  # of words above the marks of a lane
_ROOMS = (340.0, 230.0, 180.0, 130.0)  # for the words of one mark: less where marks are close


@dataclass(frozen=True, slots=True)
class _Mark:
    """Events drawn as one shape, because they are alike and lie in one place."""

    events: tuple[Event, ...]
    x: float

    count: str  # how many, as written beside the shape; nothing where it is one

    @property
    def ends(self) -> float:
        """Where the shape and its count end."""
        return self.x + RADIUS + (width(self.count, FONT) + 3 if self.count else 0)


def along(
    events: Sequence[Event], lanes: Sequence[str], today: date, say: Words, direction: Direction
) -> tuple[Sheet, float]:
    """Lanes below each other, time along; returns the sheet and its height."""
    sheet = Sheet(_WIDTH, direction)
    named = [wrap(lane, 176, FONT, 2) for lane in lanes]
    column = max([112.0, *(width(line, FONT) for lines in named for line in lines)])
    starts = EDGE + column + 24
    first, last = span_of([event.date for event in events], today)
    scale = Scale(first, last, starts, _WIDTH - _AFTER - starts)
    ends = scale.at(last + 1)
    top = y = EDGE + LINE + 6
    for lane, lines in zip(lanes, named, strict=True):
        marks = _gathered([event for event in events if event.lane == lane], scale, today, say)
        rows = _rows(marks)
        flags = _flags(marks, say)
        levels = 1 + max((level for level, _ in flags if level is not None), default=-1)
        middle = y + 16 + levels * LINE
        for number, line in enumerate(lines):
            sheet.text(EDGE, middle + 5 + number * LINE, line, size=FONT, bold=True)
        if not marks:
            sheet.text(starts, middle + 5, shorten(say.none, ends - starts, FONT), "d-muted", size=FONT)
        for one, row, (level, pieces) in zip(marks, rows, flags, strict=True):
            if level is not None:
                tip = y + 12 + (levels - 1 - level) * LINE
                sheet.line(one.x, tip - 4, one.x, middle + row * 2.4 * RADIUS, "d-muted")
                sheet.text(one.x + 5, tip + 6, pieces, size=FONT)
        for one, row in zip(marks, rows, strict=True):
            centre = middle + row * 2.4 * RADIUS
            for event in one.events:
                draw_bar(sheet, event, scale, today, centre, along=True)
            mark(sheet, one.events[0].kind, one.x, centre, colour_of(one.events[0]), tip_of(one.events, say))
            sheet.text(one.x + RADIUS + 3, centre + 5, one.count, size=FONT, bold=True)
        below = max([(len(lines) - 1) * LINE, *(row * 2.4 * RADIUS for row in rows)])
        y = middle + below + 18
        sheet.line(EDGE, y, ends, y)
    sheet.behind()
    years = scale.years(say.longest_year(scale) + 8)
    for year, x, is_named in years:
        sheet.line(x, top, x, y + (6 if is_named else 3), "d-line")
        if is_named:
            label = say.year(year)
            sheet.text(x, y + 6 + LINE, label, "d-muted", size=FONT, anchor="middle")
    at = scale.at(today.toordinal() + 1)
    sheet.line(at, top - 4, at, y + 6, "d-muted", thick=1.5, dashes="4 3")
    sheet.text(
        at, top - 9, shorten(say.today, 2 * _AFTER - 2 * EDGE, FONT), "d-muted", size=FONT, anchor="middle"
    )
    return sheet, y + 6 + 1.6 * LINE


def _gathered(events: Sequence[Event], scale: Scale, today: date, say: Words) -> list[_Mark]:
    """Events of one lane as marks, in the order of time; alike ones in one place share a mark."""
    groups: list[list[Event]] = []
    latest: dict[tuple[str, int], list[Event]] = {}
    for event in sorted(events, key=lambda event: centre_of(event, today)):
        group = latest.get((event.kind, event.side))
        if group and scale.at(centre_of(event, today)) - scale.at(centre_of(group[0], today)) < 2 * RADIUS:
            group.append(event)
        else:
            latest[event.kind, event.side] = [event]
            groups.append(latest[event.kind, event.side])
    marks = []
    for group in groups:
        middle = sum(centre_of(event, today) for event in group) / len(group)
        marks.append(_Mark(tuple(group), scale.at(middle), say.times(len(group))))
    return sorted(marks, key=lambda one: one.x)


def _rows(marks: Sequence[_Mark]) -> list[int]:
    """Fan marks out: for each the first row in which it touches no earlier one."""
    ends: list[float] = []
    rows = []
    for one in marks:
        row = next((i for i, end in enumerate(ends) if one.x - RADIUS > end), len(ends))
        ends[row : row + 1] = [one.ends]
        rows.append(row)
    return rows


def _flags(marks: Sequence[_Mark], say: Words) -> list[tuple[int | None, list[Piece]]]:
    """Words for each mark and their level above it: as long as leaves no mark without; None where one is."""
    tries = [_flagged(marks, say, room) for room in _ROOMS]
    return min(tries, key=lambda flags: sum(level is None for level, _ in flags))  # the first of equals


def _flagged(marks: Sequence[_Mark], say: Words, room: float) -> list[tuple[int | None, list[Piece]]]:
    """Words of about ``room``, placed from the last mark back.

    Each stands above all later ones that its words would reach, so that no stem of a flag crosses the words of
    another: a staircase where marks are close. Then the words take what room there is up to the next stem.
    """
    flags: list[tuple[int | None, list[Piece]]] = []
    standing: list[tuple[float, int]] = []  # place and level of the later marks
    for one in reversed(marks):
        pieces = fitted(_said(one, say), min(room, _WIDTH - 4 - one.x - 5))
        ends = one.x + 5 + length_of(pieces) + 4
        level = 1 + max((level for x, level in standing if x < ends), default=-1)
        if pieces and level < _LEVELS:
            next_ = min((x for x, height in standing if height >= level), default=_WIDTH)
            flags.append((level, fitted(_said(one, say), min(_ROOMS[0], next_ - 4 - one.x - 5))))
            standing.append((one.x, level))
        else:
            flags.append((None, []))
    return flags[::-1]


def _said(one: _Mark, say: Words) -> list[Piece]:
    """The date (from – to) and the labels of a mark."""
    dates = list(dict.fromkeys(say.date(event.date) for event in one.events))
    labels = list(dict.fromkeys(event.label for event in one.events))
    return [(" – ".join(dates[:1] + dates[1:][-1:]), "d-muted"), (" · ".join(labels), "d-ink")]
