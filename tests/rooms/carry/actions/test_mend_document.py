"""``carry.mend_document``: the mended text takes the place of a held one, and nothing of the old one stays."""

import pytest

from sulh.engines import texts
from sulh.kernel.access import SYSTEM
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.carry.models import Ask, Document
from tests.rooms.carry.holding_texts import NEUTRAL, TELLING


@pytest.fixture
def held(imported):
    return imported(TELLING, level=4)


def test_a_text_that_may_point_to_a_person_is_held_from_level_four_on(imported, held):
    assert held.is_held
    assert not imported(NEUTRAL, level=4).is_held


@pytest.mark.parametrize("level", [1, 2, 3])
def test_below_level_four_nothing_is_held(imported, level):
    assert not imported(TELLING, level=level).is_held


@pytest.mark.parametrize("level", [6, 7, 0, 8])
def test_at_a_tighter_level_no_text_is_imported(imported, level):
    with pytest.raises(Refused):
        imported(NEUTRAL, level=level)
    assert not Document.objects.exists()


def test_nothing_of_a_held_text_enters_the_ledger(programme, held):
    with pytest.raises(Refused, match="point to persons"):
        actions.accept_ask(SYSTEM, programme, held.asks.first())


def test_mended_it_is_free_and_the_old_words_are_gone(programme, held):
    made = actions.mend_document(SYSTEM, programme, held, texts.parse(NEUTRAL, held.title))
    assert not made.is_held
    assert (made.level, made.round, made.title) == (4, held.round, held.title)
    assert Document.objects.count() == 1
    assert not any("secretary" in row.text for row in [*Document.objects.all(), *Ask.history.all()])
    actions.accept_ask(SYSTEM, programme, made.asks.first())


def test_mended_halfway_it_is_held_still(programme, held):
    worse = texts.parse(TELLING.replace("argued", "insisted"), held.title)
    assert actions.mend_document(SYSTEM, programme, held, worse).is_held


def test_a_free_text_is_not_mended_here(programme, imported):
    with pytest.raises(Refused, match="not held"):
        actions.mend_document(SYSTEM, programme, imported(NEUTRAL, level=4), texts.parse("x y z", ""))


def test_a_title_that_was_the_first_line_of_the_old_text_goes_with_it(programme, imported):
    told = "The former foreign secretary said yes\n\n" + NEUTRAL
    held = imported(told, level=4, title="")
    assert "secretary" in held.title
    made = actions.mend_document(SYSTEM, programme, held, texts.parse(NEUTRAL, ""))
    assert made.title == "Summary of the session"
