"""The page of a purge and the reports that are kept: for leads, in words, and to be printed."""

import pytest

from sulh.kernel.models import Proposal, PurgeReport
from sulh.kernel.purging import Line, keep_report

BASE = "/programmes/two-banks/"
PAGE = BASE + "rounds/third/purge/"


def test_the_page_tells_what_goes_what_stays_and_why_and_proposes(client_for, full):
    client = client_for("convener", "varenia")
    page = client.get(PAGE).content.decode()
    assert "1 session with its place, date and level" in page
    assert "Other texts of this programme ask the same" in page
    assert "Our own" not in page
    assert client.post(PAGE).status_code == 302
    assert "Third round” is removed for good" in client.get(BASE + "keys/").content.decode()


def test_both_leads_do_it_through_the_pages_and_read_the_report(client_for, full):
    mine, theirs = client_for("convener", "varenia"), client_for("counterpart lead", "oskland")
    mine.post(PAGE)
    proposal = Proposal.objects.get()
    theirs.post(f"{BASE}keys/{proposal.id}/", {"what": "turn", "content_hash": proposal.content_hash})
    for client in (mine, theirs):
        assert str(full.round.pk) in client.get(BASE + "removed/").content.decode()
        page = client.get(f"{BASE}removed/{full.round.pk}/").content.decode()
        assert "1 session with its place, date and level" in page
        assert "Third round" not in page
        assert client.get(PAGE).status_code == 404
    assert "A round was purged" in mine.get(BASE + "keys/").content.decode()


@pytest.mark.parametrize(
    "who", [("programme officer", "varenia"), ("rapporteur", "oskland"), ("convener", None)]
)
def test_for_others_the_pages_do_not_exist(who, client_for, full, programme):
    keep_report(programme.id, full.round.pk, "round", [Line("convene.round", True)])
    client = client_for(*who)
    for page in (PAGE, BASE + "removed/", f"{BASE}removed/{full.round.pk}/"):
        assert client.get(page).status_code == 404
    assert client.post(PAGE).status_code == 404
    assert "purge/" not in client.get(BASE + "rounds/third/").content.decode()


def test_a_report_on_a_sides_own_is_for_that_side(client_for, full, programme):
    keep_report(programme.id, full.own.pk, "person", [Line("people.identity", True)], "varenia")
    assert client_for("convener", "varenia").get(f"{BASE}removed/{full.own.pk}/").status_code == 200
    theirs = client_for("counterpart lead", "oskland")
    assert theirs.get(f"{BASE}removed/{full.own.pk}/").status_code == 404
    assert str(full.own.pk) not in theirs.get(BASE + "removed/").content.decode()


def test_a_code_that_a_later_version_does_not_know_is_shown_as_it_is(client_for, full, programme):
    keep_report(programme.id, full.round.pk, "round", [Line("gone.code", True, 3)])
    assert PurgeReport.objects.exists()
    assert (
        "gone.code"
        in client_for("convener", "varenia").get(f"{BASE}removed/{full.round.pk}/").content.decode()
    )
