"""Handing points over to other rooms."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sulh.kernel import two_keys
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.handing_over import Handover, hand_over
from sulh.kernel.models import Proposal
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving, linting
from sulh.rooms.record.actions.checks import (
    line,
    now,
)
from sulh.rooms.record.models import Session

TITLE_LENGTH = 200


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
    session = now(viewer, programme, session)
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
    session = now(viewer, programme, session)
    points = leaving.lines_to_hand_over(session, ids)
    terms = {"points": [str(point.id) for point in points], "title": _handover_title(session, title)}
    return two_keys.propose(viewer, programme, "record.hand_over", str(session.pk), terms)


def _handover_title(session: Session, title: str) -> str:
    title = line(title, TITLE_LENGTH)
    if linting.blocking(session, title):
        raise Refused(_("The title points to a person. Say what the points are about."))
    return title or _("Points of convergence")
