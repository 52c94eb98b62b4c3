"""The narrow form of a line of time: time down, one row an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
from sulh.engines.drawing.letters import shorten, wrap
from sulh.engines.drawing.marks import RADIUS, mark
from sulh.engines.drawing.scale import Scale, span_of, spread
from sulh.engines.drawing.sheet import Direction, Piece, Sheet

_WIDTH = 360.0  # about a phone's width, so that letters keep their size there
_SHORTEST = 220.0  # of the axis


def down(
    events: Sequence[Event], lanes: Sequence[str], today: date, say: Words, direction: Direction
) -> tuple[Sheet, float]:
    """Time down, a row of words for each event; returns the sheet and its height."""
    sheet = Sheet(_WIDTH, direction)
    first, last = span_of([event.date for event in events], today)
    share = Scale(first, last, 0, 1)
    spine = EDGE + say.longest_year(share) + 18
    shape = spine + 36
    words = shape + RADIUS + 9
    room = _WIDTH - EDGE - words
    alike: dict[Event, int] = Counter(events)
    # A row is an event or, where None, today.
    rows: list[tuple[Event | None, list[list[Piece]]]] = [
        (event, _told(event, number, room, say)) for event, number in alike.items()
    ]
    rows.append((None, [[(shorten(say.today, room, FONT), "d-muted")]]))
    moment = {event: share.at(centre_of(event, today)) for event in alike}
    now_at = share.at(today.toordinal() + 1)
    rows.sort(key=lambda row: now_at if row[0] is None else moment[row[0]])
    sizes = [len(lines) * LINE + 12 for _, lines in rows]
    top = EDGE + 6
    scale = Scale(first, last, top, max(_SHORTEST, sum(sizes)))
    wanted = [top + scale.length * (now_at if event is None else moment[event]) - 12 for event, _ in rows]
    places = spread(wanted, sizes, top - 6, top - 6 + scale.length + 24)
    bottom = scale.at(last + 1)
    for year, y, is_named in scale.years(24):
        sheet.line(spine - (10 if is_named else 5), y, spine, y, "d-muted")
        if is_named:
            label = say.year(year)
            sheet.text(spine - 14, y + 5, label, "d-muted", size=FONT, anchor="end")
    sheet.line(spine, top, spine, bottom, "d-muted", thick=1.5)
    for (event, lines), place, want in zip(rows, places, wanted, strict=True):
        sheet.line(spine, want + 12, shape, place + 12, "d-muted", dashes="" if event else "4 3")
        for number, pieces in enumerate(lines):
            sheet.text(words, place + 17 + number * LINE, pieces, size=FONT)
        if event:
            draw_bar(sheet, event, scale, today, spine, along=False)
            mark(sheet, event.kind, shape, place + 12, colour_of(event), tip_of((event,), say))
    y = max(bottom, places[-1] + sizes[-1]) + 4
    empty = [lane for lane in lanes if say.none and not any(event.lane == lane for event in events)]
    for lane in empty:
        y += LINE + 2
        pieces = fitted([(lane, "d-ink d-strong"), (say.none, "d-muted")], _WIDTH - 2 * EDGE)
        sheet.text(EDGE, y, pieces, size=FONT)
    return sheet, y + 12


def _told(event: Event, number: int, room: float, say: Words) -> list[list[Piece]]:
    """The lines of an event's row: the lane in bold words and the date, then what it was."""
    lane = " ".join(filter(None, (event.lane, say.times(number))))
    dated = say.date(event.date)
    head: list[Piece] = [(dated, "d-muted"), (lane, "d-ink d-strong")]
    lines = [head] if length_of(head) <= room else [fitted(head[:1], room), fitted(head[1:], room)]
    return [*lines, *([(line, "d-ink")] for line in wrap(event.label, room, FONT, 2))]
