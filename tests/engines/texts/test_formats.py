"""Files of each format give the text that a reader sees, with the numbers that a reader sees."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf.opendocument import OpenDocumentText
from odf.style import Style
from odf.text import H, List, ListItem, ListLevelStyleBullet, ListLevelStyleNumber, ListStyle, P

from sulh.engines.texts import Document, PassageKind, parse, read
from tests.engines.texts.text_files import bare_word, pdf, word


def shown(document: Document) -> list[tuple[str, str]]:
    return [(p.label, document.passage_text(i)) for i, p in enumerate(document.passages)]


def paragraph(text: str, num: int | None = None, level: int = 0) -> str:
    numbering = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>' if num else ""
    )
    return f"<w:p>{numbering}<w:r><w:t>{text}</w:t></w:r></w:p>"


def level(number: int, format_: str, pattern: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "(%2)")
    + level(2, "lowerRoman", "%3.")
    + level(3, "upperRoman", "%4)")
    + level(4, "upperLetter", "%5.")
    + level(5, "bullet", "\uf0b7")
    + level(6, "decimal", "%1.%7")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


def test_word_headings_tables_and_lists_come_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("Joint Declaration", style="Title")
    document.add_heading("Visas", 1)
    document.add_paragraph("Both sides agreed to:")
    for style, text in (
        ("List Number", "Ease rules."),
        ("List Bullet", "For students"),
        ("List Number", "Open counters."),
    ):
        document.add_paragraph(text, style=style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left cell.", "Right cell."
    document.add_paragraph("The last word.")
    result = read(word(document), "declaration.docx")
    assert shown(result) == [
        ("", "Joint Declaration"),
        ("", "Visas"),
        ("", "Both sides agreed to:"),
        ("1.", "Ease rules."),
        ("•", "For students"),
        ("2.", "Open counters."),
        ("", "Left cell."),
        ("", "Right cell."),
        ("", "The last word."),
    ]
    assert result.passages[1].kind is PassageKind.HEADING
    assert result.passages[4].parent == 3
    assert result.text.splitlines()[3] == "1. Ease rules."


def test_word_numbers_are_rebuilt_on_every_level_and_restart() -> None:
    body = "".join(
        [
            paragraph("one", 1), paragraph("aa", 1, 1), paragraph("bb", 1, 1), paragraph("iii", 1, 2),
            paragraph("roman", 1, 3), paragraph("capital", 1, 4), paragraph("point", 1, 5), paragraph("legal", 1, 6),
            paragraph("two", 1), paragraph("again", 1, 1),
        ]
    )  # fmt: skip
    assert [label for label, _ in shown(read(bare_word(body, LISTS), "a.docx"))] == [
        "1.", "(a)", "(b)", "i.", "I)", "A.", "•", "1.1", "2.", "(a)",
    ]  # fmt: skip


def test_word_lists_of_one_kind_go_on_unless_told_to_start_anew() -> None:
    body = paragraph("one", 1) + paragraph("two", 1) + paragraph("goes on", 3) + paragraph("anew", 2)
    assert [label for label, _ in shown(read(bare_word(body, LISTS), "a.docx"))] == ["1.", "2.", "3.", "1."]


def test_word_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Visas </w:t></w:r>"
        "<w:del w:id='1'><w:r><w:delText>may</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>should</w:t></w:r></w:ins>"
        "<w:moveFrom w:id='3'><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:r><w:t xml:space='preserve'> be eased.</w:t></w:r></w:p>"
    )
    assert read(bare_word(body), "a.docx").text == "Visas should be eased."


def test_word_paragraphs_whose_mark_was_deleted_run_together() -> None:
    body = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
        "<w:r><w:t xml:space='preserve'>Visas should </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>be eased.</w:t></w:r></w:p>"
    )
    assert read(bare_word(body), "a.docx").text == "Visas should be eased."


def test_word_links_stay_hidden_text_and_field_codes_go() -> None:
    body = (
        "<w:p><w:hyperlink><w:r><w:t>Linked words</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>stay.</w:t></w:r></w:p>"
    )
    assert read(bare_word(body), "a.docx").text == "Linked words stay."


def test_word_soft_breaks_join_sentences_and_part_lists() -> None:
    body = (
        "<w:p><w:r><w:t>The governments of</w:t><w:br/><w:t>both countries agreed:</w:t><w:br/>"
        "<w:t>1. Ease visas.</w:t><w:br/><w:t>2. Open trade.</w:t></w:r></w:p>"
    )
    assert shown(read(bare_word(body), "a.docx")) == [
        ("", "The governments of both countries agreed:"),
        ("1.", "Ease visas."),
        ("2.", "Open trade."),
    ]


def test_word_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.sections[0].footer.paragraphs[0].text = "Running foot"
    document.add_paragraph("The body of the text.")
    assert read(word(document), "a.docx").text == "The body of the text."


def test_word_text_boxes_are_read_once() -> None:
    document = docx.Document()
    paragraph_ = document.add_paragraph("Before the box.")
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    names = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph_._p.append(
        parse_xml(
            f"<w:r {names}><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert read(word(document), "a.docx").text == "Before the box.\nIn the box."


def odt(*elements: object, styles: tuple[object, ...] = ()) -> bytes:
    document = OpenDocumentText()
    for style in styles:
        document.automaticstyles.addElement(style)
    for element in elements:
        document.text.addElement(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_odt_numbers_are_rebuilt_with_prefix_suffix_and_level() -> None:
    style = ListStyle(name="L1")
    style.addElement(ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
    style.addElement(ListLevelStyleNumber(level=2, numformat="a", numprefix="(", numsuffix=")"))
    style.addElement(ListLevelStyleBullet(level=3, bulletchar="–"))
    deepest = List()
    point = ListItem()
    point.addElement(P(text="by road"))
    deepest.addElement(point)
    inner = List()
    for text in ("at the first gate;", "at the second gate."):
        item = ListItem()
        item.addElement(P(text=text))
        inner.addElement(item)
    item.addElement(deepest)
    outer = List(stylename="L1")
    first, second = ListItem(), ListItem()
    first.addElement(P(text="Open the crossing:"))
    first.addElement(inner)
    second.addElement(P(text="Clear the containers."))
    outer.addElement(first)
    outer.addElement(second)
    document = read(
        odt(H(outlinelevel=1, text="Trade"), H(outlinelevel=1, text="Transit"), outer, styles=(style,)),
        "a.odt",
    )
    assert shown(document) == [
        ("", "Trade"),
        ("", "Transit"),
        ("1.", "Open the crossing:"),
        ("(a)", "at the first gate;"),
        ("(b)", "at the second gate."),
        ("–", "by road"),
        ("2.", "Clear the containers."),
    ]
    assert [p.depth for p in document.passages] == [0, 0, 0, 1, 1, 2, 0]


def test_odt_lists_start_anew_unless_they_go_on() -> None:
    style = ListStyle(name="L1")
    style.addElement(ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))

    def one(text: str, **extra: str) -> List:
        made, item = List(stylename="L1", **extra), ListItem()
        item.addElement(P(text=text))
        made.addElement(item)
        return made

    data = odt(
        one("First."),
        P(text="Between them."),
        one("Goes on.", continuenumbering="true"),
        one("Anew."),
        styles=(style,),
    )
    assert [label for label, _ in shown(read(data, "a.odt"))] == ["1.", "", "2.", "1."]


def test_odt_title_style_and_its_children_are_titles() -> None:
    child = Style(name="P1", family="paragraph", parentstylename="Title")
    document = read(
        odt(P(text="A Joint Appeal", stylename=child), P(text="Words follow."), styles=(child,)), "a.odt"
    )
    assert document.passages[0].kind is PassageKind.TITLE


def test_odt_deletions_under_tracked_changes_are_left_out() -> None:
    from tests.engines.texts.text_files import packed

    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = (
        f"<office:document-content {names}><office:body><office:text>"
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Taken out.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Kept<text:s text:c='2'/>in<text:change text:change-id='1'/> place.<text:line-break/>"
        "Next line.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    assert read(packed(content___xml=content), "a.odt").text == "Kept in place.\nNext line."


PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>Window</title><style>p{{}}</style></head><body>
<nav><a>Home</a></nav><header><p>Masthead</p></header><form><p>Search</p></form><aside>Also read</aside>
<article><header><h1>Joint Declaration</h1></header><p>The sides’ talks &amp; meetings took place&nbsp;here.</p>
<p>They recommend that:</p><ol type="a" start="3">
<li>visas be <b>eas</b>ed;<ul><li>for students<li>for patients</ul></li>
<li value="9"><p>trade be opened.</p></li></ol><ol reversed><li>last</li><li>first</li></ol>
<script>x()</script><table><tr><td>One cell.</td><td>Two cells.</td></tr></table><p hidden>unseen</p></article>
<footer>Imprint</footer></body></html>"""


def test_html_gives_the_main_content_with_its_numbers() -> None:
    document = read(PAGE.format(charset="utf-8").encode(), "a.html")
    assert shown(document) == [
        ("", "Joint Declaration"),
        ("", "The sides’ talks & meetings took place here."),
        ("", "They recommend that:"),
        ("c.", "visas be eased;"),
        ("•", "for students"),
        ("•", "for patients"),
        ("i.", "trade be opened."),
        ("2.", "last"),
        ("1.", "first"),
        ("", "One cell."),
        ("", "Two cells."),
    ]
    assert [document.passages[i].parent for i in (3, 4, 5, 6)] == [2, 3, 3, 2]


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_html_is_read_in_the_encoding_it_declares(charset: str) -> None:
    document = read(PAGE.format(charset=charset).encode("cp1252"), "a.html")
    assert "The sides’ talks" in document.text


def test_html_is_known_by_its_content_whatever_its_name() -> None:
    assert "Masthead" not in read(PAGE.format(charset="utf-8").encode(), "notes.txt").text


def test_html_line_breaks_part_a_list_typed_by_hand() -> None:
    document = read(
        b"<html><body><p>They agreed to:<br>a) ease visas;<br>b) open trade.</p></body></html>", "a.html"
    )
    assert [label for label, _ in shown(document)] == ["", "a)", "b)"]


def test_html_numbers_typed_by_hand_in_a_list_are_not_doubled() -> None:
    document = read(
        b"<html><body><ul><li>(i) Ease visas.</li><li>(ii) Open trade.</li></ul></body></html>", "a.html"
    )
    assert document.text == "(i) Ease visas.\n(ii) Open trade."


PAGES = [
    [
        "Beyond the River, report 2017",
        "JOINT DECLARATION",
        "The members of the committee met in the city for two days and talked",
        "about trade, about the treatment of travellers, and about how to keep infor-",
        "mation flowing. They met officials of both",
        "1",
    ],
    [
        "Beyond the River, report 2017",
        "governments and members of parliament.",
        "1. Both sides should refrain from hostile statements by spokesmen and",
        "ministers.",
        "2. Visas should be eased.",
        "2",
    ],
    ["Beyond the River, report 2017", "3. Prisoners (of both sides) should be released.", "3"],
]


def test_pdf_running_heads_and_page_numbers_are_footers() -> None:
    document = read(pdf(PAGES), "a.pdf")
    footers = [
        document.passage_text(i) for i, p in enumerate(document.passages) if p.kind is PassageKind.FOOTER
    ]
    assert sorted(footers) == ["1", "2", "3", *["Beyond the River, report 2017"] * 3]


def test_pdf_paragraphs_are_joined_over_lines_and_pages() -> None:
    document = read(pdf(PAGES), "a.pdf")
    body = [
        (p.label, document.passage_text(i), p.page)
        for i, p in enumerate(document.passages)
        if p.kind.value != "footer"
    ]
    assert body == [
        ("", "JOINT DECLARATION", 1),
        (
            "",
            "The members of the committee met in the city for two days and talked about trade, about the treatment of "
            "travellers, and about how to keep information flowing. They met officials of both governments and "
            "members of parliament.",
            1,
        ),
        ("1.", "Both sides should refrain from hostile statements by spokesmen and ministers.", 2),
        ("2.", "Visas should be eased.", 2),
        ("3.", "Prisoners (of both sides) should be released.", 3),
    ]
    assert document.pages == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_files_are_read_in_their_encoding(encoding: str) -> None:
    text = "The participants’ appeal – to both sides – is this: let the café of the border post be open to everyone."
    assert read(text.encode(encoding), "a.txt").text == text


def test_old_arabic_script_text_files_are_read() -> None:
    text = "یہ تجویز ہے کہ دونوں ملک ویزا آسان بنائیں اور تجارت کا راستہ کھلا رکھیں".replace(
        "ی", "ي"
    ).replace("ہ", "ه")
    text = text.replace("ے", "ي").replace("ں", "ن")
    assert read(text.encode("cp1256"), "a.txt").text == parse(text).text


def test_the_same_declaration_reads_the_same_in_every_format() -> None:
    lines = [
        "The participants recommend that:",
        "1. Visas be eased for students.",
        "2. Trade be opened at once.",
    ]
    by_hand = parse("\n".join(lines))
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    for data, name in (
        (word(document), "a.docx"),
        (odt(*(P(text=line) for line in lines)), "a.odt"),
        (page.encode(), "a.html"),
        ("\n".join(lines).encode(), "a.md"),
    ):
        other = read(data, name)
        assert (other.text, other.passages) == (by_hand.text, by_hand.passages), name
