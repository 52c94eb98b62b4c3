"""Removing a document leaves none of its words in any table, and nothing of others is lost."""

import json

import pytest
from django.apps import apps
from django.core import serializers
from django.urls import reverse

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.models import AuditEntry
from sulh.rooms.carry import actions, queries
from sulh.rooms.carry.models import Ask, Document, Lineage, TransferAct
from tests.rooms.carry.review_texts import LATER

TEXT = """Declaration with the word walrusville

The participants urged both governments to ease visas for students of walrusville.

They called on both governments to count the otters of walrusville and to mend the bridge at walrusville.
"""


def everything():
    """All that is stored, of every table."""
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.managed]
    return "".join(serializers.serialize("json", kind._base_manager.all()) for kind in kinds)


@pytest.fixture
def walked(programme, imported):
    """A document whose review has seen everything: accepted, renamed, undone, split, joined, corrected, dropped."""
    document = imported(TEXT)
    first, second, *_others = document.asks.all()
    actions.accept_ask(SYSTEM, programme, first)
    actions.undo_step(SYSTEM, programme, document)
    first = actions.accept_ask(SYSTEM, programme, document.asks.get(id=first.id))
    actions.rename_lineage(SYSTEM, programme, first.lineage, "Visas for the young")
    second = document.asks.get(id=second.id)
    actions.split_ask(SYSTEM, programme, second, second.start + second.text.index("otters"))
    actions.merge_ask(SYSTEM, programme, document.asks.get(id=second.id))
    actions.drop_ask(SYSTEM, programme, document.asks.get(id=second.id))
    return document


def test_no_word_of_it_stays_in_any_table(programme, walked):
    assert "walrusville" in everything()
    actions.remove_document(SYSTEM, programme, walked)
    assert "walrusville" not in everything()
    assert not Document.objects.exists()
    assert not Ask.objects.exists()
    assert not Lineage.objects.exists()


def test_the_audit_names_the_document_by_its_number_only(programme, walked):
    actions.remove_document(SYSTEM, programme, walked)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.subject) == ("carry.remove_document", str(walked.id))


def test_a_lineage_that_another_document_asks_stays_and_is_called_by_its_words(programme, walked, imported):
    first = walked.asks.get(lineage__isnull=False)
    actions.rename_lineage(SYSTEM, programme, first.lineage, first.text)
    other = actions.accept_ask(SYSTEM, programme, imported(LATER).asks.first(), first.lineage)
    actions.remove_document(SYSTEM, programme, walked)
    (row,) = queries.ledger(SYSTEM, programme)
    assert (row.id, row.what, row.lineage.title) == (first.lineage_id, other.text, other.text)
    assert "walrusville" not in everything()


def test_a_title_that_somebody_gave_stays(programme, walked, imported):
    lineage = walked.asks.get(lineage__isnull=False).lineage
    actions.accept_ask(SYSTEM, programme, imported(LATER).asks.first(), lineage)
    actions.remove_document(SYSTEM, programme, walked)
    assert Lineage.objects.get().title == "Visas for the young"


def test_a_transfer_act_stays_and_still_shows(programme, walked, carried, client_for):
    act = carried(walked.asks.get(lineage__isnull=False))
    page = reverse("remove-document", args=[programme.slug, walked.id])
    officer = client_for("programme officer", "varenia")
    assert "1 transfer act carried nothing else." in officer.get(page).content.decode()
    actions.remove_document(SYSTEM, programme, walked)
    assert TransferAct.objects.get().id == act.id
    assert officer.get(reverse("transfers", args=[programme.slug])).status_code == 200


def test_other_documents_keep_all_they_had(programme, walked, imported):
    other = imported(LATER)
    actions.accept_ask(SYSTEM, programme, other.asks.first())
    before = json.loads(serializers.serialize("json", [other, *other.asks.all(), *other.steps.all()]))
    actions.remove_document(SYSTEM, programme, walked)
    other = Document.objects.get()
    assert json.loads(serializers.serialize("json", [other, *other.asks.all(), *other.steps.all()])) == before


def test_the_page_says_what_goes_and_asks_before_it_does(programme, walked, client_for):
    officer = client_for("programme officer", "oskland")
    page = reverse("remove-document", args=[programme.slug, walked.id])
    assert page in officer.get(reverse("document", args=[programme.slug, walked.id])).content.decode()
    said = officer.get(page).content.decode()
    assert "This cannot be undone." in said
    assert "of these, 1 ask that is in the ledger" in said
    assert "1 lineage that no other document asks" in said
    assert Document.objects.exists()
    assert officer.post(page).url == reverse("documents", args=[programme.slug])
    assert not Document.objects.exists()


def test_it_needs_the_permission(programme, walked, viewer_for, client_for):
    with pytest.raises(NotPermitted):
        actions.remove_document(viewer_for("liaison", "varenia"), programme, walked)
    page = reverse("remove-document", args=[programme.slug, walked.id])
    assert client_for("facilitator").post(page).status_code == 403
    assert Document.objects.exists()
