"""Ask for known faults of exactly the versions that are locked, and say plainly where it could not be asked.

``make audit``. It needs pip-audit and a network on which a list of known faults can be reached. An answer counts only
for packages that the list knows: one that was skipped was not found clean, it was not looked at.

Exit code: 0 all were asked and nothing is known; 1 faults are known; 3 not all could be asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LONGEST = 300
"""Seconds to wait for an answer."""

LOCK = Path(__file__).resolve().parents[1] / "requirements" / "run.txt"


def verdict(report: dict[str, Any] | None) -> tuple[int, str]:
    """Return exit code and sentence for what pip-audit reports; None where it reported nothing."""
    if not report or not report.get("dependencies"):
        return (
            3,
            "Not audited: no list of known faults could be reached. Run “make audit” where there is a network.",
        )
    asked = [one for one in report["dependencies"] if "skip_reason" not in one]
    faulty = [one for one in asked if one.get("vulns")]
    skipped = len(report["dependencies"]) - len(asked)
    if faulty:
        lines = [
            f"{one['name']} {one['version']}: {fault['id']}, "
            f"mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
            for one in faulty
            for fault in one["vulns"]
        ]
        return 1, "Known faults:\n" + "\n".join(lines)
    if skipped:
        return 3, (
            f"Not audited: {skipped} of {len(report['dependencies'])} packages could not be asked for. "
            "Run “make audit” where the list of known faults can be reached."
        )
    return 0, f"No fault is known of the {len(asked)} locked packages."


def ask() -> dict[str, Any] | None:
    """Return the report of pip-audit on the lock, None where it could not make one."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--no-deps", "--disable-pip", "-f", "json"]
    try:
        done = subprocess.run(
            [*command, "--progress-spinner", "off"], capture_output=True, text=True, timeout=LONGEST
        )
        report: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return report


if __name__ == "__main__":
    code, said = verdict(ask())
    print(said)
    sys.exit(code)
