"""Joining makes one proposal of an ask and the one after it."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.carry.enums import AskState


def test_the_joined_ask_runs_from_the_first_to_the_end_of_the_second(programme, reviewed, ask_with):
    first, second = ask_with("avoid hostile"), ask_with("meeting of traders")
    actions.merge_ask(SYSTEM, programme, first)
    joined = ask_with("avoid hostile")
    assert (joined.start, joined.end) == (first.start, second.end)
    assert joined.text == reviewed.text[joined.start : joined.end]
    assert set(second.addressees) | set(first.addressees) == set(joined.addressees)
    assert not reviewed.asks.filter(id=second.id).exists()


def test_a_dropped_ask_is_passed_over(programme, ask_with):
    actions.drop_ask(SYSTEM, programme, ask_with("meeting of traders"))
    last = ask_with("share this declaration")
    actions.merge_ask(SYSTEM, programme, ask_with("avoid hostile"))
    assert ask_with("avoid hostile").end == last.end


def test_two_accepted_asks_are_decided_anew(programme, ask_with):
    actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    actions.accept_ask(SYSTEM, programme, ask_with("meeting of traders"))
    actions.merge_ask(SYSTEM, programme, ask_with("avoid hostile"))
    assert (ask_with("avoid hostile").state, ask_with("avoid hostile").lineage) == (AskState.PROPOSED, None)


def test_the_last_ask_has_nothing_to_be_joined_with(programme, ask_with):
    with pytest.raises(Refused, match="no ask after"):
        actions.merge_ask(SYSTEM, programme, ask_with("share this declaration"))


def test_it_needs_the_permission(programme, ask_with, viewer_for):
    with pytest.raises(NotPermitted):
        actions.merge_ask(viewer_for("communications"), programme, ask_with("avoid hostile"))
