"""The panel of the last good backup: for leads and programme officers, and truthful."""

from __future__ import annotations

import datetime
import json

import pytest

HOME = "/programmes/two-banks/"


@pytest.fixture
def kept(settings, tmp_path):
    """``kept(**ago)`` puts a last good backup of that age, ``failed`` an attempt that failed after it."""
    settings.HOME = tmp_path

    def write(failed: str = "", **ago: float) -> None:
        at = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(**ago)).isoformat()
        good = {"at": at, "file": "/disk/secret-place", "bytes": 2_500_000, "rows": 9, "encrypted": True}
        told = {"last_good": good, "failed_at": at if failed else "", "failed_because": failed}
        (tmp_path / "backup-state.json").write_text(json.dumps(told))

    return write


@pytest.mark.parametrize(
    ("role", "side"), [("convener", "varenia"), ("counterpart lead", "oskland"), ("programme officer", None)]
)
def test_the_desk_sees_that_there_is_none(programme, client_for, kept, role, side) -> None:
    page = client_for(role, side).get(HOME).content.decode()
    assert "There is none yet" in page
    assert "SULH_BACKUPS" in page


@pytest.mark.parametrize("role", ["rapporteur", "liaison", "facilitator"])
def test_others_do_not_see_the_panel_at_all(programme, client_for, kept, role) -> None:
    page = client_for(role).get(HOME).content.decode()
    assert "backup" not in page.lower()


def test_a_good_one_is_told_with_its_time_and_size_but_not_its_place(programme, client_for, kept) -> None:
    kept(hours=3)
    page = client_for("convener", "varenia").get(HOME).content.decode()
    assert "2.4" in page
    assert "verified by restoring" in page
    assert "secret-place" not in page
    assert "It is old" not in page


def test_an_old_one_and_a_failed_attempt_warn(programme, client_for, kept) -> None:
    kept(failed="No space left on /disk/secret-place", days=3)
    page = client_for("convener", "varenia").get(HOME).content.decode()
    assert "It is old" in page
    assert "failed" in page
    assert "secret-place" not in page
