"""What can be done to a point."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving
from sulh.rooms.record.actions.checks import (
    need_record,
    now,
)
from sulh.rooms.record.enums import PointKind, SessionState
from sulh.rooms.record.models import Point, Session

POINT_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class SavedPoint:
    """A point as it stands now. ``other`` holds what was typed where somebody else had changed the point meanwhile.

    Its identity, which the audit log keeps, is that of the session: which point an account wrote is kept nowhere.
    """

    session: Session
    point: Point
    other: Point | None = None

    @property
    def pk(self) -> uuid.UUID:
        return self.session.pk


@action("record.write")
def keep_point(
    viewer: Viewer,
    programme: Programme,
    session: Session,
    client_key: uuid.UUID,
    version: int,
    text: str,
    kind: str = PointKind.CONVERGENCE,
    theme: str = "",
) -> Kept:
    """Keep a point as typed: a new one, another wording of one, or (an empty text) none any more.

    ``client_key`` names the point where it is typed; ``version`` is the one whose wording was changed there (0: none
    yet). The same once more changes nothing. If somebody else changed the point since that version, theirs stays and
    what was typed is kept beside it as another wording, so that neither is lost. From the level of the Chatham House
    Rule on, a text that points to a person is kept, but marked as not yet neutral, and does not leave.
    """
    session = now(viewer, programme, session)
    need_record(session)
    if session.state == SessionState.CLOSED:
        raise Refused(_("This session is closed. Open it again to write."))
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > POINT_LENGTH:
        raise Refused(_("A point has %(n)d characters at most. Make two of it.") % {"n": POINT_LENGTH})
    if kind not in PointKind.values:
        raise Refused(_("There is no such kind of point."))
    told = {
        "text": text,
        "kind": kind,
        "theme": programme.themes.filter(key=theme).first() if theme else None,
    }
    known = session.points.filter(client_key=client_key).first()
    if known is None:
        if not text:
            return Kept(SavedPoint(session, Point(session=session, client_key=client_key, version=0)), False)
        return Kept(SavedPoint(session, _new_point(session, client_key, told)), True)
    if all(getattr(known, name) == value for name, value in told.items()):
        return Kept(SavedPoint(session, known), False)
    if known.version == version or not known.text:
        for name, value in told.items():
            setattr(known, name, value)
        known.version += 1
        known.is_neutral = not leaving.is_held_back(session, known)
        known.save()
        return Kept(SavedPoint(session, known), True)
    if not text or text == known.text:
        return Kept(SavedPoint(session, known), False)
    beside = uuid.uuid5(client_key, f"{kind}\n{text}")
    other = session.points.filter(client_key=beside).first()
    if other is not None:
        return Kept(SavedPoint(session, known, other), False)
    return Kept(SavedPoint(session, known, _new_point(session, beside, told, known)), True)


def _new_point(
    session: Session, client_key: uuid.UUID, told: Mapping[str, Any], beside: Point | None = None
) -> Point:
    last = session.points.aggregate(last=Max("position"))["last"]
    position = beside.position if beside else (0 if last is None else last + 1)
    point = Point(session=session, client_key=client_key, position=position, other_wording_of=beside, **told)
    point.is_neutral = not leaving.is_held_back(session, point)
    point.save()
    return point
