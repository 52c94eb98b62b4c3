"""Files made to harm whoever reads them: valid documents that were altered, and bombs, from a seed."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx
import openpyxl
from odf.opendocument import OpenDocumentText
from odf.text import H, P

LINES = (
    "Joint Declaration",
    "The participants recommend that:",
    "1. visas be eased for traders and students;",
    "2. the bridge at the old ford be opened.",
)
HTML = "<!doctype html><html><head><title>A</title></head><body>" + "".join(f"<p>{x}</p>" for x in LINES)


def sound() -> dict[str, bytes]:
    """One sound file of each kind, by its name."""
    word = docx.Document()
    for text in LINES:
        word.add_paragraph(text)
    file = io.BytesIO()
    word.save(file)
    open_document = OpenDocumentText()
    open_document.text.addElement(H(outlinelevel=1, text=LINES[0]))
    for text in LINES[1:]:
        open_document.text.addElement(P(text=text))
    open_file = io.BytesIO()
    open_document.write(open_file)
    book = openpyxl.Workbook()
    book.active.append(list(LINES))
    sheet = io.BytesIO()
    book.save(sheet)
    return {
        "a.docx": file.getvalue(),
        "a.odt": open_file.getvalue(),
        "a.xlsx": sheet.getvalue(),
        "a.pdf": pdf(
            b"BT /F1 12 Tf 72 700 Td " + b"".join(b"(%s) Tj T* " % x.encode() for x in LINES) + b"ET"
        ),
        "a.html": HTML.encode(),
        "a.txt": "\n".join(LINES).encode(),
    }


def pdf(content: bytes, *, head: bytes = b"", more: tuple[bytes, ...] = (), page: bytes = b"") -> bytes:
    """A PDF of one page with this content stream; ``head`` stands in the stream's dictionary."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>" + page + b">>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def packed(**members: bytes) -> bytes:
    """A packed file; two underscores in a name stand for a slash, three for a full stop."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("___", ".").replace("__", "/"), content)
    return out.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: bytes, before: bytes = b"") -> bytes:
    return packed(
        word__document___xml=before + b"<w:document %s><w:body>%s</w:body></w:document>" % (W, body)
    )


def bombs(scale: int = 1) -> Iterator[tuple[str, str, bytes]]:
    """Files made to cost much: what each is, its name, its bytes. Scale: how many times what a short test bears."""
    yield "zip bomb", "a.docx", packed(word__document___xml=b"0" * 150_000_000)
    yield (
        "zip bomb inside XML",
        "a.docx",
        word(b"<w:p><w:r><w:t>" + b"a" * 90_000_000 + b"</w:t></w:r></w:p>"),
    )
    yield "many members", "a.docx", packed(**{f"word__m{number}___xml": b"<a/>" for number in range(6_000)})
    lying = bytearray(packed(word__document___xml=b"0" * 60_000_000))
    place = lying.rfind(b"PK\x01\x02")
    lying[place + 24 : place + 28] = struct.pack("<I", 10)
    yield "zip bomb that states a small size", "a.docx", bytes(lying)
    deep = 200_000
    yield "deep nesting in Word", "a.docx", word(b"<w:p>" * deep + b"</w:p>" * deep)
    yield "deep nesting in a web page", "a.html", b"<html>" + b"<div>" * deep + b"words" + b"</div>" * deep
    yield "deep lists in a web page", "a.html", b"<html>" + b"<ul><li>a" * 50_000
    yield (
        "many attributes",
        "a.html",
        b"<html><p " + b" ".join(b"a%d=b" % n for n in range(30_000 * scale)) + b">words",
    )
    laughs = b"<!DOCTYPE d [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    yield "entity bomb", "a.docx", word(b"<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", laughs + b"]>")
    long = b"<!DOCTYPE d [<!ENTITY a '" + b"a" * 100_000 + b"'>]>"
    yield (
        "one long entity",
        "a.docx",
        word(b"<w:p><w:r><w:t>" + b"&a;" * 50_000 + b"</w:t></w:r></w:p>", long),
    )
    yield (
        "file of the server",
        "a.docx",
        word(
            b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
    )
    flat = zlib.compress(b"0 " * 60_000_000, 9)
    yield "huge stream", "a.pdf", pdf(flat, head=b"/Filter/FlateDecode")
    twice = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    yield "stream packed twice", "a.pdf", pdf(twice, head=b"/Filter[/FlateDecode/FlateDecode]")
    yield "huge array", "a.pdf", pdf(b"BT ET", more=(b"[" + b"1 " * 3_000_000 + b"]",), page=b"/Annots 6 0 R")
    yield "deep array", "a.pdf", pdf(b"BT ET", more=(b"[" * 100_000 + b"]" * 100_000,), page=b"/Annots 6 0 R")
    yield "contents that are themselves", "a.pdf", pdf(b"", page=b"/Resources 3 0 R/Annots 3 0 R")
    yield "many operators", "a.pdf", pdf(zlib.compress(b"q Q " * 1_900_000, 9), head=b"/Filter/FlateDecode")
    wide = zlib.compress(b"\0" * 1_000, 9)
    predictor = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 60000>>"
    yield "stated widths", "a.pdf", pdf(wide, head=predictor)
    yield "pages that go round", "a.pdf", pdf(b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    yield "one endless word", "a.txt", b"a" * 19_000_000
    yield "many points", "a.txt", b"\n".join(b"%d) a" % number for number in range(6_000 * scale))
    yield "marks within marks", "a.md", b"# A\n\n" + b"**" * 400_000 + b"[" * 400_000


def altered(seed: int) -> tuple[str, bytes]:
    """A sound file that was altered: its name and its bytes. The same seed gives the same alteration."""
    chance = random.Random(seed)
    name, data = chance.choice(sorted(sound().items()))
    kind = chance.randrange(7)
    if kind == 5 and data[:2] == b"PK":
        return name, _altered_within(data, chance)
    if kind == 6:
        name = f"a{chance.choice(['.docx', '.odt', '.pdf', '.html', '.txt', '.md', ''])}"
    return name, _altered(data, kind, chance)


def _altered(data: bytes, kind: int, chance: random.Random) -> bytes:
    broken = bytearray(data)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        start = chance.randrange(len(data))
        return data[:start] + data[start + chance.randrange(1, 200) :]
    if kind == 2:
        start = chance.randrange(len(data))
        return data[:start] + data[start : start + 400] * chance.randrange(2, 300) + data[start:]
    if kind == 3:
        numbers = [place for place in range(len(broken)) if 48 <= broken[place] <= 57] or [0]
        for _each in range(chance.randrange(1, 20)):
            broken[chance.choice(numbers)] = chance.randrange(48, 58)
        return bytes(broken)
    for _each in range(chance.randrange(1, 40)):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _altered_within(data: bytes, chance: random.Random) -> bytes:
    """A packed file of which one member is altered, the packing sound."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for each in archive.namelist():
            members[each] = archive.read(each)
    victim = chance.choice([each for each in members if members[each]])
    members[victim] = _altered(members[victim], chance.randrange(5), chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    return out.getvalue()
