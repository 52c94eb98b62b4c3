"""The pages of sessions, used as a browser without scripts uses them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from sulh.kernel.access import SYSTEM
from sulh.kernel.models import AuditEntry
from sulh.rooms.record import actions
from sulh.rooms.record.models import Minutes, Point, Session
from tests.rooms.record.conftest import TELLING


@pytest.fixture
def at(programme):
    """``at("session", session)``: an address of the programme."""

    def address(name: str, *things) -> str:
        return reverse(name, args=[programme.slug, *(getattr(one, "pk", one) for one in things)])

    return address


def page_of(response) -> str:
    return response.content.decode()


def test_a_session_is_begun_and_leads_to_its_page_for_writing(client_for, at):
    told = {"title": "The bridge", "date": "2016-03", "track": "1.5", "level": "4", "round": "second"}
    response = client_for("rapporteur").post(at("begin-session"), told)
    made = Session.objects.get()
    assert response.headers["Location"] == at("write-session", made)
    assert (made.title, made.date, made.track, made.level, made.round.key) == (
        "The bridge",
        "2016-03",
        "1.5",
        4,
        "second",
    )


def test_a_refusal_loses_nothing_that_was_typed(client_for, at):
    told = {"title": "The bridge", "date": "in spring", "place": "Lund", "track": "2", "level": "5"}
    response = client_for("rapporteur").post(at("begin-session"), told)
    page = page_of(response)
    assert response.status_code == 422
    for typed in ("The bridge", "in spring", "Lund"):
        assert f'value="{typed}"' in page
    assert re.search(r'value="5" required checked', page)
    assert not Session.objects.exists()


def test_a_point_is_written_without_scripts(client_for, at, session):
    made, client = session(4), client_for("rapporteur")
    page = page_of(client.get(at("write-session", made)))
    key = re.findall(r'data-key="([^"]+)" data-version="0"', page)[0]
    told = {"key": key, "version": "0", "kind": "idea", "theme": "visas", "text": "A visa at the bridge."}
    response = client.post(at("session-points", made), told)
    assert response.headers["Location"] == at("write-session", made) + "#new"
    client.post(at("session-points", made), told)
    assert [(one.text, one.kind) for one in made.points.all()] == [("A visa at the bridge.", "idea")]
    assert "A visa at the bridge." in page_of(client.get(at("session", made)))


def test_a_point_that_is_refused_stays_in_its_box(client_for, at, session):
    made = actions.close_session(SYSTEM, session(4).programme, Session.objects.get())
    told = {"key": str(uuid4()), "version": "0", "kind": "idea", "text": "One more thing."}
    response = client_for("rapporteur").post(at("session-points", made), told)
    assert response.status_code == 422
    assert "One more thing.</textarea>" in page_of(response)


@pytest.mark.parametrize("wrong", [{"key": "no key"}, {"key": ""}, {"kind": "speech"}])
def test_what_a_page_never_sends_is_refused_in_a_sentence(client_for, at, session, wrong):
    made = session(4)
    told = {"key": str(uuid4()), "version": "0", "kind": "idea", "text": "A bridge.", **wrong}
    headers = {"Accept": "application/json"}
    response = client_for("rapporteur").post(at("session-points", made), told, headers=headers)
    assert response.status_code == 422
    assert response.json()["refused"]
    assert not Point.objects.exists()


def test_linting_while_typing_stores_nothing(client_for, at, session, programme):
    made, client = session(4), client_for("rapporteur")
    before = AuditEntry.objects.count()
    response = client.post(at("session-lint", made), {"text": TELLING})
    assert "finding-blocks" in page_of(response)
    assert "Say instead" in page_of(response)
    assert not Point.objects.exists()
    assert AuditEntry.objects.count() == before


def test_the_level_is_told_in_words_with_the_day_of_removal(client_for, at, session):
    page = page_of(client_for("liaison").get(at("session", session(5, date="2030-03-01"))))
    assert "Chatham House Rule, attendance secret" in page
    assert "Not even how many took part may be told." in page
    assert "28 August 2030" in page


def test_a_session_without_record_says_that_it_took_place_and_nothing_else(client_for, at, session, point):
    made = session(4, title="Fords", place="Ystad")
    point(made, "The bridge should open.")
    actions.tighten_level(SYSTEM, made.programme, made, 7)
    page = page_of(client_for("facilitator").get(at("session", made)))
    assert "Walk in the woods: this took place." in page
    for hidden in ("Fords", "Ystad", "bridge should open"):
        assert hidden not in page
    assert client_for("liaison").get(at("session", made)).status_code == 404


def test_who_tightens_and_stays_inside_sees_the_new_level(client_for, at, session):
    made, client = session(4), client_for("rapporteur", "oskland")
    response = client.post(at("session-level", made), {"what": "tighten", "level": "6"}, follow=True)
    assert "The meeting itself is secret" in page_of(response)


@pytest.mark.parametrize("level", ["3", "", "many", "99"])
def test_a_level_that_cannot_be_is_refused_in_a_sentence(client_for, at, session, level):
    made = session(4)
    response = client_for("rapporteur").post(at("session-level", made), {"what": "tighten", "level": level})
    assert response.status_code == 422
    assert 'role="alert"' in page_of(response)


def test_minutes_from_the_draft_to_both_keys(client_for, at, session, point, turn_both):
    made = session(4)
    point(made, "The bridge should open.")
    rapporteur = client_for("rapporteur")
    rapporteur.post(at("begin-minutes", made), {"kind": "agreed minutes"})
    minutes = Minutes.objects.get()
    rapporteur.post(at("send-minutes", made, minutes))
    for who in (("convener", "varenia"), ("counterpart lead", "oskland")):
        lead = client_for(*who)
        assert "My side has read this text" in page_of(lead.get(at("minutes", made, minutes)))
        assert "wait for your side" in page_of(lead.get(at("programme-home")))
        lead.post(at("read-minutes", made, minutes), {"seen": minutes.fingerprint})
        assert "wait for your side" not in page_of(lead.get(at("programme-home")))
    assert rapporteur.get(at("minutes-text", made, minutes)).status_code == 422
    rapporteur.post(at("clear-minutes", made, minutes))
    assert "Waiting for both sides" in page_of(rapporteur.get(at("minutes", made, minutes)))
    from sulh.kernel.models import Proposal

    turn_both(Proposal.objects.get())
    taken = rapporteur.get(at("minutes-text", made, minutes))
    assert "The bridge should open." in page_of(taken)
    assert taken.headers["Content-Disposition"] == 'attachment; filename="minutes.txt"'


def test_who_writes_over_somebody_elses_minutes_sees_both_texts(client_for, at, session, minutes):
    draft = minutes(session(4))
    actions.keep_minutes(SYSTEM, draft.session.programme, draft, "Theirs.", draft.version)
    told = {"text": "Mine.", "version": "1", "kind": "agreed minutes"}
    response = client_for("rapporteur").post(at("minutes", draft.session, draft), told)
    assert response.status_code == 422
    assert "Mine.</textarea>" in page_of(response)
    assert "Theirs." in page_of(response)


def test_the_home_page_names_what_is_due_to_those_inside(client_for, at, session):
    session(5, title="Tariffs", date="2016-01-01", side="varenia")
    assert "Tariffs" in page_of(client_for("liaison", "varenia").get(at("programme-home")))
    for side in ("oskland", None):
        page = page_of(client_for("liaison", side).get(at("programme-home")))
        assert "Tariffs" not in page
        assert "Due for removal" not in page


def test_no_title_of_a_session_stands_in_a_page_title_or_an_address(client_for, at, session, minutes):
    draft = minutes(session(4, title="Hallaryd"))
    client = client_for("convener", "varenia")
    for name in ("session", "write-session", "correct-session", "remove-session"):
        page = page_of(client.get(at(name, draft.session)))
        assert "Hallaryd" not in re.findall(r"<title>(.*?)</title>", page, re.S)[0]
    assert (
        "Hallaryd"
        not in re.findall(r"<title>(.*?)</title>", page_of(client.get(at("minutes", draft.session, draft))))[
            0
        ]
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_sessions_takes_the_same_questions_however_long(
    client_for, at, session, number, django_assert_max_num_queries
):
    for one in range(number):
        session(4, title=f"Session {one}", round=None, group="security")
    client = client_for("rapporteur")
    with django_assert_max_num_queries(12):
        client.get(at("sessions"))
