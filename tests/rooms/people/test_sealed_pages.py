"""Sealed records on the page: the whole ceremony as two leads click it."""

from __future__ import annotations

import re
from html import unescape

from sulh.kernel.vault.models import Opening, SealedRecord

BASE = "/programmes/two-banks/people/sealed/"
TEXT = "what was agreed under the walnut tree"


def said(client) -> str:
    return unescape(client.get(BASE).content.decode())


def steps(client) -> list[str]:
    return re.findall(r'name="step" value="([a-z ]+)"', said(client))


def take(client, step: str):
    told = {"opening": str(Opening.objects.first().id), "step": step}
    return client.post(BASE + "step/", told, headers={"referer": "http://testserver" + BASE})


def test_sealed_asked_approved_by_both_and_shown_once(programme, both, browser_of):
    asker, other = browser_of(both["varenia"].lead), browser_of(both["oskland"].lead)
    asker.post(BASE, {"text": TEXT})
    record = SealedRecord.objects.get()
    assert record.code in said(other)
    assert "walnut" not in said(asker)
    other_first = {"varenia": asker, "oskland": other}

    asker.post(
        BASE + "ask/",
        {"record": record.code, "purpose": "safety", "reason": "A threat was received.", "hours": "24"},
    )
    assert "A threat was received." in said(other)
    assert steps(asker) == steps(other) == ["approve", "refuse"]
    take(asker, "approve")
    assert "Not yet approved by: Oskland" in re.sub(r"</?bdi>", "", said(asker))
    assert steps(asker) == ["refuse"]
    take(asker, "hand on")
    assert Opening.objects.get().state == "requested"
    take(other, "approve")

    outer, inner = other_first[record.outer], other_first[record.inner]
    assert steps(outer) == ["refuse", "hand on"]
    assert steps(inner) == ["refuse"]
    take(outer, "hand on")
    assert (steps(outer), steps(inner)) == ([], ["unwrap"])
    take(inner, "unwrap")
    assert (steps(other), steps(asker)) == ([], ["show"])
    answer = take(asker, "show")
    assert TEXT in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "walnut" not in take(asker, "show").content.decode()
    assert "shown once" in said(asker)


def test_a_locked_lead_takes_no_step_but_to_decline(programme, both, opening, browser_of):
    opening("approved")
    for vault in both.values():
        client = browser_of(vault.lead, locked=True)
        take(client, "hand on")
        assert "locked" in said(client)
    assert Opening.objects.get().state == "approved"
    take(client, "refuse")
    assert Opening.objects.get().state == "refused"


def test_who_leads_no_side_sees_nothing_of_it(programme, both, opening, client_for):
    row = opening()
    for role, side in [("programme officer", "varenia"), ("rapporteur", "oskland"), ("convener", None)]:
        client = client_for(role, side)
        shown = said(client)
        assert row.record.code not in shown
        assert "A threat" not in shown
        assert client.post(BASE, {"text": "x"}).status_code == 403
        assert take(client, "approve").status_code in (302, 403)
    assert Opening.objects.get().approvals == {}


def test_unknown_and_foreign_openings_look_the_same(
    programme, other_programme, both, opening, lead_of, browser_of
):
    row = opening()
    stranger = browser_of(lead_of("varenia", of=other_programme))
    where = f"/programmes/{other_programme.slug}/people/sealed/step/"
    answers = [
        stranger.post(where, {"opening": name, "step": "approve"})
        for name in (str(row.id), "00000000-0000-4000-8000-000000000000", "x", "")
    ]
    assert {answer.status_code for answer in answers} == {404}
    asked = [
        stranger.post(
            where.replace("step", "ask"), {"record": code, "purpose": "safety", "reason": "x", "hours": 24}
        )
        for code in (row.record.code, "S-2222")
    ]
    assert {answer.status_code for answer in asked} == {404}
