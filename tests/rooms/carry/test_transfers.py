"""Carried: the list, recording an act, adding a response."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sulh.rooms.carry.models import TransferAct

LIST = "/programmes/two-banks/carried/"
RECORD = LIST + "record/"


@pytest.fixture
def told(ask):
    """What a complete form says of one ask."""
    return {
        "lineages": [str(ask("Ease visas.", lineage="visas").lineage_id)],
        "side": "varenia",
        "direction": "up",
        "strategy": "briefing",
        "recipient_category": "foreign ministry",
        "recipient_level": "middle",
        "date": "2016-05",
        "round": "second",
        "kind": "",
        "evidence": "",
        "response_date": "",
    }


def errors_of(response):
    assert response.status_code == 422
    assert not TransferAct.objects.exists()
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


# Recording


def test_a_complete_form_is_recorded_and_leads_to_the_lineage(programme, told, client_for):
    response = client_for("liaison").post(RECORD, told, follow=True)
    act = programme.transfers.get()
    assert (act.side.key, act.date, act.round.key) == ("varenia", "2016-05", "second")
    assert not act.responses.exists()
    assert "Recorded. Both organisations can see it." in response.content.decode()
    assert response.request["PATH_INFO"] == f"/programmes/two-banks/lineages/{told['lineages'][0]}/"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"date": "2014"}, "carried 2014, first asked 11 Nov 2015"),
        ({"kind": "rejected", "evidence": "public", "response_date": "2016-04"}, "dated Apr 2016"),
    ],
)
def test_dates_that_cannot_be_are_said_on_the_form_and_nothing_is_recorded(told, client_for, wrong, said):
    response = client_for("convener").post(RECORD, told | wrong)
    assert said in errors_of(response)["__all__"]
    assert said in response.content.decode()
    assert f'value="{(told | wrong)["date"]}"' in response.content.decode()


def test_a_response_older_than_its_act_is_said_at_its_date(ask, carried, client_for):
    act = carried(ask("Ease visas."), date="2016-05")
    answer = {"kind": "adopted", "evidence": "public", "date": "2015"}
    response = client_for("convener").post(f"{LIST}{act.id}/response/", answer)
    assert response.status_code == 422
    assert "before what it answers was carried: May 2016" in response.content.decode()
    assert not act.responses.exists()


def test_several_asks_and_a_response_at_once(programme, told, ask, client_for):
    told["lineages"].append(str(ask("Open a hotline.").lineage_id))
    told |= {"kind": "promised to forward", "evidence": "public", "response_date": "2016-06-01"}
    response = client_for("convener").post(RECORD, told)
    act = programme.transfers.get()
    assert response.headers["Location"] == f"{LIST}#act-{act.id}"
    assert act.lineages.count() == 2
    assert [(one.kind, one.evidence, one.date) for one in act.responses.all()] == [
        ("promised to forward", "public", "2016-06-01")
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lineages": []}, "lineages"),
        ({"lineages": ["0d9b6ad0-0000-4000-8000-000000000000"]}, "lineages"),
        ({"side": ""}, "side"),
        ({"side": "nowhere"}, "side"),
        ({"direction": ""}, "direction"),
        ({"strategy": "magic"}, "strategy"),
        ({"recipient_category": "the minister"}, "recipient_category"),
        ({"recipient_level": ""}, "recipient_level"),
        ({"date": ""}, "date"),
        ({"date": "last spring"}, "date"),
        ({"date": "2016-02-30"}, "date"),
        ({"round": "tenth"}, "round"),
        ({"kind": "adopted"}, "evidence"),
        ({"kind": "adopted", "evidence": "public"}, "response_date"),
        ({"evidence": "public"}, "kind"),
        ({"response_date": "2016"}, "kind"),
        ({"kind": "adopted", "evidence": "public", "response_date": "soon"}, "response_date"),
    ],
)
def test_bad_input_is_shown_at_its_field_and_nothing_is_recorded(told, client_for, wrong, field):
    response = client_for("convener").post(RECORD, told | wrong)
    assert field in errors_of(response)
    assert f'id="id_{field}_error"' in response.content.decode()


def test_what_was_typed_stands_in_the_form_again(told, client_for):
    page = client_for("convener").post(RECORD, told | {"date": "last spring"}).content.decode()
    assert 'value="last spring"' in page
    assert '<option value="briefing" selected>' in page
    assert f'value="{told["lineages"][0]}" checked' in page
    assert "Write a year (2016)" in page


def test_a_day_to_come_is_not_recorded_as_past(told, client_for):
    tomorrow = str(timezone.localdate() + datetime.timedelta(days=1))
    assert (
        "still to come" in errors_of(client_for("convener").post(RECORD, told | {"date": tomorrow}))["date"]
    )


def test_todays_month_may_be_given(programme, told, client_for):
    client_for("convener").post(RECORD, told | {"date": str(timezone.localdate())[:7]})
    assert programme.transfers.count() == 1


def test_the_ask_of_the_address_is_ticked_and_stands_first(programme, told, ask, client_for):
    ask("An ask that comes before it.")
    response = client_for("convener").get(f"{RECORD}?lineage={told['lineages'][0]}")
    ticked, row = response.context["asks"][0]
    assert (ticked, str(row.id)) == (True, told["lineages"][0])
    assert response.content.decode().count(" checked") == 1


def test_asks_of_other_programmes_are_not_offered(programme, other_programme, told, ask, client_for):
    theirs = ask("Visas, please.", of=other_programme, public=True)
    page = client_for("convener").get(f"{RECORD}?lineage={theirs.lineage_id}").content.decode()
    assert "Visas, please." not in page
    response = client_for("convener").post(RECORD, told | {"lineages": [str(theirs.lineage_id)]})
    assert "not in your ledger" in errors_of(response)["lineages"]


def test_the_form_says_that_no_name_is_kept_and_who_sees_it(told, client_for):
    page = client_for("convener").get(RECORD).content.decode()
    assert "Write no name" in page
    assert "Both organisations see this entry." in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_does_not_carry_has_no_form(programme, told, client_for, method):
    assert getattr(client_for("evaluation"), method)(RECORD, told).status_code == 403
    assert not TransferAct.objects.exists()


# Responses


def test_a_response_is_added_and_leads_back(programme, told, ask, carried, client_for):
    visas = ask("Open a hotline.")
    act = carried(visas, response=("acknowledged", "2016-06"))
    back = f"/programmes/two-banks/lineages/{visas.lineage_id}/"
    answer = {"kind": "adopted", "evidence": "public", "date": "2017", "next": back}
    response = client_for("liaison").post(f"{LIST}{act.id}/response/", answer)
    assert response.headers["Location"] == back
    assert [one.kind for one in act.responses.all()] == ["acknowledged", "adopted"]


def test_the_way_back_never_leads_out_of_the_house(programme, ask, carried, client_for):
    act = carried(ask("Open a hotline."))
    answer = {"kind": "adopted", "evidence": "public", "date": "2017", "next": "https://elsewhere.example/"}
    assert client_for("liaison").post(f"{LIST}{act.id}/response/", answer).headers["Location"] == LIST


@pytest.mark.parametrize(
    "wrong", [{"kind": ""}, {"evidence": ""}, {"date": ""}, {"date": "soon"}, {"kind": "joy"}]
)
def test_a_bad_response_is_shown_at_its_field(programme, ask, carried, client_for, wrong):
    act = carried(ask("Open a hotline."))
    response = client_for("convener").post(
        f"{LIST}{act.id}/response/", {"kind": "adopted", "evidence": "public", "date": "2017"} | wrong
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(wrong)
    assert not act.responses.exists()


def test_an_act_of_another_programme_does_not_exist_here(other_programme, ask, carried, client_for):
    act = carried(ask("Ease visas.", of=other_programme), of=other_programme)
    assert client_for("convener").get(f"{LIST}{act.id}/response/").status_code == 404


# The list


def test_the_list_tells_each_act_the_latest_first(programme, ask, carried, client_for):
    visas = ask("Ease visas.")
    carried(visas, side="varenia", date="2016-05", response=("rejected", "2016-06", "second-hand"))
    carried(visas, side="oskland", date="2018")
    response = client_for("evaluation").get(LIST)
    assert [act.date for act in response.context["shown"]] == ["2018", "2016-05"]
    page = response.content.decode()
    for said in (
        "Carried to Varenia",
        "Foreign ministry",
        "Middle range",
        "Rejected",
        "Second hand",
        "Ease visas.",
    ):
        assert said in page
    assert "Add a response" not in page
    assert "Add a response" in client_for("liaison").get(LIST).content.decode()


def test_an_empty_list_says_so(programme, client_for):
    assert "Nothing has been carried" in client_for("convener").get(LIST).content.decode()


def test_a_title_out_of_sight_is_not_shown_in_the_list(programme, other_programme, ask, carried, client_for):
    ask("A secret wording.", lineage="visas", of=other_programme)
    carried(ask("Ease visas.", lineage="visas"))
    page = client_for("convener").get(LIST).content.decode()
    assert "secret" not in page
    assert "Ease visas." in page


def test_the_number_of_queries_does_not_grow_with_the_acts(programme, ask, carried, client_for):
    client = client_for("convener")

    def count():
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    carried(ask("Ease visas."), response=("acknowledged", "2016-06"))
    one = count()
    carried(ask("Open a hotline."), side="oskland", response=("rejected", "2017"))
    carried(ask("Let teams play."), date="2018")
    assert count() == one <= 14
