"""``people.end_sessions``: an account of the own side is signed out everywhere."""

from __future__ import annotations

import pytest

from sulh.kernel.access import NotPermitted
from sulh.rooms.people.actions import end_sessions


def test_every_browser_is_signed_out(programme, lead_a, account_for, client_for):
    browsers = [client_for("rapporteur", "varenia") for _number in range(2)]
    page = f"/programmes/{programme.slug}/"
    assert [one.get(page).status_code for one in browsers] == [200, 200]
    assert end_sessions(lead_a, programme, account_for("rapporteur", "varenia")).changed
    assert [one.get(page).status_code for one in browsers] == [302, 302]


def test_where_there_is_none_nothing_changes(programme, lead_a, account_for):
    assert not end_sessions(lead_a, programme, account_for("rapporteur", "varenia")).changed


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "oskland"), ("counterpart lead", "oskland"), ("facilitator", None)]
)
def test_never_for_the_other_side_or_for_who_is_neutral(
    programme, lead_a, account_for, client_for, role, side
):
    client = client_for(role, side)
    with pytest.raises(NotPermitted):
        end_sessions(lead_a, programme, account_for(role, side))
    assert client.get(f"/programmes/{programme.slug}/").status_code == 200
