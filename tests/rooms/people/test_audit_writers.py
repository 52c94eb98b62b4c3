"""Eight writers at once, over real connections: one chain, never forked, and no action without its entry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]
WRITERS, ACTIONS = 8, 25

PROGRAM = """
import json, sys, threading, django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
call_command("migrate", verbosity=0)
from sulh.kernel import audit, chain
from sulh.kernel.access import SYSTEM
from sulh.kernel.models import AuditChain, AuditEntry
from sulh.rooms.people.models import Seat
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.programme.models import Programme

writers, actions = int(sys.argv[1]), int(sys.argv[2])
programmes = [Programme.objects.create(slug=slug, name=slug) for slug in ("north", "south")]
start, failures = threading.Barrier(writers), []

def write(number):
    start.wait()  # the chains do not exist yet: all writers begin them at once
    try:
        for step in range(actions):
            keep_seat(SYSTEM, programmes[step % 2], f"writer-{number}/{step}", "rapporteur")
    except Exception as error:
        failures.append(repr(error))
    finally:
        connection.close()

threads = [threading.Thread(target=write, args=[number]) for number in range(writers)]
[one.start() for one in threads]
[one.join() for one in threads]
told = {"failures": failures, "chains": AuditChain.objects.count(), "seats": Seat.objects.count()}
for programme in programmes:
    with transaction.atomic():
        lines = list(audit.export(programme.slug))
    verdict = chain.verify(lines)
    rows = AuditEntry.objects.filter(chain__programme=programme.slug)
    told[programme.slug] = {
        "holds": verdict.holds,
        "checked": verdict.checked,
        "subjects": len(set(rows.values_list("subject", flat=True))),
    }
print(json.dumps(told))
"""


def run(database: str, home: Path) -> dict[str, object]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "PYTHONPATH": str(ROOT / "src"),
        "SULH_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "sulh.kernel.settings",
    }
    environment |= {"DATABASE_URL": database} if database else {}
    command = [sys.executable, "-c", PROGRAM, str(WRITERS), str(ACTIONS)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert result.returncode == 0, result.stderr
    told: dict[str, object] = json.loads(result.stdout)
    return told


def one_chain_each(told: dict[str, object]) -> None:
    of_each = {"north": WRITERS * ((ACTIONS + 1) // 2), "south": WRITERS * (ACTIONS // 2)}
    assert told == {
        "failures": [],
        "chains": 2,
        "seats": WRITERS * ACTIONS,
        **{slug: {"holds": True, "checked": n, "subjects": n} for slug, n in of_each.items()},
    }


def test_on_sqlite(tmp_path: Path) -> None:
    one_chain_each(run("", tmp_path))


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty database, beside that of the tests."""
    import psycopg

    address, name = os.environ.get("DATABASE_URL", ""), f"writers_{os.getpid()}"
    if not address.startswith("postgres"):
        pytest.fail("DATABASE_URL names no PostgreSQL. “make postgres” starts one and runs this test.")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(address)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_on_postgresql(tmp_path: Path, postgresql: str) -> None:
    one_chain_each(run(postgresql, tmp_path))
