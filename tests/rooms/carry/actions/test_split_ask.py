"""Splitting makes two proposals of one, and leaves out the joining word between them."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.carry.enums import AskState

WORDS = "ease visas for students and to open a second crossing for traders"


@pytest.fixture
def double(programme, reviewed):
    """An ask that holds two."""
    start = reviewed.text.index(WORDS)
    ask = actions.add_ask(SYSTEM, programme, reviewed, start, start + len(WORDS))
    told = {"kind": "ask", "verb": "urge", "addressees": ["government:both"], "themes": []}
    return actions.correct_ask(SYSTEM, programme, ask, start=ask.start, end=ask.end, **told)


def place(ask):
    return ask.start + ask.text.index("and to open")


def test_both_parts_quote_the_text_and_are_addressed_alike(programme, reviewed, double):
    other = actions.split_ask(SYSTEM, programme, double, place(double))
    double.refresh_from_db()
    assert double.text == "ease visas for students"
    assert other.text == "to open a second crossing for traders"
    assert all(reviewed.text[one.start : one.end] == one.text for one in (double, other))
    assert double.addressees == other.addressees == ["government:both"]


def test_the_parts_of_an_accepted_ask_are_decided_anew(programme, double):
    actions.accept_ask(SYSTEM, programme, double)
    other = actions.split_ask(SYSTEM, programme, double, place(double))
    double.refresh_from_db()
    assert double.state == other.state == AskState.PROPOSED
    assert double.lineage is None


@pytest.mark.parametrize("offset", [-5, 0, 1000])
def test_a_place_outside_the_ask_is_refused(programme, double, offset):
    with pytest.raises(Refused):
        actions.split_ask(SYSTEM, programme, double, double.start + offset)


def test_it_needs_the_permission(programme, double, viewer_for):
    with pytest.raises(NotPermitted):
        actions.split_ask(viewer_for("communications"), programme, double, place(double))
