"""What about records takes both keys: loosening, clearing, overriding the lint, handing over, removing early."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sulh.kernel.access import SYSTEM, Hidden, Viewer
from sulh.kernel.two_keys import Kind, Terms
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import actions, compartments, levels
from sulh.rooms.record.models import Minutes, Point, Session

GONE = b"gone"


def _session(programme: Programme, subject: str) -> Session | None:
    """The session that a proposal is about, directly or by a point or minutes of it."""
    row = _row(programme, subject)
    return row.session if row else Session.objects.filter(programme=programme, id=_id(subject)).first()


def _row(programme: Programme, subject: str) -> Point | Minutes | None:
    what, _slash, _rest = subject.partition("/")
    of_it = {"session__programme": programme, "id": _id(subject)}
    if what == "point":
        return Point.objects.filter(**of_it).select_related("session").first()
    if what == "minutes":
        return Minutes.objects.filter(**of_it).select_related("session").first()
    return None


def _id(subject: str) -> UUID:
    return UUID(subject.rpartition("/")[2])


def _need(found: Any) -> Any:
    if found is None:
        raise Hidden
    return found


def _visible(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> bool:
    """A lead who is not inside of the session does not know of the proposal either."""
    session = _session(programme, subject)
    inside = compartments.sessions_for(viewer, programme, compartments.WRITERS)
    return session is not None and inside.filter(pk=session.pk).exists()


def _canonical(*told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _name(session: Session | None) -> str:
    return session.title or _("a walk in the woods") if session else _("a session that is gone")


# Loosening


def _level_content(programme: Programme, subject: str, terms: Terms) -> bytes:
    """The level with the count of its changes: a key turned before a change never counts after it."""
    session = _session(programme, subject)
    return _canonical(str(session.pk), int(session.level), session.changes.count()) if session else GONE


def _describe_loosening(programme: Programme, subject: str, terms: Terms) -> str:
    return _("The level of “%(session)s” becomes %(level)d: %(name)s.") % {
        "session": _name(_session(programme, subject)),
        "level": terms["to"],
        "name": levels.NAMES[terms["to"]],
    }


def _loosen(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    return actions.loosen_level(SYSTEM, programme, _need(_session(programme, subject)), terms["to"])


# Clearing, and overriding the lint


def _text_content(programme: Programme, subject: str, terms: Terms) -> bytes:
    row = _row(programme, subject)
    return _canonical(str(row.pk), row.kind, int(row.session.level), row.text) if row else GONE


def _describe_clearing(programme: Programme, subject: str, terms: Terms) -> str:
    minutes = _row(programme, subject)
    return _("%(kind)s of “%(session)s”, %(words)d words, is cleared as it stands.") % {
        "kind": minutes.get_kind_display() if minutes else "",
        "session": _name(minutes.session if minutes else None),
        "words": len(minutes.text.split()) if minutes else 0,
    }


def _clear(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    return actions.clear_minutes(SYSTEM, programme, _need(_row(programme, subject)))


def _describe_override(programme: Programme, subject: str, terms: Terms) -> str:
    row = _row(programme, subject)
    text = row.text if isinstance(row, Point) else (row.get_kind_display() if row else "")
    return _(
        "In “%(session)s” this stands although it may point to a person: “%(text)s”. Reason: %(reason)s"
    ) % {
        "session": _name(row.session if row else None),
        "text": text,
        "reason": terms["reason"],
    }


def _override(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    return actions.override_finding(SYSTEM, programme, _need(_row(programme, subject)))


# Handing over


def _chosen(programme: Programme, subject: str, terms: Terms) -> list[Point]:
    session = _session(programme, subject)
    return list(session.points.filter(id__in=terms["points"])) if session else []


def _handover_content(programme: Programme, subject: str, terms: Terms) -> bytes:
    session = _session(programme, subject)
    if session is None:
        return GONE
    lines = [[str(point.pk), point.kind, point.text] for point in _chosen(programme, subject, terms)]
    return _canonical(str(session.pk), int(session.level), session.date, str(session.round_id or ""), lines)


def _describe_handover(programme: Programme, subject: str, terms: Terms) -> str:
    lines = "; ".join(point.text for point in _chosen(programme, subject, terms))
    return _(
        "These points of “%(session)s” become a document, “%(title)s”, that the whole programme sees: %(lines)s"
    ) % {
        "session": _name(_session(programme, subject)),
        "title": terms["title"],
        "lines": lines,
    }


def _hand_over(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    session = _need(_session(programme, subject))
    return actions.hand_over_points(SYSTEM, programme, session, terms["points"], terms["title"])


# Removing


def _removal_content(programme: Programme, subject: str, terms: Terms) -> bytes:
    session = _session(programme, subject)
    return _canonical(str(session.pk)) if session else GONE


def _describe_removal(programme: Programme, subject: str, terms: Terms) -> str:
    return _("“%(session)s” is removed with all that was written in it.") % {
        "session": _name(_session(programme, subject))
    }


def _remove(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    return actions.remove_session(SYSTEM, programme, _need(_session(programme, subject)))


KINDS = (
    Kind(
        "record.loosen_level",
        gettext_lazy("A level is loosened"),
        _level_content,
        _loosen,
        _describe_loosening,
        _visible,
    ),
    Kind(
        "record.clear_minutes",
        gettext_lazy("Minutes are cleared"),
        _text_content,
        _clear,
        _describe_clearing,
        _visible,
    ),
    Kind(
        "record.override_finding",
        gettext_lazy("A warning is overridden"),
        _text_content,
        _override,
        _describe_override,
        _visible,
    ),
    Kind(
        "record.hand_over",
        gettext_lazy("Points are handed over"),
        _handover_content,
        _hand_over,
        _describe_handover,
        _visible,
    ),
    Kind(
        "record.remove_session",
        gettext_lazy("A record is removed before it is due"),
        _removal_content,
        _remove,
        _describe_removal,
        _visible,
    ),
)
