"""``record.correct_session``: what is told about a session, never its compartment."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions


def correct(viewer, programme, session, **other):
    told = {"title": session.title, "date": session.date, "place": session.place, "track": "2", "round": None}
    return actions.correct_session(viewer, programme, session, **(told | other))


def test_title_date_and_place_are_corrected(programme, session, viewer_for):
    made = session(1)
    round = programme.rounds.get(key="first")
    correct(
        viewer_for("rapporteur"), programme, made, title="The ferry", date="2016", place="Lund", round=round
    )
    made.refresh_from_db()
    assert (made.title, made.date, made.place, made.round) == ("The ferry", "2016", "Lund", round)


def test_a_later_date_does_not_make_the_record_be_kept_longer(programme, session):
    made = session(5, date="2016-03-01")
    with pytest.raises(Refused):
        correct(SYSTEM, programme, made, date="2026-03-01")
    correct(SYSTEM, programme, made, date="2016-02")
    made.refresh_from_db()
    assert made.date == "2016-02"


def test_a_session_without_record_has_no_title_to_correct(programme, session):
    with pytest.raises(Refused):
        correct(SYSTEM, programme, session(7), title="A walk")


def test_the_other_side_does_not_find_it(programme, session, viewer_for):
    with pytest.raises(Hidden):
        correct(viewer_for("rapporteur", "oskland"), programme, session(4, side="varenia"), title="Found")
