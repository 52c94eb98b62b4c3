"""Sessions that a programme folder brings with it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, action
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving
from sulh.rooms.record.actions.checks import clean, refuse_telling_title
from sulh.rooms.record.actions.minutes import begin_minutes
from sulh.rooms.record.enums import How, Phase
from sulh.rooms.record.models import Change, Point, Session


@action("record.load")
def keep_session(
    viewer: Viewer,
    programme: Programme,
    key: str,
    values: Mapping[str, Any],
    points: Sequence[Mapping[str, str]] = (),
    minutes: Mapping[str, str] | None = None,
) -> Kept:
    """Keep a session of a programme folder with its points and minutes, unless a session of this key is there.

    ``values`` by field name, with round, group and side by their keys; each point has ``kind``, ``text`` and perhaps
    ``theme``; ``minutes`` have ``kind`` and ``phase``, and are made from the points. A session that is there stays as
    it is: a folder loosens no level and brings no text back. Minutes that the lint holds back stay a draft.
    """
    known = programme.sessions.filter(key=key).first()
    if known is not None:
        return Kept(known, False)
    values = dict(values)
    for name, rows in (("round", programme.rounds), ("group", programme.groups), ("side", programme.sides)):
        wanted = values.pop(name, "")
        values[name] = rows.get(key=wanted) if wanted else None
    session = Session(programme=programme, key=key, **values)
    refuse_telling_title(session)
    clean(session)
    session.save()
    Change.objects.create(session=session, level=session.level, how=How.BEGUN)
    for position, told in enumerate(points):
        theme = programme.themes.get(key=told["theme"]) if told.get("theme") else None
        point = Point(
            session=session,
            client_key=uuid.uuid5(session.id, str(position)),
            kind=told["kind"],
            text=told["text"],
            theme=theme,
            position=position,
        )
        point.is_neutral = not leaving.is_held_back(session, point)
        point.save()
    if minutes:
        made = begin_minutes(viewer, programme, session, minutes["kind"])
        if minutes["phase"] == Phase.WITH_BOTH_SIDES and not leaving.is_held_back(session, made):
            made.phase = Phase.WITH_BOTH_SIDES
            made.save(update_fields=["phase"])
    return Kept(session, True)
