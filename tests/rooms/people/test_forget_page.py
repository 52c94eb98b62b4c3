"""The page of forgetting: what goes, what stays, and where the name still stands while the vault is open."""

from uuid import uuid4

import pytest

from sulh.kernel.access import SYSTEM
from sulh.kernel.models import PurgeReport
from sulh.rooms.convene import actions as convene
from sulh.rooms.people.identity import identity_of
from sulh.rooms.people.models import Person
from sulh.rooms.people.register_actions import keep_person
from sulh.rooms.record import actions as record

FORGET = "/programmes/two-banks/people/forget/"
NAME, VARIANT = "Tahmina Qorelvand", "Tahmeena Qorelvand"


@pytest.fixture
def vault(vault_of):
    return vault_of("varenia")


@pytest.fixture
def person(programme, vault):
    return keep_person(vault.lead.viewer, programme, vault.key, "delegate", identity_of(NAME))


def page_of(client, person):
    return client.get(FORGET, {"person": person.code}).content.decode()


@pytest.fixture
def named(programme, imported):
    """The name in a round, in a text, in a joint session, and in a session that only the other side sees."""
    convene.keep_round(SYSTEM, programme, "fourth", {"name": "Fourth", "notes": f"As {VARIANT} asked."})
    document = imported(f"The participants thanked {NAME} for the house.", title="Thanks")
    joint = record.begin_session(SYSTEM, programme, "Fords", 3)
    record.keep_point(SYSTEM, programme, joint, uuid4(), 0, f"It was {NAME} who asked for a ford.")
    theirs = record.begin_session(SYSTEM, programme, "Theirs", 3, side="oskland")
    record.keep_point(SYSTEM, programme, theirs, uuid4(), 0, f"{NAME} is easily moved.")
    return document, joint, theirs


def test_unlocked_it_lists_the_places_that_hold_the_name_with_their_addresses(
    browser_of, vault, person, named
):
    page = page_of(browser_of(vault.lead), person)
    document, joint, theirs = named
    assert f"documents/{document.id}/" in page
    assert f"sessions/{joint.id}/" in page
    assert "rounds/fourth/" in page
    assert f"sessions/{theirs.id}/" not in page
    assert "The name still stands here" in page


def test_nothing_else_is_listed(browser_of, vault, person, imported, programme):
    imported("Both governments should ease visas for students.", title="Visas")
    assert "found in no text that you may read" in page_of(browser_of(vault.lead), person)


def test_locked_it_says_that_nobody_looked_and_that_it_is_the_last_chance(browser_of, vault, person, named):
    page = page_of(browser_of(vault.lead, locked=True), person)
    assert "were not searched" in page
    assert "The name still stands here" not in page


def test_forgetting_leads_to_the_report_which_counts_and_names_nobody(browser_of, vault, person, named):
    client = browser_of(vault.lead)
    response = client.post(FORGET, {"person": person.code, "sure": "yes"}, follow=True)
    page = response.content.decode()
    assert "3 places in which the name still stood" in page
    assert NAME not in page
    kept = PurgeReport.objects.get()
    assert (kept.side, kept.what) == ("varenia", "person")
    assert person.code not in str(kept.lines)
    assert not Person.objects.exists()


def test_locked_forgetting_says_in_its_report_that_texts_were_not_searched(browser_of, vault, person):
    client = browser_of(vault.lead, locked=True)
    response = client.post(FORGET, {"person": person.code, "sure": "yes"}, follow=True)
    assert "the vault was locked" in response.content.decode()


def test_without_the_tick_nobody_is_forgotten(browser_of, vault, person):
    response = browser_of(vault.lead).post(FORGET, {"person": person.code})
    assert response.status_code == 422
    assert Person.objects.exists()
    assert not PurgeReport.objects.exists()


def test_the_other_side_finds_neither_page_nor_person(browser_of, vault_of, person):
    theirs = browser_of(vault_of("oskland").lead)
    assert theirs.get(FORGET, {"person": person.code}).status_code == 404
    assert theirs.post(FORGET, {"person": person.code, "sure": "yes"}).status_code == 404
