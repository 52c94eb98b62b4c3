"""The Urdu catalogue covers every string of the pages, and the compiled catalogue is the written one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "src" / "sulh" / "locale").glob("*/LC_MESSAGES/django.po"))
OPENING, CLOSING = "[\u2066\u2067\u2068]", "\u2069"


def test_every_string_has_its_translation() -> None:
    """Missing, stale and no longer used strings are told by name."""
    check = [sys.executable, str(ROOT / "tools" / "messages.py"), "--check"]
    result = subprocess.run(
        check, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]


def translations(path: Path) -> list[str]:
    with path.open("rb") as file:
        catalog = read_po(file)
    told = [message.string for message in catalog if message.id]
    return [text for one in told for text in ((one,) if isinstance(one, str) else one)]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_direction_that_is_opened_is_closed(path: Path) -> None:
    """Else what follows on the page would run the wrong way."""
    for text in translations(path):
        flat = re.sub(f"{OPENING}[^\u2066-\u2069]*{CLOSING}", "", text)
        assert not re.search("[\u2066-\u2069\u202a-\u202e]", flat), text


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_date_in_figures_keeps_its_order(path: Path) -> None:
    """After Arabic letters, 2016-03-28 would be shown as 28-03-2016 unless it stands in an isolate."""
    for text in translations(path):
        bare = re.sub(f"{OPENING}[^\u2066-\u2069]*{CLOSING}", "", text)
        assert not re.search(r"\d{4}-[\dQ]|(?<!\w)\.[a-z]{2,}", bare), text
