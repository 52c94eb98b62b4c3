"""Until when a record is kept: counted from the session, by its level."""

import datetime

import pytest

from sulh.kernel.access import SYSTEM
from sulh.rooms.record import actions, jobs, queries, retention
from sulh.rooms.record.models import Session

TODAY = datetime.date(2016, 9, 1)


@pytest.mark.parametrize(
    ("level", "due"),
    [
        (1, None),
        (2, None),
        (3, datetime.date(2018, 3, 1)),
        (4, datetime.date(2017, 3, 1)),
        (5, datetime.date(2016, 8, 28)),
        (6, datetime.date(2016, 5, 30)),
        (7, datetime.date(2016, 3, 1)),
    ],
)
def test_the_days_of_each_level(session, level, due):
    made = session(level, date="2016-03-01")
    assert retention.due_on(made) == due
    assert retention.is_due(made, TODAY) is (due is not None and due <= TODAY)


def test_a_date_known_in_part_counts_from_its_last_day(session):
    assert retention.due_on(session(6, date="2016-03")) == datetime.date(2016, 6, 29)


def test_without_a_date_it_counts_from_the_day_it_was_begun_here(session):
    made = session(6)
    assert retention.due_on(made) == made.begun_on + datetime.timedelta(days=90)


def test_the_furthest_date_there_is_overflows_nothing(session):
    assert retention.due_on(session(4, date="9999")) == datetime.date.max


def test_due_is_listed_for_those_inside_only(programme, session, viewer_for, leads):
    due = session(5, date="2016-01-01", side="varenia")
    session(1, date="2016-01-01")
    assert queries.due_for_removal(leads["varenia"], programme, TODAY) == [due]
    assert queries.due_for_removal(leads["oskland"], programme, TODAY) == []
    assert queries.due_for_removal(viewer_for("facilitator"), programme, TODAY) == []


def test_what_both_sides_loosened_is_due_by_the_looser_level(programme, session, turn_both):
    made = session(6, date="2016-03-01")
    turn_both(actions.propose_loosening(SYSTEM, programme, made, 1))
    made.refresh_from_db()
    assert retention.due_on(made) is None
    assert not retention.one_side_may_remove(made, TODAY)


def test_the_job_removes_what_is_due_and_leaves_what_one_side_tightened(programme, session, leads):
    session(5, date="2016-01-01", begun="2016-01-02")
    session(5, date="2016-08-01", begun="2016-08-01")
    tightened = session(1, date="2016-01-01", begun="2016-01-02")
    actions.tighten_level(leads["varenia"], programme, tightened, 7)
    assert len(jobs.remove_due(programme, TODAY)) == 1
    assert {(one.date, one.level) for one in Session.objects.all()} == {("2016-08-01", 5), ("2016-01-01", 7)}
