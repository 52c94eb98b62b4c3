"""``record.hand_over_points``: points of convergence become a document for review, in one act."""

from uuid import uuid4

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry.models import Document
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING

BRIDGE = "Both governments should open the bridge."
VISAS = "Both governments should ease visas for traders."


def test_on_the_record_the_points_go_at_once_and_their_asks_wait_for_review(
    programme, session, point, viewer_for
):
    made = session(1, date="2016-03-02", round=programme.rounds.get(key="second"))
    chosen = [str(point(made, text).pk) for text in (BRIDGE, VISAS)]
    done = actions.hand_over_points(
        viewer_for("rapporteur"), programme, made, chosen, "Points of the second day"
    )
    document = Document.objects.get()
    assert (document.title, document.date, document.round.key) == (
        "Points of the second day",
        "2016-03-02",
        "second",
    )
    assert document.kind == "points of a session"
    assert [ask.text.rstrip(".") + "." for ask in document.asks.all()] == [BRIDGE, VISAS]
    assert str(document.id) in done.addresses[0]


@pytest.mark.parametrize("told", [{"level": 2}, {"level": 4}, {"level": 1, "group": "security"}])
def test_where_it_takes_both_keys_nobody_hands_over_alone(programme, session, point, viewer_for, leads, told):
    made = session(**told)
    chosen = [str(point(made, BRIDGE).pk)]
    for viewer in (*leads.values(), viewer_for("rapporteur")):
        with pytest.raises(Refused):
            actions.hand_over_points(viewer, programme, made, chosen, "")
    assert not Document.objects.exists()


@pytest.mark.parametrize("level", [6, 7])
def test_a_secret_session_hands_nothing_over(programme, session, point, level):
    made = session(5)
    chosen = [str(point(made, BRIDGE).pk)]
    actions.tighten_level(SYSTEM, programme, made, level)
    with pytest.raises(Refused):
        actions.hand_over_points(SYSTEM, programme, made, chosen, "")


def test_a_sides_own_session_hands_nothing_over(programme, session, point):
    made = session(1, side="varenia")
    with pytest.raises(Refused):
        actions.hand_over_points(SYSTEM, programme, made, [str(point(made, BRIDGE).pk)], "")


def test_a_text_that_points_to_a_person_is_not_handed_over(programme, session, point):
    made = session(4)
    with pytest.raises(Refused):
        actions.hand_over_points(SYSTEM, programme, made, [str(point(made, TELLING).pk)], "")
    assert not Document.objects.exists()


def test_only_points_of_convergence_that_are_there(programme, session, point):
    made = session(1)
    for chosen in ([], [str(point(made, "A ferry.", "idea").pk)], [str(uuid4())]):
        with pytest.raises(Refused):
            actions.hand_over_points(SYSTEM, programme, made, chosen, "")


def test_who_only_reads_hands_nothing_over(programme, session, viewer_for):
    with pytest.raises(NotPermitted):
        actions.hand_over_points(viewer_for("liaison", "varenia"), programme, session(1), [], "")


def test_who_is_not_inside_does_not_find_it(programme, session, in_groups):
    with pytest.raises(Hidden):
        actions.hand_over_points(
            in_groups("rapporteur", None, "civil"), programme, session(1, group="security"), [], ""
        )


def test_a_title_that_points_to_a_person_is_refused(programme, session, point):
    made = session(4)
    chosen = [str(point(made, BRIDGE).pk)]
    with pytest.raises(Refused):
        actions.hand_over_points(SYSTEM, programme, made, chosen, "What the former foreign secretary said")
