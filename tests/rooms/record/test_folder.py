"""``sessions.toml`` of a programme folder: loaded once, every fault told with its line, the demonstration neutral."""

import re
import shutil
from pathlib import Path

import pytest

from sulh.kernel.folders import FaultyFolder, load_folder
from sulh.rooms.programme.models import Programme
from sulh.rooms.record.models import Point, Session

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db

PROGRAMME = """\
format = 1
[programme]
slug = "two-banks"
name = "Two Banks"
[[sides]]
key = "varenia"
name = "Varenia"
forms = ["Varenian"]
[[sides]]
key = "oskland"
name = "Oskland"
"""
SESSION = """\
[[sessions]]
key = "bridge"
title = "The bridge"
level = 4

[[sessions.points]]
kind = "idea"
text = "Paint the bridge."
"""


@pytest.fixture
def folder(tmp_path):
    def make(sessions: str) -> Path:
        (tmp_path / "programme.toml").write_text(PROGRAMME, encoding="utf-8")
        (tmp_path / "sessions.toml").write_text(sessions, encoding="utf-8")
        return tmp_path

    return make


def test_loading_twice_changes_nothing(folder):
    path = folder(SESSION)
    assert "sessions" in load_folder(path).changed
    assert load_folder(path).changed == ()
    assert [(one.key, one.title, one.level) for one in Session.objects.all()] == [("bridge", "The bridge", 4)]
    assert [one.text for one in Point.objects.all()] == ["Paint the bridge."]


@pytest.mark.parametrize(
    ("sessions", "line", "told"),
    [
        (SESSION.replace("level = 4", "level = 8"), 4, "level"),
        (SESSION.replace("level = 4", "level = 7"), 4, "level"),
        (SESSION.replace("level = 4", 'level = 4\nside = "oskand"'), 5, "Did you mean “oskland”"),
        (SESSION.replace('kind = "idea"', 'kind = "notion"'), 7, "no kind of point"),
        (SESSION.replace('kind = "idea"', 'theme = "none-such"'), 7, "no theme"),
        (SESSION.replace('kind = "idea"', 'speaker = "somebody"'), 7, "not a key of this table"),
        (
            SESSION.replace("Paint the bridge.", "A former foreign secretary warned of rust."),
            8,
            "points to a person",
        ),
        (SESSION.replace("The bridge", "What the former foreign secretary said"), 3, "points to a person"),
        (SESSION.replace("The bridge", "What the Varenian side insisted on"), 1, "cannot be kept"),
        (SESSION.replace("level = 4", 'level = 4\ndate = "in spring"'), 5, "date"),
        (SESSION + SESSION, 10, "declared twice"),
        (
            SESSION.replace("level = 4", 'level = 4\nside = "oskland"')
            + '[sessions.minutes]\nphase = "with both sides"\n',
            11,
            "cannot be with both",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_nothing_is_loaded(folder, sessions, line, told):
    with pytest.raises(FaultyFolder) as faulty:
        load_folder(folder(sessions))
    assert any(
        fault.file == "sessions.toml" and fault.line == line and told in str(fault) and fault.remedy
        for fault in faulty.value.faults
    ), str(faulty.value)
    assert not Programme.objects.exists()


def test_the_invented_sessions_of_the_demonstration_name_nobody_and_say_that_they_are_invented(tmp_path):
    demo = ROOT / "programmes" / "beyond-boundaries"
    for name in ("programme.toml", "rounds.toml", "seats.toml", "sessions.toml"):
        shutil.copy(demo / name, tmp_path)
    load_folder(tmp_path)
    sessions = list(Session.objects.all())
    assert {2, 4, 5} <= {one.level for one in sessions}
    assert {one.side.key for one in sessions if one.side} == {"pakistan", "afghanistan"}
    assert all("invented for the demonstration" in one.title for one in sessions)
    assert all(Point.objects.values_list("is_neutral", flat=True))
    assert not re.search("(?m)^speaker", (demo / "sessions.toml").read_text(encoding="utf-8"))
    assert [one.phase for session in sessions for one in session.minutes.all()] == ["with both sides"]
