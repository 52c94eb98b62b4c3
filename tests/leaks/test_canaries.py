"""Canaries, typed by real requests and actions wherever a person types; none of them sits where it should not.

Logs at the finest level, mail, addresses and referrers, cookies, the cache, temporary files. Words of the
vault and of sealed records stand in no byte of the database at all, which ``tests/rooms/people/test_bytes_on_disk.py``
holds for the files and their journal; here every row of every table is read.
"""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connection, models

from sulh.kernel.models import Account
from sulh.kernel.traces import search
from sulh.rooms.carry.models import Ask, Document
from sulh.rooms.people import register_actions, sealed_actions
from sulh.rooms.people.identity import identity_of
from sulh.rooms.record.models import Minutes, Point, Session
from tests.rooms.conftest import signed_in

_numbers = count(1)
OURS = {"programme", "people", "convene", "record", "carry", "kernel"}
TYPED = {
    *("record.session", "record.point", "record.minutes"),
    *("carry.document", "carry.ask", "carry.lineage", "carry.savedview", "carry.reviewstep"),
    *("people.person", "people.namemark", "kernel.proposal", "kernel.account"),
}
"""Models into which these tests type; people and sealed records as ciphertext."""

NOT_TYPED = {
    *("carry.response", "carry.transferact", "convene.round", "kernel.auditchain", "kernel.auditentry"),
    *("kernel.browsersession", "kernel.holder", "kernel.keyring", "kernel.keyturn", "kernel.opening"),
    *(
        "kernel.sealedrecord",
        "kernel.sidevault",
        "kernel.purgereport",
        "people.exchangedhead",
        "people.seat",
        "programme.group",
    ),
    *("programme.phase", "programme.programme", "programme.side", "programme.theme", "record.change"),
}
"""Models whose text is codes, hashes and choices, or comes from a programme folder that lies open beside the house."""


def canary(name: str) -> str:
    return f"Qanary{name}{next(_numbers):03}Zzyx"


class Watched(logging.Handler):
    """Everything that any logger says, with what is behind it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(("django.db", "asyncio")):
            return  # the statements of the database, which no installation logs (DEBUG is never on)
        self.said.append(self.format(record) + repr(record.args))


@pytest.fixture
def log():
    handler, root = Watched(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def scratch(tmp_path, monkeypatch) -> Path:
    """The folder of temporary files, from which nothing that is made can be taken away unseen."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("unlink", "remove"):
        known = getattr(os, name)

        def keep(path, *args, _known=known, **told):
            path = Path(os.fspath(path)) if isinstance(path, (str, os.PathLike)) else None
            if path and path.is_relative_to(place) and path.is_file():
                (kept / f"{next(_numbers)}").write_bytes(path.read_bytes())
            return _known(*([path] if path else ()), *args, **told)

        monkeypatch.setattr(os, name, keep)
    return tmp_path


@pytest.fixture
def world(programme, both, log, scratch):
    """What a browser types everywhere; gives the planted words, those of the vault apart, and what came back."""
    base = "/programmes/two-banks/"
    words = {
        name: canary(name)
        for name in (
            "title",
            "place",
            "point",
            "minutes",
            "text",
            "document",
            "view",
            "query",
            "theme",
            "reason",
            "seat",
            "search",
        )
    }
    told: list[str] = []
    client = signed_in(Account.objects.get(pk=both["varenia"].lead.account.pk))

    def send(path: str, data: dict | None = None, **more):
        answer = client.post(base + path, data or {}, **more) if data is not None else client.get(base + path)
        request = answer.wsgi_request
        told.append(
            f"{request.path} {answer.headers.get('Location', '')} {answer.headers.get('HX-Push-Url', '')}"
        )
        told.append(repr([morsel.OutputString() for morsel in answer.cookies.values()]))
        told.append(repr(dict(answer.headers.items())))
        return answer

    send("sessions/begin/", {"title": words["title"], "place": words["place"], "level": "4", "track": "2"})
    session = Session.objects.get()
    at = f"sessions/{session.pk}/"
    for text in (words["point"], f"The former foreign secretary said {words['point']}."):
        send(at + "points/", {"key": str(uuid4()), "version": "0", "text": text, "kind": "convergence"})
    send(at + "lint/", {"text": words["search"]})
    send(at + "minutes/", {"kind": "non-paper"})
    minutes = Minutes.objects.get()
    send(f"{at}minutes/{minutes.pk}/", {"text": words["minutes"], "version": "1", "kind": "non-paper"})
    held = Point.objects.get(is_neutral=False)
    send(f"{at}points/{held.pk}/override/", {"reason": words["reason"]})
    send(f"{at}minutes/{minutes.pk}/", {"text": words["minutes"] * 9, "version": "99", "kind": "non-paper"})
    send(
        "documents/import/",
        {
            "text": f"Both governments should open the {words['text']}.",
            "title": words["document"],
            "kind": "joint declaration",
            "level": "2",
            "sources": f"https://example.org/{words['text']}",
        },
    )
    document = Document.objects.get(title=words["document"])
    found = Ask.objects.filter(document=document).first()
    if found:
        from sulh.rooms.carry.review import token_of

        send(f"documents/{document.pk}/review/{found.pk}/", {"what": "accept", "seen": token_of(found)})
    send("ledger/views/", {"name": words["view"], "query": f"text={words['query']}"})
    send("seats/", {"name": words["seat"], "role": "facilitator", "side": "", "what": "propose"})
    for path in (
        "",
        "sessions/",
        at,
        at + "write/",
        "documents/",
        "ledger/",
        "ledger/export.xlsx",
        "keys/",
        "nothing/",
    ):
        send(path)
    secret = {name: canary(name) for name in ("name", "alias", "contact", "note", "sealed")}
    vault = both["varenia"]
    who = identity_of(secret["name"], [secret["alias"]], secret["contact"], secret["note"])
    register_actions.keep_person(vault.lead.viewer, programme, vault.key, "delegate", who)
    sealed_actions.seal_record(vault.lead.viewer, programme, vault.key, secret["sealed"])
    send("people/")
    send("people/sealed/")
    return {"words": words, "secret": secret, "told": told}


def rows() -> str:
    """Every row of every table."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                f"{table} {bytes(v) if isinstance(v, memoryview) else v!r}"
                for row in cursor.fetchall()
                for v in row
            ]
    return "\n".join(found)


def test_the_canaries_are_where_they_were_typed(world):
    everything = rows()
    for name in ("title", "place", "point", "minutes", "text", "document", "view", "query", "reason"):
        assert world["words"][name] in everything, name


def test_no_canary_flies_into_a_log_a_mail_an_address_a_cookie_or_the_cache(world, log):
    spoken = "\n".join(log.said)
    kept = repr(pickle.dumps(getattr(cache, "_cache", {}))) + repr(getattr(cache, "_cache", {}))
    mails = "\n".join(str(one.message()) for one in mail.outbox)
    for name, word in {**world["words"], **world["secret"]}.items():
        assert word not in spoken, name
        assert word not in mails, name
        assert word not in kept, name
        # A question to the ledger is an address, kept or not: that one word the browser's history holds.
        assert name == "query" or not [one for one in world["told"] if word in one], name


def test_no_canary_is_left_in_a_temporary_file(world, scratch):
    words = [*world["words"].values(), *world["secret"].values()]
    assert [(trace.word, trace.path.name) for trace in search([scratch], words)] == []


def test_no_name_and_no_sealed_word_stands_in_any_row(world):
    everything = rows()
    for name, word in world["secret"].items():
        assert word not in everything, name
        assert word.lower() not in everything.lower(), name


def test_every_model_with_text_is_thought_of():
    """A new model has to be thought of: can a person type into it, and is it looked for here?"""
    found = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and any(
            isinstance(one, models.CharField | models.TextField | models.JSONField)
            for one in model._meta.fields
        )
        and not model._meta.model_name.startswith("historical")
    }
    assert found == set(TYPED) | NOT_TYPED
