"""The command line and the web find the same asks in the same file."""

import io
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typer.testing import CliRunner

from sulh.rooms.carry.models import Document
from sulh.surfaces.cli import app
from tests.rooms.carry.review_texts import DECLARATION, WITH_PEOPLE


def test_extract_and_import_agree_on_a_docx(tmp_path, client_for, programme):
    import docx

    made, file = docx.Document(), io.BytesIO()
    made.add_heading("Joint declaration of two meetings", 0)
    for line in (DECLARATION + "\nThe participants urged:\n" + WITH_PEOPLE).split("\n"):
        made.add_paragraph(line)
    for item in ("To resume the ferry to Oskland.", "Dignified treatment at entry points of Varenia."):
        made.add_paragraph(item, style="List Number")
    made.save(file)
    path = tmp_path / "both.docx"
    path.write_bytes(file.getvalue())

    ran = CliRunner().invoke(
        app,
        [
            "asks",
            "extract",
            str(path),
            "--json",
            "--sides",
            ",".join(side.name for side in programme.sides.all()),
        ],
    )
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)

    client_for("rapporteur").post(
        reverse("import-document", args=[programme.slug]),
        {"kind": "joint declaration", "files": [SimpleUploadedFile("both.docx", file.getvalue())]},
    )
    kept = [
        {
            "kind": ask.kind,
            "text": ask.text,
            "span": [ask.start, ask.end],
            "verb": ask.verb,
            "addressees": ask.addressees,
            "themes": ask.themes,
        }
        for ask in Document.objects.get().asks.all()
    ]
    assert len(kept) >= 6
    assert kept == [{name: one[name] for name in kept[0]} for one in told]
