"""Accepting takes a proposal into the ledger: into a lineage, or as the first of a new one."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions, queries
from sulh.rooms.carry.enums import AskState, Relation
from sulh.rooms.carry.models import Ask, Lineage


def test_without_a_lineage_it_is_the_first_of_a_new_one(programme, ask_with):
    ask = actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    ask.refresh_from_db()
    assert (ask.state, ask.relation, ask.lineage.title) == (AskState.ACCEPTED, Relation.FIRST, ask.text)
    assert [row.what for row in queries.ledger(SYSTEM, programme)] == [ask.text]


def test_it_joins_the_chosen_lineage_with_score_and_reason(programme, ask, imported):
    earlier = ask("Ease visas for students.", lineage="visas")
    later = imported(
        "Statement\n\nThe participants urged both governments to ease visas for students.\n"
    ).asks.get()
    actions.accept_ask(SYSTEM, programme, later, earlier.lineage)
    later.refresh_from_db()
    assert later.lineage == earlier.lineage
    assert later.relation in Relation.values
    assert later.relation != Relation.FIRST
    assert later.score > 0
    assert later.shared


def test_a_lineage_that_was_not_suggested_is_joined_without_a_score(programme, ask, ask_with):
    other = ask("Count the otters of the delta.", lineage="otters")
    mine = actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"), other.lineage)
    assert (mine.lineage, mine.score, mine.shared) == (other.lineage, None, [])


def test_a_welcome_makes_no_lineage_but_may_join_one(programme, ask, ask_with):
    welcome = actions.accept_ask(SYSTEM, programme, ask_with("release of forty"))
    assert (welcome.state, welcome.lineage, Lineage.objects.count()) == (AskState.ACCEPTED, None, 0)
    earlier = ask("Release the fishermen.", lineage="fishermen")
    again = actions.accept_ask(SYSTEM, programme, ask_with("release of forty"), earlier.lineage)
    assert again.lineage == earlier.lineage


def test_accepting_again_into_the_same_lineage_keeps_how_it_stands_there(programme, ask_with):
    first = actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    again = actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"), first.lineage)
    assert again.relation == Relation.FIRST


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(programme, ask_with):
    mine, theirs = ask_with("avoid hostile"), ask_with("avoid hostile")
    actions.drop_ask(SYSTEM, programme, theirs)
    with pytest.raises(Refused, match="Dropped"):
        actions.accept_ask(SYSTEM, programme, mine)
    assert Ask.objects.get(id=mine.id).state == AskState.DROPPED
    assert not Lineage.objects.exists()


def test_it_needs_the_permission(programme, ask_with, viewer_for):
    with pytest.raises(NotPermitted):
        actions.accept_ask(viewer_for("liaison", "varenia"), programme, ask_with("avoid hostile"))
