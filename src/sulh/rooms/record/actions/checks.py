"""What several actions of this room need."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sulh.engines.calendars import PartialDate
from sulh.engines.disclosure.levels import Level, allowed
from sulh.kernel.access import Hidden, Viewer
from sulh.kernel.actions import Refused
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import linting
from sulh.rooms.record.compartments import WRITERS, need_inside
from sulh.rooms.record.enums import Phase
from sulh.rooms.record.models import Minutes, Point, Session


def now(
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


def minutes_now(
    viewer: Viewer,
    programme: Programme,
    minutes: Minutes,
    permission: str = "record.write",
    roles: Sequence[str] = WRITERS,
) -> tuple[Minutes, Session]:
    session = now(viewer, programme, minutes.session, permission, roles)
    need_record(session)
    found = session.minutes.filter(pk=minutes.pk).first()
    if found is None:
        raise Hidden
    found.session = session
    return found, session


def row_now(viewer: Viewer, programme: Programme, row: Point | Minutes) -> tuple[Point | Minutes, Session]:
    if isinstance(row, Minutes):
        return minutes_now(viewer, programme, row)
    session = now(viewer, programme, row.session)
    need_record(session)
    found = session.points.filter(pk=row.pk).first()
    if found is None:
        raise Hidden
    found.session = session
    return found, session


def need_record(session: Session) -> None:
    if not allowed(session.level).may_record:
        raise Refused(pgettext("level", "At this level nothing is written down."))


def need_level(level: int) -> None:
    if level not in Level.__members__.values():
        raise Refused(_("There is no such level. Levels run from 1 to 7."))


def refuse_telling_title(session: Session) -> None:
    if linting.blocking(session, session.title):
        raise Refused(_("The title points to a person. Say what the session is about, not who is there."))


def line(text: str, length: int) -> str:
    return " ".join(text.replace("\0", "").split())[:length]


def checked_date(text: str) -> str:
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


def clean(session: Session) -> None:
    try:
        session.full_clean(exclude=["programme"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def to_draft(minutes: Minutes) -> None:
    minutes.phase, minutes.overridden = Phase.DRAFT, ""
    minutes.save()
    minutes.read_by.clear()
