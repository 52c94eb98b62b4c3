"""``record.tighten_level``: one side may raise a level, alone and at once."""

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING


@pytest.mark.parametrize(
    ("role", "side"), [("convener", "varenia"), ("counterpart lead", "oskland"), ("rapporteur", None)]
)
def test_either_side_tightens_alone(programme, session, viewer_for, role, side):
    made = session(4)
    actions.tighten_level(viewer_for(role, side), programme, made, 6)
    made.refresh_from_db()
    assert made.level == 6
    assert [(change.level, change.how) for change in made.changes.all()] == [(4, "begun"), (6, "tightened")]


@pytest.mark.parametrize("level", [4, 3, 1, 0, 8])
def test_what_is_not_tighter_is_refused(programme, session, leads, level):
    made = session(4)
    for lead in leads.values():
        with pytest.raises(Refused):
            actions.tighten_level(lead, programme, made, level)
    made.refresh_from_db()
    assert made.level == 4


def test_a_text_read_at_another_level_is_a_draft_again(programme, session, with_both):
    made = session(3)
    minutes = with_both(made)
    actions.tighten_level(SYSTEM, programme, made, 4)
    minutes.refresh_from_db()
    assert (minutes.phase, minutes.read_by.count()) == ("draft", 0)


def test_points_are_looked_at_anew(programme, session, point):
    made = session(3)
    telling = point(made, TELLING)
    assert telling.is_neutral
    actions.tighten_level(SYSTEM, programme, made, 4)
    telling.refresh_from_db()
    assert not telling.is_neutral


def test_who_only_reads_does_not_tighten(programme, session, viewer_for):
    with pytest.raises(NotPermitted):
        actions.tighten_level(viewer_for("security lead"), programme, session(4), 5)


def test_the_other_side_does_not_find_a_sides_own_session(programme, session, leads):
    with pytest.raises(Hidden):
        actions.tighten_level(leads["oskland"], programme, session(4, side="varenia"), 5)
