"""The page of a text's confidentiality, and who sees a held text."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sulh.rooms.carry.models import Document
from tests.rooms.carry.holding_texts import NEUTRAL, TELLING


@pytest.fixture
def held(imported):
    return imported(TELLING, level=4)


@pytest.fixture
def page(programme, held):
    return reverse("confidentiality", args=[programme.slug, held.id])


def test_it_shows_each_place_with_the_reason_and_a_neutral_wording(client_for, page):
    said = client_for("rapporteur", "varenia").get(page).content.decode()
    assert "<mark" in said
    assert "former foreign secretary" in said
    assert "This would do:" in said


def test_a_mended_text_goes_on_to_its_review(client_for, page):
    answer = client_for("rapporteur", "varenia").post(page, {"what": "mend", "text": NEUTRAL})
    made = Document.objects.get()
    assert answer.headers["Location"].endswith(f"/documents/{made.id}/review/")
    assert "secretary" not in made.text


def test_what_was_typed_stays_on_the_page_where_it_is_refused(client_for, page):
    answer = client_for("rapporteur", "varenia").post(page, {"what": "mend", "text": "  \n "})
    assert answer.status_code == 422
    assert Document.objects.get().is_held


@pytest.mark.parametrize("told", [{"what": "level", "level": "x"}, {"what": "release"}, {"what": "burn"}, {}])
def test_what_cannot_be_is_told_and_changes_nothing(client_for, page, told):
    assert client_for("convener", "varenia").post(page, told).status_code == 422
    assert Document.objects.get().level == 4


def test_for_who_only_reads_a_held_text_does_not_exist(client_for, programme, held):
    client = client_for("communications", "oskland")
    listed = client.get(reverse("documents", args=[programme.slug])).content.decode()
    assert str(held.id) not in listed
    for name in ("document", "confidentiality", "review"):
        assert client.get(reverse(name, args=[programme.slug, held.id])).status_code == 404


def test_from_import_to_hold_on_the_pages(client_for, programme):
    client = client_for("rapporteur", "varenia")
    client.post(
        reverse("import-document", args=[programme.slug]),
        {"text": TELLING, "kind": "resolution", "level": "4"},
    )
    document = Document.objects.get()
    assert (document.level, document.is_held) == (4, True)
    assert (
        "This text is held."
        in client.get(reverse("review", args=[programme.slug, document.id])).content.decode()
    )
