"""A line of time: what happened to an ask, lane by lane, from the first event to today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sulh.engines.calendars import PartialDate
from sulh.engines.drawing.letters import shorten, width, wrap
from sulh.engines.drawing.marks import RADIUS, mark
from sulh.engines.drawing.scale import Scale, known_days, span_of, spread
from sulh.engines.drawing.sheet import Direction, Drawing, Piece, Sheet, checked_uid

_FONT = 14.0
_LINE = 19.0
_EDGE = 8.0
_TIMES = "×"

_WIDE = 860.0
_AFTER = 130.0  # room after the end of the axis, for words about what happened last
_LEVELS = 8  # of words above the marks of a lane
_ROOMS = (340.0, 230.0, 180.0, 130.0)  # for the words of one mark: less where marks are close

_NARROW = 360.0  # about a phone's width, so that letters keep their size there
_SHORTEST = 220.0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        date: when, as far as known.
        kind: ``asked``, ``carried``, ``response`` or ``uptake``, each with a shape of its own; any other word is
            drawn as a square.
        lane: the row it belongs to, in the reader's language.
        label: what it was, in few words of the reader's language.
        side: 1 or 2 where it belongs to one side (by the order of today), else 0; only the colour shows it, so
            the lane must say it as well.
    """

    date: PartialDate
    kind: str
    lane: str
    label: str
    side: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    """How the reader's language writes things."""

    date: Callable[[PartialDate], str]
    number: Callable[[int], str]
    today: str
    none: str

    def year(self, year: int) -> str:
        return self.date(PartialDate.of_year(year))

    def longest_year(self, scale: Scale) -> float:
        """The room that the name of a year of this axis takes."""
        ends = (date.fromordinal(day).year for day in (scale.first, scale.last))
        return max(width(self.year(year), _FONT) for year in ends)

    def times(self, number: int) -> str:
        """The count of several things; nothing for one."""
        return f"{_TIMES}{self.number(number)}" if number > 1 else ""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Events drawn as one shape, because they are alike and lie in one place."""

    events: tuple[Event, ...]
    x: float

    count: str  # how many, as written beside the shape; nothing where it is one

    @property
    def ends(self) -> float:
        """Where the shape and its count end."""
        return self.x + RADIUS + (width(self.count, _FONT) + 3 if self.count else 0)


def timeline(
    events: Sequence[Event],
    *,
    today: date,
    uid: str,
    caption: str,
    headers: tuple[str, ...],
    direction: Direction = "ltr",
    narrow: bool = False,
    lanes: Sequence[str] = (),
    name_of: Callable[[PartialDate], str] = str,
    number_of: Callable[[int], str] = str,
    today_label: str = "",
    none_label: str = "",
) -> Drawing:
    """Draw events on an axis of time that ends today (or with the latest event, where one is planned).

    Args:
        events: in any order.
        today: the day of looking.
        uid: begins the identifiers in the SVG; another for each drawing of a page.
        caption: the sentence that says what the drawing shows.
        headers: of the table's three columns: date, lane, event.
        direction: the way lines run; with ``rtl`` time runs from right to left.
        narrow: time runs down, one row an event, for a phone; else lanes lie side by side and time runs along.
        lanes: the order of the lanes, those without events included; other lanes follow as they come.
        name_of: writes a date for the reader.
        number_of: writes a count for the reader.
        today_label: written at today; where empty, its date.
        none_label: written into a lane without events, such as "none yet".

    Raises:
        ValueError: where ``headers`` are not three or ``uid`` cannot begin an identifier.
    """
    if len(headers) != 3:
        raise ValueError(f"The table of a time line has three columns, not {len(headers)}.")
    checked_uid(uid)
    order = list(dict.fromkeys([*lanes, *(event.lane for event in events)]))
    ordered = sorted(events, key=lambda e: (e.date, order.index(e.lane), e.kind, e.side, e.label))
    words = _Words(name_of, number_of, today_label or name_of(PartialDate.of_day(today)), none_label)
    sheet = Sheet(_NARROW if narrow else _WIDE, direction)
    draw = _draw_narrow if narrow else _draw_wide
    height = draw(sheet, ordered, order, today, words)
    counts = Counter(event.lane for event in events)
    said = "; ".join(
        f"{lane}: {number_of(counts[lane]) if counts[lane] else words.none or number_of(0)}" for lane in order
    )
    kind = "d-timeline d-narrow" if narrow else "d-timeline d-wide"
    table = (headers, *((name_of(event.date), event.lane, event.label) for event in ordered))
    return Drawing(sheet.svg(height, uid=uid, title=caption, description=said, kind=kind), caption, table)


def _draw_wide(
    sheet: Sheet,
    events: Sequence[Event],
    lanes: Sequence[str],
    today: date,
    say: _Words,
) -> float:
    """Lanes below each other, time along; returns the height."""
    named = [wrap(lane, 176, _FONT, 2) for lane in lanes]
    column = max([112.0, *(width(line, _FONT) for lines in named for line in lines)])
    starts = _EDGE + column + 24
    first, last = span_of([event.date for event in events], today)
    scale = Scale(first, last, starts, _WIDE - _AFTER - starts)
    ends = scale.at(last + 1)
    top = y = _EDGE + _LINE + 6
    for lane, lines in zip(lanes, named, strict=True):
        marks = _gathered([event for event in events if event.lane == lane], scale, today, say)
        rows = _rows(marks)
        flags = _flags(marks, say)
        levels = 1 + max((level for level, _ in flags if level is not None), default=-1)
        middle = y + 16 + levels * _LINE
        for number, line in enumerate(lines):
            sheet.text(_EDGE, middle + 5 + number * _LINE, line, size=_FONT, bold=True)
        if not marks:
            sheet.text(starts, middle + 5, shorten(say.none, ends - starts, _FONT), "d-muted", size=_FONT)
        for one, row, (level, pieces) in zip(marks, rows, flags, strict=True):
            if level is not None:
                tip = y + 12 + (levels - 1 - level) * _LINE
                sheet.line(one.x, tip - 4, one.x, middle + row * 2.4 * RADIUS, "d-muted")
                sheet.text(one.x + 5, tip + 6, pieces, size=_FONT)
        for one, row in zip(marks, rows, strict=True):
            centre = middle + row * 2.4 * RADIUS
            for event in one.events:
                _bar(sheet, event, scale, today, centre, along=True)
            mark(sheet, one.events[0].kind, one.x, centre, _colour(one.events[0]), _tip(one.events, say))
            sheet.text(one.x + RADIUS + 3, centre + 5, one.count, size=_FONT, bold=True)
        below = max([(len(lines) - 1) * _LINE, *(row * 2.4 * RADIUS for row in rows)])
        y = middle + below + 18
        sheet.line(_EDGE, y, ends, y)
    sheet.behind()
    years = scale.years(say.longest_year(scale) + 8)
    for year, x, is_named in years:
        sheet.line(x, top, x, y + (6 if is_named else 3), "d-line")
        if is_named:
            label = say.year(year)
            sheet.text(x, y + 6 + _LINE, label, "d-muted", size=_FONT, anchor="middle")
    at = scale.at(today.toordinal() + 1)
    sheet.line(at, top - 4, at, y + 6, "d-muted", thick=1.5, dashes="4 3")
    sheet.text(
        at, top - 9, shorten(say.today, 2 * _AFTER - 2 * _EDGE, _FONT), "d-muted", size=_FONT, anchor="middle"
    )
    return y + 6 + 1.6 * _LINE


def _draw_narrow(
    sheet: Sheet,
    events: Sequence[Event],
    lanes: Sequence[str],
    today: date,
    say: _Words,
) -> float:
    """Time down, a row of words for each event; returns the height."""
    first, last = span_of([event.date for event in events], today)
    share = Scale(first, last, 0, 1)
    spine = _EDGE + say.longest_year(share) + 18
    shape = spine + 36
    words = shape + RADIUS + 9
    room = _NARROW - _EDGE - words
    alike: dict[Event, int] = Counter(events)
    # A row is an event or, where None, today.
    rows: list[tuple[Event | None, list[list[Piece]]]] = [
        (event, _told(event, number, room, say)) for event, number in alike.items()
    ]
    rows.append((None, [[(shorten(say.today, room, _FONT), "d-muted")]]))
    moment = {event: share.at(_centre(event, today)) for event in alike}
    now_at = share.at(today.toordinal() + 1)
    rows.sort(key=lambda row: now_at if row[0] is None else moment[row[0]])
    sizes = [len(lines) * _LINE + 12 for _, lines in rows]
    top = _EDGE + 6
    scale = Scale(first, last, top, max(_SHORTEST, sum(sizes)))
    wanted = [top + scale.length * (now_at if event is None else moment[event]) - 12 for event, _ in rows]
    places = spread(wanted, sizes, top - 6, top - 6 + scale.length + 24)
    bottom = scale.at(last + 1)
    for year, y, is_named in scale.years(24):
        sheet.line(spine - (10 if is_named else 5), y, spine, y, "d-muted")
        if is_named:
            label = say.year(year)
            sheet.text(spine - 14, y + 5, label, "d-muted", size=_FONT, anchor="end")
    sheet.line(spine, top, spine, bottom, "d-muted", thick=1.5)
    for (event, lines), place, want in zip(rows, places, wanted, strict=True):
        sheet.line(spine, want + 12, shape, place + 12, "d-muted", dashes="" if event else "4 3")
        for number, pieces in enumerate(lines):
            sheet.text(words, place + 17 + number * _LINE, pieces, size=_FONT)
        if event:
            _bar(sheet, event, scale, today, spine, along=False)
            mark(sheet, event.kind, shape, place + 12, _colour(event), _tip((event,), say))
    y = max(bottom, places[-1] + sizes[-1]) + 4
    empty = [lane for lane in lanes if say.none and not any(event.lane == lane for event in events)]
    for lane in empty:
        y += _LINE + 2
        pieces = _fitted([(lane, "d-ink d-strong"), (say.none, "d-muted")], _NARROW - 2 * _EDGE)
        sheet.text(_EDGE, y, pieces, size=_FONT)
    return y + 12


def _gathered(events: Sequence[Event], scale: Scale, today: date, say: _Words) -> list[_Mark]:
    """Events of one lane as marks, in the order of time; alike ones in one place share a mark."""
    groups: list[list[Event]] = []
    latest: dict[tuple[str, int], list[Event]] = {}
    for event in sorted(events, key=lambda event: _centre(event, today)):
        group = latest.get((event.kind, event.side))
        if group and scale.at(_centre(event, today)) - scale.at(_centre(group[0], today)) < 2 * RADIUS:
            group.append(event)
        else:
            latest[event.kind, event.side] = [event]
            groups.append(latest[event.kind, event.side])
    marks = []
    for group in groups:
        middle = sum(_centre(event, today) for event in group) / len(group)
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


def _flags(marks: Sequence[_Mark], say: _Words) -> list[tuple[int | None, list[Piece]]]:
    """Words for each mark and their level above it: as long as leaves no mark without; None where one is."""
    tries = [_flagged(marks, say, room) for room in _ROOMS]
    return min(tries, key=lambda flags: sum(level is None for level, _ in flags))  # the first of equals


def _flagged(marks: Sequence[_Mark], say: _Words, room: float) -> list[tuple[int | None, list[Piece]]]:
    """Words of about ``room``, placed from the last mark back.

    Each stands above all later ones that its words would reach, so that no stem of a flag crosses the words of
    another: a staircase where marks are close. Then the words take what room there is up to the next stem.
    """
    flags: list[tuple[int | None, list[Piece]]] = []
    standing: list[tuple[float, int]] = []  # place and level of the later marks
    for one in reversed(marks):
        pieces = _fitted(_said(one, say), min(room, _WIDE - 4 - one.x - 5))
        ends = one.x + 5 + _length(pieces) + 4
        level = 1 + max((level for x, level in standing if x < ends), default=-1)
        if pieces and level < _LEVELS:
            next_ = min((x for x, height in standing if height >= level), default=_WIDE)
            flags.append((level, _fitted(_said(one, say), min(_ROOMS[0], next_ - 4 - one.x - 5))))
            standing.append((one.x, level))
        else:
            flags.append((None, []))
    return flags[::-1]


def _said(one: _Mark, say: _Words) -> list[Piece]:
    """The date (from – to) and the labels of a mark."""
    dates = list(dict.fromkeys(say.date(event.date) for event in one.events))
    labels = list(dict.fromkeys(event.label for event in one.events))
    return [(" – ".join(dates[:1] + dates[1:][-1:]), "d-muted"), (" · ".join(labels), "d-ink")]


def _told(event: Event, number: int, room: float, say: _Words) -> list[list[Piece]]:
    """The lines of an event's row: the lane in bold words and the date, then what it was."""
    lane = " ".join(filter(None, (event.lane, say.times(number))))
    dated = say.date(event.date)
    head: list[Piece] = [(dated, "d-muted"), (lane, "d-ink d-strong")]
    lines = [head] if _length(head) <= room else [_fitted(head[:1], room), _fitted(head[1:], room)]
    return [*lines, *([(line, "d-ink")] for line in wrap(event.label, room, _FONT, 2))]


def _length(pieces: Sequence[Piece]) -> float:
    return sum(width(f"{words} ", _FONT) for words, _ in pieces)


def _fitted(pieces: Sequence[Piece], room: float) -> list[Piece]:
    """The pieces that fit into ``room``, the last of them shortened; a stump of a word or two is left out."""
    fitted: list[Piece] = []
    for words, kind in pieces:
        short = shorten(words, room, _FONT)
        if not short or (short != words and fitted and room < 3 * _FONT):
            break
        fitted.append((short, kind))
        room -= width(f"{short} ", _FONT)
    return fitted


def _centre(event: Event, today: date) -> float:
    """The middle of what is known of the date, as an ordinal."""
    first, last = known_days(event.date, today)
    return (first + last + 1) / 2


def _bar(sheet: Sheet, event: Event, scale: Scale, today: date, across: float, *, along: bool) -> None:
    """The stretch of time of a date whose day is not known."""
    if event.date.is_exact:
        return
    first, last = known_days(event.date, today)
    begins, length = scale.at(first), scale.at(last + 1) - scale.at(first)
    colour, thick = _colour(event), 8.0
    if along:
        sheet.rect(begins, across - thick / 2, length, thick, colour, opacity=0.28, round_=3)
    else:
        sheet.rect(across - thick / 2, begins, thick, length, colour, opacity=0.28, round_=3)


def _colour(event: Event) -> str:
    return f"d-side-{event.side}" if event.side in (1, 2) else "d-accent"


def _tip(events: Sequence[Event], say: _Words) -> str:
    return "; ".join(f"{say.date(event.date)}: {event.lane}: {event.label}" for event in events)
