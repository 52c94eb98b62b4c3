"""Requests that somebody forges: another site, another host, another method, too much, twice the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sulh.kernel.models import AuditEntry
from sulh.rooms.carry.models import Document, Lineage, SavedView, TransferAct
from sulh.rooms.people.enums import Role
from sulh.rooms.people.models import Seat
from sulh.rooms.programme.models import Theme
from sulh.surfaces.web.asgi import application
from tests.rooms.world import World
from tests.security.conftest import OUTSIDE

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
KEPT = (Document, Lineage, SavedView, TransferAct, Seat, Theme, AuditEntry)
FORGED = {"Origin": "https://evil.example"}


def state() -> str:
    return "".join(serializers.serialize("json", kind._base_manager.order_by("pk")) for kind in KEPT)


def strict(client: Client) -> Client:
    """The same browser, but with the check against forged requests that the test client leaves out."""
    client.handler.enforce_csrf_checks = True
    return client


# Another site


def test_no_form_of_another_site_is_taken(client_for: Make, addresses: list[str]) -> None:
    """Without the token of a page, or from another origin with one, nothing is done at any address."""
    client = strict(client_for(Role.CONVENER, "varenia"))
    client.get("/programmes/two-banks/themes/")
    token = client.cookies["csrftoken"].value
    before = state()
    for path in [*addresses, *OUTSIDE]:
        allowed = client.get(path).status_code  # an address that takes no POST at all says so
        without = client.post(path, {"name": "x", "title": "x"})
        assert without.status_code in (403, 404, 405), f"{path}: {without.status_code} ({allowed})"
        forged = client.post(path, {"csrfmiddlewaretoken": token}, headers=FORGED)
        assert forged.status_code in (403, 404, 405), f"{path}: {forged.status_code}"
    assert state() == before


def test_no_view_is_exempt_from_the_check() -> None:
    def views(patterns: list[Any]) -> list[Any]:
        found = []
        for one in patterns:
            if isinstance(one, URLResolver):
                found += views(one.url_patterns)
            elif isinstance(one, URLPattern):
                found.append(one)
        return found

    walked = views(get_resolver().url_patterns)
    assert len(walked) > 20
    assert not [one for one in walked if getattr(one.callback, "csrf_exempt", False)]


def test_reading_changes_nothing(client_for: Make, addresses: list[str]) -> None:
    """GET, HEAD, OPTIONS and TRACE are safe: an image on another site cannot make a lead do anything."""
    client = client_for(Role.CONVENER, "varenia")
    before = state()
    for path in [*addresses, *OUTSIDE]:
        for method in ("get", "head", "options", "trace"):
            getattr(client, method)(path)
    assert state() == before


def test_a_method_cannot_be_put_in_the_place_of_another(client_for: Make, world: World) -> None:
    client = client_for(Role.CONVENER, "varenia")
    before = state()
    path = f"/programmes/{world.programme.slug}/ledger/views/"
    told = {"name": "Vadstena", "query": "", "_method": "POST"}
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert client.get(path, told, headers={name: "POST"}).status_code == 405
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(path).status_code == 405
    assert state() == before


def test_a_request_is_not_sent_back(client_for: Make, addresses: list[str]) -> None:
    """TRACE, where it answered, would show a script the cookie that no script may read."""
    client = client_for(Role.CONVENER, "varenia")
    for path in [*addresses, *OUTSIDE]:
        response = client.trace(path, headers={"X-Told": "Glimmingehus"})
        assert b"Glimmingehus" not in response.content
        assert response.status_code in (302, 403, 404, 405), path


# Another host


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "a b"])
def test_another_host_is_not_answered(host: str, client: Client) -> None:
    for path in ("/sign-in/", "/", "/programmes/two-banks/"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 400
        assert b"evil" not in response.content
        assert "Location" not in response.headers


def test_a_forwarded_host_is_not_believed(client: Client) -> None:
    response = client.get("/programmes/two-banks/", headers={"X-Forwarded-Host": "evil.example"})
    assert response.status_code == 302
    assert "evil" not in response.headers["Location"]
    assert settings.USE_X_FORWARDED_HOST is False
    assert settings.SECURE_PROXY_SSL_HEADER is None


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    r"/\evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_to_another_site(target: str, client_for: Make, world: World) -> None:
    client = client_for(Role.CONVENER, "varenia")
    answers = [
        client.post("/language/", {"language": "ur", "next": target}),
        client.post("/language/", {"language": "ur"}, headers={"Referer": target.strip()}),
        client.post(
            f"/programmes/{world.programme.slug}/ledger/views/",
            {"name": "", "query": ""},
            headers={"Referer": target.strip()},
        ),
        client.get("/sign-in/", {"next": target}),
        client.post("/sign-out/", {"next": target}),
    ]
    for response in answers:
        assert "evil" not in response.headers.get("Location", "")
        assert not response.headers.get("Location", "").startswith("javascript")


# Too much


def test_too_many_fields_are_refused_before_they_are_read(client_for: Make, world: World) -> None:
    client = client_for(Role.CONVENER, "varenia")
    before = state()
    path = f"/programmes/{world.programme.slug}/ledger/views/"
    response = client.post(
        path, {f"field-{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    )
    assert response.status_code == 400
    assert b"field-" not in response.content
    assert state() == before


async def asked(
    path: str, pieces: list[bytes], declared: int | None, cookie: str = "", kind: bytes = b"text/plain"
) -> tuple[int, bytes, int]:
    """Post pieces of a body to the application as the server hands them on; status, body, pieces taken in."""
    headers = [(b"host", b"localhost"), (b"content-type", kind), (b"cookie", cookie.encode())]
    if declared is not None:
        headers.append((b"content-length", str(declared).encode()))
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": headers, "scheme": "http", "server": ("localhost", 8000),
        "client": ("127.0.0.1", 1),
    }  # fmt: skip
    talk = ApplicationCommunicator(application, scope)
    for number, piece in enumerate(pieces, 1):
        await talk.send_input({"type": "http.request", "body": piece, "more_body": number < len(pieces)})
    start = await talk.receive_output(30)
    body = b""
    while True:
        part = await talk.receive_output(30)
        body += part.get("body", b"")
        if not part.get("more_body"):
            break
    left = talk.input_queue.qsize()
    talk.stop(exceptions=False)
    return start["status"], body, len(pieces) - left


PIECE = 1_000_000


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/sign-in/", "/programmes/two-banks/documents/import/", "/no-such-page/"])
@pytest.mark.parametrize("tells", [True, False], ids=["declared", "in pieces"])
def test_a_body_that_is_too_large_is_cut_off_and_refused(path: str, tells: bool) -> None:
    """Whoever is not signed in fills neither memory nor disk: nothing past the limit is taken in."""
    pieces = [b"x" * PIECE] * (settings.LARGEST_BODY // PIECE + 20)
    status, body, taken = asyncio.run(asked(path, pieces, len(pieces) * PIECE if tells else None))
    assert status == 413
    assert b"25 MB" in body
    assert taken <= (0 if tells else settings.LARGEST_BODY // PIECE + 1)


@pytest.mark.django_db(transaction=True)
def test_a_length_that_is_none_breaks_nothing() -> None:
    for told in (-1, 10**30):
        status, _body, _taken = asyncio.run(asked("/sign-in/", [b"x"], told))
        assert status in (400, 403, 405, 413)


def test_what_is_sent_never_lies_in_a_temporary_file() -> None:
    """Bodies and files are kept in memory up to the limit, and nothing larger is taken in."""
    assert (
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE == settings.DATA_UPLOAD_MAX_MEMORY_SIZE == settings.LARGEST_BODY
    )
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


# Twice the same, and other than expected


def test_the_last_of_several_values_counts_and_the_address_never_stands_in_for_the_body(
    client_for: Make, world: World
) -> None:
    client = client_for(Role.CONVENER, "varenia")
    path = f"/programmes/{world.programme.slug}/ledger/views/"
    client.post(f"{path}?name=Fjällbacka", {"name": ["Marstrand", "Kungälv"], "query": ""})
    names = set(SavedView.objects.values_list("name", flat=True))
    assert "Kungälv" in names
    assert not {"Marstrand", "Fjällbacka"} & names
    assert client.post(f"{path}?name=Fjällbacka", {"query": ""}).status_code in (302, 422)
    assert not SavedView.objects.filter(name="Fjällbacka").exists()


def test_a_field_that_no_form_has_changes_nothing_else(client_for: Make, world: World) -> None:
    """No request sets a value that its page does not offer: another programme, a state, a date, an identifier."""
    client = client_for(Role.CONVENER, "varenia")
    document = Document.objects.get(pk=world.values["document_id"])
    path = f"/programmes/{world.programme.slug}/documents/{document.pk}/correct/"
    told = {"title": "Corrected", "kind": document.kind, "date": "", "round": "", "sources": ""}
    extra = {
        "programme": "another", "programme_id": "0", "text": "x", "fingerprint": "x", "reviewed_at": "2020-01-01",
        "own_words": "on", "id": "00000000-0000-4000-8000-000000000000", "is_system": "on", "key": "x",
    }  # fmt: skip
    client.post(path, told | extra)
    after = Document.objects.get(pk=document.pk)
    assert after.title == "Corrected"
    for name in ("programme_id", "text", "fingerprint", "reviewed_at", "own_words", "key"):
        assert getattr(after, name) == getattr(document, name), name


STRANGE = [
    "/programmes/../../etc/passwd", "/programmes/two-banks/../three-hills/", "/programmes/%2e%2e%2f%2e%2e%2fetc/",
    "/programmes/two-banks/ledger/export.../../secret-key", "/static/../../secret-key", "/static/%2e%2e/secret-key",
    "/static/..%5c..%5csecret-key", "/static//etc/passwd", "/static/", "/static/sulh/", "/programmes/%00/",
    "/programmes/two-banks/rounds/%0d%0aSet-Cookie:x=y/", "/.git/config", "/.git/HEAD", "/.env", "/var/sulh.sqlite3",
    "/admin/", "/metrics", "/debug/", "/docs/", "/openapi.json", "/static/sulh/../../kernel/settings.py",
]  # fmt: skip


@pytest.mark.parametrize("path", STRANGE)
def test_no_address_leads_out_of_what_is_served(path: str, client_for: Make, world: World) -> None:
    """No file of the installation, no list of a folder, no page for maintainers."""
    for client in (client_for(Role.CONVENER, "varenia"), Client()):
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code in (302, 404), f"{path}: {response.status_code}"
        assert settings.SECRET_KEY.encode() not in body
        assert b"root:" not in body
        assert b"Index of" not in body
        assert "x=y" not in str(client.cookies)
