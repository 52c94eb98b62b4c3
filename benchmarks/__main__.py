"""Every benchmark in one run: ``python -m benchmarks`` prints it; ``--write`` also puts it into docs/benchmarks.md."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
RUNS = [
    (
        "Finding asks, and what is asked again",
        "benchmarks.asks",
        "On labelled declarations in our own words: *linking-tuning* and *tuning* are what the rules were written with "
        "and the encoder was taught on; *held-out* and *held-out-second* were written by others and read by nobody who "
        "wrote rules or taught. *First suggestion* is what a reviewer meets: of the asks that repeat an earlier one, "
        "how many are offered it first, and of the matches chosen beforehand, how many are right. *Plain* is the plain "
        "peer in the same run: any sentence with an operative word is an ask to both governments; two asks are the "
        "same above the best cosine of their TF-IDF vectors. Intervals are 95 %, by resampling declarations.",
    ),
    (
        "Telling who spoke",
        "benchmarks.lint",
        "On labelled sentences in English, Urdu, Pashto, Dari and Hindi, by one author and checked by no native "
        "reader: *tuning* is what the rules were written with, *held-out* was read by nobody who wrote rules. *Recall* "
        "is of the sentences that give somebody away, at the level of the run; *false alarms* are the innocents that "
        "are stopped. *Plain* is the plain peer in the same run: the names of the roster as they stand and a dozen "
        "verbs of speaking a language. Intervals are 95 %, Wilson's.",
    ),
    (
        "What leaves, and whom it gives away",
        "benchmarks.leaks",
        "A generated corpus over generated rosters, pushed through what leaves and read by an adversary who holds the "
        "full roster and intersects all texts of one speaker. From level 4, the Chatham House Rule, on nothing may "
        "leave fewer than five people; up to level 3 a person may be named, and the lint warns only. *By hand* is the "
        "plain peer in the same run: the names of the roster as they stand, and e-mail addresses, are taken out, and "
        "the rest leaves with its file and the fields of its record.",
    ),
    (
        "Linking against 100,000 asks",
        "benchmarks.linking",
        "A generated corpus; the plain peer is scikit-learn's TF-IDF with brute-force cosine neighbours.",
    ),
    (
        "A hundred people at once",
        "benchmarks.load",
        "The real server with a demonstration programme, the load beside it on the same cores. SQLite and PostgreSQL "
        "are each other's peer: there is no other program of this kind. Milliseconds until the whole answer was there.",
    ),
]


def main() -> int:
    parts = [
        "# Benchmarks\n",
        "Printed by `make bench`; nothing here is typed by hand.\n",
        f"{datetime.date.today():%-d %B %Y}, {os.cpu_count()} cores, Python {platform.python_version()}.\n",
    ]
    failed = 0
    for title, module, about in RUNS:
        print(f"\n{title}\n", flush=True)
        result = subprocess.run(
            [sys.executable, "-m", module], capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL
        )
        print(result.stdout + (result.stderr if result.returncode else ""), flush=True)
        failed += bool(result.returncode)
        parts += [
            f"## {title}\n",
            f"{about}\n",
            f"`python -m {module}`\n",
            f"```\n{result.stdout.strip()}\n```\n",
        ]
    if "--write" in sys.argv and not failed:
        PAGE.write_text("\n".join(parts), encoding="utf-8")
        print(f"Written to {PAGE.relative_to(ROOT)}.")
    return failed


if __name__ == "__main__":
    sys.exit(main())
