"""What leaves says what it says and no more: words planted in every hidden place of a file are in none of its bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import datetime

import docx as word_files
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from sulh.engines import texts
from sulh.kernel import sanitising
from sulh.kernel.sanitising import CannotBeCleaned
from tests.kernel import broken_files

CANARY = "Kanarienvogel"
SAID = "The bridge be opened"


def all_bytes(data: bytes) -> bytes:
    """A file as a searcher sees it: raw, unpacked, and with every packed stream in it unpacked."""
    seen = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            seen += [
                entry.filename.encode() + archive.read(entry) + entry.comment for entry in archive.infolist()
            ]
            seen.append(archive.comment)
    for start in re.finditer(rb"stream\r?\n", data):
        try:
            seen.append(zlib.decompressobj().decompress(data[start.end() :]))
        except zlib.error:
            continue
    whole = b"".join(seen)
    return whole + whole.replace(b"\0", b"")  # also as UTF-16


def repacked(
    data: bytes, more: dict[str, bytes], change=lambda name, content: content, comment: bytes = b""
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in more:
                new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
        new.comment = comment
    return out.getvalue()


# Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
C = CANARY
HIDDEN_IN_WORD = {
    "rsid of a paragraph": f'<w:p w:rsidR="{C}"><w:r w:rsidRPr="{C}"><w:t>a</w:t></w:r></w:p>',
    "a deletion": f'<w:p><w:del w:author="x"><w:r><w:delText>{C}</w:delText></w:r></w:del></w:p>',
    "text moved away": f'<w:p><w:moveFrom w:author="x"><w:r><w:t>{C}</w:t></w:r></w:moveFrom></w:p>',
    "author of an insertion": f'<w:p><w:ins w:author="{C}"><w:r><w:t>b</w:t></w:r></w:ins></w:p>',
    "an earlier format": f'<w:p><w:pPr><w:pPrChange w:author="{C}"><w:pPr/></w:pPrChange></w:pPr></w:p>',
    "a deleted mark": f'<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="{C}"/></w:rPr></w:pPr></w:p>',
    "a bookmark": f'<w:p><w:bookmarkStart w:name="{C}"/><w:r><w:t>c</w:t></w:r><w:bookmarkEnd/></w:p>',
    "a field": f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>FILENAME \\p {C}</w:instrText></w:r></w:p>',
    "a simple field": f'<w:p><w:fldSimple w:instr="AUTHOR {C}"><w:r><w:t>d</w:t></w:r></w:fldSimple></w:p>',
    "hidden text": f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{C}</w:t></w:r></w:p>",
    "a form field": f'<w:sdt><w:sdtPr><w:alias w:val="{C}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
    "a tag": f'<w:p><w:smartTag w:uri="{C}" w:element="{C}"><w:r><w:t>e</w:t></w:r></w:smartTag></w:p>',
    "custom XML": f'<w:customXml w:uri="{C}" w:element="x"><w:p/></w:customXml>',
    "an identifier of Word 2010": f'<w:p xmlns:w14="urn:{C}" w14:paraId="{C}"/>',
    "another program's element": f'<x:secret xmlns:x="urn:{C}">{C}</x:secret>',
    "a remark in the XML": f"<!-- {C} --><?{C} x?>",
    "who may edit": f'<w:p><w:permStart w:id="1" w:ed="{C}"/><w:permEnd w:id="1"/></w:p>',
    "a comment's place": '<w:p><w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>',
    "a drawing's name": f'<w:p><w:r><w:drawing><d xmlns="urn:d" name="{C}" descr="{C}"/></w:drawing></w:r></w:p>',
    "another document": f'<w:altChunk xmlns:r="urn:r" r:id="{C}"/>',
    "a style of one's own": f'<w:p><w:pPr><w:pStyle w:val="{C}"/></w:pPr></w:p>',
}
PARTS_OF_WORD = {
    "docProps/core.xml": f"<a>{C}</a>",
    "docProps/app.xml": f"<a>{C}</a>",
    "docProps/custom.xml": f"<a>{C}</a>",
    "docProps/thumbnail.jpeg": C,
    "customXml/item1.xml": f"<a>{C}</a>",
    "word/comments.xml": f"<a>{C}</a>",
    "word/people.xml": f"<a>{C}</a>",
    "word/settings.xml": f"<a><rsids>{C}</rsids><attachedTemplate>{C}</attachedTemplate></a>",
    "word/media/image1.png": C,
    "word/vbaProject.bin": C,
    "word/embeddings/sheet.xlsx": C,
    "word/theme/theme1.xml": f"<a>{C}</a>",
    "word/fontTable.xml": f"<a>{C}</a>",
    "word/glossary/document.xml": f"<a>{C}</a>",
    f"word/{C}.xml": f"<a>{C}</a>",
}


def planted_word(body: str, parts: dict[str, str]) -> bytes:
    document = word_files.Document()
    document.add_heading("Declaration", 1)
    document.add_paragraph(SAID, style="List Number")
    document.sections[0].header.paragraphs[0].text = "Joint paper"
    file = io.BytesIO()
    document.save(file)

    def change(name: str, content: bytes) -> bytes:
        if name == "word/document.xml":
            return content.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
        if name == "word/styles.xml":
            style = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{C}"><w:name w:val="{C}"/>'
            style += f'<w:rsid w:val="{C}"/></w:style></w:styles>'
            return content.replace(b"</w:styles>", style.encode())
        if name == "word/_rels/document.xml.rels":
            link = f'<Relationship Id="rId{C}" Type="x/hyperlink" Target="file:///home/{C}" TargetMode="External"/>'
            link += "</Relationships>"
            return content.replace(b"</Relationships>", link.encode())
        return content

    return repacked(
        file.getvalue(), {name: text.encode() for name, text in parts.items()}, change, C.encode()
    )


@pytest.mark.parametrize("place", HIDDEN_IN_WORD)
def test_nothing_hidden_in_the_text_of_a_word_file_leaves(place):
    planted = planted_word(HIDDEN_IN_WORD[place], {})
    clean = all_bytes(sanitising.docx(planted))
    assert C.encode() not in clean
    assert SAID.encode() in clean


@pytest.mark.parametrize("place", PARTS_OF_WORD)
def test_no_part_beside_the_text_of_a_word_file_leaves(place):
    planted = planted_word("", {place: PARTS_OF_WORD[place]})
    assert C.encode() in all_bytes(planted)
    assert C.encode() not in all_bytes(sanitising.docx(planted))


def test_a_clean_word_file_reads_as_before():
    planted = planted_word("".join(HIDDEN_IN_WORD.values()), PARTS_OF_WORD)
    clean = sanitising.docx(planted)
    document = word_files.Document(io.BytesIO(clean))
    said = [(one.text, one.style.name) for one in document.paragraphs if one.text]
    assert said[:2] == [("Declaration", "Heading 1"), (SAID, "List Number")]
    assert [text for text, _style in said[2:]] == ["a", "b", "c", "d", "e"]
    assert document.sections[0].header.paragraphs[0].text == "Joint paper"
    read = texts.read(clean, "a.docx")
    assert any(one.label == "1." and read.passage_text(n) == SAID for n, one in enumerate(read.passages))


def test_a_word_file_says_no_program_but_ours_and_no_time():
    clean = all_bytes(sanitising.docx(planted_word("", {})))
    assert not re.search(
        rb"python-docx|Microsoft Office|LibreOffice|20[0-9]{2}-[0-9]{2}-[0-9]{2}T|rsid", clean
    )
    assert b"<Application>Sulh</Application>" in clean


# Spreadsheets


def planted_sheet() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = book.properties.title = C
    book.properties.created = datetime(2026, 11, 25, 10, 11, 12)
    sheet = book.active
    sheet.title = "Ledger"
    sheet["A1"], sheet["A2"], sheet["A3"] = SAID, 7, True
    sheet["A1"].comment = Comment(C, C)
    sheet["A1"].hyperlink = f"file:///home/{C}"
    sheet["B1"] = "x"
    sheet["B2"] = f'="{C}"'
    sheet["D1"], sheet["A5"] = C, C
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.oddHeader.center.text = C
    sheet.sheet_properties.codeName = C
    hidden = book.create_sheet(f"{C} 2")
    hidden["A1"] = C
    hidden.sheet_state = "hidden"
    book.create_sheet("very")["A1"] = C
    book["very"].sheet_state = "veryHidden"
    book.defined_names[C] = DefinedName(C, attr_text="Ledger!$A$1")
    style = openpyxl.styles.NamedStyle(name=C)
    sheet["A2"].style = style
    file = io.BytesIO()
    book.save(file)
    more = {
        "xl/persons/person.xml": f"<a>{C}</a>".encode(),
        "docProps/custom.xml": f"<a>{C}</a>".encode(),
        "customXml/item1.xml": f"<a>{C}</a>".encode(),
        "xl/vbaProject.bin": C.encode(),
        "xl/printerSettings/printerSettings1.bin": C.encode(),
    }

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            uid = f'<sheetData xmlns:xr="urn:xr" xr:uid="{C}"><!-- {C} -->'
            return content.replace(b"<sheetData>", uid.encode())
        return content

    return repacked(file.getvalue(), more, change, C.encode())


def test_nothing_hidden_in_a_spreadsheet_leaves():
    planted = planted_sheet()
    assert all_bytes(planted).count(C.encode()) > 15
    clean = all_bytes(sanitising.xlsx(planted))
    assert C.encode() not in clean
    assert not re.search(rb"(?i)openpyxl|microsoft excel|20[0-9]{2}-[0-9]{2}-[0-9]{2}T", clean)


def test_a_clean_spreadsheet_shows_what_it_showed():
    book = openpyxl.load_workbook(io.BytesIO(sanitising.xlsx(planted_sheet())))
    assert book.sheetnames == ["Ledger"]
    sheet = book.active
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value, sheet["B1"].value] == [
        SAID,
        7,
        True,
        "x",
    ]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_a_spreadsheet_that_shows_nothing_is_refused():
    book = openpyxl.Workbook()
    file = io.BytesIO()
    book.save(file)
    hidden = repacked(
        file.getvalue(), {}, lambda _n, content: content.replace(b'state="visible"', b'state="hidden"')
    )
    with pytest.raises(CannotBeCleaned, match="no sheet that is shown"):
        sanitising.xlsx(hidden)


# PDF


def planted_pdf() -> bytes:
    content = f"% {C}\n/Span <</ActualText ({C}) /MCID 0>> BDC BT /A 12 Tf 72 700 Td ({SAID}) Tj ET EMC /X Do".encode()
    writer = PdfWriter(clone_from=io.BytesIO(broken_files.pdf(content)))
    page = writer.pages[0]
    resources = page["/Resources"].get_object()
    resources["/Font"][NameObject("/A")] = resources["/Font"].raw_get("/F1")
    writer.add_metadata(
        {"/Author": C, "/Title": C, "/Creator": C, "/Producer": C, "/CreationDate": "D:20261125101112"}
    )
    writer.add_attachment(f"{C}.txt", C.encode())
    writer.add_outline_item(title=C, page_number=0)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(C)}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.page_layout = "/SinglePage"
    xmp = DecodedStreamObject()
    xmp.set_data(f"<x:xmpmeta>{C}</x:xmpmeta>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject(f"/{C}"): TextStringObject(C)})
    page[NameObject("/LastModified")] = TextStringObject(C)
    page[NameObject("/Annots")] = ArrayObject(
        [
            writer._add_object(
                DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/Annot"),
                        NameObject("/Subtype"): NameObject("/Text"),
                        NameObject("/Contents"): TextStringObject(C),
                        NameObject("/T"): TextStringObject(C),
                        NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
                        NameObject("/P"): page.indirect_reference,
                    }
                )
            )
        ]
    )
    form = DecodedStreamObject()
    form.set_data(f"% {C}\n0 0 10 10 re f".encode())
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(n) for n in (0, 0, 10, 10)])
    form[NameObject("/PieceInfo")] = DictionaryObject({NameObject(f"/{C}"): TextStringObject(C)})
    photograph = DecodedStreamObject()
    photograph.set_data(b"\xff\xd8\xff\xe1\x00\x15Exif" + C.encode() + b"\0\0\xff\xda\x00\x02picture\xff\xd9")
    photograph[NameObject("/Subtype")], photograph[NameObject("/Filter")] = (
        NameObject("/Image"),
        NameObject("/DCTDecode"),
    )
    resources[NameObject("/XObject")] = DictionaryObject(
        {NameObject("/X"): writer._add_object(form), NameObject("/B"): writer._add_object(photograph)}
    )
    writer._ID = ArrayObject([TextStringObject(C), TextStringObject(C)])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_nothing_hidden_in_a_pdf_leaves():
    planted = planted_pdf()
    assert all_bytes(planted).count(C.encode()) > 12
    clean = all_bytes(sanitising.pdf(planted))
    assert C.encode() not in clean
    assert not re.search(rb"(?i)pypdf|/ID\b|/Annots|/EmbeddedFiles|D:20", clean)


def test_a_clean_pdf_shows_what_it_showed():
    reader = PdfReader(io.BytesIO(sanitising.pdf(planted_pdf())))
    assert SAID in reader.pages[0].extract_text()
    objects = reader.pages[0]["/Resources"]["/XObject"]
    assert b"re" in objects["/X"].get_data()
    assert b"picture" in objects["/B"]._data
    assert reader.metadata == {"/Producer": "Sulh"}


def test_a_pdf_with_layers_is_refused():
    layered = broken_files.pdf(b"BT ET").replace(b"/Type/Catalog", b"/Type/Catalog/OCProperties<<>>")
    with pytest.raises(CannotBeCleaned, match="layers"):
        sanitising.pdf(layered)


# All of them


@pytest.mark.parametrize(
    ("clean", "data"),
    [
        (sanitising.docx, planted_word("".join(HIDDEN_IN_WORD.values()), PARTS_OF_WORD)),
        (sanitising.xlsx, planted_sheet()),
        (sanitising.pdf, planted_pdf()),
    ],
    ids=["docx", "xlsx", "pdf"],
)
def test_the_same_content_gives_the_same_bytes_and_cleaning_twice_changes_nothing(clean, data):
    once = clean(data)
    assert clean(data) == once
    assert clean(once) == once


@pytest.mark.parametrize("clean", [sanitising.docx, sanitising.xlsx, sanitising.pdf])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7 and no more", broken_files.packed(a___txt=b"words")]
)
def test_what_cannot_be_cleaned_is_refused(clean, data):
    with pytest.raises(CannotBeCleaned):
        clean(data)
