"""Every answer of every address carries the policies: pages, refusals, downloads, static files, errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sulh.rooms.people.enums import Role
from tests.rooms.world import World
from tests.security.conftest import OUTSIDE

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
STATIC = ["/static/sulh/sulh.css", "/static/sulh/sulh.js", "/static/sulh/mark.svg", "/static/no-such.css"]
ALWAYS = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"}
ALWAYS |= {"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"}
WITHOUT_LETTERS = {
    "application/json",  # always UTF-8 (RFC 8259)
    "image/svg+xml",  # says it itself
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def test_every_answer_carries_the_policies(client_for: Make, addresses: list[str]) -> None:
    """By GET and POST, to a lead, an evaluator and somebody without a seat: pages, refusals, downloads, errors.

    A page in the cache of a seized laptop outlives the session that it was read in, hence ``no-store``.
    """
    for who in (client_for(Role.CONVENER, "varenia"), client_for(Role.EVALUATION), Client()):
        for method in ("get", "post"):
            for path in [*addresses, *OUTSIDE]:
                response = getattr(who, method)(path)
                what = f"{method} {path}: {response.status_code}"
                has_the_policies(response, what)
                assert "no-store" in response.headers["Cache-Control"], what
                said_what_it_is(response, what)


def test_static_files_carry_the_policies_and_may_be_kept(client: Client) -> None:
    for path in STATIC:
        response = client.get(path)
        has_the_policies(response, path)
        said_what_it_is(response, path)
        assert ("no-store" in response.headers.get("Cache-Control", "")) == (response.status_code == 404)


def has_the_policies(response: HttpResponse, what: str) -> None:
    missing = ALWAYS - set(response.headers)
    assert not missing, f"{what}: {missing}"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], what
    assert response.headers["X-Content-Type-Options"] == "nosniff", what
    assert response.headers["Referrer-Policy"] == "same-origin", what
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", what
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin", what
    assert not {"Server", "X-Powered-By", "Via"} & set(response.headers), what


def said_what_it_is(response: HttpResponse, what: str) -> None:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    assert not body or kind in WITHOUT_LETTERS or "charset=" in kind, f"{what}: {kind}"


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    told = client.get("/sign-in/").headers["Content-Security-Policy"]
    policy = {name: values for name, *values in (part.split() for part in told.split(";"))}
    assert policy["default-src"] == ["'none'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    allowed = {value for values in policy.values() for value in values}
    assert allowed == {"'none'", "'self'", "data:"}
    assert [name for name, values in policy.items() if "data:" in values] == ["img-src"]


def test_no_answer_may_be_read_by_another_origin(
    client_for: Make, addresses: list[str], client: Client
) -> None:
    lead = client_for(Role.CONVENER, "varenia")
    for path in [*addresses, *OUTSIDE]:
        for asking in (lead, client):
            response = asking.get(path, headers={"Origin": "https://evil.example"})
            assert not [name for name in response.headers if name.lower().startswith("access-control-")]
    for path in STATIC:
        assert "Access-Control-Allow-Origin" not in client.get(path).headers


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_download_is_a_download(kind: str, world: World, client_for: Make) -> None:
    """A browser saves it and renders nothing, under a name that holds nothing of what was typed."""
    response = client_for(Role.CONVENER, "varenia").get(
        f"/programmes/{world.programme.slug}/ledger/export.{kind}", {"text": 'x"; filename="evil.html'}
    )
    told = response.headers["Content-Disposition"]
    assert told.startswith(f'attachment; filename="ledger-{world.programme.slug}-')
    assert told.endswith(f'.{kind}"')
    assert told.count('"') == 2
    assert "html" not in response.headers["Content-Type"]
    assert "no-store" in response.headers["Cache-Control"]


def test_signing_out_clears_what_the_browser_keeps(client_for: Make) -> None:
    client = client_for(Role.CONVENER, "varenia")
    page = client.get("/programmes/two-banks/")
    assert "Clear-Site-Data" not in page.headers
    assert client.post("/sign-out/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_cookies_are_for_this_host_and_not_for_scripts(client_for: Make) -> None:
    client = client_for(Role.CONVENER, "varenia")
    client.get("/programmes/two-banks/themes/")
    client.post("/language/", {"language": "ur"})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        if name != "sessionid":  # put there by the test itself; see test_deployment for the one that is sent
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Lax", name
            assert not cookie["domain"], name


def test_what_a_message_says_is_in_no_cookie(client_for: Make, world: World) -> None:
    client = client_for(Role.CONVENER, "varenia")
    client.post(f"/programmes/{world.programme.slug}/ledger/views/", {"name": "Glimmingehus", "query": ""})
    assert "Glimmingehus" not in str(client.cookies)
    assert b"Glimmingehus" in client.get(f"/programmes/{world.programme.slug}/ledger/").content


def test_every_page_offers_signing_out(client_for: Make, addresses: list[str]) -> None:
    client = client_for(Role.CONVENER, "varenia")
    pages = 0
    for path in addresses:
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if b"<html" in body and response.status_code < 500:
            pages += 1
            assert b'action="/sign-out/"' in body, path
    assert pages > 20
