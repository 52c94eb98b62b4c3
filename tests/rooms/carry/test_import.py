"""The import page and the pages of documents, as people and their browsers use them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry import actions
from sulh.rooms.carry.models import Document
from tests.rooms.carry.review_texts import DECLARATION, LATER, URDU, WITH_PEOPLE


@pytest.fixture
def officer(client_for):
    return client_for("programme officer", "varenia")


def send(client, programme, files=(), **told):
    data = {"kind": "joint declaration", "files": [SimpleUploadedFile(name, data) for name, data in files]}
    return client.post(reverse("import-document", args=[programme.slug]), data | told)


def docx(text):
    import docx as word

    made, file = word.Document(), io.BytesIO()
    for line in text.split("\n"):
        if line:
            made.add_paragraph(line)
    made.save(file)
    return file.getvalue()


def test_a_pasted_text_goes_straight_to_its_review(officer, programme):
    answer = send(officer, programme, text=DECLARATION, round="second")
    document = Document.objects.get()
    assert answer.url == reverse("review", args=[programme.slug, document.id])
    assert (document.round.key, document.dated) == ("second", "2016-03")


def test_what_is_told_is_kept(officer, programme):
    told = {"title": "The river paper", "kind": "resolution", "date": "2016-04", "is_public": "on"}
    send(officer, programme, text=DECLARATION, sources="https://example.org/a\nhttps://example.org/b", **told)
    document = Document.objects.get()
    assert (document.title, document.kind, document.date) == ("The river paper", "resolution", "2016-04")
    assert (document.is_public, document.sources) == (
        True,
        ["https://example.org/a", "https://example.org/b"],
    )


def test_the_round_of_the_address_is_chosen_beforehand(officer, programme):
    page = officer.get(reverse("import-document", args=[programme.slug]) + "?round=second").content.decode()
    assert '<option value="second" selected>' in page


def test_several_files_become_documents_of_their_own(officer, programme):
    answer = send(
        officer, programme, [("a.docx", docx(DECLARATION)), ("b.txt", LATER.encode())], title="Not for two"
    )
    assert answer.url == reverse("documents", args=[programme.slug])
    assert {document.title for document in Document.objects.all()} == {
        "Joint declaration of the river meeting",
        "Joint declaration of the lake meeting",
    }


def test_one_refused_file_is_named_with_the_remedy_and_the_others_are_kept(officer, programme):
    broken = docx(LATER)[:700]
    answer = send(officer, programme, [("a.txt", DECLARATION.encode()), ("broken.docx", broken)])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [document.title for document in Document.objects.all()] == [
        "Joint declaration of the river meeting"
    ]
    refused = page[page.index('role="alert"') :]
    assert "broken.docx" in refused
    assert "a.txt" not in refused
    assert "Joint declaration of the river meeting" in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
        ("empty.txt", b"  \n ", "no text"),
        ("old.rtf", b"{\\rtf1 hello}", "Rich Text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(officer, programme, name, data, said):
    answer = send(officer, programme, [(name, data)])
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert name in answer.content.decode()
    assert not Document.objects.exists()


def test_a_refused_text_is_still_in_the_form(officer, programme):
    send(officer, programme, text=DECLARATION)
    again = send(officer, programme, text=DECLARATION)
    page = again.content.decode()
    assert "already here" in page
    assert "avoid hostile language" in page[page.index("<textarea") :]
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"date": "spring 2016"}, {"sources": "javascript:alert(1)"}, {"kind": "letter"}, {"round": "none"}],
)
def test_a_wrong_field_stops_everything_and_loses_no_text(officer, programme, wrong):
    answer = send(officer, programme, [("a.txt", LATER.encode())], **({"text": DECLARATION} | wrong))
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert "avoid hostile language" in answer.content.decode()
    assert not Document.objects.exists()


def test_nothing_chosen_is_said(officer, programme):
    assert "Choose a file or paste a text." in send(officer, programme).content.decode()


def test_people_in_the_text_reach_neither_the_database_nor_the_page(officer, programme):
    send(officer, programme, [("hill.docx", docx(WITH_PEOPLE))])
    document = Document.objects.get()
    page = officer.get(reverse("document", args=[programme.slug, document.id])).content.decode()
    assert "ease visas" in page
    assert "Zarmina" not in page + document.text + str(document.passages)


def test_a_text_in_another_language_is_to_be_marked_by_hand(officer, programme):
    page = officer.post(
        reverse("import-document", args=[programme.slug]),
        {"kind": "joint declaration", "text": URDU},
        follow=True,
    ).content.decode()
    assert "This text is in Urdu." in page
    assert "mark them by hand" in page
    assert 'dir="rtl" lang="ur"' in page


def test_who_may_not_review_is_told_so_and_imports_nothing(client_for, programme):
    answer = send(client_for("communications"), programme, text=DECLARATION)
    assert answer.status_code == 403
    assert not Document.objects.exists()


# The list and the document


def test_those_that_wait_come_first_with_their_count(officer, programme, imported, document):
    document(["Ease visas."], title="Done long ago", date="2020")
    imported(LATER, round="first")
    page = officer.get(reverse("documents", args=[programme.slug])).content.decode()
    assert page.index("lake meeting") < page.index("Done long ago")
    assert "Review: 2 wait" in page


def test_the_list_needs_the_same_queries_for_one_document_and_three(
    officer, programme, imported, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("documents", args=[programme.slug])
    imported(DECLARATION)
    with CaptureQueriesContext(connection) as one:
        officer.get(address)
    imported(LATER)
    imported(WITH_PEOPLE)
    with django_assert_num_queries(len(one)):
        officer.get(address)


def test_a_document_shows_what_is_accepted_and_nothing_else_marked(client_for, programme, imported):
    document = imported(DECLARATION, sources=["https://example.org/river"])
    accepted, dropped, *_waiting = document.asks.all()
    actions.accept_ask(SYSTEM, programme, accepted)
    actions.drop_ask(SYSTEM, programme, dropped)
    page = (
        client_for("communications")
        .get(reverse("document", args=[programme.slug, document.id]))
        .content.decode()
    )
    assert page.count("<mark") == 1
    assert f'id="ask-{accepted.id}"' in page
    assert "https://example.org/river" in page
    assert reverse("review", args=[programme.slug, document.id]) not in page


def test_a_long_document_is_shown_in_parts(officer, programme, imported):
    sheets = "\n\n".join(
        f"Paragraph {n} speaks of the river and of its banks at length." for n in range(2500)
    )
    document = imported("A long report\n\n" + sheets)
    first = officer.get(reverse("document", args=[programme.slug, document.id]))
    last = officer.get(reverse("document", args=[programme.slug, document.id]) + "?part=99")
    assert len(first.content) < 100_000
    assert "Paragraph 0 " in first.content.decode()
    assert "Paragraph 2499 " in last.content.decode()
    assert "Paragraph 0 " not in last.content.decode()


# Names


def test_the_pages_say_that_names_in_running_text_stay(officer, programme, imported):
    page = officer.get(reverse("import-document", args=[programme.slug])).content.decode()
    assert "Names in running text are looked for" in page
    page = officer.get(reverse("document", args=[programme.slug, imported(LATER).id])).content.decode()
    assert "Names in running text are looked for" in page


def test_it_is_told_how_many_lines_of_people_were_left_out(officer, programme):
    page = officer.get(send(officer, programme, text=WITH_PEOPLE).url).content.decode()
    assert "4 lines of participants or signatures were left out and are not stored." in page
    page = officer.get(send(officer, programme, text=LATER).url).content.decode()
    assert "No lines of participants or signatures were found." in page
