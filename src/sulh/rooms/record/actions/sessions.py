"""What can be done to a session."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sulh.engines.disclosure.levels import allowed
from sulh.kernel.access import Hidden, Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.ids import new_id
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import retention
from sulh.rooms.record.actions.checks import (
    checked_date,
    clean,
    line,
    need_level,
    need_record,
    now,
    refuse_telling_title,
)
from sulh.rooms.record.compartments import WRITERS, need_inside
from sulh.rooms.record.enums import How, SessionState
from sulh.rooms.record.models import Change, Session

TITLE_LENGTH = 200


@action("record.write")
def begin_session(
    viewer: Viewer,
    programme: Programme,
    title: str,
    level: int,
    *,
    track: str = "2",
    date: str = "",
    place: str = "",
    round: Round | None = None,
    group: str = "",
    side: str = "",
) -> Session:
    """Begin a session at a level, for both sides or (``side``) one's own side only, in a group or for all.

    Of a session without record, only that it took place is kept.
    """
    need_level(level)
    title, place = line(title, TITLE_LENGTH), line(place, 120)
    if not allowed(level).may_record:
        title = place = ""
    elif not title:
        raise Refused(_("Give the session a title: what it is about, not who is there."))
    if side and not viewer.is_system and side not in viewer.sides_in(programme.id):
        raise Refused(_("A side’s own session is begun by somebody of that side."))
    session = Session(
        programme=programme,
        round=round,
        key=f"session-{new_id().hex[:12]}",
        title=title,
        date=checked_date(date),
        place=place,
        track=track,
        level=level,
        group=programme.groups.filter(key=group).first() if group else None,
        side=programme.sides.filter(key=side).first() if side else None,
    )
    if (group and session.group is None) or (side and session.side is None):
        raise Refused(_("There is no such group or side in this programme."))
    refuse_telling_title(session)
    clean(session)
    session.save()
    Change.objects.create(session=session, level=level, how=How.BEGUN)
    try:
        need_inside(viewer, session, "record.write", WRITERS)
    except Hidden as error:
        raise Refused(_("You do not sit in this group, so you cannot begin a session in it.")) from error
    return session


@action("record.write")
def correct_session(
    viewer: Viewer,
    programme: Programme,
    session: Session,
    *,
    title: str,
    date: str,
    place: str,
    track: str,
    round: Round | None,
) -> Session:
    """Correct what is told about a session. Its compartment stays, and it is not kept longer by this."""
    session = now(viewer, programme, session)
    need_record(session)
    due = retention.due_on(session)
    session.title, session.place = line(title, TITLE_LENGTH), line(place, 120)
    session.date, session.track, session.round = checked_date(date), track, round
    if not session.title:
        raise Refused(_("Give the session a title: what it is about, not who is there."))
    later = retention.due_on(session)
    if due and later and later > due:
        raise Refused(
            _("With this date the record would be kept longer than was set. Leave the date as it is.")
        )
    refuse_telling_title(session)
    clean(session)
    session.save()
    return session


@action("record.write")
def close_session(viewer: Viewer, programme: Programme, session: Session) -> Session:
    """Close a session: nothing more is written down in it. Points that were emptied are gone for good."""
    session = now(viewer, programme, session)
    session.points.filter(text="").delete()
    session.state = SessionState.CLOSED
    session.save(update_fields=["state"])
    return session


@action("record.write")
def reopen_session(viewer: Viewer, programme: Programme, session: Session) -> Session:
    """Open a closed session again."""
    session = now(viewer, programme, session)
    session.state = SessionState.OPEN
    session.save(update_fields=["state"])
    return session
