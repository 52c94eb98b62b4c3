"""The pages of keys and seats, for leads of both sides; unknown to everybody else."""

from __future__ import annotations

import re


def test_from_proposal_to_seat_on_the_pages(programme, client_for):
    ours, theirs = client_for("convener", "varenia"), client_for("counterpart lead", "oskland")
    at = f"/programmes/{programme.slug}"
    told = {"name": "second", "role": "counterpart lead", "side": "varenia"}
    assert ours.post(f"{at}/seats/", told).status_code == 302
    page = theirs.get(f"{at}/keys/").content.decode()
    assert "key not turned yet" in page
    address = re.search(r'action="([^"]+/keys/[^"]+)"', page)[1]
    mark = re.search(r'name="content_hash" value="(\w+)"', page)[1]
    answer = theirs.post(address, {"what": "turn", "content_hash": mark}, follow=True)
    assert "Both keys are turned" in answer.content.decode()
    assert programme.seats.filter(account__handle="two-banks/second").exists()


def test_home_tells_a_lead_what_waits_for_their_key(programme, client_for):
    ours, theirs = client_for("convener", "varenia"), client_for("counterpart lead", "oskland")
    at = f"/programmes/{programme.slug}/"
    ours.post(f"{at}seats/", {"name": "x", "role": "facilitator", "side": ""})
    assert "1 proposal waits" in theirs.get(at).content.decode()
    assert "1 proposal waits" not in ours.get(at).content.decode()
    assert "Keys" not in client_for("rapporteur", "oskland").get(at).content.decode()


def test_a_key_can_be_taken_back_and_a_proposal_withdrawn(programme, client_for):
    ours = client_for("convener", "varenia")
    at = f"/programmes/{programme.slug}"
    ours.post(f"{at}/seats/", {"name": "x", "role": "facilitator", "side": ""})
    address = re.search(r'action="([^"]+/keys/[^"]+)"', ours.get(f"{at}/keys/").content.decode())[1]
    assert "taken back" in ours.post(address, {"what": "take back"}, follow=True).content.decode()
    assert "withdrawn" in ours.post(address, {"what": "withdraw"}, follow=True).content.decode()
    assert "Nothing is proposed" in ours.get(f"{at}/keys/").content.decode()


def test_a_lead_gives_and_takes_a_seat_on_their_own_side_only(programme, client_for):
    ours = client_for("convener", "varenia")
    at = f"/programmes/{programme.slug}/seats/"
    ours.post(at, {"name": "r", "role": "rapporteur", "side": "varenia"})
    seat = programme.seats.get(role="rapporteur")
    assert ours.post(at, {"name": "r", "role": "rapporteur", "side": "oskland"}).status_code == 422
    ours.post(f"{at}{seat.pk}/end/")
    assert not programme.seats.filter(role="rapporteur").exists()


def test_for_others_there_are_no_such_pages(programme, client_for):
    client = client_for("programme officer", "varenia")
    for page in ("keys", "seats"):
        assert client.get(f"/programmes/{programme.slug}/{page}/").status_code == 404
