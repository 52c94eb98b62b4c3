"""Removing a session."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel import two_keys
from sulh.kernel.access import LEADS, Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.models import Proposal
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving, removal, retention
from sulh.rooms.record.actions.checks import (
    now,
)
from sulh.rooms.record.models import Session


@action("record.remove")
def remove_session(viewer: Viewer, programme: Programme, session: Session) -> removal.Removed:
    """Remove a session with all that was written in it. A joint one that is not due goes only by both keys."""
    session = now(viewer, programme, session, "record.remove", LEADS)
    if not viewer.is_system and not retention.one_side_may_remove(session, timezone.localdate()):
        raise Refused(_("This record is not due for removal. Removing it earlier takes both sides’ keys."))
    return removal.remove(session)


@action("record.remove")
def propose_removal(viewer: Viewer, programme: Programme, session: Session) -> Proposal:
    """Propose to remove a session before it is due. It is removed when both keys are turned."""
    session = now(viewer, programme, session, "record.remove", LEADS)
    leaving.need_joint(session)
    return two_keys.propose(viewer, programme, "record.remove_session", str(session.pk), {})
