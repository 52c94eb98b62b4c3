"""Import: a read text becomes a document whose asks are proposed, and nothing of the people in it is kept."""

import pytest

from sulh.engines import texts
from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.models import AuditEntry
from sulh.rooms.carry import actions
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.models import Document
from tests.rooms.carry.review_texts import DECLARATION, LATER, URDU, WITH_PEOPLE


def test_every_proposal_quotes_the_text_at_its_span(imported):
    document = imported(DECLARATION)
    asks = list(document.asks.all())
    assert len(asks) >= 5
    assert {ask.state for ask in asks} == {AskState.PROPOSED}
    assert all(document.text[ask.start : ask.end] == ask.text for ask in asks)
    assert "welcome" in {ask.kind for ask in asks}


def test_nothing_is_in_the_ledger_before_the_review(imported):
    assert all(ask.lineage is None for ask in imported(DECLARATION).asks.all())


def test_lists_of_participants_are_neither_stored_nor_asks(imported):
    document = imported(WITH_PEOPLE)
    stored = document.text + str(document.passages) + "".join(ask.text for ask in document.asks.all())
    assert "Zarmina" not in stored
    assert "Anwar" not in stored
    assert "ease visas" in stored


def test_the_title_is_taken_from_the_text_unless_given(imported):
    assert imported(DECLARATION).title == "Joint declaration of the river meeting"
    assert imported(LATER, title="The lake paper").title == "The lake paper"


URGED = "The participants urged both governments to ease visas for students."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"Statement of the harbour meeting, May 2016\n\nRecommendations\n\n1. {URGED}\n",
            "Statement of the",
        ),
        (f"{URGED}\n\nRecommendations\n\n1. Open a second crossing.\n", "Recommendations"),
        (f"1. {URGED}\n2. Open a second crossing.\n", "pasted text"),
        (f"{URGED}\n\nOpen a second crossing.\n", "pasted text"),
    ],
)
def test_a_text_without_a_marked_title_is_called_by_its_first_line_if_that_is_one(programme, text, title):
    made = actions.import_document(SYSTEM, programme, texts.parse(text))
    assert made.title.startswith(title)


def test_a_blank_date_is_that_of_the_round(imported):
    assert imported(DECLARATION, round="second").dated == "2016-03"
    assert imported(LATER, round="second", date="2016-04").dated == "2016-04"


def test_the_same_text_is_refused_and_named(imported):
    imported(DECLARATION, title="The river paper")
    with pytest.raises(Refused, match="The river paper"):
        imported(DECLARATION, title="Another name")
    assert Document.objects.count() == 1


def test_a_date_that_is_none_is_refused_and_nothing_is_left(imported):
    with pytest.raises(Refused):
        imported(DECLARATION, date="spring")
    assert not Document.objects.exists()


def test_an_ask_made_before_is_suggested_with_the_reason(imported, programme):
    for ask in imported(DECLARATION).asks.all():
        actions.accept_ask(SYSTEM, programme, ask)
    first = imported(LATER, round="second").asks.first()
    best = first.suggestions[0]
    assert (
        "ease visas for students"
        in Document.objects.get(title__contains="river").asks.get(id=best["ask"]).text
    )
    assert best["shared"]
    assert 0 < best["score"] <= 1


def test_another_language_is_kept_with_its_direction_and_nothing_is_guessed(imported):
    document = imported(URDU)
    assert (document.language, document.direction) == ("ur", "rtl")
    assert not document.asks.exists()


def test_who_may_not_review_may_not_import(programme, viewer_for):
    with pytest.raises(NotPermitted):
        actions.import_document(viewer_for("communications"), programme, texts.parse(DECLARATION))
    assert not Document.objects.exists()


def test_it_leaves_one_audit_entry(imported):
    document = imported(DECLARATION)
    entry = AuditEntry.objects.get(action="carry.import_document")
    assert entry.subject == str(document.id)
