"""Thousands of altered files through the import page of the web: none stops the server, each is read or refused.

``SULH_TORTURE_FILES`` says how many (2,000 unless told), ``SULH_TORTURE_SEED`` where to begin.
"""

from __future__ import annotations

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sulh.engines import texts
from sulh.kernel import parsing
from sulh.rooms.carry.models import Document
from tests.kernel import broken_files

pytestmark = pytest.mark.torture

FILES = int(os.environ.get("SULH_TORTURE_FILES", "2000"))
FIRST = int(os.environ.get("SULH_TORTURE_SEED", "100000"))


def test_every_altered_file_is_read_or_refused():
    outcomes: dict[str, int] = {}
    for seed in range(FIRST, FIRST + FILES):
        name, data = broken_files.altered(seed)
        try:
            document = parsing.read(data, name)
        except texts.Unreadable as error:
            assert error.message.endswith("."), seed
            assert error.remedy.endswith("."), seed
            code = error.code
        else:
            assert document.passages, seed
            code = "read"
        outcomes[code] = outcomes.get(code, 0) + 1
    print(outcomes)
    assert "unavailable" not in outcomes
    assert sum(outcomes.values()) == FILES


def test_the_import_page_answers_every_one_of_them(client_for, programme):
    client = client_for("programme officer", "varenia")
    address = reverse("import-document", args=[programme.slug])
    files = [broken_files.altered(seed) for seed in range(FIRST, FIRST + FILES // 10)]
    files += [(name, data) for _what, name, data in broken_files.bombs(10)]
    for name, data in files:
        before = Document.objects.count()
        sent = {"kind": "joint declaration", "files": [SimpleUploadedFile(name, data)]}
        answer = client.post(address, sent)
        assert answer.status_code in (302, 422)
        assert Document.objects.count() - before == (1 if answer.status_code == 302 else 0)
    sound = b"Last declaration\n\nThe participants recommend that the last bridge be opened."
    sent = {"kind": "joint declaration", "files": [SimpleUploadedFile("last.txt", sound)]}
    assert client.post(address, sent).status_code == 302
