"""Kill the server at random instants, start it again, and look for everything that it had acknowledged.

``python -m tests.torture.killing FOLDER`` goes on from where the last run in that folder ended, and prints the totals.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.torture.serving import Installation, Person, Server, link_of, prepared
from tests.torture.writes import Told, Writers, look

WRITERS = 4


@dataclass
class Totals:
    """What has come of all kills in a folder."""

    kills: int = 0
    killed_while_starting: int = 0
    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    half: int = 0
    refused: int = 0
    unacknowledged: int = 0
    did_not_start: int = 0
    damaged: int = 0
    slowest_start: float = 0.0
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        return self.lost + self.twice + self.half + self.refused + self.did_not_start + self.damaged


def kill_repeatedly(
    folder: Path,
    kills: int,
    seconds: float = 1e9,
    url: str = "",
    load: float = 2.0,
    at_least: int = 0,
    seed: int = 1,
) -> Totals:
    """Kill up to ``kills`` times in all, or for ``seconds``; return the totals of the folder.

    Between two starts the server is under load for a random time of up to twice ``load`` seconds; one kill in
    sixteen hits it while it starts. ``at_least`` so many writes are acknowledged before each kill under load.
    """
    kept = folder / "totals.json"
    home = folder / "home"
    totals = Totals(**json.loads(kept.read_text())) if kept.exists() else Totals()
    installation = Installation(home, url) if kept.exists() else prepared(home, url)
    began = time.monotonic()
    luck = random.Random(f"{seed} {totals.kills}")
    link = link_of(installation, "beyond-boundaries/convener")
    waiting: tuple[list[Told], str] | None = None
    session = ""
    while totals.kills < kills and time.monotonic() - began < seconds:
        step = time.monotonic()
        server = Server(installation)
        if luck.random() < 1 / 16:
            time.sleep(luck.uniform(0, 2))
            totals.killed_while_starting += 1
        else:
            waiting = _looked(installation, server, waiting, totals)
            if not session:
                person = Person(server.port)
                person.sign_in(link)
                session = person.session
            run = f"{totals.kills}x{time.time_ns() % 10**9}"
            writers = Writers(server, session, WRITERS, run)
            time.sleep(luck.uniform(0, 2 * load))
            writers.wait_for(at_least)
            server.kill()
            waiting = (writers.end(), run)
        server.kill()
        totals.kills += 1
        if totals.kills % 50 == 0 and not url:
            totals.damaged += installation.rows("PRAGMA integrity_check(1)") != [("ok",)]
        totals.seconds += time.monotonic() - step
        kept.write_text(json.dumps(asdict(totals), indent=1))
    last = Server(installation)
    _looked(installation, last, waiting, totals)
    last.stop()
    kept.write_text(json.dumps(asdict(totals), indent=1))
    return totals


def _looked(
    installation: Installation, server: Server, waiting: tuple[list[Told], str] | None, totals: Totals
) -> None:
    """Wait until the server has started by itself, and count what became of the writes before the kill."""
    try:
        totals.slowest_start = max(totals.slowest_start, server.wait())
    except AssertionError:
        totals.did_not_start += 1
        raise
    if waiting:
        for name, value in asdict(look(installation, *waiting)).items():
            setattr(totals, name, getattr(totals, name) + value)


def main() -> None:
    """Kill, and print the totals as JSON."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--kills", type=int, default=1000)
    ask.add_argument("--minutes", type=float, default=1e6)
    ask.add_argument("--url", default="", help="a PostgreSQL database; else SQLite in the folder")
    told = ask.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    totals = kill_repeatedly(told.folder, told.kills, told.minutes * 60, told.url)
    print(json.dumps(asdict(totals), indent=1))


if __name__ == "__main__":
    main()
