"""Whatever one side does, alone and in whatever order, no level is lowered and no record of both sides is destroyed."""

from __future__ import annotations

import contextlib
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sulh.kernel import two_keys
from sulh.kernel.access import SYSTEM, Hidden, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import Proposal
from sulh.rooms.carry.models import Document
from sulh.rooms.people import actions as people
from sulh.rooms.record import actions
from sulh.rooms.record.models import Change, Minutes, Point, Session

LEVELS = st.integers(1, 7)
STEPS = st.one_of(
    st.tuples(st.just("tighten"), LEVELS),
    st.tuples(st.just("loosen"), LEVELS),
    st.tuples(st.just("propose"), LEVELS),
    st.tuples(st.just("turn every key"), st.none()),
    st.tuples(st.just("take back"), st.none()),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.just("propose removal"), st.none()),
    st.tuples(st.just("clear"), st.none()),
    st.tuples(st.just("hand over"), st.none()),
    st.tuples(st.just("correct"), st.sampled_from(["", "2016", "2099-01-01"])),
)


def act(viewer, programme, session, point, minutes, step, told):
    now = Session.objects.get(pk=session.pk)
    match step:
        case "tighten":
            actions.tighten_level(viewer, programme, now, told)
        case "loosen":
            actions.loosen_level(viewer, programme, now, told)
        case "propose":
            actions.propose_loosening(viewer, programme, now, told)
        case "turn every key":
            for one in two_keys.open_proposals(programme.id):
                people.turn_key(viewer, programme, one.id, one.content_hash)
        case "take back":
            for one in two_keys.open_proposals(programme.id):
                people.take_back_key(viewer, programme, one.id)
        case "remove":
            actions.remove_session(viewer, programme, now)
        case "propose removal":
            actions.propose_removal(viewer, programme, now)
        case "clear":
            actions.send_minutes(viewer, programme, minutes)
            actions.read_minutes(viewer, programme, minutes, minutes.fingerprint)
            actions.propose_clearing(viewer, programme, minutes)
        case "hand over":
            actions.propose_handover(viewer, programme, now, [str(point.pk)], "")
            actions.hand_over_points(viewer, programme, now, [str(point.pk)], "")
        case "correct":
            actions.correct_session(
                viewer, programme, now, title="A ford", date=told, place="", track="2", round=None
            )


@pytest.fixture
def one_side(viewer_for):
    """Everybody whom one side can put to it: two leads, a rapporteur, an officer."""
    roles = ("convener", "counterpart lead", "rapporteur", "programme officer")
    return [viewer_for(role, "varenia") for role in roles]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    level=st.integers(2, 6),
    date=st.sampled_from(["", "2016-03-01"]),
    steps=st.lists(st.tuples(st.integers(0, 3), STEPS), min_size=1, max_size=12),
)
def test_one_side_alone_only_tightens(programme, one_side, level, date, steps):
    session = actions.begin_session(SYSTEM, programme, "The bridge", level, date=date)
    told = actions.keep_point(SYSTEM, programme, session, uuid4(), 0, "The bridge should open.")
    minutes = actions.begin_minutes(SYSTEM, programme, session, "agreed minutes")
    highest = level
    for who, (step, told_with) in steps:
        with contextlib.suppress(Refused, NotPermitted, Hidden):
            act(one_side[who], programme, session, told.row.point, minutes, step, told_with)
        now = Session.objects.filter(pk=session.pk).first()
        assert now, f"{step} destroyed a record that belongs to both"
        assert now.level >= highest, f"{step} lowered the level from {highest} to {now.level}"
        highest = now.level
        assert not Minutes.objects.filter(phase="cleared").exists()
        assert not Document.objects.exists()
    for kind in (Point, Minutes, Change, Session, Proposal, Document):
        kind.objects.all().delete()
