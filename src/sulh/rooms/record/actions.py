"""What can be done to sessions and their records."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sulh.engines.calendars import PartialDate
from sulh.engines.disclosure.levels import Level, allowed, is_tighter
from sulh.kernel import two_keys
from sulh.kernel.access import LEADS, Hidden, Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.handing_over import Handover, hand_over
from sulh.kernel.ids import new_id
from sulh.kernel.models import Proposal
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving, linting, removal, retention
from sulh.rooms.record.compartments import WRITERS, need_inside
from sulh.rooms.record.enums import How, MinutesKind, Phase, PointKind, SessionState
from sulh.rooms.record.models import Change, Minutes, Point, Session, fingerprint

TITLE_LENGTH = 200
POINT_LENGTH = 4_000
MINUTES_LENGTH = 200_000
REASON_LENGTH = 400


# Sessions


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
    _need_level(level)
    title, place = _line(title, TITLE_LENGTH), _line(place, 120)
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
        date=_checked_date(date),
        place=place,
        track=track,
        level=level,
        group=programme.groups.filter(key=group).first() if group else None,
        side=programme.sides.filter(key=side).first() if side else None,
    )
    if (group and session.group is None) or (side and session.side is None):
        raise Refused(_("There is no such group or side in this programme."))
    _refuse_telling_title(session)
    _clean(session)
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
    session = _now(viewer, programme, session)
    _need_record(session)
    due = retention.due_on(session)
    session.title, session.place = _line(title, TITLE_LENGTH), _line(place, 120)
    session.date, session.track, session.round = _checked_date(date), track, round
    if not session.title:
        raise Refused(_("Give the session a title: what it is about, not who is there."))
    later = retention.due_on(session)
    if due and later and later > due:
        raise Refused(
            _("With this date the record would be kept longer than was set. Leave the date as it is.")
        )
    _refuse_telling_title(session)
    _clean(session)
    session.save()
    return session


@action("record.write")
def close_session(viewer: Viewer, programme: Programme, session: Session) -> Session:
    """Close a session: nothing more is written down in it. Points that were emptied are gone for good."""
    session = _now(viewer, programme, session)
    session.points.filter(text="").delete()
    session.state = SessionState.CLOSED
    session.save(update_fields=["state"])
    return session


@action("record.write")
def reopen_session(viewer: Viewer, programme: Programme, session: Session) -> Session:
    """Open a closed session again."""
    session = _now(viewer, programme, session)
    session.state = SessionState.OPEN
    session.save(update_fields=["state"])
    return session


# Points


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
    session = _now(viewer, programme, session)
    _need_record(session)
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


# Levels


@action("record.write")
def tighten_level(viewer: Viewer, programme: Programme, session: Session, level: int) -> Session:
    """Raise the level. One side may do this alone, at any time.

    Minutes that were with both sides or cleared are drafts again, since they were read at another level.
    """
    session = _now(viewer, programme, session)
    _need_level(level)
    if not is_tighter(level, session.level):
        raise Refused(_("This would not be tighter. A level is loosened only by both sides’ keys."))
    return _set_level(session, level, How.TIGHTENED)


@action("record.write")
def propose_loosening(viewer: Viewer, programme: Programme, session: Session, level: int) -> Proposal:
    """Propose to lower the level. It is lowered when a lead of each side has turned their key."""
    session = _now(viewer, programme, session)
    leaving.need_joint(session)
    _need_level(level)
    if not is_tighter(session.level, level):
        raise Refused(_("This would not be looser. Tightening takes no second key."))
    terms = {"from": int(session.level), "to": int(level)}
    return two_keys.propose(viewer, programme, "record.loosen_level", str(session.pk), terms)


@action("record.by_both_keys")
def loosen_level(viewer: Viewer, programme: Programme, session: Session, level: int) -> Session:
    """Lower the level. Only the second of both keys does this."""
    session = _now(viewer, programme, session)
    return _set_level(session, level, How.LOOSENED)


def _set_level(session: Session, level: int, how: How) -> Session:
    session.level = int(level)
    session.save(update_fields=["level"])
    Change.objects.create(session=session, level=level, how=how)
    if how == How.TIGHTENED:
        session.points.update(overridden="")
        for minutes in session.minutes.all():
            _to_draft(minutes)
    for point in session.points.all():
        neutral = not leaving.is_held_back(session, point)
        if neutral != point.is_neutral:
            point.is_neutral = neutral
            point.save(update_fields=["is_neutral"])
    return session


# Minutes


@action("record.write")
def begin_minutes(viewer: Viewer, programme: Programme, session: Session, kind: str) -> Minutes:
    """Begin minutes with the points that nothing holds back, gathered by kind."""
    session = _now(viewer, programme, session)
    _need_record(session)
    if kind not in MinutesKind.values:
        raise Refused(_("There is no such kind of document."))
    points = leaving.points_that_may_leave(session)
    parts = []
    for one in PointKind:
        lines = [f"- {point.text}" for point in points if point.kind == one]
        if lines:
            parts.append("\n".join([str(one.label), *lines]))
    return Minutes.objects.create(session=session, kind=kind, text="\n\n".join(parts))


@action("record.write")
def keep_minutes(
    viewer: Viewer, programme: Programme, minutes: Minutes, text: str, version: int, kind: str = ""
) -> Kept:
    """Keep another wording of minutes. Whatever phase they had reached, they are a draft again."""
    minutes, _session = _minutes_now(viewer, programme, minutes)
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    kind = kind or minutes.kind
    if len(text) > MINUTES_LENGTH:
        raise Refused(_("Minutes have %(n)d characters at most.") % {"n": MINUTES_LENGTH})
    if kind not in MinutesKind.values:
        raise Refused(_("There is no such kind of document."))
    if (text, kind) == (minutes.text, minutes.kind):
        return Kept(minutes, False)
    if version != minutes.version:
        raise Refused(
            _(
                "Somebody else changed these minutes meanwhile. Yours are below, not yet kept; bring both together."
            )
        )
    minutes.text, minutes.kind = text, kind
    minutes.version += 1
    _to_draft(minutes)
    return Kept(minutes, True)


@action("record.write")
def send_minutes(viewer: Viewer, programme: Programme, minutes: Minutes) -> Minutes:
    """Put a draft before both sides for reading. A text that the lint holds back stays a draft."""
    minutes, session = _minutes_now(viewer, programme, minutes)
    leaving.need_joint(session)
    if minutes.phase != Phase.DRAFT:
        raise Refused(_("These minutes are with both sides already."))
    if not minutes.text:
        raise Refused(_("There is nothing in these minutes yet."))
    leaving.refuse_held_back(session, minutes)
    minutes.phase = Phase.WITH_BOTH_SIDES
    minutes.save(update_fields=["phase"])
    return minutes


@action("record.read_for_side")
def read_minutes(viewer: Viewer, programme: Programme, minutes: Minutes, seen: str) -> Minutes:
    """Say for one's side that exactly this text (by its fingerprint) has been read. It agrees to nothing yet."""
    minutes, _session = _minutes_now(viewer, programme, minutes, "record.read_for_side", LEADS)
    if minutes.phase != Phase.WITH_BOTH_SIDES:
        raise Refused(_("These minutes are not with both sides for reading."))
    if seen != minutes.fingerprint:
        raise Refused(_("The text has changed since you opened it. Read it again."))
    minutes.read_by.add(programme.sides.get(key=viewer.leads_in(programme.id)))
    return minutes


@action("record.write")
def propose_clearing(viewer: Viewer, programme: Programme, minutes: Minutes) -> Proposal:
    """Propose to clear minutes that both sides have read. They are cleared when both keys are turned on this text."""
    minutes, session = _minutes_now(viewer, programme, minutes)
    refuse_unless_clearable(session, minutes)
    terms = {"fingerprint": minutes.fingerprint}
    return two_keys.propose(viewer, programme, "record.clear_minutes", f"minutes/{minutes.pk}", terms)


@action("record.by_both_keys")
def clear_minutes(viewer: Viewer, programme: Programme, minutes: Minutes) -> Minutes:
    """Clear minutes. Only the second of both keys does this."""
    minutes, session = _minutes_now(viewer, programme, minutes)
    refuse_unless_clearable(session, minutes)
    minutes.phase = Phase.CLEARED
    minutes.save(update_fields=["phase"])
    return minutes


def refuse_unless_clearable(session: Session, minutes: Minutes) -> None:
    """Refuse to clear what both sides have not read, or what the lint holds back."""
    leaving.need_joint(session)
    if minutes.phase != Phase.WITH_BOTH_SIDES:
        raise Refused(_("Only minutes that are with both sides can be cleared."))
    if minutes.read_by.count() < 2:
        raise Refused(_("Both sides read the minutes before they are cleared."))
    leaving.refuse_held_back(session, minutes)


def _to_draft(minutes: Minutes) -> None:
    minutes.phase, minutes.overridden = Phase.DRAFT, ""
    minutes.save()
    minutes.read_by.clear()


# Overriding the lint


@action("record.write")
def propose_override(viewer: Viewer, programme: Programme, row: Point | Minutes, reason: str) -> Proposal:
    """Propose, with a reason, that exactly this text may stand although the lint holds it back. It takes both keys."""
    row, session = _row_now(viewer, programme, row)
    leaving.need_joint(session)
    reason = _line(reason, REASON_LENGTH)
    if not reason:
        raise Refused(_("Give a reason: both sides will read it."))
    if linting.blocking(session, reason):
        raise Refused(_("The reason itself points to a person. Say it without."))
    if not leaving.is_held_back(session, row):
        raise Refused(_("Nothing holds this text back."))
    terms = {"reason": reason, "fingerprint": fingerprint(row.text)}
    return two_keys.propose(viewer, programme, "record.override_finding", subject_of(row), terms)


@action("record.by_both_keys")
def override_finding(viewer: Viewer, programme: Programme, row: Point | Minutes) -> Point | Minutes:
    """Let exactly this text stand although the lint holds it back. Only the second of both keys does this."""
    row, _session = _row_now(viewer, programme, row)
    row.overridden = fingerprint(row.text)
    if isinstance(row, Point):
        row.is_neutral = True
    row.save()
    return row


def subject_of(row: Point | Minutes) -> str:
    """How a proposal names a point or minutes."""
    return f"{'point' if isinstance(row, Point) else 'minutes'}/{row.pk}"


# Handing over


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Where the points went: the addresses of what was made of them."""

    pk: uuid.UUID
    addresses: tuple[str, ...]


@action("record.write")
def hand_over_points(
    viewer: Viewer, programme: Programme, session: Session, ids: Iterable[str], title: str
) -> HandedOver:
    """Hand chosen points of convergence over in one act: their asks go to review, their words to the joint texts.

    Where the level asks for clearance, or the session is a group's, only the second of both keys does this.
    """
    session = _now(viewer, programme, session)
    if leaving.needs_keys(session) and not viewer.is_system:
        raise Refused(_("Handing this over takes both sides’ keys. Propose it instead."))
    points = leaving.lines_to_hand_over(session, ids)
    lines = tuple(" ".join(point.text.split()) for point in points)
    handover = Handover(_handover_title(session, title), lines, session.level, session.date, session.round)
    return HandedOver(session.pk, hand_over(viewer, programme, handover))


@action("record.write")
def propose_handover(
    viewer: Viewer, programme: Programme, session: Session, ids: Iterable[str], title: str
) -> Proposal:
    """Propose to hand chosen points of convergence over. Both keys on exactly these words do it."""
    session = _now(viewer, programme, session)
    points = leaving.lines_to_hand_over(session, ids)
    terms = {"points": [str(point.id) for point in points], "title": _handover_title(session, title)}
    return two_keys.propose(viewer, programme, "record.hand_over", str(session.pk), terms)


def _handover_title(session: Session, title: str) -> str:
    title = _line(title, TITLE_LENGTH)
    if linting.blocking(session, title):
        raise Refused(_("The title points to a person. Say what the points are about."))
    return title or _("Points of convergence")


# Removing


@action("record.remove")
def remove_session(viewer: Viewer, programme: Programme, session: Session) -> removal.Removed:
    """Remove a session with all that was written in it. A joint one that is not due goes only by both keys."""
    session = _now(viewer, programme, session, "record.remove", LEADS)
    if not viewer.is_system and not retention.one_side_may_remove(session, timezone.localdate()):
        raise Refused(_("This record is not due for removal. Removing it earlier takes both sides’ keys."))
    return removal.remove(session)


@action("record.remove")
def propose_removal(viewer: Viewer, programme: Programme, session: Session) -> Proposal:
    """Propose to remove a session before it is due. It is removed when both keys are turned."""
    session = _now(viewer, programme, session, "record.remove", LEADS)
    leaving.need_joint(session)
    return two_keys.propose(viewer, programme, "record.remove_session", str(session.pk), {})


# What several of them need


def _now(
    viewer: Viewer,
    programme: Programme,
    session: Session,
    permission: str = "record.write",
    roles: Sequence[str] = WRITERS,
) -> Session:
    """Return the session as it stands now, held against others until the end; its level may have changed."""
    found = Session.objects.select_for_update().filter(pk=session.pk, programme=programme).first()
    if found is None:
        raise Hidden
    need_inside(viewer, found, permission, tuple(roles))
    return found


def _minutes_now(
    viewer: Viewer,
    programme: Programme,
    minutes: Minutes,
    permission: str = "record.write",
    roles: Sequence[str] = WRITERS,
) -> tuple[Minutes, Session]:
    session = _now(viewer, programme, minutes.session, permission, roles)
    _need_record(session)
    found = session.minutes.filter(pk=minutes.pk).first()
    if found is None:
        raise Hidden
    found.session = session
    return found, session


def _row_now(viewer: Viewer, programme: Programme, row: Point | Minutes) -> tuple[Point | Minutes, Session]:
    if isinstance(row, Minutes):
        return _minutes_now(viewer, programme, row)
    session = _now(viewer, programme, row.session)
    _need_record(session)
    found = session.points.filter(pk=row.pk).first()
    if found is None:
        raise Hidden
    found.session = session
    return found, session


def _need_record(session: Session) -> None:
    if not allowed(session.level).may_record:
        raise Refused(pgettext("level", "At this level nothing is written down."))


def _need_level(level: int) -> None:
    if level not in Level.__members__.values():
        raise Refused(_("There is no such level. Levels run from 1 to 7."))


def _refuse_telling_title(session: Session) -> None:
    if linting.blocking(session, session.title):
        raise Refused(_("The title points to a person. Say what the session is about, not who is there."))


def _line(text: str, length: int) -> str:
    return " ".join(text.replace("\0", "").split())[:length]


def _checked_date(text: str) -> str:
    text = text.strip()
    if text:
        try:
            PartialDate.parse(text)
        except ValueError as error:
            raise Refused(
                _("“%(text)s” is not a date. Write a year (2027), a month (2027-03) or a day (2027-03-28).")
                % {"text": text[:40]}
            ) from error
    return text


def _clean(session: Session) -> None:
    try:
        session.full_clean(exclude=["programme"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
