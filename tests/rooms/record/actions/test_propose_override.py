"""``record.propose_override``: a warning is overridden with a reason and both keys, never silently."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING


def test_the_reason_stands_in_the_proposal(programme, session, point, viewer_for):
    telling = point(session(4), TELLING)
    proposal = actions.propose_override(
        viewer_for("rapporteur"), programme, telling, "It is in the newspapers."
    )
    assert proposal.terms["reason"] == "It is in the newspapers."
    telling.refresh_from_db()
    assert not telling.is_neutral


@pytest.mark.parametrize("reason", ["", "   ", "Because the former ambassador said so."])
def test_without_a_reason_or_with_one_that_points_to_a_person_it_is_refused(
    programme, session, point, reason
):
    with pytest.raises(Refused):
        actions.propose_override(SYSTEM, programme, point(session(4), TELLING), reason)


def test_where_nothing_is_held_back_there_is_nothing_to_override(programme, session, point):
    with pytest.raises(Refused):
        actions.propose_override(
            SYSTEM, programme, point(session(4), "The bridge should open."), "No reason."
        )


def test_a_sides_own_text_is_not_put_to_the_other(programme, session, point, leads):
    telling = point(session(4, side="varenia"), TELLING)
    with pytest.raises(Refused):
        actions.propose_override(leads["varenia"], programme, telling, "It is in the newspapers.")
    with pytest.raises(Hidden):
        actions.propose_override(leads["oskland"], programme, telling, "It is in the newspapers.")


def test_who_only_reads_proposes_none(programme, session, point, viewer_for):
    with pytest.raises(NotPermitted):
        actions.propose_override(viewer_for("communications"), programme, point(session(4), TELLING), "News.")
