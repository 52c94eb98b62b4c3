"""A small made-up programme, made by the actions themselves, and those who sit in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from sulh.engines import texts
from sulh.engines.asks import default_themes
from sulh.kernel.access import SYSTEM, Viewer
from sulh.kernel.models import Account
from sulh.rooms.carry import actions as carry
from sulh.rooms.carry.models import Ask, Document, TransferAct
from sulh.rooms.convene import actions as convene
from sulh.rooms.people import actions as people
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme import actions as programmes
from sulh.rooms.programme.folder import ProgrammeFile
from sulh.rooms.programme.models import Programme

SIDES = [
    {"key": "varenia", "name": "Varenia", "forms": ["Varenian", "Varenians"]},
    {"key": "oskland", "name": "Oskland", "forms": ["Osklandic", "Osklanders"]},
]
GROUPS = [
    {"key": "security", "name": "Security Group", "kind": "working group", "dialogue": "Two Banks Dialogue"},
    {
        "key": "civil",
        "name": "Civil Society Group",
        "kind": "working group",
        "dialogue": "Two Banks Dialogue",
    },
]
ROUNDS = [
    ("first", 1, "First round", "2015-11-11", ["security"]),
    ("second", 2, "Second round", "2016-03", ["civil"]),
    ("third", 3, "Third round", "2017", ["security", "civil"]),
]

Make = Callable[..., Any]
_numbers = count(1)


def make_programme(slug: str, name: str) -> Programme:
    """A programme of two sides, two groups, three rounds and the standard themes."""
    file = ProgrammeFile.model_validate(
        {
            "format": 1,
            "programme": {"slug": slug, "name": name, "summary": "Made up for the tests."},
            "sides": SIDES,
            "phases": [{"key": "phase-1", "name": "Phase I", "from": "2015"}],
            "groups": [group | {"dialogue": f"{name} dialogue"} for group in GROUPS],
            "themes": [{"key": t.key, "name": t.name, "words": list(t.words)} for t in default_themes()],
        }
    )
    made: Programme = programmes.keep_programme(SYSTEM, file.programme, file).row
    for key, number, title, date, groups in ROUNDS:
        told = {
            "number": number,
            "name": title,
            "phase": "phase-1",
            "actual_from": date,
            "actual_place": "Lund",
        }
        convene.keep_round(SYSTEM, made, key, told, groups)
    return made


@pytest.fixture
def programme(db: None) -> Programme:
    """The programme of the tests."""
    return make_programme("two-banks", "Two Banks")


@pytest.fixture
def other_programme(db: None) -> Programme:
    """A second programme, in which nobody has a seat unless a test gives one."""
    return make_programme("three-hills", "Three Hills")


@pytest.fixture
def account_for(programme: Programme) -> Callable[..., Account]:
    """``account_for(role, side=None, of=None)``: an account with one seat."""

    def make(role: str, side: str | None = None, of: Programme | None = None) -> Account:
        handle = f"tests/{role}-{side or 'neutral'}-{(of or programme).slug}".replace(" ", "-")
        people.keep_seat(SYSTEM, of or programme, handle, role, side or "")
        return Account.objects.get(handle=handle)

    return make


@pytest.fixture
def viewer_for(account_for: Callable[..., Account]) -> Callable[..., Viewer]:
    """``viewer_for(role, side=None, of=None)``: the viewer that such an account is."""
    return lambda *args, **kwargs: viewer_of(account_for(*args, **kwargs))


def signed_in(account: Account) -> Client:
    """A browser in which this account is signed in, with all factors."""
    client = Client()
    if not account.has_usable_password():
        account.password = "set in a test, fits nothing"
        account.save(update_fields=["password"])
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    account.browser_sessions.update(second_factor=True)
    return client


@pytest.fixture
def client_for(account_for: Callable[..., Account]) -> Callable[..., Client]:
    """``client_for(role, side=None, of=None)``: a browser in which such an account is signed in, with all factors."""

    def make(role: str, side: str | None = None, of: Programme | None = None) -> Client:
        return signed_in(account_for(role, side, of))

    return make


@pytest.fixture
def document(programme: Programme) -> Make:
    """``document(asks=[…], welcomes=[…], round="first", …)``: a document whose asks are confirmed already.

    An ask is its words, or a mapping with ``text`` and any of ``to``, ``themes``, ``verb``, ``lineage`` (a key that
    gathers asks of several documents), ``lineage_title`` and ``relation``.
    """

    def make(
        asks: Iterable[str | Mapping[str, Any]] = (),
        welcomes: Iterable[str | Mapping[str, Any]] = (),
        *,
        round: str | None = "first",
        date: str = "",
        title: str = "Joint declaration",
        public: bool = False,
        of: Programme | None = None,
    ) -> Document:
        home = of or programme
        told = [({"text": one} if isinstance(one, str) else dict(one)) | {"kind": "ask"} for one in asks]
        told += [
            ({"text": one} if isinstance(one, str) else dict(one)) | {"kind": "welcome"} for one in welcomes
        ]
        read = texts.parse(title + "\n\n" + "\n\n".join(one["text"] for one in told), title)
        marked = []
        for one in told:
            start = read.text.index(one["text"])
            marked.append(
                {
                    "kind": one["kind"],
                    "start": start,
                    "end": start + len(one["text"]),
                    "text": one["text"],
                    "verb": one.get("verb", "urge"),
                    "addressees": list(one.get("to", ["government:both"])),
                    "themes": list(one.get("themes", ())),
                    "rule": "marked in a test",
                    "lineage": one.get("lineage"),
                    "lineage_title": one.get("lineage_title", ""),
                    "relation": one.get("relation", "repeats"),
                }
            )
        values = {
            "round": home.rounds.get(key=round) if round else None,
            "title": title,
            "kind": "joint declaration",
            "date": date,
            "is_public": public,
            "own_words": True,
            "sources": [],
            "asks": marked,
        }
        return carry.keep_document(SYSTEM, home, f"document-{next(_numbers)}", read, values).row

    return make


@pytest.fixture
def ask(document: Make) -> Make:
    """``ask("Ease visas.", lineage="visas", to=…, themes=…, **of_its_document)``: one confirmed ask."""

    def make(
        text: str, *, kind: str = "ask", lineage: str | None = None, lineage_title: str = "", **told: Any
    ) -> Ask:
        about = {name: told.pop(name) for name in ("to", "themes", "verb", "relation") if name in told}
        one = {"text": text, "lineage": lineage, "lineage_title": lineage_title, **about}
        made = document([one] if kind == "ask" else [], [one] if kind == "welcome" else [], **told)
        return made.asks.get()

    return make


@pytest.fixture
def imported(programme: Programme) -> Make:
    """``imported(text, round="first", …)``: a text as the import takes it, its asks waiting for review."""

    def make(text: str, *, round: str | None = "first", of: Programme | None = None, **told: Any) -> Document:
        home = of or programme
        return carry.import_document(
            SYSTEM,
            home,
            texts.parse(text, told.get("title", "Joint declaration")),
            round=home.rounds.get(key=round) if round else None,
            **told,
        )

    return make


@pytest.fixture
def carried(programme: Programme) -> Make:
    """``carried(ask_or_lineage, …, side="varenia", date="2016-05")``: an act; ``response=(kind, date)``."""

    def make(
        *what: Any,
        side: str = "varenia",
        date: str = "2016-05",
        response: tuple[str, str] | tuple[str, str, str] | None = None,
        of: Programme | None = None,
    ) -> Any:
        home = of or programme
        act = carry.record_transfer(
            SYSTEM,
            home,
            [one.lineage if isinstance(one, Ask) else one for one in what],
            side=side,
            direction="up",
            strategy="briefing",
            recipient_category="foreign ministry",
            recipient_level="middle",
            date=date,
        )
        # The same act twice within a minute is refused; what a test carries was recorded a while ago.
        TransferAct.objects.filter(id=act.id).update(recorded_at=act.recorded_at - timedelta(minutes=2))
        if response:
            kind, when, *evidence = response
            carry.add_response(
                SYSTEM, home, act, kind=kind, evidence=evidence[0] if evidence else "first-hand", date=when
            )
        return act

    return make
