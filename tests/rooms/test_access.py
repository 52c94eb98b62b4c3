"""Whoever has no seat gets the page of what does not exist; who sees what inside is in ``test_access_matrix``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sulh.kernel.models import KeyTurn, Proposal
from sulh.kernel.vault.models import Holder, Keyring, Opening, SealedRecord, SideVault
from sulh.rooms.carry.models import Ask, Document, Lineage, Response, ReviewStep, SavedView, TransferAct
from sulh.rooms.convene.models import Round
from sulh.rooms.people.enums import Role
from sulh.rooms.people.models import Person, Seat
from sulh.rooms.programme.models import Programme, Theme
from sulh.rooms.record.models import Change, Minutes, Point, Session
from tests.rooms.world import ROUTES, address, make_world

Make = Callable[..., Any]
SIDES = ["varenia", "oskland", None]


@pytest.fixture
def things(
    programme: Programme, imported: Make, ask: Make, carried: Make, account_for: Make
) -> dict[str, str]:
    """One of each thing that an address can name."""
    return make_world(programme, imported, ask, carried, account_for).values


KEPT = (Theme, Round, Document, Ask, Lineage, TransferAct, Response, ReviewStep, SavedView)
KEPT += (Person, Keyring, SideVault, Holder, SealedRecord, Opening)
KEPT += (Seat, Proposal, KeyTurn, Session, Change, Point, Minutes)


def state() -> str:
    return "".join(serializers.serialize("json", kind._base_manager.order_by("pk")) for kind in KEPT)


def seen(client: Client, method: str, path: str) -> tuple[int, bytes, int]:
    """What a visitor can tell an answer by: its status, its body (less the token that differs every time), and how
    long it takes, told by the number of questions put to the database."""
    with CaptureQueriesContext(connection) as asked:
        response = getattr(client, method)(path)
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    return response.status_code, re.sub(rb'name="next" value="[^"]*"', b"", body), len(asked)


def test_there_are_addresses_to_walk() -> None:
    assert len(ROUTES) > 15


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_seat_a_programme_looks_like_one_that_does_not_exist(
    route: str, programme: Programme, other_programme: Programme, client_for: Make, things: dict[str, str]
) -> None:
    client = client_for("convener", "varenia", of=other_programme)
    before = state()
    for method in ("get", "post"):
        forbidden = seen(client, method, address(route, things))
        unknown = seen(client, method, address(route, things | {"slug": "no-such-programme"}))
        assert forbidden == unknown
        assert forbidden[0] in (404, 405)
    assert state() == before


@pytest.mark.parametrize("route", ROUTES)
def test_what_belongs_to_another_programme_is_unknown_in_this_one(
    route: str, programme: Programme, other_programme: Programme, client_for: Make, things: dict[str, str]
) -> None:
    """The identifiers of one programme open nothing under the address of another."""
    named = set(re.findall(r"<\w+:(\w+)>", route)) - {"slug", "format", "key"}
    if not named:
        return
    client = client_for("convener", "varenia", of=other_programme)
    before = state()
    nobody = {
        name: "00000000-0000-4000-8000-000000000000" if name not in ("view_id", "seat_id") else "999999"
        for name in named
    }
    for method in ("get", "post"):
        foreign = seen(client, method, address(route, things | {"slug": other_programme.slug}))
        unknown = seen(client, method, address(route, things | nobody | {"slug": other_programme.slug}))
        assert foreign == unknown
        assert foreign[0] in (404, 405)
    assert state() == before


MAY_CHANGE = {"convener", "counterpart lead", "programme officer", "rapporteur", "liaison", "facilitator"}


@pytest.mark.parametrize("role", sorted(set(Role.values) - MAY_CHANGE))
def test_roles_that_only_read_change_nothing_but_views(
    role: str, programme: Programme, client_for: Make, things: dict[str, str]
) -> None:
    client = client_for(role, "varenia")
    before = state()
    for route in ROUTES:
        if "views" in route:
            continue
        told = {"decision": "accept", "what": "accept", "name": "x", "title": "x", "text": "x", "words": "x"}
        response = client.post(address(route, things), told)
        assert response.status_code in (200, 302, 403, 404, 405, 422), f"{route}: {response.status_code}"
    assert state() == before


def test_nobody_gets_in_without_signing_in(programme: Programme, things: dict[str, str]) -> None:
    for route in ROUTES:
        for method in ("get", "post"):
            response = getattr(Client(), method)(address(route, things))
            assert response.status_code in (302, 405)
            if response.status_code == 302:
                assert response.headers["Location"].startswith("/sign-in/")
