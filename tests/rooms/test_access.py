"""Every address as every role: members get in, everybody else gets the page of what does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sulh.kernel.vault.models import Holder, Keyring, Opening, SealedRecord, SideVault
from sulh.rooms.carry.actions import save_view
from sulh.rooms.carry.models import Ask, Document, Lineage, Response, ReviewStep, SavedView, TransferAct
from sulh.rooms.convene.models import Round
from sulh.rooms.people.models import Person, Role
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme.models import Programme, Theme

Make = Callable[..., Any]
SIDES = ["varenia", "oskland", None]


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address of a programme, as its route is written."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif isinstance(one, URLPattern) and route.startswith("programmes/<slug:slug>/"):
            yield route


ROUTES = sorted(set(routes()))


@pytest.fixture
def things(
    programme: Programme, imported: Make, ask: Make, carried: Make, account_for: Make
) -> dict[str, str]:
    """One of each thing that an address can name."""
    confirmed = ask("Both governments should open the bridge.", lineage="bridge")
    waiting = imported("The participants urged both governments to ease visas for traders.")
    act = carried(confirmed)
    view = save_view(viewer_of(account_for("convener", "varenia")), programme, "Bridges", "text=bridge")
    return {
        "document_id": str(waiting.id),
        "ask_id": str(waiting.asks.first().id),
        "lineage_id": str(confirmed.lineage_id),
        "act_id": str(act.id),
        "view_id": str(view.id),
        "key": "first",
        "format": "csv",
    }


def address(route: str, slug: str, things: dict[str, str]) -> str:
    values = things | {"slug": slug}
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: values[found[1]], route)


def state() -> str:
    kinds = (Theme, Round, Document, Ask, Lineage, TransferAct, Response, ReviewStep, SavedView)
    kinds += (Person, Keyring, SideVault, Holder, SealedRecord, Opening)
    return "".join(serializers.serialize("json", kind._base_manager.order_by("pk")) for kind in kinds)


def seen(client: Client, method: str, path: str) -> tuple[int, bytes]:
    """What a visitor can tell an answer by: its status and its body, less the token that differs every time."""
    response = getattr(client, method)(path)
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    return response.status_code, re.sub(rb'name="next" value="[^"]*"', b"", body)


def test_there_are_addresses_to_walk() -> None:
    assert len(ROUTES) > 15


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_seat_a_programme_looks_like_one_that_does_not_exist(
    route: str, programme: Programme, other_programme: Programme, client_for: Make, things: dict[str, str]
) -> None:
    client = client_for("convener", "varenia", of=other_programme)
    before = state()
    for method in ("get", "post"):
        forbidden = seen(client, method, address(route, programme.slug, things))
        unknown = seen(client, method, address(route, "no-such-programme", things))
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
        name: "00000000-0000-4000-8000-000000000000" if name != "view_id" else "999999" for name in named
    }
    for method in ("get", "post"):
        foreign = seen(client, method, address(route, other_programme.slug, things))
        unknown = seen(client, method, address(route, other_programme.slug, things | nobody))
        assert foreign == unknown
        assert foreign[0] in (404, 405)
    assert state() == before


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("role", Role.values)
def test_every_role_sees_every_page_of_its_programme(
    role: str, side: str | None, programme: Programme, client_for: Make, things: dict[str, str]
) -> None:
    client = client_for(role, side)
    before = state()
    for route in ROUTES:
        response = client.get(address(route, programme.slug, things))
        allowed = (200, 302, 403, 405) if FORMS.search(route) else (200, 405)
        assert response.status_code in allowed, f"{route}: {response.status_code}"
    assert state() == before


FORMS = re.compile(r"(import|record|response|plan|review|correct|remove|keep)/$")
"""Pages that are nothing but a form; a role that may not send it is told so, or led to what it may see."""

MAY_CHANGE = {"convener", "counterpart lead", "programme officer", "rapporteur", "liaison"}


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
        response = client.post(address(route, programme.slug, things), told)
        assert response.status_code in (200, 302, 403, 404, 405, 422), f"{route}: {response.status_code}"
    assert state() == before


def test_nobody_gets_in_without_signing_in(programme: Programme, things: dict[str, str]) -> None:
    for route in ROUTES:
        for method in ("get", "post"):
            response = getattr(Client(), method)(address(route, programme.slug, things))
            assert response.status_code in (302, 405)
            if response.status_code == 302:
                assert response.headers["Location"].startswith("/sign-in/")
