"""``record.close_session``: nothing more is written down."""

from uuid import uuid4

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions


def test_a_closed_session_takes_no_point(programme, session, viewer_for):
    made = actions.close_session(viewer_for("facilitator"), programme, session(4))
    with pytest.raises(Refused):
        actions.keep_point(SYSTEM, programme, made, uuid4(), 0, "One more thing.")
    assert not made.points.exists()


def test_what_was_emptied_is_gone_for_good(programme, session, point):
    made = session(4)
    emptied, kept = point(made, "A ferry."), point(made, "A bridge.")
    actions.keep_point(SYSTEM, programme, made, emptied.client_key, 1, "")
    actions.close_session(SYSTEM, programme, made)
    assert list(made.points.all()) == [kept]


def test_who_only_reads_does_not_close(programme, session, viewer_for):
    with pytest.raises(NotPermitted):
        actions.close_session(viewer_for("evaluation"), programme, session(4))


def test_who_is_not_inside_does_not_find_it(programme, session, in_groups):
    with pytest.raises(Hidden):
        actions.close_session(in_groups("rapporteur", None, "civil"), programme, session(4, group="security"))
