"""The register: names for one's own side, and of the other no more than may be told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sulh.rooms.people.identity import identity_of
from sulh.rooms.people.models import Person
from sulh.rooms.people.register_actions import keep_person
from sulh.rooms.people.register_queries import seen_from_outside

BASE = "/programmes/two-banks/people/"
NAMES = [
    "Tahmina Lorel",
    "Odran Velt",
    "Sabir Quane",
    "Ilva Tamsin",
    "Maro Denzil",
    "Pell Arrow",
    "Juno Marsh",
]


def enter(programme, vault, *categories):
    return [
        keep_person(
            vault.lead.viewer, programme, vault.key, category, identity_of(name, [], f"+00 {n}", f"note {n}")
        )
        for n, (name, category) in enumerate(zip(NAMES * 3, categories, strict=False))
    ]


def page(client) -> str:
    return client.get(BASE).content.decode()


def test_own_side_by_name_in_their_order_while_unlocked(programme, vault_of, browser_of):
    vault = vault_of("varenia")
    enter(programme, vault, "delegate", "staff", "delegate")
    shown = page(browser_of(vault.lead))
    assert shown.index("Odran Velt") < shown.index("Sabir Quane") < shown.index("Tahmina Lorel")
    assert "+00 1" in shown
    assert browser_of(vault.lead).get(BASE).headers["Cache-Control"] == "no-store"


def test_nobody_of_the_other_side_sees_a_name_or_below_five_anything(programme, both, browser_of):
    people = enter(programme, both["varenia"], *["delegate"] * 4)
    shown = page(browser_of(both["oskland"].lead))
    assert "Fewer than five people" in shown
    assert not any(person.code in shown for person in people)
    assert not any(name in shown for name in NAMES)


def test_from_five_on_codes_and_a_total_but_no_small_category(programme, both, browser_of):
    people = enter(programme, both["varenia"], *["delegate"] * 5, "staff")
    shown = page(browser_of(both["oskland"].lead))
    assert "6 people" in shown
    assert all(person.code in shown for person in people)
    assert "Not by category" in shown
    assert not any(name in shown for name in NAMES)


def test_by_category_only_where_every_one_has_five(programme, both):
    enter(programme, both["varenia"], *["delegate"] * 5, *["staff"] * 5, *["resource person"] * 4)
    assert seen_from_outside(programme, "varenia").by_category == ()
    enter(programme, both["varenia"], "resource person")
    assert dict(seen_from_outside(programme, "varenia").by_category) == {
        "Delegate": 5,
        "Staff": 5,
        "Resource person": 5,
    }


@pytest.mark.parametrize("role", ["rapporteur", "liaison", "security lead", "evaluation"])
def test_other_roles_of_the_same_side_see_no_more_than_the_other_side(role, programme, vault_of, client_for):
    enter(programme, vault_of("varenia"), *["delegate"] * 3)
    shown = page(client_for(role, "varenia"))
    assert shown.count("Fewer than five people") == 2
    assert not any(name in shown for name in NAMES)


def test_an_entry_that_was_tampered_with_does_not_take_the_others_with_it(programme, vault_of, browser_of):
    vault = vault_of("varenia")
    first, second = enter(programme, vault, "delegate", "delegate")
    Person.objects.filter(id=first.id).update(sealed_identity=bytes(second.sealed_identity))
    shown = page(browser_of(vault.lead))
    assert "made for another place" in shown
    assert "Odran Velt" in shown
    assert "Tahmina Lorel" not in shown


def test_an_entry_is_made_mended_and_forgotten(programme, vault_of, browser_of):
    client = browser_of(vault_of("varenia").lead)
    client.post(
        BASE + "keep/", {"category": "delegate", "name": "Tahmina Lorel", "aliases": "T. Lorel\nTahmina"}
    )
    person = Person.objects.get()
    form = client.get(f"{BASE}keep/?person={person.code}").content.decode()
    assert "T. Lorel\nTahmina" in form
    client.post(BASE + "keep/", {"category": "staff", "name": "Tahmina Vell", "person": person.code})
    shown = page(client)
    assert "Tahmina Vell" in shown
    assert "Lorel" not in shown
    assert (
        client.post(BASE + "forget/", {"person": person.code}).status_code == 422 or Person.objects.exists()
    )
    client.post(BASE + "forget/", {"person": person.code, "sure": "yes"})
    assert not Person.objects.exists()


def test_what_was_typed_is_not_lost_by_a_fault(programme, vault_of, browser_of):
    client = browser_of(vault_of("varenia").lead)
    answer = client.post(BASE + "keep/", {"category": "delegate", "name": " ", "note": "came twice"})
    assert answer.status_code == 422
    assert "came twice" in answer.content.decode()
    assert not Person.objects.exists()


def test_what_was_typed_is_not_lost_when_the_vault_locks_meanwhile(programme, vault_of, browser_of):
    client = browser_of(vault_of("varenia").lead, locked=True)
    answer = client.post(BASE + "keep/", {"category": "delegate", "name": "Tahmina Lorel"})
    assert answer.status_code == 422
    assert "Tahmina Lorel" in answer.content.decode()
    assert "Unlock it in another tab" in answer.content.decode()
    assert not Person.objects.exists()


def test_a_person_of_the_other_side_is_as_unknown_as_none(programme, both, browser_of):
    (person,) = enter(programme, both["varenia"], "delegate")
    client = browser_of(both["oskland"].lead)
    for code in (person.code, "P-2222"):
        assert client.get(f"{BASE}keep/?person={code}").status_code == 404
        assert (
            client.post(BASE + "keep/", {"person": code, "category": "staff", "name": "X"}).status_code == 404
        )
        assert client.post(BASE + "forget/", {"person": code, "sure": "yes"}).status_code == 404
    assert Person.objects.get().category == "delegate"


def test_a_name_is_shown_as_text(programme, vault_of, browser_of):
    vault = vault_of("varenia")
    keep_person(
        vault.lead.viewer, programme, vault.key, "delegate", identity_of("<b>Bold</b> & Co", [], "<i>", "<u>")
    )
    shown = page(browser_of(vault.lead))
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in shown
    assert "<i>" not in shown


def test_the_page_asks_the_database_as_often_for_few_people_as_for_many(programme, vault_of, browser_of):
    vault = vault_of("varenia")
    client = browser_of(vault.lead)
    counts = []
    for _time in range(2):
        enter(programme, vault, *["delegate"] * 3)
        with CaptureQueriesContext(connection) as asked:
            page(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]
