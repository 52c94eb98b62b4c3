"""What can be done once is done once, however many do it at the same instant, over real connections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import json, threading, django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from sulh.kernel import signin
from sulh.kernel.access import SYSTEM
from sulh.kernel.actions import Refused
from sulh.kernel.models import Account, Proposal
from sulh.rooms.people import actions as people
from sulh.rooms.people.models import Seat
from sulh.rooms.people.queries import viewer_of
from tests.rooms.conftest import make_programme

programme = make_programme("two-banks", "Two Banks")

def at_once(*acts):
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            outcomes.append("done" if act() is not False else "refused")
        except Refused:
            outcomes.append("refused")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    [one.start() for one in threads]
    [one.join() for one in threads]
    return sorted(outcomes)

def lead(name, side):
    people.keep_seat(SYSTEM, programme, name, "counterpart lead", side)
    return viewer_of(Account.objects.get(handle=name))

first = lead("a/one", "varenia")
others = [lead(f"b/{n}", "oskland") for n in range(3)]
told = {}

account = Account.objects.get(handle="a/one")
told["link"] = at_once(*[lambda: signin.use_up(Account.objects.get(pk=account.pk)) for _ in range(1)])
account.refresh_from_db()
stale = [Account.objects.get(pk=account.pk) for _ in range(6)]
told["link at once"] = at_once(*[lambda one=one: signin.use_up(one) for one in stale])

proposal = people.propose_seat(first, programme, "hovmantorp", "facilitator", "")
turn = lambda who: people.turn_key(who, programme, proposal.id, proposal.content_hash)
told["keys at once"] = at_once(*[lambda who=who: turn(who) for who in [*others, *others]])
told["seats"] = Seat.objects.filter(programme=programme, role="facilitator").count()

second = people.propose_seat(first, programme, "vislanda", "facilitator", "")
told["turned and taken back at once"] = at_once(
    lambda: people.turn_key(others[0], programme, second.id, second.content_hash),
    lambda: people.take_back_key(first, programme, second.id),
)
second.refresh_from_db()
told["both or neither"] = bool(second.done_at) == (Seat.objects.filter(role="facilitator").count() == 2)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    left_out = ("DATABASE_URL", "SULH_SECRET_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "SULH_HOME": str(tmp_path_factory.mktemp("home")),
        "DJANGO_SETTINGS_MODULE": "sulh.kernel.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_link_is_used_by_one_of_many_at_once(told: dict[str, object]) -> None:
    assert told["link"] == ["done"]
    assert told["link at once"] == ["done", *["refused"] * 5]


def test_a_key_of_a_side_is_turned_by_one_of_many_at_once_and_it_is_done_once(
    told: dict[str, object],
) -> None:
    assert told["keys at once"] == ["done", *["refused"] * 5]
    assert told["seats"] == 1


def test_a_key_turned_while_the_other_is_taken_back_leaves_both_or_neither(told: dict[str, object]) -> None:
    outcomes = told["turned and taken back at once"]
    assert outcomes in (["done", "done"], ["done", "refused"])
    assert told["both or neither"] is True
