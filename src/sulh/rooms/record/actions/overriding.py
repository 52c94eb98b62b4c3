"""Letting a text stand that the lint holds back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sulh.kernel import two_keys
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.models import Proposal
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving, linting
from sulh.rooms.record.actions.checks import (
    line,
    row_now,
)
from sulh.rooms.record.models import Minutes, Point, fingerprint

REASON_LENGTH = 400


@action("record.write")
def propose_override(viewer: Viewer, programme: Programme, row: Point | Minutes, reason: str) -> Proposal:
    """Propose, with a reason, that exactly this text may stand although the lint holds it back. It takes both keys."""
    row, session = row_now(viewer, programme, row)
    leaving.need_joint(session)
    reason = line(reason, REASON_LENGTH)
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
    row, _session = row_now(viewer, programme, row)
    row.overridden = fingerprint(row.text)
    if isinstance(row, Point):
        row.is_neutral = True
    row.save()
    return row


def subject_of(row: Point | Minutes) -> str:
    """How a proposal names a point or minutes."""
    return f"{'point' if isinstance(row, Point) else 'minutes'}/{row.pk}"
