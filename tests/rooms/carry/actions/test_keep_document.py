"""Keeping a document of a programme folder: its asks come confirmed, and a second load changes nothing."""

import pytest

from sulh.engines import texts
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.rooms.carry import actions
from sulh.rooms.carry.enums import AskState, Relation
from sulh.rooms.carry.models import Ask

WORDS = "Ease visas for students."


def told(text=WORDS, lineage="visas"):
    return {
        "round": None,
        "title": "Joint declaration",
        "kind": "joint declaration",
        "date": "2015",
        "is_public": True,
        "own_words": True,
        "sources": ["https://example.org/declaration"],
        "asks": [
            {
                "kind": "ask",
                "start": 0,
                "end": len(text),
                "text": text,
                "verb": "urge",
                "addressees": ["government:both"],
                "themes": ["visas-consular"],
                "rule": "",
                "lineage": lineage,
                "lineage_title": "Easier visas",
                "relation": "repeats",
            }
        ],
    }


def test_its_asks_are_accepted_into_the_lineages_told(programme):
    kept = actions.keep_document(SYSTEM, programme, "one", texts.parse(WORDS), told())
    ask = kept.row.asks.get()
    assert kept.changed
    assert (ask.state, ask.lineage.title, ask.relation) == (AskState.ACCEPTED, "Easier visas", Relation.FIRST)
    assert kept.row.reviewed_at is not None


def test_the_same_text_again_changes_nothing_and_keeps_corrections(programme):
    document = actions.keep_document(SYSTEM, programme, "one", texts.parse(WORDS), told()).row
    actions.drop_ask(SYSTEM, programme, document.asks.get())
    again = actions.keep_document(SYSTEM, programme, "one", texts.parse(WORDS), told())
    assert not again.changed
    assert document.asks.get().state == AskState.DROPPED


def test_a_new_text_replaces_asks_and_the_steps_that_spoke_of_them(programme):
    document = actions.keep_document(SYSTEM, programme, "one", texts.parse(WORDS), told()).row
    actions.drop_ask(SYSTEM, programme, document.asks.get())
    other = "Open the border."
    actions.keep_document(SYSTEM, programme, "one", texts.parse(other), told(other))
    assert [ask.text for ask in Ask.objects.all()] == [other]
    assert not document.steps.exists()


def test_only_the_loader_may(programme, viewer_for):
    with pytest.raises(NotPermitted):
        actions.keep_document(viewer_for("convener", "varenia"), programme, "one", texts.parse(WORDS), told())
