"""What this room holds of a round, and how it goes; what is due; where a name may stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from sulh.engines.disclosure.levels import allowed
from sulh.kernel.access import LEADS, Viewer
from sulh.kernel.due import Due, Timer
from sulh.kernel.places import Place
from sulh.kernel.purging import Found, Line, Purger, Words, counted, mark_of
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import queries, removal, retention
from sulh.rooms.record.compartments import sessions_for
from sulh.rooms.record.models import Minutes, Point, Session

WORDS = {
    "record.sessions": Words(
        ngettext_lazy(
            "%(count)d session with its place, date and level",
            "%(count)d sessions with their places, dates and levels",
            "count",
        )
    ),
    "record.points": Words(
        ngettext_lazy(
            "%(count)d point written down in them", "%(count)d points written down in them", "count"
        )
    ),
    "record.minutes": Words(
        ngettext_lazy("%(count)d written record of them", "%(count)d written records of them", "count")
    ),
    "record.own_sessions": Words(
        gettext_lazy("sessions that a side keeps for itself, if there are any"),
        gettext_lazy(
            "They are one side’s own: each side removes its own, and neither is told of the other’s. They no longer "
            "say to which round they belonged."
        ),
    ),
}


def _joint(round: Round) -> list[Session]:
    return list(Session.objects.filter(round=round, side=None).order_by("id"))


def find(programme: Programme, round: Round) -> Found:
    """The joint sessions of a round with all that was written in them. A side's own are neither told nor counted."""
    sessions = _joint(round)
    points = list(Point.objects.filter(session__in=sessions).order_by("id").values_list("id", "kind", "text"))
    minutes = list(
        Minutes.objects.filter(session__in=sessions).order_by("id").values_list("id", "kind", "text")
    )
    told = [(one.id, one.level, one.title, one.date, one.place) for one in sessions]
    lines = (
        *counted("record.sessions", len(sessions), goes=True),
        *counted("record.points", len(points), goes=True),
        *counted("record.minutes", len(minutes), goes=True),
        Line("record.own_sessions", goes=False),
    )
    return Found(lines, mark_of(told, points, minutes))


def purge(viewer: Viewer, programme: Programme, round: Round) -> None:
    """Remove the joint sessions of a round, with the proposals that were about them."""
    for session in _joint(round):
        removal.remove(session)


PURGER = Purger("record", WORDS, find, purge)


def due(viewer: Viewer, programme: Programme, today: datetime.date) -> list[Due]:
    """The sessions this viewer is inside of whose time to be kept is over; leads are led to where they are removed."""
    removable = set(sessions_for(viewer, programme, LEADS).values_list("id", flat=True))
    return [
        Due(
            one.title or _("a walk in the woods"),
            reverse("remove-session" if one.id in removable else "session", args=[programme.slug, one.id]),
            since,
        )
        for one in queries.due_for_removal(viewer, programme, today)
        if (since := retention.due_on(one))
    ]


TIMER = Timer("record", due)


def texts(viewer: Viewer, programme: Programme) -> Iterator[Place]:
    """Titles, places, points and minutes of the sessions this viewer is inside of."""
    for session in sessions_for(viewer, programme).prefetch_related("points", "minutes"):
        if not allowed(session.level).may_record:
            continue
        page = reverse("session", args=[programme.slug, session.id])
        yield Place(session.title, page, f"{session.title}\n\n{session.place}")
        for point in session.points.all():
            yield Place(session.title, page, point.text)
        for minutes in session.minutes.all():
            at = reverse("minutes", args=[programme.slug, session.id, minutes.id])
            yield Place(f"{minutes.get_kind_display()}: {session.title}", at, minutes.text)
