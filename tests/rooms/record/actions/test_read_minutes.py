"""``record.read_minutes``: a side has read exactly this text; that agrees to nothing."""

import pytest

from sulh.kernel.access import Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions


def test_each_side_says_that_it_has_read(programme, session, with_both, leads):
    minutes = with_both(session(4), read=False)
    actions.read_minutes(leads["oskland"], programme, minutes, minutes.fingerprint)
    assert {side.key for side in minutes.read_by.all()} == {"oskland"}
    actions.read_minutes(leads["varenia"], programme, minutes, minutes.fingerprint)
    minutes.refresh_from_db()
    assert {side.key for side in minutes.read_by.all()} == {"varenia", "oskland"}
    assert minutes.phase == "with both sides"


def test_who_read_another_text_is_told(programme, session, with_both, leads):
    minutes = with_both(session(4), read=False)
    with pytest.raises(Refused):
        actions.read_minutes(leads["oskland"], programme, minutes, "0" * 64)


def test_a_draft_is_not_read_for_a_side(programme, session, minutes, leads):
    draft = minutes(session(4))
    with pytest.raises(Refused):
        actions.read_minutes(leads["oskland"], programme, draft, draft.fingerprint)


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "varenia"), ("convener", None), ("facilitator", None)]
)
def test_only_a_lead_reads_for_a_side(programme, session, with_both, viewer_for, role, side):
    minutes = with_both(session(4), read=False)
    with pytest.raises(NotPermitted):
        actions.read_minutes(viewer_for(role, side), programme, minutes, minutes.fingerprint)


def test_a_lead_who_is_not_inside_does_not_find_them(programme, session, with_both, in_groups):
    minutes = with_both(session(4, group="security"), read=False)
    with pytest.raises(Hidden):
        actions.read_minutes(
            in_groups("counterpart lead", "oskland", "civil"), programme, minutes, minutes.fingerprint
        )
