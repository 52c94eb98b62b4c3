"""What can be done to minutes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sulh.kernel import two_keys
from sulh.kernel.access import LEADS, Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.models import Proposal
from sulh.rooms.programme.models import Programme
from sulh.rooms.record import leaving
from sulh.rooms.record.actions.checks import (
    minutes_now,
    need_record,
    now,
    to_draft,
)
from sulh.rooms.record.enums import MinutesKind, Phase, PointKind
from sulh.rooms.record.models import Minutes, Session

MINUTES_LENGTH = 200_000


@action("record.write")
def begin_minutes(viewer: Viewer, programme: Programme, session: Session, kind: str) -> Minutes:
    """Begin minutes with the points that nothing holds back, gathered by kind."""
    session = now(viewer, programme, session)
    need_record(session)
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
    minutes, _session = minutes_now(viewer, programme, minutes)
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
    to_draft(minutes)
    return Kept(minutes, True)


@action("record.write")
def send_minutes(viewer: Viewer, programme: Programme, minutes: Minutes) -> Minutes:
    """Put a draft before both sides for reading. A text that the lint holds back stays a draft."""
    minutes, session = minutes_now(viewer, programme, minutes)
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
    minutes, _session = minutes_now(viewer, programme, minutes, "record.read_for_side", LEADS)
    if minutes.phase != Phase.WITH_BOTH_SIDES:
        raise Refused(_("These minutes are not with both sides for reading."))
    if seen != minutes.fingerprint:
        raise Refused(_("The text has changed since you opened it. Read it again."))
    minutes.read_by.add(programme.sides.get(key=viewer.leads_in(programme.id)))
    return minutes


@action("record.write")
def propose_clearing(viewer: Viewer, programme: Programme, minutes: Minutes) -> Proposal:
    """Propose to clear minutes that both sides have read. They are cleared when both keys are turned on this text."""
    minutes, session = minutes_now(viewer, programme, minutes)
    refuse_unless_clearable(session, minutes)
    terms = {"fingerprint": minutes.fingerprint}
    return two_keys.propose(viewer, programme, "record.clear_minutes", f"minutes/{minutes.pk}", terms)


@action("record.by_both_keys")
def clear_minutes(viewer: Viewer, programme: Programme, minutes: Minutes) -> Minutes:
    """Clear minutes. Only the second of both keys does this."""
    minutes, session = minutes_now(viewer, programme, minutes)
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
