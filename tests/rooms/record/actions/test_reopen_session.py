"""``record.reopen_session``: a closed session takes points again."""

from uuid import uuid4

from sulh.kernel.access import SYSTEM
from sulh.rooms.record import actions


def test_a_session_that_was_opened_again_takes_points(programme, session, viewer_for):
    made = actions.close_session(SYSTEM, programme, session(4))
    actions.reopen_session(viewer_for("rapporteur"), programme, made)
    actions.keep_point(SYSTEM, programme, made, uuid4(), 0, "One more thing.")
    assert made.points.count() == 1
