"""What the pages of this room draw: the time line of a lineage, asks by state, the two sides beside each other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from sulh.engines import drawing
from sulh.engines.calendars import PartialDate
from sulh.rooms.carry import dates
from sulh.rooms.carry.models import Ask
from sulh.rooms.carry.queries import LedgerRow
from sulh.rooms.programme.models import Programme, Side


def time_line(
    row: LedgerRow, programme: Programme, sides: Sequence[Side], today: datetime.date
) -> drawing.Drawing:
    """From the first ask to today: asks, what was carried to which side, responses, possible uptake.

    ``sides`` stand in today's order. What has no known date cannot be drawn; the caption says how much that is.
    """
    asked, answered, uptake = _("Asked"), _("Response"), _("Possible uptake")
    carried = {side.key: _("Carried to %(side)s") % {"side": side.name} for side in sides}
    place = {side.key: number for number, side in enumerate(sides, 1)}
    told: list[tuple[str, str, str, str, int]] = []
    told += [(one.document.dated, "asked", asked, _where(one, programme), 0) for one in row.asks]
    told += [(one.document.dated, "uptake", uptake, _("welcomed, not proof"), 0) for one in row.uptake]
    for act in row.acts:
        key = act.side.key
        told.append((act.date, "carried", carried[key], act.get_recipient_category_display(), place[key]))
        told += [
            (r.date, "response", answered, r.get_kind_display(), place[key]) for r in act.responses.all()
        ]
    events = [
        drawing.Event(PartialDate.parse(date), kind, lane, label, side)
        for date, kind, lane, label, side in told
        if date
    ]
    undated = len(told) - len(events)
    caption = _("From the first ask to today.")
    if undated:
        more = ngettext(
            "%(count)d entry without a date is not drawn.",
            "%(count)d entries without a date are not drawn.",
            undated,
        )
        caption = f"{caption} {more % {'count': undated}}"

    def draw(narrow: bool) -> drawing.Drawing:
        return drawing.timeline(
            events,
            today=today,
            uid="line-narrow" if narrow else "line",
            caption=caption,
            headers=(_("Date"), _("What"), _("Where or how")),
            direction=_direction(),
            narrow=narrow,
            lanes=[asked, *carried.values(), answered, uptake],
            name_of=dates.short,
            today_label=_("today"),
            none_label=_("none yet"),
        )

    return drawing.both(draw(narrow=False), draw(narrow=True))


def states(counts: Sequence[tuple[str, int]]) -> drawing.Drawing:
    """How many asks stand in each state."""
    return drawing.stacked(
        counts,
        uid="states",
        caption=_("Each ask is counted once, in the furthest state that it has reached."),
        headers=(_("State"), _("Asks")),
        direction=_direction(),
    )


def two_sides(
    sides: Sequence[Side], reached: Sequence[int], only: Sequence[int], total: int
) -> drawing.Drawing:
    """How many asks were carried to each side, and how many to that side alone, of ``total``."""
    caption = ngettext(
        "Of %(count)d ask, as far as transfers are recorded.",
        "Of %(count)d asks, as far as transfers are recorded.",
        total,
    )
    return drawing.paired_bars(
        [
            drawing.PairedRow(_("Asks carried to this side"), reached[0], reached[1]),
            drawing.PairedRow(_("Asks carried to this side only"), only[0], only[1]),
        ],
        (sides[0].name, sides[1].name),
        uid="sides",
        caption=caption % {"count": total},
        header=_("Carried"),
        direction=_direction(),
    )


def _where(ask: Ask, programme: Programme) -> str:
    document = ask.document
    if document.programme_id != programme.id:
        return document.programme.name
    return document.round.name if document.round else document.title


def _direction() -> drawing.Direction:
    return "rtl" if get_language_bidi() else "ltr"
