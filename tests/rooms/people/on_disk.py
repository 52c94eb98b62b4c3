"""Runs in a process of its own, on an installation of its own: a vault is set up, people are entered, mended, read and
forgotten, a record is sealed and opened, through the pages; then the process dies as by a power cut, so that the
journal of the database stays beside it. Every secret it typed or was shown is printed, for the test to look for."""

from __future__ import annotations

import json
import os
import re
import signal
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

PHRASES = {"varenia": "seven calm rivers under one bridge", "oskland": "four wells on the old road"}
NAME, ALIAS = "Zzyzxtahmina Qxlorel", "Zzyzxalias Qxvelt"
CONTACT, NOTE = "zzyzx.contact@example.org", "zzyzx prefers the telephone in the evening"
FORGOTTEN, MENDED = "Zzyzxforgotten Qxquane", "Zzyzxmended Qxquane"
TEXT = "zzyzx agreed under the walnut tree"


def main() -> None:
    from sulh.kernel.access import SYSTEM
    from sulh.kernel.models import Account
    from sulh.kernel.vault.models import Opening, SealedRecord
    from sulh.rooms.people.actions import keep_seat
    from sulh.rooms.people.models import Person
    from tests.rooms.conftest import make_programme, signed_in

    call_command("migrate", verbosity=0)
    setup_test_environment()
    programme = make_programme("two-banks", "Two Banks")
    base = "/programmes/two-banks/people/"
    clients, shares = {}, []
    for side, phrase in PHRASES.items():
        keep_seat(SYSTEM, programme, side, "convener", side)
        client = clients[side] = signed_in(Account.objects.get(handle=side))
        client.raise_request_exception = False
        client.post(base + "vault/unlock/", {"passphrase": "zzyzx wrong passphrase"})
        client.post(base + "vault/keys/", {"passphrase": phrase, "again": phrase})
        page = client.post(
            base + "vault/set-up/", {"threshold": 2, "labels": "Cedar\nWillow"}
        ).content.decode()
        shares += [" ".join(re.findall(r"<li>(\w+)</li>", one)) for one in page.split('class="words"')[1:]]
    mine = clients["varenia"]
    told = {"category": "delegate", "name": NAME, "aliases": ALIAS, "contacts": CONTACT, "note": NOTE}
    mine.post(base + "keep/", told)
    mine.post(base + "keep/", told | {"name": FORGOTTEN})
    person = Person.objects.order_by("version", "id").last()
    mine.post(base + "keep/", told | {"name": MENDED, "person": person.code})
    assert MENDED in mine.get(base).content.decode()
    mine.post(base + "keep/", told | {"category": "no such"})
    mine.get(base + "keep/?person=" + NAME.split()[0])
    mine.post(base + "forget/", {"person": person.code, "sure": "yes"})
    mine.post(base + "vault/rehearse/", {"shares": "\n".join(shares[:2])})
    mine.post(base + "vault/rehearse/", {"shares": shares[0] + " zzyzx"})

    mine.post(base + "sealed/", {"text": TEXT})
    record = SealedRecord.objects.get()
    asked = {"record": record.code, "purpose": "safety", "reason": "A threat was received.", "hours": "24"}
    mine.post(base + "sealed/ask/", asked)
    steps = [
        ("varenia", "approve"),
        ("oskland", "approve"),
        (record.outer, "hand on"),
        (record.inner, "unwrap"),
    ]
    for side, step in [*steps, ("varenia", "show")]:
        answer = clients[side].post(
            base + "sealed/step/", {"opening": Opening.objects.get().id, "step": step}
        )
    assert TEXT in answer.content.decode()
    assert Opening.objects.get().state == "shown"

    print(json.dumps({"shares": shares, "people": Person.objects.count()}))
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


main()
