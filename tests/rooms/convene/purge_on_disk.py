"""Runs in a process of its own, on an installation of its own: a round with a planted word in every field, read and
backed up; then both sides purge it, a second backup is taken, and the process dies as by a power cut."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from pathlib import Path
from uuid import uuid4

import django

django.setup()

import pyrage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

WORD = "Zzqxcanary"
SOURCE = f"https://example.org/{WORD}"


def main() -> None:
    from sulh.engines import texts
    from sulh.kernel import backups
    from sulh.kernel.access import SYSTEM
    from sulh.kernel.models import Account, Proposal, PurgeReport
    from sulh.rooms.carry import actions as carry
    from sulh.rooms.carry.models import Ask, Document, Lineage, TransferAct
    from sulh.rooms.convene import actions as convene
    from sulh.rooms.convene.models import Round
    from sulh.rooms.people.actions import keep_seat
    from sulh.rooms.people.queries import viewer_of
    from sulh.rooms.record import actions as record
    from tests.rooms.conftest import make_programme, signed_in

    call_command("migrate", verbosity=0)
    setup_test_environment()
    programme = make_programme("two-banks", "Two Banks")
    for side in ("varenia", "oskland"):
        keep_seat(SYSTEM, programme, side, "convener", side)
    clients = {side: signed_in(Account.objects.get(handle=side)) for side in ("varenia", "oskland")}
    lead = viewer_of(Account.objects.get(handle="varenia"))

    place = {"planned_place": WORD, "actual_place": WORD, "actual_from": "2016-05-01"}
    told = {"name": f"Round {WORD}", "notes": f"Notes {WORD}", "sources": [SOURCE], **place}
    round = convene.keep_round(SYSTEM, programme, WORD.lower(), told, ["security"]).row

    session = record.begin_session(lead, programme, f"Fords {WORD}", 2, place=WORD, round=round)
    point = record.keep_point(
        lead, programme, session, uuid4(), 0, f"The ford at {WORD} should open."
    ).row.point
    parked = f"The former foreign secretary said that {WORD} could wait."
    held = record.keep_point(lead, programme, session, uuid4(), 0, parked, "parking lot").row.point
    minutes = record.begin_minutes(lead, programme, session, "agreed minutes")
    record.keep_minutes(
        lead, programme, minutes, f"The participants spoke of {WORD}. " * 300, minutes.version
    )
    record.propose_handover(lead, programme, session, [str(point.id)], f"Points on {WORD}")
    record.tighten_level(lead, programme, session, 4)
    record.propose_override(lead, programme, held, f"{WORD} is a place.")

    elsewhere = carry.import_document(
        SYSTEM,
        programme,
        texts.parse("Both governments should open the bridge at Kvarnby without delay.", "Other"),
        round=programme.rounds.get(key="first"),
        title="Other",
        key="other",
    )
    kept = carry.accept_ask(lead, programme, elsewhere.asks.get())
    asks = [
        f"Both governments should open the bridge at Kvarnby and at {WORD} without delay.",
        f"The participants urged both governments to ease visas for the tilers of {WORD}.",
        f"The participants called upon both governments to restore the ferry of {WORD} and its piers.",
    ]
    document = carry.import_document(
        lead,
        programme,
        texts.parse("\n\n".join(asks), f"Declaration of {WORD}"),
        round=round,
        title=f"Declaration of {WORD}",
        date="2016-05-02",
        sources=[SOURCE],
    )
    first, second, third = document.asks.order_by("start")
    carry.accept_ask(lead, programme, first, kept.lineage, "repeats")
    accepted = carry.accept_ask(lead, programme, second)
    carry.rename_lineage(lead, programme, accepted.lineage, f"Visas of {WORD}")
    carry.correct_ask(
        lead,
        programme,
        third,
        start=third.start,
        end=third.end - 1,
        kind="ask",
        verb=WORD,
        addressees=third.addressees,
        themes=third.themes,
    )
    carry.accept_ask(lead, programme, third)
    carry.undo_step(lead, programme, document)
    carry.propose_document_level(lead, programme, document, 1)
    act = {"direction": "up", "strategy": "briefing", "recipient_category": "foreign ministry"}
    act |= {"recipient_level": "middle", "date": "2016-06", "round": round}
    alone = carry.record_transfer(
        lead, programme, [accepted.lineage], side="varenia", sources=[SOURCE], **act
    )
    carry.add_response(lead, programme, alone, kind="acknowledged", evidence="first-hand", date="2016-07")
    both = [accepted.lineage, kept.lineage]
    mixed = carry.record_transfer(lead, programme, both, side="oskland", sources=["a letter"], **act)

    base = "/programmes/two-banks/"
    pages = ["", f"rounds/{round.key}/", "keys/", "ledger/", "ledger/export.csv"]
    pages += [f"sessions/{session.id}/", f"documents/{document.id}/"]
    for client in clients.values():
        for page in pages:
            response = client.get(base + page)
            assert response.status_code == 200, page
            b"".join(response.streaming_content) if response.streaming else response.content
    clients["varenia"].post(
        f"{base}documents/{document.id}/correct/", {"title": f"Declaration {WORD}", "kind": "none"}
    )

    # Fields that no action fills with free words are filled by hand, so that the word stands in every one.
    codes = {"addressees": [WORD], "themes": [WORD], "rule": WORD, "shared": [WORD]}
    Ask.objects.filter(document=document).update(**codes, suggestions=[{"shared": [WORD]}])
    Ask.history.filter(document_id=document.id).update(**codes)
    Document.objects.filter(id=document.id).update(passages=[{"kind": WORD}])
    Lineage.objects.filter(id=accepted.lineage_id).update(key=WORD)
    Lineage.history.filter(id=accepted.lineage_id).update(key=WORD)
    TransferAct.objects.filter(id=alone.id).update(key=WORD)
    TransferAct.history.filter(id=alone.id).update(key=WORD)
    Round.objects.filter(id=round.id).update(planned_sizes={WORD: 1}, actual_sizes={WORD: 1})
    unfilled = without_the_word()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner keeps samples of values; they must go too

    lay_there = bool(still_there()) and bytes_hold_the_word()
    key = pyrage.x25519.Identity.generate()
    folder = Path(os.environ["SULH_HOME"]) / "backups"
    before = backups.make(folder, [[str(key.to_public())]])
    kept_aside = Path(before.file).read_bytes()

    page = clients["varenia"].get(f"{base}rounds/{round.key}/purge/").content.decode()
    clients["varenia"].post(f"{base}rounds/{round.key}/purge/")
    proposal = Proposal.objects.get(kind="convene.purge_round")
    turn = {"what": "turn", "content_hash": proposal.content_hash}
    clients["oskland"].post(f"{base}keys/{proposal.id}/", turn)
    report = PurgeReport.objects.get()
    after = backups.make(folder, [[str(key.to_public())]], keep=1)
    for client in clients.values():
        for where in ("", "rounds/", "keys/", "ledger/", f"removed/{report.id}/"):
            assert WORD not in client.get(base + where).content.decode(), where

    shown = {
        "unfilled": unfilled,
        "lay there": lay_there,
        "told before": WORD in page,
        "wiped": report.wiped_at is not None,
        "lines": report.lines,
        "mixed acts": list(TransferAct.objects.values_list("id", "round")) == [(mixed.id, None)],
        "carried by them": [str(one) for one in mixed.lineages.values_list("id", flat=True)]
        == [str(kept.lineage_id)],
        "left": still_there(),
        "backups": [Path(before.file).exists(), Path(after.file).exists()],
        "before": holds_the_word(kept_aside, key),
        "after": holds_the_word(Path(after.file).read_bytes(), key),
    }
    print(json.dumps(shown, default=str))
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


def holds_the_word(backup: bytes, key: pyrage.x25519.Identity) -> bool:
    from sulh.kernel.backups import archive

    parts = archive.parts(io.BytesIO(pyrage.decrypt(backup, [key])))
    return any(WORD.encode() in content.read() for _name, content in parts)


def bytes_hold_the_word() -> bool:
    """Whether the word can be seen in the files of the database; those of PostgreSQL belong to its server."""
    if connection.vendor != "sqlite":
        return True
    found = Path(os.environ["SULH_HOME"]).glob("sulh.sqlite3*")
    return any(WORD.encode() in path.read_bytes() for path in found)


def holding() -> list[tuple[type[models.Model], models.Field]]:
    """Every field of the rooms, and of their history, in which somebody's words may lie."""
    from sulh.kernel import exposure

    return [
        (model, field)
        for model, fields in exposure.tables()
        for field in fields
        if not isinstance(field, (models.BinaryField, models.UUIDField))
    ]


def filled(model: type[models.Model], field: models.Field) -> bool:
    name, table = connection.ops.quote_name(field.column), connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE lower(CAST({name} AS TEXT)) LIKE %s", [f"%{WORD.lower()}%"]
        )
        return cursor.fetchone() is not None


def without_the_word() -> list[str]:
    """The fields of the rooms of a round that hold free words and in which the word is not planted."""
    rooms = ("convene", "record", "carry")
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model, field in holding()
        if model._meta.app_label in rooms and not field.choices and not filled(model, field)
    )


def still_there() -> list[str]:
    return [f"{model._meta.label}.{field.name}" for model, field in holding() if filled(model, field)]


main()
