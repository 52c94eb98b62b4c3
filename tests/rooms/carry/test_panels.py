"""The panels of the home page: what waits, where asks stand, which side was reached, what was added."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sulh.rooms.carry.enums import LineageState
from sulh.rooms.carry.models import Ask, Document, Response, TransferAct
from sulh.rooms.carry.panels import read_due, read_recent, read_sides, read_states

HOME = "/programmes/two-banks/"


@pytest.fixture
def request_of(rf, programme, viewer_for):
    """A request for the home page, as the panels are handed it."""

    def make():
        request = rf.get(HOME)
        request.programme, request.viewer = programme, viewer_for("convener")
        return request

    return make


def ago(**span):
    return timezone.localdate() - datetime.timedelta(**span)


def test_each_ask_is_counted_once_in_its_state(ask, carried, request_of):
    ask("Ease visas.")
    carried(ask("Open a hotline."))
    carried(ask("Let teams play."), response=("acknowledged", "2016-06"))
    told = read_states(request_of())
    assert dict(told["counts"]) == {
        LineageState.NOT_CARRIED: 1,
        LineageState.CARRIED_TO_ONE: 1,
        LineageState.CARRIED_TO_BOTH: 0,
        LineageState.ANSWERED: 1,
        LineageState.POSSIBLE_UPTAKE: 0,
    }
    assert told["total"] == 3


def test_the_sides_are_counted_beside_each_other(ask, carried, request_of):
    both, one = ask("Ease visas."), ask("Open a hotline.")
    ask("Let teams play.")
    carried(both, one, side="varenia")
    carried(both, side="oskland")
    told = read_sides(request_of())
    assert {side.key: count for side, count in told["only"]} == {"varenia": 1, "oskland": 0}
    assert (told["both"], told["neither"], told["total"]) == (1, 1, 3)
    head, every, alone = told["picture"].table
    place = head.index("Varenia")
    assert (every[place], alone[place]) == ("2", "1")


def test_documents_that_wait_for_review_are_due(imported, request_of):
    waiting = imported("The participants urged both governments to open a hotline.")
    told = read_due(request_of())
    assert told["waiting"] == [waiting]
    assert told["waiting_count"] == 1


def test_an_ask_that_one_side_was_not_handed_is_due_after_six_months(ask, carried, request_of):
    carried(ask("Ease visas.", date=str(ago(days=250))), side="varenia", date=str(ago(days=240)))
    ask("Open a hotline.", date=str(ago(days=100)))
    ask("Let teams play.", round=None)
    told = {one["side"].key: [row.what for row in one["rows"]] for one in read_due(request_of())["uncarried"]}
    assert told == {"oskland": ["Ease visas."]}


def test_the_number_of_asks_never_carried_is_that_of_the_list_it_leads_to(
    programme, ask, carried, client_for, request_of
):
    carried(ask("Ease visas."), side="varenia")
    ask("Open a hotline.", date=str(ago(days=100)))
    ask("Let teams play.", round=None)
    (told,) = (one for one in read_due(request_of())["uncarried"] if one["side"].key == "oskland")
    assert (told["count"], told["due"]) == (3, 1)
    client = client_for("convener")
    page = client.get(HOME).content.decode()
    assert "3 asks were never carried to Oskland" in page
    assert "1 of them was first asked 6 months ago or earlier:" in page
    listed = client.get(f"{HOME}ledger/?carried=not-oskland").content.decode()
    assert all(words in listed for words in ("Ease visas.", "Open a hotline.", "Let teams play."))


def test_the_most_repeated_ones_are_named_first_and_the_rest_counted(ask, request_of):
    for number in range(5):
        ask(f"Ask number {number}.", lineage=f"l{number}")
    ask("Ask number 3 again.", lineage="l3", round="second")
    for one in read_due(request_of())["uncarried"]:
        assert one["rows"][0].what == "Ask number 3."
        assert (len(one["rows"]), one["count"]) == (3, 5)


def test_an_act_without_response_is_due_after_three_months(ask, carried, request_of):
    visas = ask("Ease visas.")
    silent = carried(visas, date=str(ago(days=130)))
    carried(visas, date=str(ago(days=60)))
    carried(visas, date=str(ago(days=200)), response=("none", str(ago(days=190))))
    told = read_due(request_of())
    assert told["silent"] == [silent]


def test_only_the_last_seven_days_are_recent(programme, imported, ask, carried, request_of):
    imported("The participants urged both governments to open a hotline.")
    carried(ask("Ease visas."), response=("acknowledged", "2016-06"))
    assert read_recent(request_of()) == {"documents": 2, "asks": 1, "acts": 1, "responses": 1}
    before = timezone.now() - datetime.timedelta(days=8)
    Document.objects.update(imported_at=before)
    Ask.objects.update(decided_at=before)
    TransferAct.objects.update(recorded_at=before)
    Response.objects.update(recorded_at=before)
    assert not any(read_recent(request_of()).values())


def test_what_other_programmes_did_is_not_reported_here(programme, other_programme, ask, carried, request_of):
    theirs = ask("Ease visas.", of=other_programme)
    carried(theirs, of=other_programme, date="2016", response=("acknowledged", "2016-06"))
    request = request_of()
    assert not any(read_recent(request).values())
    assert read_states(request)["total"] == 0
    assert read_due(request)["is_empty"]


def test_the_home_page_of_a_new_programme_tells_the_next_step(programme, client_for):
    page = client_for("convener").get(HOME).content.decode()
    assert "Import your first declaration" in page
    assert "No document has been imported yet." in page
    assert "Nothing was added." in page
    assert "Import your first declaration" not in client_for("evaluation").get(HOME).content.decode()


def test_the_home_page_shows_all_panels_with_links(programme, ask, carried, client_for):
    visas = ask("Ease visas.")
    carried(visas, side="oskland", date="2016-05")
    page = client_for("convener").get(HOME).content.decode()
    for said in (
        "Asks by state",
        "1 ask was never carried to Varenia",
        "1 transfer act is without a response",
        "1 document was imported",
        "1 ask was taken into the ledger",
        "?carried=only-oskland",
        f"/lineages/{visas.lineage_id}/",
    ):
        assert said in page


def test_the_number_of_queries_of_the_home_page_does_not_grow(programme, ask, carried, imported, client_for):
    client = client_for("convener")

    def count():
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    carried(ask("Ease visas."), response=("acknowledged", "2016-06"))
    imported("The participants urged both governments to open a hotline.")
    one = count()
    carried(ask("Let teams play.", round="second"), side="oskland")
    carried(ask("Exchange students.", round="third"), date="2017")
    imported("The participants urged both governments to release fishermen.")
    assert count() == one <= 40
