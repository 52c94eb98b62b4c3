"""The page of the audit log and that of heads: who gets in, what they show, and what they refuse."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from sulh.kernel import audit, chain
from sulh.kernel.access import SYSTEM
from sulh.kernel.models import AuditEntry
from sulh.rooms.people.enums import Role
from sulh.rooms.people.models import ExchangedHead
from sulh.rooms.programme.actions import edit_theme

LEADS = {"convener", "counterpart lead"}


def page(programme, rest=""):
    return f"/programmes/{programme.slug}/audit/{rest}"


@pytest.fixture
def reader(client_for):
    return client_for("security lead", "oskland")


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"security lead"}))
def test_the_log_is_a_page_that_does_not_exist_for_everybody_else(programme, client_for, role):
    client = client_for(role, "varenia")
    nothing = client.get(page(programme, "no-such-page/"))
    for answer in (client.get(page(programme)), client.post(page(programme, "export/"))):
        assert (answer.status_code, answer.templates[0].name) == (404, nothing.templates[0].name)
    assert client.get(page(programme, "heads/")).status_code == (200 if role in LEADS else 404)
    assert not AuditEntry.objects.filter(action="people.export_audit").exists()


def test_an_account_without_a_seat_learns_nothing(programme, other_programme, client_for):
    client = client_for("security lead", "varenia", of=other_programme)
    for rest in ("", "heads/"):
        assert client.get(page(programme, rest)).status_code == 404
    assert Client().get(page(programme)).status_code == 302


def test_it_shows_entries_by_action_and_day(programme, reader):
    edit_theme(SYSTEM, programme, "water", "Water", ["river"])
    today = timezone.now().date().isoformat()
    told = reader.get(page(programme), {"action": "programme.edit_theme", "day": today})
    assert [row.action for row in told.context["shown"]] == ["programme.edit_theme"]
    assert reader.get(page(programme), {"day": "2001-01-01"}).context["shown"].paginator.count == 0
    everything = reader.get(page(programme)).context["shown"].paginator.count
    assert everything == AuditEntry.objects.filter(chain__programme=programme.slug).count()


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "0", "<script>", "2026-02-30"])
def test_a_day_that_is_none_is_told_at_its_field(programme, reader, day):
    told = reader.get(page(programme), {"day": day})
    assert told.status_code == 422
    assert "Write the day as" in told.content.decode()


def test_it_shows_neither_an_account_nor_another_programme(programme, other_programme, reader, client_for):
    lead = client_for("convener", "varenia")
    lead.post(f"/programmes/{programme.slug}/themes/", {"name": "Walrusville", "words": "x"})
    edit_theme(SYSTEM, other_programme, "hills", "Hills", [])
    told = reader.get(page(programme)).content.decode()
    assert "programme.edit_theme" in told
    assert "Walrusville" not in told
    assert "convener-varenia" not in told
    assert other_programme.slug not in told


def test_the_download_holds_and_is_entered(programme, reader):
    answer = reader.post(page(programme, "export/"))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert chain.verify(answer.content.splitlines(keepends=True)).holds
    entry = AuditEntry.objects.first()
    assert (entry.action, len(entry.who)) == ("people.export_audit", 16)


def test_the_head_that_one_side_takes_the_other_records(programme, client_for):
    ours, theirs = client_for("convener", "varenia"), client_for("security lead", "oskland")
    code = ours.get(page(programme, "heads/")).context["head"].code
    told = theirs.post(page(programme, "heads/"), {"code": code, "side": "varenia"}, follow=True)
    assert told.status_code == 200
    assert "Agrees with the log." in told.content.decode()
    assert ExchangedHead.objects.get().side.key == "varenia"


def test_a_slip_is_told_on_the_page_and_the_code_stays_in_its_field(programme, reader):
    told = reader.post(page(programme, "heads/"), {"code": "SULH-HEAD 12 walrus", "side": "varenia"})
    assert told.status_code == 422
    assert "SULH-HEAD 12 walrus" in told.content.decode()
    assert not ExchangedHead.objects.exists()


def test_the_home_page_warns_of_a_head_that_does_not_agree(programme, client_for):
    client = client_for("convener", "varenia")
    home = f"/programmes/{programme.slug}/"
    assert "No head of the log has been exchanged yet" in client.get(home).content.decode()
    wrong = chain.Head.of(1, "2026-11-25", "ab" * 32).code
    client.post(page(programme, "heads/"), {"code": wrong, "side": "oskland"})
    assert "1 recorded head does not agree" in client.get(home).content.decode()
    assert "Audit log" not in client_for("rapporteur", "varenia").get(home).content.decode()


def test_what_stands_on_the_page_of_heads_is_the_head_of_the_log(programme, reader):
    row = AuditEntry.objects.filter(chain__programme=programme.slug).first()
    head = reader.get(page(programme, "heads/")).context["head"]
    assert (head.count, head.mark) == (row.number, chain.mark_of(row.hash))
    assert audit.head("no-such-programme", timezone.now().date()) is None
