"""Undo takes back the latest decision, one at a time, down to the proposals as they were imported."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sulh.engines import texts
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions, review
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.models import Ask, Lineage
from tests.rooms.carry.review_texts import DECLARATION

FIELDS = (*review.FIELDS, "id", "lineage_id", "decided_at", "document_id")
NUMBERS = itertools.count()


def state_of(document):
    return sorted(Ask.objects.filter(document=document).values(*FIELDS), key=lambda one: str(one["id"]))


def test_an_accepted_ask_is_a_proposal_again_and_its_lineage_is_gone(programme, reviewed, ask_with):
    before = state_of(reviewed)
    actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    actions.undo_step(SYSTEM, programme, reviewed)
    assert state_of(reviewed) == before
    assert not Lineage.objects.exists()


def test_a_lineage_that_others_use_stays(programme, ask, reviewed, ask_with):
    earlier = ask("Avoid hostile language.", lineage="language")
    actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"), earlier.lineage)
    actions.undo_step(SYSTEM, programme, reviewed)
    assert Lineage.objects.get() == earlier.lineage


def test_a_lineage_that_was_carried_meanwhile_stays(programme, reviewed, ask_with, carried):
    accepted = actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    carried(accepted)
    actions.undo_step(SYSTEM, programme, reviewed)
    assert Lineage.objects.filter(id=accepted.lineage_id).exists()


def test_it_opens_a_finished_review_again(programme, reviewed):
    for ask in reviewed.asks.all():
        actions.drop_ask(SYSTEM, programme, ask)
    actions.finish_review(SYSTEM, programme, reviewed)
    actions.undo_step(SYSTEM, programme, reviewed)
    reviewed.refresh_from_db()
    assert reviewed.reviewed_at is None


def test_with_nothing_to_undo_it_says_so(programme, reviewed):
    with pytest.raises(Refused, match="nothing to undo"):
        actions.undo_step(SYSTEM, programme, reviewed)


def test_a_step_that_somebody_else_made_meanwhile_is_not_taken_back(programme, reviewed, ask_with):
    actions.drop_ask(SYSTEM, programme, ask_with("avoid hostile"))
    seen = reviewed.steps.first().id
    actions.drop_ask(SYSTEM, programme, ask_with("meeting of traders"))
    with pytest.raises(Refused, match="Somebody else"):
        actions.undo_step(SYSTEM, programme, reviewed, seen)
    assert reviewed.asks.filter(state=AskState.DROPPED).count() == 2


def test_it_needs_the_permission(programme, reviewed, ask_with, viewer_for):
    actions.drop_ask(SYSTEM, programme, ask_with("avoid hostile"))
    with pytest.raises(NotPermitted):
        actions.undo_step(viewer_for("communications"), programme, reviewed)


decisions = st.lists(
    st.tuples(
        st.sampled_from(["accept", "join", "drop", "correct", "turn", "split", "merge", "add", "undo"]),
        st.integers(0, 10),
        st.integers(0, 400),
        st.integers(1, 60),
    ),
    max_size=10,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(decisions)
def test_whatever_was_decided_undoing_it_all_restores_the_import(programme, ask, made):
    earlier = Lineage.objects.first() or ask("Ease visas for students.", lineage="visas").lineage
    text = f"{DECLARATION}\nSheet {next(NUMBERS)}.\n"
    document = actions.import_document(SYSTEM, programme, texts.parse(text))
    imported, lineages = state_of(document), set(Lineage.objects.values_list("id", flat=True))
    for what, which, place, length in made:
        asks = list(document.asks.all())
        if not asks and what != "add":
            continue
        try:
            decide(
                programme, document, earlier, what, asks[which % len(asks)] if asks else None, place, length
            )
        except Refused:
            continue
        quoted = document.asks.all()
        assert all(0 <= one.start < one.end <= len(document.text) for one in quoted)
        assert all(document.text[one.start : one.end] == one.text for one in quoted)
    while document.steps.exists():
        actions.undo_step(SYSTEM, programme, document)
    assert state_of(document) == imported
    assert set(Lineage.objects.values_list("id", flat=True)) == lineages


def decide(programme, document, earlier, what, ask, place, length):
    end = min(place + length, len(document.text))
    match what:
        case "accept":
            actions.accept_ask(SYSTEM, programme, ask)
        case "join":
            actions.accept_ask(SYSTEM, programme, ask, earlier)
        case "drop":
            actions.drop_ask(SYSTEM, programme, ask)
        case "correct" | "turn":
            kind = ask.kind if what == "correct" else {"ask": "welcome", "welcome": "ask"}[ask.kind]
            actions.correct_ask(
                SYSTEM,
                programme,
                ask,
                start=place,
                end=end,
                kind=kind,
                verb="ask",
                addressees=["media"],
                themes=[],
            )
        case "split":
            actions.split_ask(SYSTEM, programme, ask, place)
        case "merge":
            actions.merge_ask(SYSTEM, programme, ask)
        case "add":
            actions.add_ask(SYSTEM, programme, document, place, end)
        case "undo":
            actions.undo_step(SYSTEM, programme, document)
