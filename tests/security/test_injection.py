"""What people type stays text: on pages, in questions to the database, in headers, files and logs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from sulh.rooms.carry.models import Document
from sulh.rooms.people.enums import Role
from tests.rooms.world import World

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
PAYLOAD = "\"'><script>x</script><b onclick=x>{{7*191}}{% now %}%s%(a)s{0}"
ROOMS = ("programme", "people", "convene", "carry", "record")
MEANT = {
    "key", "slug", "handle", "state", "kind", "language", "direction", "fingerprint", "relation", "rule", "verb",
    "query", "role", "track", "what", "level",
}  # fmt: skip
"""Fields that hold words of the house: no page lets anybody type into them."""


def typed_fields() -> Iterator[tuple[type[models.Model], str, int]]:
    """Every stored field that holds what somebody typed, with its greatest length."""
    for label in ROOMS:
        for model in apps.get_app_config(label).get_models():
            if model.__name__.startswith("Historical"):
                continue
            for field in model._meta.get_fields():
                plain = type(field) in (models.CharField, models.TextField)
                if plain and not field.choices and not field.unique and field.name not in MEANT:  # type: ignore[union-attr]
                    yield model, field.name, field.max_length or 10_000  # type: ignore[union-attr]


def test_what_people_type_is_shown_as_text(world: World, addresses: list[str], client_for: Make) -> None:
    """Markup, attributes, template marks and format marks in every stored field, on every page."""
    planted = 0
    for model, name, longest in typed_fields():
        for row in model._base_manager.all():
            before = getattr(row, name)
            if isinstance(before, str):
                value = (PAYLOAD + before)[
                    : max(longest, len(before))
                ]  # a text stays as long as its spans need
                planted += model._base_manager.filter(pk=row.pk).update(**{name: value})
    assert planted > 15
    client = client_for(Role.CONVENER, "varenia")
    shown = 0
    for path in addresses:
        response = client.get(path)
        assert response.status_code < 500, path
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        body = response.content.decode()
        assert "<script>x" not in body, path
        assert "<b onclick" not in body, path
        assert str(7 * 191) not in body.replace("7*191", ""), path
        shown += body.count("&lt;script&gt;x")
        page = LexborHTMLParser(body)
        for script in page.css("script"):
            assert script.attributes.get("src"), path
        for node in page.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], path
            for name in ("href", "src", "action", "formaction"):
                target = (node.attributes.get(name) or "").strip().lower()
                assert not target.startswith(("javascript:", "vbscript:", "data:text")), path
    assert shown > 30


QUESTIONS = [
    "' OR '1'='1",
    "1; DROP TABLE carry_document",
    '") UNION SELECT handle FROM kernel_account--',
    "\x00",
    "%",
    "_",
]
PARAMETERS = (
    "text", "theme", "side", "addressee", "state", "carried", "sort", "page", "part", "round", "day", "action", "q",
    "ask", "document", "lineage", "session", "group", "next",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_reaches_the_database_as_code(
    question: str, world: World, addresses: list[str], client_for: Make
) -> None:
    client = client_for(Role.CONVENER, "varenia")
    documents = Document.objects.count()
    for path in addresses:
        response = client.get(path, dict.fromkeys(PARAMETERS, question))
        assert response.status_code < 500, path
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"argon2" not in body
        assert b"syntax error" not in body
    assert Document.objects.count() == documents
    export = f"/programmes/{world.programme.slug}/ledger/export.json"
    assert client.get(export, {"text": question}).json()["rows"] == []


@pytest.mark.parametrize("pattern", ["Kvarnb.", "Kv.*y", "[K]varnby", "(((((", "(a+)+$", "\\", "^"])
def test_no_pattern_is_made_of_what_was_typed(pattern: str, world: World, client_for: Make) -> None:
    client = client_for(Role.CONVENER, "varenia")
    export = f"/programmes/{world.programme.slug}/ledger/export.json"
    assert client.get(export, {"text": "Kvarnby"}).json()["rows"]
    assert client.get(export, {"text": pattern}).json()["rows"] == []


LINES = "a\r\nX-Evil: 1\r\n\r\n<script>"


def test_what_is_typed_stands_in_no_header(world: World, addresses: list[str], client_for: Make) -> None:
    client = client_for(Role.CONVENER, "varenia")
    for path in addresses:
        for headers in ({}, {"HX-Request": "true", "HX-Current-URL": "http://localhost/?a=%0d%0aX-Evil:1"}):
            response = client.get(path, dict.fromkeys(PARAMETERS, LINES), headers=headers)
            assert "X-Evil" not in response.headers
            for name, value in response.headers.items():
                assert "\n" not in value, f"{path}: {name}"
                assert "\r" not in value, f"{path}: {name}"


@pytest.mark.parametrize(
    "path", ["/no-such/%0aERROR%20forged", "/programmes/x%0d%0aERROR%20forged/", "/%1b[31mred/"]
)
def test_a_line_in_an_address_makes_no_line_in_a_log(
    path: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(path)
        client.post(path)
    said = [record.getMessage() for record in caplog.records if record.name.startswith("django.request")]
    assert said
    for one in said:
        assert not {"\n", "\r", "\x1b"} & set(one), one


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil", "ftp://x.example"]
)
def test_a_source_is_an_address_of_the_web(source: str, world: World, client_for: Make) -> None:
    client = client_for(Role.CONVENER, "varenia")
    document = Document.objects.get(pk=world.values["document_id"])
    told = {"title": document.title, "kind": document.kind, "date": "", "round": "", "sources": source}
    response = client.post(f"/programmes/{world.programme.slug}/documents/{document.pk}/correct/", told)
    assert response.status_code == 422
    assert Document.objects.get(pk=document.pk).sources == document.sources


HUGE = str(10**30)


def test_a_number_of_any_size_breaks_nothing(world: World, client_for: Make) -> None:
    client = client_for(Role.CONVENER, "varenia")
    base = f"/programmes/{world.programme.slug}"
    for path in (f"{base}/ledger/views/{HUGE}/forget/", f"{base}/seats/{HUGE}/end/"):
        assert client.post(path).status_code == 404
    for number in (HUGE, f"-{HUGE}", "1e309", "NaN", "٣", "0x10", "1" * 5_000):
        for path in (
            f"{base}/ledger/?page={number}",
            f"{base}/documents/{world.values['document_id']}/?part={number}",
        ):
            assert client.get(path).status_code in (200, 404), path
        for field in ("start", "end"):
            told = {"start": "0", "end": "5", field: number}
            path = f"{base}/documents/{world.values['document_id']}/review/add/"
            assert client.post(path, told).status_code in (302, 400, 404, 422), number
