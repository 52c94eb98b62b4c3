"""``carry.recheck_documents``: a text that names somebody who was entered in a register later is held then."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.vault.names import name_marks, skeletons
from sulh.rooms.carry import actions
from sulh.rooms.people.models import NameMark, Person

TEXT = (
    "Summary\n\nThe participants asked that Zarlasht Ahmadkhel be heard.\n\n"
    "They urged both governments to ease visas."
)


@pytest.fixture
def enter(programme):
    """``enter(name)``: the marks of a person of this name, as the register keeps them."""

    def make(name):
        side = programme.sides.get(key="varenia")
        person = Person.objects.create(
            programme=programme, code="P-TEST", side=side, category="delegate", sealed_identity=b"sealed"
        )
        marks = name_marks(programme.id, side.key, skeletons([name]))
        NameMark.objects.bulk_create(NameMark(person=person, mark=mark) for mark in marks)

    return make


def test_a_name_entered_later_holds_the_text(programme, imported, enter):
    document = imported(TEXT.replace("that Zarlasht Ahmadkhel be heard", "for more talks"), level=4)
    named = imported(TEXT, level=4, title="Named")
    named.is_held = False
    named.save()
    enter("Zarlasht Ahmadkhel")
    actions.recheck_documents(SYSTEM, programme)
    for one in (document, named):
        one.refresh_from_db()
    assert (document.is_held, named.is_held) == (False, True)


def test_what_both_sides_released_stays_released(programme, imported, enter):
    named = imported(TEXT, level=4)
    actions.release_document(SYSTEM, programme, named)
    enter("Zarlasht Ahmadkhel")
    actions.recheck_documents(SYSTEM, programme)
    named.refresh_from_db()
    assert not named.is_held


def test_an_export_looks_first(programme, imported, enter, client_for):
    named = imported("The participants urged that Zarlasht Ahmadkhel be let travel.", level=3)
    for ask in named.asks.all():
        actions.accept_ask(SYSTEM, programme, ask)
    named.level = 4
    named.save()
    enter("Zarlasht Ahmadkhel")
    address = reverse("ledger-export", args=[programme.slug, "csv"])
    assert b"Zarlasht" not in client_for("communications", "oskland").get(address).content


def test_nobody_does_it_by_hand(programme, viewer_for):
    with pytest.raises(NotPermitted):
        actions.recheck_documents(viewer_for("convener", "varenia"), programme)
