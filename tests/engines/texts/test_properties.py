"""What holds whatever the text and whatever the bytes."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import docx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentText
from odf.text import H, List, ListItem, P

from sulh.engines.texts import Document, Unreadable, parse, read
from sulh.engines.texts.labels import find_label
from tests.engines.texts.text_files import pdf, word

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
LINES = st.sampled_from(
    [
        "1. Ease visas.", "2. Open trade:", "(a) by road;", "(i) by rail", "i. one", "• a point", "- another",
        "A. B. Alpha",
        "JOINT DECLARATION", "Visas", "The participants agreed to:", "To maintain peace", "Participants:",
        "Mr Alif Alpha, editor", "Signed at the lake", "3", "Page 3 of 5", "", "", "۱۔ ویزا", "شرکاء", "क) सीमा।",
        "# Heading", "> quoted", "**bold** word", "recommend that: (a) x; (b) y",
        "a wrapped line of text that goes on and",
        "inter-", "national trade", "2017 was hard", "3.5 million", "    - deep", "I. Theme", "II. Theme", "Article 3",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(LINES, max_size=25).map("\n".join),
    st.text(max_size=300),
    st.text(alphabet="abZI12.:;()-*#\n \t|>_ivx•۱क\u200c", max_size=150),
    st.lists(st.one_of(LINES, st.text(LETTERS, max_size=30)), max_size=15).map("\n".join),
)


def check(document: Document) -> None:
    end = 0
    for index, passage in enumerate(document.passages):
        assert end <= passage.span.start < passage.span.end <= len(document.text)
        end = passage.span.end
        content = document.text[passage.span.start : passage.span.end]
        assert document.passage_text(index) == document.quote(passage.span) == content
        assert content == content.strip()
        assert "\n" not in content
        assert passage.parent is None or 0 <= passage.parent < index
        assert passage.depth >= 0
        if passage.label:
            before = document.text[: passage.span.start]
            line = before.rpartition("\n")[2]
            assert line.rstrip().endswith(passage.label)
    assert unicodedata.is_normalized("NFC", document.text)
    assert not set(document.text) & set("\r\x00\x0b\u2028")


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_the_text_in_order_and_reproduce_it(text: str) -> None:
    try:
        document = parse(text)
    except Unreadable as refusal:
        assert refusal.code == "empty"
        return
    check(document)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_but_labels_lies_outside_passages(text: str) -> None:
    try:
        document = parse(text)
    except Unreadable:
        return
    start = 0
    for line in document.text.split("\n"):
        here = [p for p in document.passages if start <= p.span.start < start + len(line)]
        outside, at = "", start
        for passage in here:
            outside += document.text[at : passage.span.start]
            at = passage.span.end
        outside += document.text[at : start + len(line)]
        if here:
            assert outside.split() == [word for p in here for word in p.label.split()]
        else:
            label = find_label(line)
            assert label is not None
            assert label.length >= len(line)
        start += len(line) + 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(LETTERS, max_size=40)), max_size=15).map("\n".join))
def test_a_text_file_reads_as_its_pasted_text(text: str) -> None:
    try:
        expected = parse(text, "a.txt")
    except Unreadable as refusal:
        with pytest.raises(Unreadable) as other:
            read(text.encode(), "a.txt")
        assert other.value.code == refusal.code
        return
    try:
        found = read(text.encode(), "a.txt")
    except Unreadable as refusal:
        assume(
            refusal.code != "encoding"
        )  # a file is refused where its letters look mixed up; what is pasted is not
        raise
    assert found == expected


def _samples() -> dict[str, bytes]:
    word_document = docx.Document()
    word_document.add_heading("Visas", 1)
    word_document.add_paragraph("Both sides agreed to:")
    word_document.add_paragraph("ease visas", style="List Number")
    word_document.add_table(2, 2).cell(1, 1).text = "A cell"
    open_document = OpenDocumentText()
    open_document.text.addElement(H(outlinelevel=1, text="Visas"))
    points, point = List(), ListItem()
    point.addElement(P(text="ease visas"))
    points.addElement(point)
    open_document.text.addElement(points)
    out = io.BytesIO()
    open_document.save(out)
    page = (
        b"<!doctype html><html><head><meta charset=utf-8></head><body><h1>Visas</h1><ol start=2 type=i><li>ease visas"
        b"<li value=7>open trade</ol><table><tr><td>a cell</td></tr></table></body></html>"
    )
    return {
        "a.docx": word(word_document),
        "a.odt": out.getvalue(),
        "a.html": page,
        "a.pdf": pdf([["Visas", "1. ease (some) visas"], ["2. open trade"]]),
        "a.txt": "Visas – for all\n1. ease visas".encode(),
    }


SAMPLES = _samples()
BEGINNINGS = [b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]


def reads_or_refuses(data: bytes, name: str) -> None:
    try:
        check(read(data, name))
    except Unreadable as refusal:
        assert refusal.remedy


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.docx", "a.pdf", "a.html", "a.txt", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    reads_or_refuses(data, name)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    ),
    st.binary(max_size=300),
)
def test_any_bytes_behind_a_familiar_beginning_are_read_or_refused(beginning: bytes, data: bytes) -> None:
    reads_or_refuses(beginning + data, "a")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_files_cut_short_or_altered_are_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[name])
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    reads_or_refuses(bytes(content[: data.draw(st.one_of(st.none(), places))]), name)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["a.docx", "a.odt"]), st.data())
def test_packed_files_with_altered_insides_are_read_or_refused(name: str, data: st.DataObject) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SAMPLES[name])) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            content = bytearray(old.read(member))
            if member in (
                "word/document.xml",
                "word/numbering.xml",
                "word/styles.xml",
                "content.xml",
                "styles.xml",
            ):
                for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=3)):
                    content[place] = data.draw(st.sampled_from(list(b'09az"<>/ -%')))
            new.writestr(member, bytes(content))
    reads_or_refuses(out.getvalue(), name)
