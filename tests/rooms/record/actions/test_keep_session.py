"""``record.keep_session``: what a programme folder brings, once, and never against what was decided here since."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING

VALUES = {"title": "The bridge", "level": 4, "track": "2", "date": "", "state": "open", "group": "security"}
POINTS = [
    {"kind": "convergence", "text": "The bridge could open in spring."},
    {"kind": "parking lot", "text": "Who paints it."},
]
REPORT = {"kind": "rapporteur's report", "phase": "with both sides"}


def keep(programme, viewer=SYSTEM, points=POINTS, minutes=None, **other):
    return actions.keep_session(viewer, programme, "bridge", {**VALUES, **other}, points, minutes)


def test_a_session_is_kept_with_its_points_and_minutes(programme):
    session = keep(programme, minutes=REPORT).row
    session.refresh_from_db()
    assert (session.title, session.level, session.group.key, session.side) == (
        "The bridge",
        4,
        "security",
        None,
    )
    assert [(point.kind, point.text, point.is_neutral) for point in session.points.all()] == [
        (point["kind"], point["text"], True) for point in POINTS
    ]
    assert [(change.level, change.how) for change in session.changes.all()] == [(4, "begun")]
    (minutes,) = session.minutes.all()
    assert minutes.phase == "with both sides"
    assert minutes.read_by.count() == 0
    assert POINTS[0]["text"] in minutes.text


def test_the_same_again_changes_nothing(programme):
    keep(programme)
    assert not keep(programme).changed
    assert programme.sessions.count() == 1


def test_a_folder_loosens_no_level_and_brings_no_text_back(programme, viewer_for):
    session = keep(programme).row
    actions.tighten_level(viewer_for("convener", "varenia"), programme, session, 5)
    session.points.all().delete()
    assert not keep(programme, level=1).changed
    session.refresh_from_db()
    assert session.level == 5
    assert not session.points.exists()


def test_a_text_that_points_to_a_person_is_held_back_as_if_it_were_typed(programme):
    session = keep(programme, points=[{"kind": "idea", "text": TELLING}], minutes=REPORT).row
    assert not session.points.get().is_neutral
    minutes = session.minutes.get()
    assert TELLING not in minutes.text


def test_a_title_that_points_to_a_person_is_refused_and_nothing_is_kept(programme):
    with pytest.raises(Refused):
        keep(programme, title="What the former foreign secretary said")
    assert not programme.sessions.exists()


@pytest.mark.parametrize("role", ["convener", "rapporteur", "facilitator"])
def test_only_loading_a_folder_does_this(programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        keep(programme, viewer_for(role, "varenia"))
