"""The ledger: one row for each thing asked, with what became of it, as far as this programme may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sulh.kernel.access import SYSTEM
from sulh.rooms.carry.actions import rename_lineage
from sulh.rooms.carry.enums import LineageState
from sulh.rooms.carry.queries import ledger, rows_of, titles_of

ADDRESS = "/programmes/two-banks/ledger/"


def row_of(programme, title, viewer=SYSTEM):
    return next(row for row in ledger(viewer, programme) if row.what == title)


# Rows


def test_one_row_however_often_it_was_asked(programme, ask):
    ask("Ease visas.", lineage="visas", lineage_title="Visas", round="third", to=["government:oskland"])
    ask("Make visas easier.", lineage="visas", round="first", themes=["visas-consular"])
    ask("Visas should be simple.", lineage="visas", round="second", themes=["sport"])
    (row,) = ledger(SYSTEM, programme)
    assert (row.what, row.times) == ("Visas", 3)
    assert row.dates == ("2015-11-11", "2016-03", "2017")
    assert row.groups == ("Security Group", "Civil Society Group")
    assert row.dialogues == ("Two Banks dialogue",)
    assert row.themes == ("visas-consular", "sport")
    assert row.addressees == ("government:both", "government:oskland")


def test_a_text_that_says_it_twice_asks_once(programme, document):
    document(
        [{"text": "Ease visas.", "lineage": "visas"}, {"text": "Again: ease visas.", "lineage": "visas"}]
    )
    (row,) = ledger(SYSTEM, programme)
    assert (row.times, len(row.asks)) == (1, 2)


def test_an_ask_without_a_date_comes_last_and_dates_nothing(programme, ask):
    ask("Ease visas.", lineage="visas", round=None)
    ask("Make visas easier.", lineage="visas", round="second")
    (row,) = ledger(SYSTEM, programme)
    assert [one.document.dated for one in row.asks] == ["2016-03", ""]
    assert (row.first_asked, row.last_asked, row.times) == ("2016-03", "2016-03", 2)


def test_what_waits_for_review_is_not_in_the_ledger(programme, imported):
    assert imported("The participants urged both governments to open a hotline.").asks.exists()
    assert ledger(SYSTEM, programme) == []


def test_carried_dates_stand_under_their_side(programme, ask, carried):
    visas = ask("Ease visas.")
    carried(visas, side="oskland", date="2017")
    carried(visas, side="oskland", date="2016-05")
    assert row_of(programme, "Ease visas.").carried == {"oskland": ("2016-05", "2017"), "varenia": ()}


def test_the_best_response_is_the_furthest_reaching_not_the_latest(programme, ask, carried):
    visas = ask("Ease visas.")
    carried(visas, response=("adopted in part", "2016-08"))
    carried(visas, date="2018", response=("rejected", "2018-02"))
    assert row_of(programme, "Ease visas.").best_response.kind == "adopted in part"


def test_no_response_is_not_an_answer(programme, ask, carried):
    carried(ask("Ease visas."), response=("none", "2016-08"))
    row = row_of(programme, "Ease visas.")
    assert row.best_response is None
    assert row.state == LineageState.CARRIED_TO_ONE


@pytest.mark.parametrize(
    ("what_happened", "state"),
    [
        ([], LineageState.NOT_CARRIED),
        ([{"side": "varenia"}], LineageState.CARRIED_TO_ONE),
        ([{"side": "varenia"}, {"side": "varenia", "date": "2018"}], LineageState.CARRIED_TO_ONE),
        ([{"side": "varenia"}, {"side": "oskland"}], LineageState.CARRIED_TO_BOTH),
        ([{"response": ("acknowledged", "2016-06")}], LineageState.ANSWERED),
    ],
)
def test_the_state_is_the_furthest_that_holds(programme, ask, carried, what_happened, state):
    visas = ask("Ease visas.")
    for told in what_happened:
        carried(visas, **told)
    assert row_of(programme, "Ease visas.").state == state


def test_a_later_welcome_is_possible_uptake(programme, ask):
    ask("Ease visas.", lineage="visas")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", round="second")
    row = row_of(programme, "Ease visas.")
    assert (row.state, row.welcomed, row.times) == (LineageState.POSSIBLE_UPTAKE, ("2016-03",), 1)


def test_a_welcome_older_than_the_ask_is_no_uptake_of_it(programme, ask):
    ask("Ease visas further.", lineage="visas", round="third")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", round="first")
    row = row_of(programme, "Ease visas further.")
    assert (row.state, row.welcomed, len(row.welcomes)) == (LineageState.NOT_CARRIED, (), 1)


# What other programmes ask


def test_public_asks_of_other_programmes_count_and_bear_their_name(
    programme, other_programme, ask, viewer_for
):
    ask("Ease visas.", lineage="visas")
    ask("Visas should be simple.", lineage="visas", of=other_programme, round="second", public=True)
    row = row_of(programme, "Ease visas.", viewer_for("convener"))
    assert row.times == 2
    assert row.groups == ("Security Group", "Civil Society Group (Three Hills)")
    assert row.dialogues == ("Two Banks dialogue", "Three Hills dialogue")


@pytest.mark.parametrize("in_both", [False, True])
def test_unpublished_asks_of_other_programmes_are_neither_shown_nor_counted(
    programme, other_programme, ask, carried, account_for, viewer_for, in_both
):
    ask("Ease visas.", lineage="visas")
    secret = ask("A secret wording.", lineage="visas", of=other_programme, round="third", themes=["sport"])
    ask("They welcomed a secret step.", kind="welcome", lineage="visas", of=other_programme)
    carried(secret, of=other_programme, date="2017", response=("adopted", "2017"))
    viewer = viewer_for("convener")
    if in_both:
        viewer = type(viewer)(
            viewer.account_id, viewer.handle, viewer.seats + viewer_for("convener", of=other_programme).seats
        )
    (row,) = ledger(viewer, programme)
    assert (row.times, row.last_asked, row.themes, row.state) == (
        1,
        "2015-11-11",
        (),
        LineageState.NOT_CARRIED,
    )
    assert row.groups == ("Security Group",)


def test_a_lineage_of_another_programme_alone_is_no_row(programme, other_programme, ask):
    public = ask("Ease visas.", of=other_programme, public=True)
    private = ask("Open a hotline.", of=other_programme)
    assert ledger(SYSTEM, programme) == []
    assert [row.what for row in rows_of(SYSTEM, programme, [public.lineage_id, private.lineage_id])] == [
        "Ease visas."
    ]


def test_a_title_taken_from_an_unpublished_ask_is_not_shown(programme, other_programme, ask):
    """Whoever linked the two could see both; the colleagues cannot."""
    secret = ask("A secret wording.", lineage="visas", of=other_programme)
    ask("Ease visas.", lineage="visas")
    assert [row.what for row in ledger(SYSTEM, programme)] == ["Ease visas."]
    assert titles_of(SYSTEM, programme, [secret.lineage]) == {secret.lineage_id: "Ease visas."}
    assert [row.what for row in ledger(SYSTEM, other_programme)] == ["A secret wording."]
    rename_lineage(SYSTEM, programme, secret.lineage, "Visas")
    assert [row.what for row in ledger(SYSTEM, programme)] == ["Visas"]


# The page


def test_the_page_shows_the_whole_row(programme, ask, carried, client_for):
    visas = ask("Ease visas.", lineage="visas")
    ask("They welcomed easier visas.", kind="welcome", lineage="visas", date="2016-03-28")
    carried(visas, side="varenia", date="2016-05", response=("acknowledged", "2016-06-02", "public"))
    page = client_for("evaluation").get(ADDRESS).content.decode()
    for said in (
        "Ease visas.",
        "11 Nov 2015",
        "Security Group",
        "May 2016",
        "none yet",
        "Acknowledged · 2 Jun 2016",
        "Public source",
        "welcomed on 28 Mar 2016; this is not proof",
        "Possible uptake",
        "1 ask",
    ):
        assert said in page


def test_an_empty_ledger_tells_the_next_step(programme, client_for):
    address = "/programmes/two-banks/documents/import/"
    assert address in client_for("convener").get(ADDRESS).content.decode()
    page = client_for("evaluation").get(ADDRESS).content.decode()
    assert "The ledger is empty" in page
    assert address not in page


def test_the_two_sides_stand_in_todays_order(programme, ask, client_for):
    ask("Ease visas.")
    response = client_for("convener").get(ADDRESS)
    heads = [column["label"] for column in response.context["columns"]]
    expected = [f"Carried to {side.name}" for side in response.context["sides"]]
    assert [head for head in heads if head.startswith("Carried")] == expected


def test_names_are_escaped(programme, ask, client_for):
    ask("<script>alert(1)</script> & visas")
    page = client_for("convener").get(ADDRESS).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; visas" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS + "export.csv", ADDRESS + "export.json"])
def test_the_number_of_queries_does_not_grow_with_the_rows(programme, ask, carried, client_for, address):
    client = client_for("convener")

    def count():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    carried(ask("Ease visas.", round="first"), response=("acknowledged", "2016-06"))
    ask("They welcomed easier visas.", kind="welcome", lineage="visas")
    one = count()
    carried(ask("Open a hotline.", round="second"), side="oskland", response=("rejected", "2016-06"))
    carried(ask("Release fishermen.", round="third"), ask("Exchange students.", round="first"))
    assert count() == one <= 22


def test_many_rows_come_in_pages(programme, document, client_for):
    for part in range(5):
        document([f"Ask number {part * 50 + number} of many." for number in range(50)])
    client = client_for("convener")
    first = client.get(ADDRESS)
    assert len(first.context["shown"].object_list) == 100
    assert "page=2" in first.content.decode()
    last = client.get(ADDRESS + "?page=3&sort=what")
    assert len(last.context["shown"].object_list) == 50
    assert "sort=what&amp;page=2" in last.content.decode()
    assert len(client.get(ADDRESS + "?page=all").context["shown"].object_list) == 250


# With htmx


def test_htmx_gets_the_table_alone_and_a_short_address(programme, ask, client_for):
    ask("Ease visas.")
    ask("Open a hotline.")
    client = client_for("convener")
    asked = {"text": "visa", "theme": "", "side": "", "state": "", "sort": "-times"}
    response = client.get(ADDRESS, asked, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="ledger"' in page
    assert "1 of 2 asks" in page
    assert response.headers["HX-Push-Url"] == ADDRESS + "?text=visa"
    assert "HX-Request" in response.headers["Vary"]


def test_going_back_gets_the_whole_page(programme, ask, client_for):
    ask("Ease visas.")
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client_for("convener").get(ADDRESS, headers=headers).content.decode()


# Saved views


def test_a_view_is_saved_listed_and_forgotten(programme, ask, client_for):
    ask("Ease visas.")
    client = client_for("evaluation")
    client.post(ADDRESS + "views/", {"name": "Visas", "query": "text=visa&sort=what&page=3&junk=1"})
    view = programme.saved_views.get()
    assert view.query == "text=visa&sort=what"
    page = client.get(ADDRESS + "?" + view.query).content.decode()
    assert 'href="/programmes/two-banks/ledger/?text=visa&amp;sort=what" aria-current="page"' in page
    client.post(f"{ADDRESS}views/{view.id}/forget/")
    assert not programme.saved_views.exists()


def test_a_view_of_another_programme_cannot_be_forgotten(programme, other_programme, client_for):
    view = other_programme.saved_views.create(name="Theirs", query="text=visa")
    assert client_for("convener").post(f"{ADDRESS}views/{view.id}/forget/").status_code == 404
    assert other_programme.saved_views.exists()


def test_a_view_needs_a_name(programme, ask, client_for):
    ask("Ease visas.")
    client = client_for("convener")
    referer = "http://testserver" + ADDRESS
    page = client.post(ADDRESS + "views/", {"name": " "}, headers={"Referer": referer}, follow=True)
    assert "Give the view a name." in page.content.decode()
    assert not programme.saved_views.exists()
