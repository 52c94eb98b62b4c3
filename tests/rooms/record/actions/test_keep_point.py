"""``record.keep_point``: typed once, kept once, and nothing typed is lost."""

from uuid import uuid4

import pytest

from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import AuditEntry
from sulh.rooms.record import actions
from tests.rooms.record.conftest import TELLING

KEY = uuid4()


def keep(programme, session, version, text, key=KEY, viewer=SYSTEM, **told):
    return actions.keep_point(viewer, programme, session, key, version, text, **told)


def texts(session):
    return [point.text for point in session.points.exclude(text="")]


def test_points_stand_in_the_order_of_the_room(programme, session, viewer_for):
    made, rapporteur = session(4), viewer_for("rapporteur")
    for text in ("First.", "Second.", "Third."):
        keep(programme, made, 0, text, key=uuid4(), viewer=rapporteur, kind="idea", theme="visas")
    assert texts(made) == ["First.", "Second.", "Third."]
    assert {(point.kind, point.version) for point in made.points.all()} == {("idea", 1)}


def test_sending_the_same_twice_keeps_it_once(programme, session):
    made = session(4)
    assert keep(programme, made, 0, "A bridge.").changed
    assert not keep(programme, made, 0, "A bridge.").changed
    assert texts(made) == ["A bridge."]


def test_another_wording_takes_the_place_of_the_first(programme, session):
    made = session(4)
    keep(programme, made, 0, "A bri")
    saved = keep(programme, made, 1, "A bridge.").row
    assert (saved.point.text, saved.point.version, saved.other) == ("A bridge.", 2, None)
    assert texts(made) == ["A bridge."]


def test_of_two_who_write_at_once_both_wordings_stay(programme, session):
    made = session(4)
    keep(programme, made, 0, "A bridge.")
    keep(programme, made, 1, "A bridge by spring.")
    saved = keep(programme, made, 1, "A bridge by autumn.").row
    assert saved.point.text == "A bridge by spring."
    assert (saved.other.text, saved.other.other_wording_of) == ("A bridge by autumn.", saved.point)
    assert not keep(programme, made, 1, "A bridge by autumn.").changed
    assert sorted(texts(made)) == ["A bridge by autumn.", "A bridge by spring."]


def test_an_emptied_point_is_none_any_more_and_comes_back_when_somebody_types_in_it(programme, session):
    made = session(4)
    keep(programme, made, 0, "A bridge.")
    keep(programme, made, 1, "  ")
    assert texts(made) == []
    keep(programme, made, 1, "A ferry.")
    assert texts(made) == ["A ferry."]


def test_emptying_does_not_take_away_what_somebody_else_has_typed(programme, session):
    made = session(4)
    keep(programme, made, 0, "A bridge.")
    keep(programme, made, 1, "A bridge by spring.")
    assert not keep(programme, made, 1, "").changed
    assert texts(made) == ["A bridge by spring."]


def test_nothing_typed_makes_no_point(programme, session):
    made = session(4)
    assert not keep(programme, made, 0, " \n").changed
    assert not made.points.exists()


def test_a_name_that_is_taken_out_again_stays_nowhere(programme, session):
    made = session(4)
    point = keep(programme, made, 0, TELLING).row.point
    assert not point.is_neutral
    point = keep(programme, made, 1, "It was said that the bridge could open.").row.point
    assert point.is_neutral
    fields = [field.name for field in point._meta.get_fields()]
    assert not {"history", "speaker", "author", "account", "created_at", "saved_at"} & set(fields)


@pytest.mark.parametrize(("level", "neutral"), [(1, True), (3, True), (4, False), (6, False)])
def test_a_text_that_points_to_a_person_is_kept_but_marked_from_the_chatham_house_rule_on(
    programme, session, level, neutral
):
    assert keep(programme, session(level), 0, TELLING).row.point.is_neutral is neutral


def test_the_audit_log_does_not_tell_which_point_an_account_wrote(programme, session, viewer_for):
    made = session(4)
    point = keep(programme, made, 0, "A bridge.", viewer=viewer_for("rapporteur")).row.point
    entry = AuditEntry.objects.filter(action="record.keep_point").get()
    assert entry.subject == str(made.pk) != str(point.pk)


@pytest.mark.parametrize("told", [{"text": "x" * 4001}, {"kind": "speech"}])
def test_what_cannot_be_is_refused(programme, session, told):
    made = session(4)
    with pytest.raises(Refused):
        keep(programme, made, 0, told.pop("text", "A bridge."), **told)
    assert not made.points.exists()


def test_at_the_level_without_record_nothing_is_written(programme, session):
    made = session(7)
    with pytest.raises(Refused):
        keep(programme, made, 0, "A bridge.")
    assert not made.points.exists()


def test_the_level_that_counts_is_the_one_of_now(programme, session):
    """Somebody tightened the session after the page was opened."""
    made = session(4)
    actions.tighten_level(SYSTEM, programme, type(made).objects.get(pk=made.pk), 7)
    with pytest.raises(Refused):
        keep(programme, made, 0, "A bridge.")


@pytest.mark.parametrize("role", ["programme officer", "head of delegation", "liaison", "evaluation"])
def test_who_only_reads_writes_nothing(programme, session, viewer_for, role):
    with pytest.raises(NotPermitted):
        keep(programme, session(4), 0, "A bridge.", viewer=viewer_for(role, "varenia"))


def test_a_seat_that_writes_in_one_group_does_not_write_in_another(programme, session, in_groups):
    with pytest.raises(Hidden):
        keep(
            programme,
            session(4, group="civil"),
            0,
            "A bridge.",
            viewer=in_groups("rapporteur", None, "security"),
        )


def test_the_other_side_does_not_write_in_a_sides_own_session(programme, session, viewer_for):
    made = session(4, side="varenia")
    for side in ("oskland", None):
        with pytest.raises(Hidden):
            keep(programme, made, 0, "A bridge.", viewer=viewer_for("rapporteur", side))
    assert not made.points.exists()
