"""The Urdu catalogue covers every string of the pages, and the compiled catalogue is the written one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_string_has_its_translation() -> None:
    """Missing, stale and no longer used strings are told by name."""
    check = [sys.executable, str(ROOT / "tools" / "messages.py"), "--check"]
    result = subprocess.run(check, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src")})
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
