"""A line of time: what happened to an ask, lane by lane, from the first event to today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from sulh.engines.calendars import PartialDate
from sulh.engines.drawing.along import along
from sulh.engines.drawing.down import down
from sulh.engines.drawing.events import Event, Words
from sulh.engines.drawing.sheet import Direction, Drawing, checked_uid


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
    words = Words(name_of, number_of, today_label or name_of(PartialDate.of_day(today)), none_label)
    sheet, height = (down if narrow else along)(ordered, order, today, words, direction)
    counts = Counter(event.lane for event in events)
    said = "; ".join(
        f"{lane}: {number_of(counts[lane]) if counts[lane] else words.none or number_of(0)}" for lane in order
    )
    kind = "d-timeline d-narrow" if narrow else "d-timeline d-wide"
    table = (headers, *((name_of(event.date), event.lane, event.label) for event in ordered))
    return Drawing(sheet.svg(height, uid=uid, title=caption, description=said, kind=kind), caption, table)
