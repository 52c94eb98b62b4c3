"""Correcting changes where an ask begins and ends, its kind, verb, addressees and themes."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.carry.enums import AskState


def correction(ask, **changes):
    told = {
        "start": ask.start,
        "end": ask.end,
        "kind": ask.kind,
        "verb": ask.verb,
        "addressees": ask.addressees,
        "themes": ask.themes,
    }
    return told | changes


def test_the_text_follows_the_span(programme, reviewed, ask_with):
    ask = ask_with("avoid hostile")
    start = reviewed.text.index("avoid hostile")
    actions.correct_ask(SYSTEM, programme, ask, **correction(ask, start=start, end=start + 13))
    assert ask_with("avoid hostile").text == "avoid hostile"


def test_verb_addressees_and_themes_are_kept_as_told(programme, ask_with):
    ask = ask_with("avoid hostile")
    told = {"verb": " urge ", "addressees": ["media", "government:both"], "themes": ["media-narrative"]}
    actions.correct_ask(SYSTEM, programme, ask, **correction(ask, **told))
    ask = ask_with("avoid hostile")
    assert (ask.verb, ask.addressees, ask.themes) == (
        "urge",
        ["media", "government:both"],
        ["media-narrative"],
    )


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 4), (0, 10**6)])
def test_a_span_outside_the_text_or_without_words_is_refused(programme, ask_with, start, end):
    ask = ask_with("avoid hostile")
    with pytest.raises(Refused):
        actions.correct_ask(SYSTEM, programme, ask, **correction(ask, start=start, end=end))


def test_a_kind_that_is_none_is_refused_and_nothing_changes(programme, ask_with):
    ask = ask_with("avoid hostile")
    with pytest.raises(Refused):
        actions.correct_ask(SYSTEM, programme, ask, **correction(ask, kind="threat", verb="threaten"))
    assert (ask_with("avoid hostile").kind, ask_with("avoid hostile").verb) == ("ask", "should")


def test_an_accepted_ask_stays_in_its_lineage(programme, ask_with):
    lineage = actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile")).lineage
    ask = ask_with("avoid hostile")
    actions.correct_ask(SYSTEM, programme, ask, **correction(ask, themes=["media-narrative"]))
    assert (ask_with("avoid hostile").state, ask_with("avoid hostile").lineage) == (
        AskState.ACCEPTED,
        lineage,
    )


def test_an_ask_that_becomes_a_welcome_is_decided_anew(programme, ask_with):
    actions.accept_ask(SYSTEM, programme, ask_with("avoid hostile"))
    ask = ask_with("avoid hostile")
    actions.correct_ask(SYSTEM, programme, ask, **correction(ask, kind="welcome"))
    assert (ask_with("avoid hostile").state, ask_with("avoid hostile").lineage) == (AskState.PROPOSED, None)


def test_it_needs_the_permission(programme, ask_with, viewer_for):
    ask = ask_with("avoid hostile")
    with pytest.raises(NotPermitted):
        actions.correct_ask(viewer_for("facilitator"), programme, ask, **correction(ask))
