"""What is due for removal: told of every room on the home page, to those who may know of it; removed by people only."""

import datetime

import pytest
from django.utils import timezone

from sulh.kernel.access import SYSTEM
from sulh.kernel.due import due
from sulh.rooms.carry import actions as carry
from sulh.rooms.carry.models import Document
from sulh.rooms.carry.purging import due_on
from sulh.rooms.record import actions as record
from sulh.rooms.record.models import Session
from sulh.surfaces.cli import housekeeping

HOME = "/programmes/two-banks/"


@pytest.fixture
def old(imported):
    """``old(level, days)``: a text of this level that was imported so many days ago."""

    def make(level: int, days: int) -> Document:
        made = imported(
            f"Both governments should open ford {level} and {days}.", title="Ford text", level=level
        )
        Document.objects.filter(id=made.id).update(imported_at=timezone.now() - datetime.timedelta(days=days))
        made.refresh_from_db()
        return made

    return make


@pytest.mark.parametrize(("level", "days"), [(3, 730), (4, 365), (5, 180)])
def test_a_text_is_due_when_the_days_of_its_level_are_over(programme, old, level, days):
    document, today = old(level, 0), timezone.localdate()
    assert due_on(document) == document.imported_at.date() + datetime.timedelta(days=days)
    before = today + datetime.timedelta(days=days - 1)
    assert due(SYSTEM, programme, before) == []
    assert [one.title for one in due(SYSTEM, programme, before + datetime.timedelta(days=1))] == ["Ford text"]


@pytest.mark.parametrize("level", [1, 2])
def test_on_the_record_nothing_is_due(programme, old, level):
    assert due_on(old(level, 4000)) is None


def test_a_text_that_was_published_is_not_due(programme, old):
    document = old(1, 4000)
    Document.objects.filter(id=document.id).update(is_public=True, level=4)
    assert due(SYSTEM, programme, timezone.localdate()) == []


def test_the_home_page_lists_it_first_with_the_way_to_remove_it(client_for, old, programme):
    document = old(4, 400)
    session = record.begin_session(SYSTEM, programme, "Old fords", 4, date="2016-01-01")
    page = client_for("convener", "varenia").get(HOME).content.decode()
    assert page.index("panel-due-for-removal") < page.index("panel-keys")
    assert f"documents/{document.id}/remove/" in page
    assert f"sessions/{session.id}/remove/" in page


def test_who_may_not_remove_a_text_is_not_told(client_for, old):
    old(4, 400)
    assert "panel-due-for-removal" not in client_for("liaison", "varenia").get(HOME).content.decode()


@pytest.mark.django_db(transaction=True)
def test_housekeeping_tells_how_many_and_removes_none(programme, old, caplog):
    old(4, 400)
    record.begin_session(SYSTEM, programme, "Old fords", 4, date="2016-01-01")
    housekeeping._told = 0
    housekeeping.keep_house()
    housekeeping.keep_house()
    told = [entry.getMessage() for entry in caplog.records if entry.name == "sulh.housekeeping"]
    assert told == ["2 things are due for removal; the home pages of their programmes list them."]
    assert Document.objects.count() == Session.objects.count() == 1


def test_what_was_carried_stays_when_its_text_is_removed(programme, old, ask, carried):
    act = carried(ask("Both governments should ease visas.", round="first"))
    carry.remove_document(SYSTEM, programme, old(4, 400))
    act.refresh_from_db()
