"""A programme folder: every fault has a file, a line and a remedy; a failing load changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sulh.kernel.folders import FaultyFolder, key_lines, load_folder
from sulh.rooms.carry.models import Ask, Lineage, TransferAct
from sulh.rooms.programme.models import Programme

PROGRAMMES = Path(__file__).resolve().parents[2] / "programmes"
DEMOS = ["beyond-boundaries", "india-pakistan"]

SMALL = {
    "programme.toml": """format = 1

[programme]
slug = "two-rivers"
name = "Two Rivers"

[[sides]]
key = "north"
name = "Northland"

[[sides]]
key = "south"
name = "Southland"

[[groups]]
key = "water"
name = "Water group"
kind = "working group"
""",
    "rounds.toml": """[[rounds]]
key = "first"
name = "First round"
groups = ["water"]
actual = { place = "Harbour", from = "2015-03", size = { north = 8 } }
""",
    "texts/first.md": """+++
key = "first-declaration"
round = "first"
title = "Declaration"
public = true

[[asks]]
text = "Both governments should open the bridge."
to = ["government:both"]
themes = ["trade-transit"]
lineage = "open-the-bridge"
+++
The participants met in good spirit.

Both governments should open the bridge.
""",
    "transfers.toml": """[[transfers]]
key = "briefing"
round = "first"
lineages = ["open-the-bridge"]
side = "north"
direction = "up"
strategy = "briefing"
recipient_category = "foreign ministry"
recipient_level = "top"
date = "2015-04"
responses = [{ date = "2015-05", kind = "acknowledged", evidence = "public" }]
""",
    "seats.toml": """[[seats]]
key = "convener"
role = "convener"
side = "north"
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def everything() -> str:
    """All rows of all rooms, as one text."""
    models = [
        m
        for m in apps.get_models()
        if m._meta.app_label in ("kernel", "programme", "people", "convene", "carry")
    ]
    return "".join(serializers.serialize("json", model._base_manager.order_by("pk")) for model in models)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "two-rivers", SMALL)


@pytest.mark.django_db
def test_a_folder_becomes_a_programme_with_its_asks_and_transfers(small: Path) -> None:
    loaded = load_folder(small)
    assert loaded.programme.slug == "two-rivers"
    ask = Ask.objects.get()
    assert ask.document.text[ask.start : ask.end] == ask.text == "Both governments should open the bridge."
    assert ask.lineage.key == "open-the-bridge"
    act = TransferAct.objects.get()
    assert list(act.lineages.all()) == [ask.lineage]
    assert act.responses.get().kind == "acknowledged"


@pytest.mark.django_db
@pytest.mark.parametrize("name", DEMOS)
def test_loading_a_demonstration_programme_twice_changes_nothing(name: str) -> None:
    load_folder(PROGRAMMES / name)
    before = everything()
    again = load_folder(PROGRAMMES / name)
    assert again.changed == ()
    assert everything() == before


@pytest.mark.django_db
def test_a_changed_round_is_changed_and_nothing_else(small: Path) -> None:
    load_folder(small)
    (small / "rounds.toml").write_text(
        SMALL["rounds.toml"].replace("Harbour", "Old Harbour"), encoding="utf-8"
    )
    assert load_folder(small).changed == ("rounds",)
    assert Programme.objects.get().rounds.get().actual_place == "Old Harbour"


FAULTS = [
    ("programme.toml", 'name = "Two Rivers"', 'nam = "Two Rivers"', 5, "“nam” is not a key"),
    ("programme.toml", "format = 1", "format = 7", 1, "format"),
    ("programme.toml", 'key = "south"', 'key = "north"', 12, "declared twice"),
    ("rounds.toml", 'groups = ["water"]', 'groups = ["watr"]', 4, "There is no group “watr”"),
    ("rounds.toml", 'from = "2015-03"', 'from = "March"', 5, "is not a date"),
    ("rounds.toml", "north = 8", "east = 8", 5, "There is no side “east”"),
    ("rounds.toml", "[[rounds]]", "[[rounds", 1, "not valid TOML"),
    (
        "texts/first.md",
        'text = "Both governments',
        'text = "Both parliaments',
        8,
        "does not stand in the body",
    ),
    ("texts/first.md", 'to = ["government:both"]', 'to = ["kings"]', 9, "“kings” is no addressee"),
    ("texts/first.md", "+++\nkey", "key", 1, "no head between two +++ lines"),
    (
        "transfers.toml",
        'lineages = ["open-the-bridge"]',
        'lineages = ["open-the-brige"]',
        4,
        "There is no lineage",
    ),
    ("transfers.toml", 'direction = "up"', 'direction = "sideways"', 6, "direction"),
    ("seats.toml", 'role = "convener"', 'role = "king"', 3, "is no role"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "old", "new", "line", "what"), FAULTS, ids=[fault[4] for fault in FAULTS])
def test_a_fault_names_file_line_and_remedy_and_nothing_is_loaded(
    tmp_path: Path, file: str, old: str, new: str, line: int, what: str
) -> None:
    assert old in SMALL[file]
    folder = write(tmp_path / "two-rivers", SMALL | {file: SMALL[file].replace(old, new)})
    before = everything()
    with pytest.raises(FaultyFolder) as raised:
        load_folder(folder)
    fault = next(fault for fault in raised.value.faults if what in fault.what)
    assert (fault.file, fault.line) == (file, line)
    assert fault.remedy.strip()
    assert everything() == before


@pytest.mark.django_db
def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    files = SMALL | {
        "rounds.toml": SMALL["rounds.toml"].replace("water", "watr"),
        "seats.toml": SMALL["seats.toml"].replace("convener", "king"),
    }
    with pytest.raises(FaultyFolder) as raised:
        load_folder(write(tmp_path / "two-rivers", files))
    assert {fault.file for fault in raised.value.faults} == {"rounds.toml", "seats.toml"}


@pytest.mark.django_db
def test_a_file_that_is_not_utf8_is_a_fault_of_its_line(small: Path) -> None:
    (small / "rounds.toml").write_bytes(b'[[rounds]]\nkey = "first"\nname = "caf\xe9"\n')
    with pytest.raises(FaultyFolder) as raised:
        load_folder(small)
    assert raised.value.faults[0].line == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.django_db
def test_whatever_is_broken_in_a_folder_either_loads_or_changes_nothing(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Cut a piece out of one file: the load succeeds or is refused with faults; never anything else."""
    name = data.draw(st.sampled_from(sorted(SMALL)))
    text = SMALL[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    folder = tmp_path / "two-rivers"
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, SMALL | {name: text[:start] + text[end:]})
    before = everything()
    try:
        load_folder(folder)
    except FaultyFolder as faulty:
        assert faulty.faults
        assert all(fault.what and fault.remedy and fault.line >= 1 for fault in faulty.faults)
        assert everything() == before
    else:
        assert load_folder(folder).changed == ()


def test_every_key_of_a_toml_text_has_its_line() -> None:
    lines = key_lines('a = 1\n[[r]]\nk = 2\n[r.sub]\nx = 1\n[[r]]\nk = """\nk = no\n"""\nz = 1\n')
    assert lines[("a",)] == 1
    assert lines[("r", 0, "k")] == 3
    assert lines[("r", 0, "sub", "x")] == 5
    assert lines[("r", 1, "k")] == 7
    assert lines[("r", 1, "z")] == 10


@pytest.mark.django_db
def test_two_folders_share_a_lineage_by_its_key(tmp_path: Path) -> None:
    load_folder(write(tmp_path / "two-rivers", SMALL))
    other = {
        name: text.replace("two-rivers", "two-lakes").replace("2015", "2018") for name, text in SMALL.items()
    }
    load_folder(write(tmp_path / "two-lakes", other))
    assert Lineage.objects.get().asks.count() == 2


def test_faults_are_json_for_a_machine(tmp_path: Path) -> None:
    with pytest.raises(FaultyFolder) as raised:
        load_folder(tmp_path / "nowhere")
    assert json.dumps([fault.what for fault in raised.value.faults])


@pytest.mark.django_db
def test_a_folder_with_other_sides_does_not_take_a_programme_over(small: Path) -> None:
    load_folder(small)
    before = everything()
    (small / "programme.toml").write_text(
        SMALL["programme.toml"].replace('key = "south"', 'key = "west"'), encoding="utf-8"
    )
    with pytest.raises(FaultyFolder) as raised:
        load_folder(small)
    assert "is here already, between north and south" in raised.value.faults[0].what
    assert everything() == before
