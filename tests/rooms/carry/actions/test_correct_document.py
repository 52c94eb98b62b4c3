"""What is told about a document can be corrected: title, round, kind, date, publication, sources."""

import pytest
from django.urls import reverse

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions, queries
from tests.rooms.carry.review_texts import DECLARATION

TOLD = {
    "title": "The river paper",
    "round": None,
    "kind": "joint statement",
    "date": "2016-04",
    "is_public": False,
    "sources": [],
}


@pytest.fixture
def page(reviewed):
    return reverse("correct-document", args=[reviewed.programme.slug, reviewed.id])


def posted(reviewed, **changes):
    told = {"title": reviewed.title, "round": "first", "kind": reviewed.kind, "date": "", "sources": ""}
    return told | changes


def test_everything_told_is_corrected_and_the_text_is_not(programme, reviewed):
    second = programme.rounds.get(key="second")
    before = (reviewed.text, [ask.text for ask in reviewed.asks.all()], reviewed.key)
    told = TOLD | {"round": second, "is_public": True, "sources": ["https://example.org/paper"]}
    reviewed.level = 1
    reviewed.save()
    actions.correct_document(SYSTEM, programme, reviewed, **told)
    reviewed.refresh_from_db()
    assert (reviewed.title, reviewed.round, reviewed.kind) == ("The river paper", second, "joint statement")
    assert (reviewed.dated, reviewed.is_public) == ("2016-04", True)
    assert reviewed.sources == ["https://example.org/paper"]
    assert (reviewed.text, [ask.text for ask in reviewed.asks.all()], reviewed.key) == before


def test_what_is_not_on_the_record_is_not_made_public_by_one_side(programme, reviewed):
    assert reviewed.level == 2
    with pytest.raises(Refused, match="not on the record"):
        actions.correct_document(SYSTEM, programme, reviewed, **(TOLD | {"is_public": True}))
    reviewed.refresh_from_db()
    assert not reviewed.is_public


@pytest.mark.parametrize("wrong", [{"title": "  "}, {"date": "spring"}, {"kind": "song"}])
def test_what_cannot_be_is_refused(programme, reviewed, wrong):
    with pytest.raises(Refused):
        actions.correct_document(SYSTEM, programme, reviewed, **(TOLD | wrong))
    reviewed.refresh_from_db()
    assert reviewed.title != "The river paper"


def test_the_form_shows_what_is_told_now(client_for, programme, imported):
    told = {"round": "second", "date": "2016-04", "is_public": True, "sources": ["https://example.org/paper"]}
    document = imported(DECLARATION, **told)
    page = reverse("correct-document", args=[programme.slug, document.id])
    said = client_for("rapporteur").get(page).content.decode()
    assert 'value="Joint declaration of the river meeting"' in said
    assert '<option value="second" selected' in said
    assert "https://example.org/paper</textarea>" in said
    assert "This text is public now." in said


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [(False, True, "The text is now public"), (True, False, "no longer public"), (False, False, "Kept.")],
)
def test_a_change_of_publication_is_said_plainly(client_for, programme, imported, was, becomes, said):
    document = imported(DECLARATION, is_public=was, level=1)
    page = reverse("correct-document", args=[programme.slug, document.id])
    told = posted(document, **({"is_public": "on"} if becomes else {}))
    answer = client_for("rapporteur").post(page, told, follow=True)
    assert said in answer.content.decode()
    document.refresh_from_db()
    assert document.is_public == becomes


def test_what_is_no_longer_public_leaves_the_ledgers_of_others(programme, other_programme, ask):
    ask("Ease visas.", lineage="visas")
    theirs = ask("Ease visas now.", lineage="visas", of=other_programme, public=True)
    assert queries.ledger(SYSTEM, programme)[0].times == 2
    actions.correct_document(SYSTEM, other_programme, theirs.document, **TOLD)
    assert queries.ledger(SYSTEM, programme)[0].times == 1


def test_mistakes_are_said_at_their_field_and_what_was_typed_stays(client_for, reviewed, page):
    answer = client_for("rapporteur").post(page, posted(reviewed, title="Another", date="in spring"))
    assert answer.status_code == 422
    assert 'value="Another"' in answer.content.decode()
    assert "Write the date as" in answer.content.decode()


def test_it_needs_the_permission(programme, reviewed, viewer_for, client_for, page):
    with pytest.raises(NotPermitted):
        actions.correct_document(viewer_for("liaison", "varenia"), programme, reviewed, **TOLD)
    assert client_for("facilitator").get(page).status_code == 403


def test_from_the_chatham_house_rule_on_a_title_points_to_nobody(programme, imported):
    found = imported("Both governments should ease visas.", level=4)
    told = {"round": None, "kind": found.kind, "date": "", "is_public": False, "sources": []}
    with pytest.raises(Refused, match="points to a person"):
        actions.correct_document(
            SYSTEM, programme, found, title="What the former foreign secretary said", **told
        )
    found.refresh_from_db()
    assert "secretary" not in found.title
