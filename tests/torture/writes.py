"""Acknowledged writes through the real pages, and how each shows in the database.

A new page that writes is added to ``KINDS``; everything else in this folder then writes, kills and looks for it.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.torture.serving import Installation, Person, Server

PROGRAMME = "beyond-boundaries"
HERE = f"/programmes/{PROGRAMME}"


@dataclass(frozen=True)
class Kind:
    """One kind of write.

    ``form(writer, token)`` is what the page is sent. Where ``replaces``, each write of a writer takes the place of its
    last one; else each leaves a row of its own. ``rows`` selects id, writer's key, token and whether all parts of the
    write are there; ``action`` is what its audit entry says, of which each row has exactly one.
    """

    name: str
    path: str
    form: Callable[[int, str], list[tuple[str, str]]]
    rows: str
    action: str
    replaces: bool = False


KINDS = (
    Kind(
        "plan_round",
        f"{HERE}/rounds/plan/",
        lambda writer, token: [
            ("name", token),
            ("place", "Lund"),
            ("starts", "2027-03"),
            ("groups", "rsg"),
            ("groups", "rcsg"),
        ],
        "SELECT id, name, name, 2 = (SELECT count(*) FROM convene_round_groups g WHERE g.round_id = r.id) "
        "FROM convene_round r WHERE name LIKE 'torture-{run}-%'",
        "convene.plan_round",
    ),
    Kind(
        "save_view",
        f"{HERE}/ledger/views/",
        lambda writer, token: [("name", token), ("query", "sort=-last")],
        "SELECT id, name, name, query = 'sort=-last' FROM carry_savedview WHERE name LIKE 'torture-{run}-%'",
        "carry.save_view",
    ),
    Kind(
        "edit_theme",
        f"{HERE}/themes/",
        lambda writer, token: [("key", f"torture-{writer}"), ("name", token), ("words", "bridge, ferry")],
        "SELECT id, key, name, true FROM programme_theme WHERE name LIKE 'torture-{run}-%'",
        "programme.edit_theme",
        replaces=True,
    ),
)


@dataclass
class Told:
    """What one writer was told: per kind, tokens in order; and the one still on its way when the line broke."""

    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    on_its_way: tuple[str, str] | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.acknowledged.values()))


class Writers:
    """People who write one thing after the other, each when the last was acknowledged, until the line breaks."""

    def __init__(self, server: Server, session: str, writers: int, run: str) -> None:
        self.told = [Told() for _ in range(writers)]
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(server, session, number, run), daemon=True)
            for number in range(writers)
        ]
        for thread in self._threads:
            thread.start()

    def _write(self, server: Server, session: str, writer: int, run: str) -> None:
        person, told, number = Person(server.port, session), self.told[writer], 0
        while not self._ended.is_set():
            kind = KINDS[(number + writer) % len(KINDS)]
            token = f"torture-{run}-{writer}-{number}"
            told.on_its_way = (kind.name, token)
            try:
                status, _headers, _body = person.post(kind.path, kind.form(writer, token))
            except (OSError, http.client.HTTPException):
                return
            if status == 302:
                told.acknowledged.setdefault(kind.name, []).append(token)
            else:
                told.refused.append(f"{kind.name}: {status}")
            told.on_its_way = None
            number += 1

    @property
    def count(self) -> int:
        return sum(told.count for told in self.told)

    def wait_for(self, count: int) -> None:
        """Wait until so many writes were acknowledged, or nobody writes any more."""
        while self.count < count and any(thread.is_alive() for thread in self._threads):
            time.sleep(0.01)

    def end(self) -> list[Told]:
        """Let each finish what it is about, and return what all were told."""
        self._ended.set()
        for thread in self._threads:
            thread.join(60)
        return self.told


@dataclass
class Found:
    """What became of the writes: all counts but ``acknowledged`` and ``unacknowledged`` are to be nought."""

    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    half: int = 0
    refused: int = 0
    unacknowledged: int = 0
    """Writes that were kept and whose acknowledgement the kill cut off: no fault."""


def look(installation: Installation, told: list[Told], run: str) -> Found:
    """Look in the database for what the writers of one run were told."""
    found = Found(sum(one.count for one in told), refused=sum(len(one.refused) for one in told))
    for kind in KINDS:
        rows = installation.rows(kind.rows.format(run=run))
        there = Counter(token for _id, _key, token, _whole in rows)
        entries = Counter(
            subject.replace("-", "")  # PostgreSQL writes an identifier with hyphens, SQLite keeps it without
            for (subject,) in installation.rows(
                f"SELECT subject FROM kernel_auditentry WHERE action = '{kind.action}'"
            )
        )
        for identity, _key, _token, whole in rows:
            times = entries[str(identity).replace("-", "")]
            found.half += not (whole and (times >= 1 if kind.replaces else times == 1))
        now = {key: token for _id, key, token, _whole in rows}
        for writer, one in enumerate(told):
            tokens = one.acknowledged.get(kind.name, [])
            pending = one.on_its_way[1] if one.on_its_way and one.on_its_way[0] == kind.name else None
            if kind.replaces:
                found.lost += bool(tokens and now.get(f"torture-{writer}") not in (tokens[-1], pending))
            else:
                found.lost += sum(1 for token in tokens if not there[token])
            found.twice += sum(1 for token in [*tokens, pending] if token and there[token] > 1)
            found.unacknowledged += bool(pending and there[pending])
    return found
