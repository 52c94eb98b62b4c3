"""When something goes wrong it goes wrong closed, and tells nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db.utils import OperationalError
from django.test import Client

from sulh.kernel import actions
from sulh.rooms.carry import queries
from sulh.rooms.carry.models import SavedView
from sulh.rooms.people.enums import Role
from tests.rooms.world import World
from tests.security.conftest import OUTSIDE

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
TELLING = (
    "traceback",
    "django",
    "python",
    "uvicorn",
    "sqlite",
    "postgres",
    "/src/",
    "site-packages",
    "debug = true",
)


def tells_nothing(body: bytes) -> bool:
    said = body.decode().lower().replace("/static/django_htmx/", "")  # the script that every page loads
    return not [word for word in TELLING if word in said]


@pytest.fixture
def client(client_for: Make, world: World) -> Client:
    made = client_for(Role.CONVENER, "varenia")
    made.raise_request_exception = False
    return made


def fails_with(error: Exception) -> Callable[..., Any]:
    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise error

    return fail


def test_an_error_tells_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Those who run the server find it in the log; those who look at the page do not learn what it was."""
    monkeypatch.setattr(queries, "ledger", fails_with(RuntimeError("Hammershus")))
    with caplog.at_level(logging.ERROR):
        response = client.get("/programmes/two-banks/ledger/")
    assert response.status_code == 500
    assert b"Hammershus" not in response.content
    assert tells_nothing(response.content)
    assert "no-store" in response.headers["Cache-Control"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert any(record.levelno == logging.ERROR and record.exc_info for record in caplog.records)


def test_an_error_midway_changes_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an action has written is taken back where its entry in the audit log cannot be made."""
    before = set(SavedView.objects.values_list("name", flat=True))
    monkeypatch.setattr(actions, "_subject", fails_with(RuntimeError("Hammershus")))
    response = client.post("/programmes/two-banks/ledger/views/", {"name": "Halfway", "query": ""})
    assert response.status_code == 500
    assert set(SavedView.objects.values_list("name", flat=True)) == before


def test_without_its_database_it_says_so_and_tells_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        queries, "ledger", fails_with(OperationalError("unable to open database file: /secret"))
    )
    response = client.get("/programmes/two-banks/ledger/")
    assert response.status_code == 503
    assert b"The database does not answer" in response.content
    assert b"/secret" not in response.content
    assert tells_nothing(response.content)


def test_refused_pages_name_no_software(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = [
        client.get("/programmes/two-banks/no-such/"),
        client.get("/programmes/no-such/"),
        client.post("/health/"),
    ]
    answers += [
        strict.post("/language/", {"language": "ur"}),
        strict.get("/", headers={"Host": "evil.example"}),
    ]
    answers += [strict.get(path) for path in OUTSIDE] + [strict.post(path) for path in OUTSIDE]
    answers += [client.post("/language/", {f"f{n}": "x" for n in range(1_100)})]
    statuses = {response.status_code for response in answers}
    assert {400, 403, 404, 405} <= statuses
    for response in answers:
        assert response.status_code < 500
        assert tells_nothing(response.content), response.content
