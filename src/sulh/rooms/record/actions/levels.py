"""What can be done to the level of a session."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sulh.engines.disclosure.levels import is_tighter
from sulh.kernel import two_keys
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.models import Proposal
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving
from sulh.rooms.record.actions.checks import (
    need_level,
    now,
    to_draft,
)
from sulh.rooms.record.enums import How
from sulh.rooms.record.models import Change, Session


@action("record.write")
def tighten_level(viewer: Viewer, programme: Programme, session: Session, level: int) -> Session:
    """Raise the level. One side may do this alone, at any time.

    Minutes that were with both sides or cleared are drafts again, since they were read at another level.
    """
    session = now(viewer, programme, session)
    need_level(level)
    if not is_tighter(level, session.level):
        raise Refused(_("This would not be tighter. A level is loosened only by both sides’ keys."))
    return _set_level(session, level, How.TIGHTENED)


@action("record.write")
def propose_loosening(viewer: Viewer, programme: Programme, session: Session, level: int) -> Proposal:
    """Propose to lower the level. It is lowered when a lead of each side has turned their key."""
    session = now(viewer, programme, session)
    leaving.need_joint(session)
    need_level(level)
    if not is_tighter(session.level, level):
        raise Refused(_("This would not be looser. Tightening takes no second key."))
    terms = {"from": int(session.level), "to": int(level)}
    return two_keys.propose(viewer, programme, "record.loosen_level", str(session.pk), terms)


@action("record.by_both_keys")
def loosen_level(viewer: Viewer, programme: Programme, session: Session, level: int) -> Session:
    """Lower the level. Only the second of both keys does this."""
    session = now(viewer, programme, session)
    return _set_level(session, level, How.LOOSENED)


def _set_level(session: Session, level: int, how: How) -> Session:
    session.level = int(level)
    session.save(update_fields=["level"])
    Change.objects.create(session=session, level=level, how=how)
    if how == How.TIGHTENED:
        session.points.update(overridden="")
        for minutes in session.minutes.all():
            to_draft(minutes)
    for point in session.points.all():
        neutral = not leaving.is_held_back(session, point)
        if neutral != point.is_neutral:
            point.is_neutral = neutral
            point.save(update_fields=["is_neutral"])
    return session
