"""The page and the documentation promise the same, word by word."""

from pathlib import Path

from django.utils import translation

from sulh.rooms.people import promises

PAGE = Path(__file__).resolve().parents[3] / "docs" / "protect.md"


def test_the_table_of_the_page_stands_in_the_documentation():
    told = PAGE.read_text(encoding="utf-8")
    with translation.override("en"):
        rows = [[str(head) for head in promises.HEADS]]
        rows += [
            [str(c) for c in (r.what, r.administrator, r.disk, r.laptop, r.court)] for r in promises.ROWS
        ]
    for row in rows:
        assert "| " + " | ".join(row) + " |" in told


def test_the_page_shows_it(programme, client_for):
    from django.utils.html import escape

    shown = client_for("rapporteur").get("/programmes/two-banks/people/vault/").content.decode()
    for row in promises.ROWS:
        assert escape(str(row.administrator)) in shown
