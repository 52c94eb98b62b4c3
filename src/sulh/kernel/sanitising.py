"""What leaves the house carries what it says, and nothing about who made it, where or how.

Each function takes a file and returns one without names of authors, paths, programs (but “Sulh”), times, revision
marks, tracked changes, comments, hidden parts, attachments, or scripts. Tracked changes are taken as accepted. Packed
files are made anew from an allow-list of parts; of a PDF only the pages are taken. The same content gives the same
bytes (with the same zlib), so that a hash of the file can be signed.

What a file says on its pages is not touched: that is for the attribution lint. What cannot be cleaned is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

Element = Any

PROGRAM: Final = "Sulh"
_DAY_ZERO: Final = (1980, 1, 1, 0, 0, 0)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_APP: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_MEDIA: Final = "application/vnd.openxmlformats-officedocument."


class CannotBeCleaned(ValueError):
    """The file holds something that cannot be taken out safely; the message says what, and how to mend it."""


# Packed files


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise _broken() from error


def _broken() -> CannotBeCleaned:
    return CannotBeCleaned("The file is damaged and cannot be cleaned for leaving the house. Make it anew.")


def _parsed(content: bytes) -> Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _broken() from error


def _written(root: Element) -> bytes:
    from lxml import etree

    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _packed(parts: Mapping[str, bytes], kinds: Mapping[str, str], start: str) -> bytes:
    """The parts as a packed file: one order, one date, no more than is needed. ``start`` is the main part."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in sorted(kinds.items())
    )
    app = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    head = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}'
        f'<Override PartName="/docProps/app.xml" ContentType="{app}"/></Types>',
        "_rels/.rels": _relations(
            [("rId1", "officeDocument", start), ("rId2", "extended-properties", "docProps/app.xml")]
        ),
        "docProps/app.xml": f'<Properties xmlns="{_APP}"><Application>{PROGRAM}</Application></Properties>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        whole: list[tuple[str, str | bytes]] = [*head.items(), *sorted(parts.items())]
        for name, content in whole:
            entry = zipfile.ZipInfo(name, _DAY_ZERO)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    return out.getvalue()


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _targets(members: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part that stay inside the file: by their id, the kind and the part pointed at."""
    folder, _slash, name = part.rpartition("/")
    rels = members.get(f"{folder}/_rels/{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    for one in _parsed(rels) if rels else ():
        if one.get("TargetMode") == "External":
            continue
        target = one.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], path)
    return found


def _keep(element: Element, names: Iterable[str]) -> None:
    wanted = set(names)
    for one in list(element):
        if _local(one) not in wanted:
            element.remove(one)


# Spreadsheets

_IN_SHEET = ("dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "pageMargins")
_IN_STYLES = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")


def xlsx(data: bytes) -> bytes:
    """Clean a spreadsheet: values, widths and plain formats of the visible sheets, rows and columns; nothing else.

    Formulas leave as the values they had; links, pictures, names, tables, comments and print settings do not leave.

    Raises:
        CannotBeCleaned: where the file is damaged, is no spreadsheet, or has no visible sheet.
    """
    members = _members(data)
    book = members.get("xl/workbook.xml")
    if book is None:
        raise CannotBeCleaned("The file is no spreadsheet (.xlsx).")
    targets = _targets(members, "xl/workbook.xml")
    parts: dict[str, bytes] = {}
    kinds: dict[str, str] = {"xl/workbook.xml": f"{_MEDIA}spreadsheetml.sheet.main+xml"}
    relations: list[tuple[str, str, str]] = []
    shown: list[str] = []
    strings = _shared(members)
    for sheet in (one for one in _parsed(book).iter() if _local(one) == "sheet"):
        kind, path = targets.get(sheet.get(f"{{{_OFFICE}}}id", ""), ("", ""))
        if sheet.get("state", "visible") != "visible" or kind != "worksheet" or path not in members:
            continue
        number = len(shown) + 1
        shown.append(sheet.get("name", ""))
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _written(_sheet(_parsed(members[path]), strings))
        kinds[name] = f"{_MEDIA}spreadsheetml.worksheet+xml"
        relations.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    if not shown:
        raise CannotBeCleaned("The spreadsheet has no sheet that is shown.")
    if "xl/styles.xml" in members:
        parts["xl/styles.xml"] = _written(_styles(_parsed(members["xl/styles.xml"])))
        kinds["xl/styles.xml"] = f"{_MEDIA}spreadsheetml.styles+xml"
        relations.append((f"rId{len(shown) + 1}", "styles", "styles.xml"))
    parts["xl/workbook.xml"] = _written(_workbook(shown))
    parts["xl/_rels/workbook.xml.rels"] = _relations(relations).encode()
    return _packed(parts, kinds, "xl/workbook.xml")


def _workbook(shown: list[str]) -> Element:
    from lxml import etree

    root = etree.Element(f"{{{_SHEET}}}workbook", nsmap={None: _SHEET, "r": _OFFICE})
    sheets = etree.SubElement(root, f"{{{_SHEET}}}sheets")
    for number, name in enumerate(shown, 1):
        one = etree.SubElement(sheets, f"{{{_SHEET}}}sheet", name=name, sheetId=str(number))
        one.set(f"{{{_OFFICE}}}id", f"rId{number}")
    return root


def _shared(members: Mapping[str, bytes]) -> list[str]:
    content = members.get("xl/sharedStrings.xml")
    if content is None:
        return []
    return [_text_of(one) for one in _parsed(content) if _local(one) == "si"]


def _text_of(entry: Element) -> str:
    """The words of a string, without its reading aids."""
    runs = [entry, *(one for one in entry if _local(one) == "r")]
    return "".join(one.text or "" for run in runs for one in run if _local(one) == "t")


def _sheet(root: Element, strings: list[str]) -> Element:
    _keep(root, _IN_SHEET)
    _bare(root, ())
    hidden = set()
    for column in [one for one in root.iter() if _local(one) == "col"]:
        if column.get("hidden") in ("1", "true"):
            hidden |= set(range(int(column.get("min")), min(int(column.get("max")), 16_384) + 1))
            column.getparent().remove(column)
    for columns in [one for one in root if _local(one) == "cols" and not len(one)]:
        root.remove(columns)
    for row in [one for one in root.iter() if _local(one) == "row"]:
        if row.get("hidden") in ("1", "true"):
            row.getparent().remove(row)
            continue
        for cell in list(row):
            if _local(cell) != "c" or _column(cell.get("r", "")) in hidden:
                row.remove(cell)
            else:
                _cell(cell, strings)
    return root


def _column(reference: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]*", reference)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number


def _cell(cell: Element, strings: list[str]) -> None:
    """A cell with its value alone; its words stand in it, so that no list of strings is needed."""
    from lxml import etree

    value = next((one.text or "" for one in cell if _local(one) == "v"), None)
    kind = cell.get("t", "n")
    if kind == "s":
        place = int(value or "-1")
        words: str | None = strings[place] if 0 <= place < len(strings) else ""
    elif kind == "inlineStr":
        words = "".join(_text_of(one) for one in cell if _local(one) == "is")
    else:
        words = value if kind == "str" else None
    for one in list(cell):
        cell.remove(one)
    if words is not None:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{_SHEET}}}is"), f"{{{_SHEET}}}t")
        text.text = words
        text.set(f"{{{_XML}}}space", "preserve")
    elif value is not None:
        etree.SubElement(cell, f"{{{_SHEET}}}v").text = value
    elif "t" in cell.attrib:
        del cell.attrib["t"]


def _styles(root: Element) -> Element:
    from lxml import etree

    _keep(root, _IN_STYLES)
    _bare(root, ())
    named = etree.SubElement(
        root, f"{{{_SHEET}}}cellStyles", count="1"
    )  # of all names, the one that must be there
    etree.SubElement(named, f"{{{_SHEET}}}cellStyle", name="Normal", xfId="0", builtinId="0")
    return root


def _bare(root: Element, namespaces: Iterable[str]) -> None:
    """Take away elements and attributes of other namespaces (extensions, identifiers of revisions)."""
    home = root.tag.rpartition("}")[0].lstrip("{")
    kept = {home, *namespaces}
    for one in list(root.iter()):
        if one.tag.rpartition("}")[0].lstrip("{") not in kept or _local(one) == "extLst":
            if one.getparent() is not None:
                one.getparent().remove(one)
            continue
        for name in list(one.attrib):
            space = name.rpartition("}")[0].lstrip("{")
            if space and space not in kept and space != _XML:
                del one.attrib[name]


# Word

_STORIES = {"header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}
_UNWRAPPED = {"ins", "moveTo", "hyperlink", "fldSimple", "smartTag", "customXml", "sdtContent", "dir", "bdo"}
_REMOVED = {
    "del", "moveFrom", "delText", "delInstrText", "instrText", "fldChar", "proofErr", "drawing", "pict", "object",
    "annotationRef", "commentReference", "commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd",
    "permStart", "permEnd", "lastRenderedPageBreak", "altChunk", "subDoc", "control", "sdtPr", "sdtEndPr",
    "customXmlPr", "smartTagPr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "latentStyles",
    "aliases", "rsid", "nsid", "tmpl", "cellIns", "cellDel", "cellMerge", "numberingChange", "divId", "printerSettings",
    "tblCaption", "tblDescription", "attachedSchema", "docVars", "contentPart", "recipientData",
}  # fmt: skip
_STYLES = re.compile(
    r"normal|heading [1-9]|title|subtitle|list (paragraph|bullet|number)( [2-5])?|quote|caption|toc [1-9]|header|"
    r"footer|footnote (text|reference)|endnote (text|reference)|hyperlink|default paragraph font|normal table|"
    r"table (normal|grid)|no list|body text|strong|emphasis",
    re.IGNORECASE,
)
_STYLE_USES = {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink"}
_WORD_KINDS = {
    "document": "document.main", "styles": "styles", "numbering": "numbering", "header": "header", "footer": "footer",
    "footnotes": "footnotes", "endnotes": "endnotes", "settings": "settings",
}  # fmt: skip


def docx(data: bytes) -> bytes:
    """Clean a Word file: text, lists, tables and plain styles; headers, footers and notes.

    Insertions stay, deletions go. Pictures, links (their words stay), fields (their last result stays), bookmarks,
    hidden text, comments, and names of styles that are not Word's own do not leave.

    Raises:
        CannotBeCleaned: where the file is damaged or no Word file.
    """
    members = _members(data)
    main = "word/document.xml"
    if main not in members:
        raise CannotBeCleaned("The file is no Word file (.docx).")
    targets = _targets(members, main)
    names: dict[str, str] = {}  # the part in the file that comes, the part in the file that leaves
    relations: list[tuple[str, str, str]] = []
    ids: dict[str, str] = {}
    for id, (kind, path) in sorted(targets.items()):
        if path in members and path not in names and kind in ("styles", "numbering", *_STORIES):
            number = sum(1 for _id, other, _to in relations if other == kind) + 1
            names[path] = f"word/{kind}{number if kind in ('header', 'footer') else ''}.xml"
            ids[id] = f"rId{len(relations) + 1}"
            relations.append((ids[id], kind, names[path].removeprefix("word/")))
    roots = {main: _parsed(members[main])} | {new: _parsed(members[old]) for old, new in names.items()}
    style_ids = _style_ids(roots.get("word/styles.xml"))
    for root in roots.values():
        _clean_story(root, ids, style_ids)
    relations.append((f"rId{len(relations) + 1}", "settings", "settings.xml"))
    parts = {name: _written(root) for name, root in roots.items()}
    parts["word/settings.xml"] = f'<w:settings xmlns:w="{_WORD}"/>'.encode()
    parts["word/_rels/document.xml.rels"] = _relations(relations).encode()
    kinds = {
        name: f"{_MEDIA}wordprocessingml.{_WORD_KINDS[re.sub(r'[0-9]', '', name[5:-4])]}+xml"
        for name in parts
        if name.endswith(".xml")
    }
    return _packed(parts, kinds, main)


def _style_ids(styles: Element | None) -> dict[str, tuple[str, str]]:
    """For each style, by its id: the id and the name under which it leaves."""
    found: dict[str, tuple[str, str]] = {}
    for one in styles if styles is not None else ():
        if _local(one) != "style":
            continue
        name = next((_value(each, "val") for each in one if _local(each) == "name"), "")
        own = f"S{len(found) + 1}"
        is_known = bool(_STYLES.fullmatch(name))
        found[_value(one, "styleId")] = (
            (re.sub(r"\W", "", name.title()) or own, name) if is_known else (own, own)
        )
    return found


def _value(element: Element, name: str) -> str:
    return str(element.get(f"{{{_WORD}}}{name}", ""))


def _clean_story(root: Element, ids: Mapping[str, str], styles: Mapping[str, tuple[str, str]]) -> None:
    for run in [one for one in root.iter(f"{{{_WORD}}}r") if _is_hidden(one)]:
        run.getparent().remove(run)
    for one in list(root.iter()):
        name = _local(one)
        if one.getparent() is None:
            continue
        if name.endswith("PrChange") or name in _REMOVED or name == "tblGridChange":
            one.getparent().remove(one)
        elif name in _UNWRAPPED:
            _unwrap(one)
    for one in [one for one in root.iter() if _local(one) == "sdt"]:
        _unwrap(one)
    _bare(root, (_OFFICE,))
    for one in list(root.iter()):
        name = _local(one)
        for key in list(one.attrib):
            if "rsid" in key.lower() or key.rpartition("}")[2] in ("author", "date", "initials", "userId"):
                del one.attrib[key]
            elif key.startswith(f"{{{_OFFICE}}}"):
                if name in ("headerReference", "footerReference") and one.get(key) in ids:
                    one.set(key, ids[one.get(key)])
                else:
                    del one.attrib[key]
        if name in ("headerReference", "footerReference") and not one.get(f"{{{_OFFICE}}}id"):
            one.getparent().remove(one)
        elif name in _STYLE_USES and one.get(f"{{{_WORD}}}val") is not None:
            one.set(f"{{{_WORD}}}val", styles.get(_value(one, "val"), ("Normal", ""))[0])
        elif name == "style":
            new_id, new_name = styles[_value(one, "styleId")]
            one.set(f"{{{_WORD}}}styleId", new_id)
            for each in one:
                if _local(each) == "name":
                    each.set(f"{{{_WORD}}}val", new_name)
        elif name == "name" and one.getparent() is not None and _local(one.getparent()) == "abstractNum":
            one.getparent().remove(one)


def _is_hidden(run: Element) -> bool:
    for properties in run:
        if _local(properties) == "rPr":
            for one in properties:
                if _local(one) in ("vanish", "webHidden", "specVanish"):
                    return _value(one, "val") not in ("0", "false", "off")
    return False


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


# PDF

# fmt: off
_DROPPED_KEYS = frozenset({
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EF", "/Annots", "/AA", "/A", "/Thumb", "/B", "/Dur", "/Trans",
    "/Tabs", "/StructParents", "/StructParent", "/TemplateInstantiated", "/PresSteps", "/SeparationInfo", "/VP", "/OPI",
    "/Alternates", "/Ref", "/Measure", "/PtData", "/OC", "/Properties", "/ID", "/Info", "/Name", "/NM", "/JS", "/URI",
    "/F", "/FFilter", "/FDecodeParms", "/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Parent",
})
_NAMED = frozenset({
    "/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs", "/Colorants",
})
# fmt: on
"""What holds things under names of its own choice, which mean nothing."""


def pdf(data: bytes) -> bytes:
    """Clean a PDF: its pages as they are drawn, and nothing beside them.

    Document information, XMP, identifiers, attachments, scripts, forms, annotations and links, outlines, tags and
    alternative texts, remarks within drawing instructions, and what cameras write into photographs do not leave.

    Raises:
        CannotBeCleaned: where the file is damaged or locked, or has layers (which may be hidden).
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ContentStream, NameObject

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise CannotBeCleaned("The PDF is locked with a password. Make it anew without one.")
        catalog: Any = reader.trailer["/Root"].get_object()
        if "/OCProperties" in catalog:
            raise CannotBeCleaned("The PDF has layers, which may be hidden. Print it to a new PDF first.")
        writer = PdfWriter()
        met: set[int] = set()
        for page in reader.pages:
            drawn = page.get_contents()
            if drawn is not None:
                page[NameObject("/Contents")] = _plain_stream(ContentStream(drawn, reader))
            _strip(page, met, reader)
            writer.add_page(page)
        writer.metadata = {"/Producer": PROGRAM}
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        out = io.BytesIO()
        writer.write(out)
    except CannotBeCleaned:
        raise
    except Exception as error:  # the parser meets broken files with exceptions of every kind
        raise _broken() from error
    return out.getvalue()


def _plain_stream(content: Any) -> Any:
    """Drawing instructions without remarks, tags and what tags say."""
    content.operations = [
        (operands, operator)
        for operands, operator in content.operations
        if operator not in (b"BMC", b"BDC", b"EMC", b"MP", b"DP", b"BX", b"EX")
    ]
    return content


def _strip(value: Any, met: set[int], reader: Any, under: str = "") -> None:
    """Take away from a page, and all that it draws with, what is not drawn. ``under``: the key it stands under."""
    from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

    value = value.get_object()
    if id(value) in met:
        return
    met.add(id(value))
    if isinstance(value, ArrayObject):
        for one in value:
            _strip(one, met, reader)
    if not isinstance(value, DictionaryObject):
        return
    if isinstance(value, StreamObject) or under not in _NAMED:
        for key in [key for key in value if key in _DROPPED_KEYS]:
            del value[key]
    if isinstance(value, StreamObject):
        if value.get("/Subtype") == "/Form" or value.get("/PatternType") == 1 or under == "a glyph":
            _redraw(value, reader)
        elif value.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            value._data = _bare_photograph(value._data)
    for key in list(value):
        _strip(value.raw_get(key), met, reader, "a glyph" if under == "/CharProcs" else key)


def _redraw(stream: Any, reader: Any) -> None:
    """Write a stream of drawing instructions anew, in its place."""
    from pypdf.generic import ContentStream, NameObject

    plain = _plain_stream(ContentStream(stream, reader))
    stream._data = zlib.compress(plain.get_data())
    stream.decoded_self = None
    stream.pop("/DecodeParms", None)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")


def _bare_photograph(data: bytes) -> bytes:
    """A JPEG without what cameras and programs write into it (APP1 to APP13, APP15 and COM segments)."""
    if data[:2] != b"\xff\xd8":
        return data
    out, place = bytearray(data[:2]), 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:  # from here on the picture itself
            break
        length = int.from_bytes(data[place + 2 : place + 4], "big") + 2
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            out += data[place : place + length]
        place += length
    return bytes(out + data[place:])
