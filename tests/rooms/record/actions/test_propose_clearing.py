"""``record.propose_clearing``: both sides have read; now both keys are asked for."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions


def test_it_is_proposed_once_both_have_read(programme, session, with_both, viewer_for):
    minutes = with_both(session(4))
    proposal = actions.propose_clearing(viewer_for("rapporteur"), programme, minutes)
    assert proposal.subject == f"minutes/{minutes.pk}"
    minutes.refresh_from_db()
    assert minutes.phase == "with both sides"


def test_before_both_have_read_it_is_not(programme, session, with_both, leads):
    minutes = with_both(session(4), read=False)
    actions.read_minutes(leads["varenia"], programme, minutes, minutes.fingerprint)
    with pytest.raises(Refused):
        actions.propose_clearing(leads["varenia"], programme, minutes)


def test_a_draft_is_not_cleared(programme, session, minutes):
    with pytest.raises(Refused):
        actions.propose_clearing(SYSTEM, programme, minutes(session(4)))


def test_who_only_reads_proposes_none(programme, session, with_both, viewer_for):
    with pytest.raises(NotPermitted):
        actions.propose_clearing(
            viewer_for("head of delegation", "varenia"), programme, with_both(session(4))
        )


def test_who_is_not_inside_does_not_find_them(programme, session, with_both, in_groups):
    with pytest.raises(Hidden):
        actions.propose_clearing(
            in_groups("rapporteur", None, "civil"), programme, with_both(session(4, group="security"))
        )
