"""``record.keep_minutes``: another wording, which is a draft whatever it had been."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions


def test_a_changed_text_is_a_draft_again(programme, session, with_both):
    minutes = with_both(session(4))
    kept = actions.keep_minutes(
        SYSTEM, programme, minutes, "The participants agreed on a ferry.", minutes.version
    )
    assert kept.changed
    minutes.refresh_from_db()
    assert (minutes.phase, minutes.read_by.count()) == ("draft", 0)


def test_the_same_text_changes_nothing(programme, session, with_both):
    minutes = with_both(session(4))
    assert not actions.keep_minutes(
        SYSTEM, programme, minutes, minutes.text + "\r\n", minutes.version
    ).changed
    minutes.refresh_from_db()
    assert minutes.phase == "with both sides"


def test_a_cleared_text_that_is_changed_is_a_draft_again(programme, session, with_both, turn_both):
    minutes = with_both(session(4))
    turn_both(actions.propose_clearing(SYSTEM, programme, minutes))
    actions.keep_minutes(SYSTEM, programme, minutes, "Something else.", minutes.version)
    minutes.refresh_from_db()
    assert minutes.phase == "draft"


def test_who_writes_over_somebody_elses_change_is_told(programme, session, minutes):
    draft = minutes(session(4))
    actions.keep_minutes(SYSTEM, programme, draft, "Theirs.", draft.version)
    with pytest.raises(Refused):
        actions.keep_minutes(SYSTEM, programme, draft, "Mine.", draft.version)
    draft.refresh_from_db()
    assert draft.text == "Theirs."


def test_who_only_reads_keeps_none(programme, session, minutes, viewer_for):
    draft = minutes(session(4))
    with pytest.raises(NotPermitted):
        actions.keep_minutes(viewer_for("liaison", "varenia"), programme, draft, "Mine.", draft.version)


def test_the_other_side_does_not_find_them(programme, session, minutes, leads):
    draft = minutes(session(4, side="varenia"))
    with pytest.raises(Hidden):
        actions.keep_minutes(leads["oskland"], programme, draft, "Mine.", draft.version)
