"""Files that are not what they say, and what becomes of those that are."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import HttpResponse
from django.test import Client

from sulh.rooms.carry.models import Document
from sulh.rooms.people.enums import Role
from sulh.rooms.programme.models import Programme

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
WORDS = b"The participants urged both governments to open the ferry at Stegeborg."
DOCUMENT = b'<?xml version="1.0"?>%s<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
DOCUMENT += b"<w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(text: bytes = WORDS, before: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    return packed(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": DOCUMENT % (before, text)} | (extra or {})
    )


@pytest.fixture
def client(client_for: Make) -> Client:
    return client_for(Role.CONVENER, "varenia")


def send(client: Client, name: str, content: bytes) -> HttpResponse:
    told = {"kind": "joint declaration", "files": SimpleUploadedFile(name, content)}
    return client.post("/programmes/two-banks/documents/import/", told)


FALSE = {
    "a program called PDF": ("report.pdf", b"MZ\x90\x00" + bytes(range(256)) * 40),
    "a script called Word": ("report.docx", b"#!/bin/sh\necho x\n" + bytes(range(256)) * 40),
    "a packed file without a document": ("report.docx", packed({"payload.exe": b"MZ"})),
    "a picture called OpenDocument": ("report.odt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "PDF at the start, packed file at the end": ("report.pdf", b"%PDF-1.7\n" + packed({"a.txt": b"x"})),
    "a spreadsheet": ("report.xlsx", packed({"xl/workbook.xml": b"<workbook/>"})),
    "nothing": ("report.pdf", b""),
}


@pytest.mark.parametrize("what", sorted(FALSE))
def test_a_file_is_read_for_what_it_is_or_refused(what: str, programme: Programme, client: Client) -> None:
    response = send(client, *FALSE[what])
    assert response.status_code == 422
    assert "Traceback" not in response.content.decode()
    assert not Document.objects.exists()


def test_a_text_under_a_wrong_name_is_read_for_what_it_is(programme: Programme, client: Client) -> None:
    """A Word file called PDF is read as Word: its name decides nothing."""
    assert send(client, "report.pdf", word()).status_code == 302
    assert "Stegeborg" in Document.objects.get().text


def test_no_uploaded_file_is_kept(
    programme: Programme, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the file nor what its text does not show: only the words are stored, and nothing lies in a folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    home = Path(settings.HOME)
    before = {path for path in home.rglob("*") if path.is_file()}
    response = send(
        client, "report.docx", word(extra={"word/vbaProject.bin": b"Hammershus", "evil.php": b"<?php"})
    )
    assert response.status_code == 302
    assert not list(tmp_path.rglob("*"))
    left = {path for path in home.rglob("*") if path.is_file()} - before
    assert not [path for path in left if b"Hammershus" in path.read_bytes()]
    stored = Document.objects.get()
    assert "Hammershus" not in f"{stored.text}{stored.passages}{stored.title}"
    for model in apps.get_models():
        assert not [field for field in model._meta.get_fields() if isinstance(field, models.FileField)], model


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "a\x00.txt", "<b>.txt"]
)
def test_a_name_of_a_file_is_shown_and_never_used(
    name: str, programme: Programme, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    response = send(client, name, WORDS)
    assert response.status_code in (302, 400, 422)
    assert not list(tmp_path.rglob("*"))
    refused = send(client, name.replace(".txt", ".pdf"), b"%PDF-broken")
    assert refused.status_code in (400, 422)
    assert "<b>.pdf" not in refused.content.decode()


ENTITY = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file://%s">]>'


def test_an_entity_of_an_office_file_is_never_resolved(
    programme: Programme, client: Client, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("Hammershus")
    response = send(client, "report.docx", word(b"&x;" + WORDS, ENTITY % str(tmp_path / "secret").encode()))
    assert response.status_code == 422
    assert b"Hammershus" not in response.content
    assert not Document.objects.exists()
