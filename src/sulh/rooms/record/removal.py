"""Removing a session so that none of its words stay in the tables."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sulh.kernel.models import Proposal
from sulh.rooms.record.models import Session


@dataclass(frozen=True, slots=True)
class Removed:
    """What went with a session, counted. What was handed over with both keys is another room's and stays."""

    pk: UUID
    points: int
    minutes: int
    proposals: int


def remove(session: Session) -> Removed:
    """Delete a session with its points, minutes and changes of level, and every proposal that was about them.

    There is no history of points and minutes, so none has to go. The proposal to remove it stays: it holds an
    identifier that now names nothing.
    """
    subjects = [str(session.pk)]
    subjects += [f"point/{pk}" for pk in session.points.values_list("pk", flat=True)]
    subjects += [f"minutes/{pk}" for pk in session.minutes.values_list("pk", flat=True)]
    about_it = Proposal.objects.filter(kind__startswith="record.", subject__in=subjects)
    leaving = about_it.exclude(kind="record.remove_session")
    removed = Removed(session.pk, session.points.count(), session.minutes.count(), leaving.count())
    leaving.delete()
    Session.objects.filter(pk=session.pk).delete()
    return removed
