"""What may leave a session: taken into minutes, cleared, taken out as a file, handed over to another room."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sulh.engines.disclosure.levels import allowed
from sulh.kernel.actions import Refused
from sulh.rooms.record import linting, queries
from sulh.rooms.record.enums import Phase, PointKind
from sulh.rooms.record.models import Minutes, Point, Session, fingerprint


def is_held_back(session: Session, row: Point | Minutes) -> bool:
    """Whether the lint holds this text back: it is asked anew each time, since level and names may have changed."""
    return row.overridden != fingerprint(row.text) and bool(linting.blocking(session, row.text))


def points_that_may_leave(session: Session) -> list[Point]:
    """The points that nothing holds back."""
    return [point for point in queries.points_of(session) if not is_held_back(session, point)]


def need_joint(session: Session) -> None:
    """Refuse for a side's own session: it is not shown to the other side, so nothing of it can be put to both."""
    if session.side_id is not None:
        raise Refused(
            _("This is one side’s own session. The other side does not know of it, so nothing goes to both.")
        )


def refuse_held_back(session: Session, row: Point | Minutes) -> None:
    """Refuse a text that the lint holds back."""
    if is_held_back(session, row):
        raise Refused(
            _(
                "The text points to a person, and at this level that holds it back. Mend what is marked, "
                "or ask both sides to override it with a reason."
            )
        )


def needs_keys(session: Session) -> bool:
    """Whether handing over takes both keys: by the level, or because it leaves the compartment of a group."""
    return allowed(session.level).needs_clearance or session.group_id is not None


def lines_to_hand_over(session: Session, ids: Iterable[str]) -> list[Point]:
    """Return the chosen points of convergence in the order of the room.

    Raises:
        Refused: the session is one side's own or secret, nothing was chosen, a point is no convergence, is gone, or
            is held back by the lint.
    """
    need_joint(session)
    if queries.is_secret(session):
        raise Refused(
            _(
                "That this session took place is secret; a document made from it would tell. Nothing was handed over."
            )
        )
    wanted = set(ids)
    points = [point for point in queries.points_of(session) if str(point.id) in wanted]
    if not points:
        raise Refused(_("Choose at least one point of convergence."))
    if len(points) != len(wanted) or any(point.kind != PointKind.CONVERGENCE for point in points):
        raise Refused(_("Only points of convergence that are still there can be handed over."))
    for point in points:
        refuse_held_back(session, point)
    return points


def text_to_take_out(minutes: Minutes) -> str:
    """Return the text of minutes for a file.

    Raises:
        Refused: the level asks for clearance and both sides have not cleared it, or the lint holds it back.
    """
    session = minutes.session
    if not allowed(session.level).may_record:
        raise Refused(_("At this level nothing is written down, and nothing leaves."))
    if allowed(session.level).needs_clearance and minutes.phase != Phase.CLEARED:
        raise Refused(_("At this level nothing leaves before both sides have cleared it."))
    refuse_held_back(session, minutes)
    return minutes.text
