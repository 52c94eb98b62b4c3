"""The page of a lineage."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry.lineage_page import entries_of
from sulh.rooms.carry.models import Ask
from sulh.rooms.carry.queries import ledger


def address(ask, slug="two-banks"):
    return f"/programmes/{slug}/lineages/{ask.lineage_id}/"


def page_of(client, ask):
    response = client.get(address(ask))
    assert response.status_code == 200
    return response.content.decode()


def test_entries_stand_in_the_order_of_time(programme, ask, carried):
    later = ask("Make visas easier.", lineage="visas", round="second")
    ask("Ease visas.", lineage="visas", round="first")
    ask("Once more: visas.", lineage="visas", round=None)
    ask("They welcomed the first step.", kind="welcome", lineage="visas", date="2014")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", date="2018")
    carried(later, date="2016-05")
    (row,) = ledger(SYSTEM, programme)
    assert [(one.kind, one.date) for one in entries_of(row, programme)] == [
        ("before", "2014"),
        ("first", "2015-11-11"),
        ("again", "2016-03"),
        ("act", "2016-05"),
        ("uptake", "2018"),
        ("again", ""),
    ]


def test_the_page_tells_the_story_and_draws_it(programme, ask, carried, client_for):
    visas = ask("Ease visas.", lineage="visas", round="first")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", date="2018-02-03")
    carried(visas, side="oskland", date="2016-05", response=("promised to forward", "2016-06", "public"))
    page = page_of(client_for("evaluation"), visas)
    assert "Asked once in 2015 by one dialogue; last carried" in page
    assert "<svg" in page
    assert "A step of this kind was welcomed on 3 February 2018; this is not proof" in page
    assert "Promised to forward" in page
    assert "Public source" in page


def test_it_shows_why_an_ask_belongs_here(programme, ask, client_for):
    ask("Ease visas.", lineage="visas", round="first")
    again = ask("Ease visas now.", lineage="visas", round="second", relation="narrows")
    Ask.objects.filter(id=again.id).update(score=0.81, shared=["ease", "visas"])
    page = page_of(client_for("convener"), again)
    assert "It narrows what was asked before." in page
    assert "The likeness is strong." in page
    assert "<bdi>visas</bdi>" in page


@pytest.mark.parametrize(("score", "word"), [(0.9, "strong"), (0.75, "strong"), (0.6, "fair"), (0.2, "weak")])
def test_the_score_is_told_in_a_word(programme, ask, score, word):
    ask("Ease visas.", lineage="visas", round="first")
    again = ask("Ease visas now.", lineage="visas", round="second")
    Ask.objects.filter(id=again.id).update(score=score)
    (row,) = ledger(SYSTEM, programme)
    assert [entry.likeness for entry in entries_of(row, programme)] == ["", word]


def test_documents_of_other_programmes_are_named_but_not_linked(programme, other_programme, ask, client_for):
    own = ask("Ease visas.", lineage="visas", title="Our declaration")
    theirs = ask(
        "Visas, please.", lineage="visas", of=other_programme, public=True, title="Their declaration"
    )
    page = page_of(client_for("convener"), own)
    assert "Three Hills" in page
    assert "Their declaration" in page
    assert f"/documents/{own.document_id}/" in page
    assert f"/documents/{theirs.document_id}/" not in page


def test_what_is_not_public_elsewhere_leaves_no_trace(programme, other_programme, ask, carried, client_for):
    own = ask("Ease visas.", lineage="visas")
    before = page_of(client_for("convener"), own)
    secret = ask("A secret wording.", lineage="visas", of=other_programme)
    carried(secret, of=other_programme, response=("adopted", "2017"))
    ask("They welcomed a secret step.", kind="welcome", lineage="visas", of=other_programme)
    after = page_of(client_for("convener"), own)
    strip = lambda page: [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]  # noqa: E731
    assert strip(before) == strip(after)


def test_a_lineage_out_of_sight_does_not_exist(programme, other_programme, ask, client_for):
    secret = ask("A secret wording.", of=other_programme)
    assert client_for("convener").get(address(secret)).status_code == 404
    assert client_for("convener", of=other_programme).get(address(secret)).status_code == 404
    assert client_for("convener", of=other_programme).get(address(secret, "three-hills")).status_code == 200


def test_a_public_lineage_of_others_can_be_read_but_neither_renamed_nor_carried(
    programme, other_programme, ask, client_for
):
    theirs = ask("Visas, please.", of=other_programme, public=True)
    client = client_for("convener")
    page = page_of(client, theirs)
    assert "rename/" not in page
    assert "carried/record/" not in page
    assert client.post(address(theirs) + "rename/", {"title": "Ours now"}).status_code == 404
    theirs.lineage.refresh_from_db()
    assert theirs.lineage.title == "Visas, please."


def test_those_who_review_rename_and_those_who_carry_record(programme, ask, client_for):
    visas = ask("Ease visas.")
    assert "rename/" in page_of(client_for("rapporteur"), visas)
    assert "carried/record/" not in page_of(client_for("rapporteur"), visas)
    assert "rename/" not in page_of(client_for("liaison"), visas)
    assert f"carried/record/?lineage={visas.lineage_id}" in page_of(client_for("liaison"), visas)
    response = client_for("rapporteur").post(
        address(visas) + "rename/", {"title": "Easier visas"}, follow=True
    )
    assert "<h1><bdi>Easier visas</bdi></h1>" in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_entries(programme, ask, carried, client_for):
    client = client_for("convener")
    visas = ask("Ease visas.", lineage="visas", round="first")
    carried(visas, response=("acknowledged", "2016-06"))

    def count():
        client.get(address(visas))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(visas))
        return len(queries)

    one = count()
    carried(visas, side="oskland", response=("rejected", "2017"))
    ask("Ease visas again.", lineage="visas", round="second")
    ask("And again.", lineage="visas", round="third")
    assert count() == one <= 20
