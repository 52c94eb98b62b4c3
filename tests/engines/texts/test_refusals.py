"""What cannot be read is refused with a reason and a remedy, before it costs memory."""

from __future__ import annotations

import io
import time

import pypdf
import pytest

from sulh.engines.texts import Limits, Unreadable, parse, read
from tests.engines.texts.text_files import bare_word, packed, pdf, word_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    + "]>"
)
MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">'
    "<m:encryption-data/></m:file-entry></m:manifest>"
)


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Secret words."]])))
    writer.encrypt("password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


TWICE = "دونوں حکومتوں کو چاہیے کہ وہ ویزا آسان کریں".encode().decode("cp1252", "ignore")

CASES = {
    "empty file": (b"", "a.txt", "empty"),
    "white space": (b" \n\t ", "a.txt", "empty"),
    "no letters": (b"-----\n***", "a.txt", "empty"),
    "Word without text": (word_of(""), "a.docx", "empty"),
    "HTML without text": (b"<!doctype html><body><script>x</script></body>", "a.html", "empty"),
    "scan": (pdf([[], []], picture=True), "a.pdf", "scanned"),
    "PDF under a password": (locked_pdf(), "a.pdf", "encrypted"),
    "Word under a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
    "OpenDocument under a password": (
        packed(content___xml="\x01\x02", **{"META-INF__manifest___xml": MANIFEST}), "a.odt", "encrypted",
    ),
    "Word before 2007": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "unknown-format"),
    "spreadsheet": (packed(xl__workbook___xml="<a/>"), "a.xlsx", "unknown-format"),
    "spreadsheet named as Word": (packed(xl__workbook___xml="<a/>"), "a.docx", "unknown-format"),
    "packed folder": (packed(a___txt="words"), "a.zip", "unknown-format"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.png", "unknown-format"),
    "rich text": (b"{\\rtf1 words}", "a.rtf", "unknown-format"),
    "any bytes": (bytes(range(256)) * 8, "a.bin", "unknown-format"),
    "Word cut short": (word_of("Words of a declaration.")[:9000], "a.docx", "damaged"),
    "PDF cut short": (pdf([["Words of a declaration."]])[:60], "a.pdf", "damaged"),
    "Word of broken XML": (packed(word__document___xml="<w:document"), "a.docx", "damaged"),
    "Word by name only": (b"\x00\x01\x02" * 99, "a.docx", "damaged"),
    "HTML nested without end": (b"<!doctype html><body>" + b"<div>" * 90_000 + b"words", "a.html", "damaged"),
    "zip bomb": (packed(word__document___xml=b"0" * 60_000_000), "a.docx", "zip-bomb"),
    "zip bomb beside the text": (
        packed(word__document___xml="<a/>", word__media__a___png=b"0" * 60_000_000), "a.docx", "zip-bomb",
    ),
    "entity bomb": (bare_word("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", before=ENTITIES), "a.docx", "zip-bomb"),
    "file of another on the disk": (
        bare_word(
            "<w:p><w:r><w:t>words &x;</w:t></w:r></w:p>",
            before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        ),
        "a.docx", "zip-bomb",
    ),
    "unknown encoding": ("Заявление участников встречи".encode("koi8-r"), "a.txt", "encoding"),
    "broken UTF-8": ("دونوں حکومتیں ویزا آسان کریں۔".encode() [:-1] + b"\xff words", "a.txt", "encoding"),
    "UTF-16 without a mark": ("words of a text".encode("utf-16-le"), "a.txt", "encoding"),
    "encoded twice": (TWICE.encode(), "a.txt", "encoding"),
    "letters lost": ("Both sides ag�ee to �ease vi�as.".encode(), "a.txt", "encoding"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_unreadable_is_refused_with_reason_and_remedy(case: str) -> None:
    data, name, code = CASES[case]
    with pytest.raises(Unreadable) as refusal:
        read(data, name)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")
    assert refusal.value.remedy.endswith(".")
    assert str(refusal.value) == f"{refusal.value.message} {refusal.value.remedy}"


def test_a_pdf_over_the_limit_of_pages_is_refused() -> None:
    data = pdf([["Words."]] * 301)
    with pytest.raises(Unreadable) as refusal:
        read(data, "a.pdf")
    assert refusal.value.code == "too-long"
    assert read(data, "a.pdf", Limits(pages=301)).pages == 301


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(bytes=10), "too-large"), (Limits(characters=10), "too-long")]
)
def test_limits_hold(limits: Limits, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(b"More than ten characters.", "a.txt", limits)
    assert refusal.value.code == code


def test_a_pasted_text_may_not_be_endless() -> None:
    with pytest.raises(Unreadable) as refusal:
        parse("a" * 2_000_001)
    assert refusal.value.code == "too-long"


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Open words."]])))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert read(out.getvalue(), "a.pdf").text == "Open words."


HOSTILE = {
    "labels": "1. " * 60_000,
    "open brackets": "(" * 100_000 + "a",
    "stars": "**a " * 60_000,
    "open comments": "<!--" * 60_000 + "\n# a",
    "links": "[a](" * 60_000,
    "inline list": "(a) x; " * 40_000,
    "persons": "Mr Ab Cd\n" * 20_000,
    "headings": "AA BB\n" * 20_000,
    "hyphens": ("abc " * 15 + "ab-\n") * 10_000,
    "announcements": "a b:\n" * 20_000,
    "nesting": "".join(f"{'  ' * (i % 40)}- a\n" for i in range(20_000)),
    "closed comments": "<!-- -->" * 20_000 + "a",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_text_takes_more_than_a_moment(case: str) -> None:
    start = time.perf_counter()
    read(HOSTILE[case].encode(), "a.txt")
    assert time.perf_counter() - start < 5


def test_three_hundred_pages_take_a_few_seconds() -> None:
    line = "The members of the committee met in the city and talked about trade for"
    data = pdf([[line.replace("city", f"city {page}")] * 45 for page in range(300)])
    start = time.perf_counter()
    assert len(read(data, "a.pdf").text) > 900_000
    assert time.perf_counter() - start < 20  # some three seconds on an idle machine
