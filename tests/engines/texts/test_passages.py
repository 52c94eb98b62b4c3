"""How a declaration falls into passages."""

from __future__ import annotations

import pytest

from sulh.engines.texts import Document, PassageKind, parse

DECLARATION = """\
JOINT DECLARATION
Islamabad, 28-29 March 2017

The members of the committee met in the city for two days and spoke about
the state of relations be-
tween both countries, including cross-
border trade.

Security
1. Both sides should refrain from hostile statements.
2. The participants urged their governments to:
   a) open a hotline between border commanders;
   b) share information on time.

Visas and travel
1.Hold a meeting of consular officers.
2. Waive registration. 3.5 million refugees should be heard.

The participants agreed and urged their governments:
To maintain the dialogue
Dignified treatment at entry points
Release of prisoners

Pakistani delegation:
1. Mr Alif Alpha, former ambassador
2. Dr Beh Beta, member of parliament
Afghan delegation
Ms Jim Gamma, editor
Mr Dal Delta

Signed in Islamabad
Alif Alpha
"""


def rows(document: Document) -> list[tuple[str, str, str]]:
    return [(p.kind.value, p.label, document.passage_text(i)) for i, p in enumerate(document.passages)]


def of_kind(document: Document, kind: PassageKind) -> list[str]:
    return [document.passage_text(i) for i, p in enumerate(document.passages) if p.kind is kind]


def parent_text(document: Document, content: str) -> str | None:
    index = next(i for i in range(len(document.passages)) if document.passage_text(i).startswith(content))
    parent = document.passages[index].parent
    return None if parent is None else document.passage_text(parent)


def depth_of(document: Document, content: str) -> int:
    return next(
        p.depth for i, p in enumerate(document.passages) if document.passage_text(i).startswith(content)
    )


@pytest.fixture(scope="module")
def declaration() -> Document:
    return parse(DECLARATION)


def test_title_is_set_apart(declaration: Document) -> None:
    assert of_kind(declaration, PassageKind.TITLE) == ["JOINT DECLARATION", "Islamabad, 28-29 March 2017"]


def test_wrapped_lines_are_joined_and_cut_words_mended(declaration: Document) -> None:
    assert of_kind(declaration, PassageKind.PREAMBLE) == [
        "The members of the committee met in the city for two days and spoke about the state of relations "
        "between both countries, including cross-border trade."
    ]


def test_numbering_restarts_under_each_theme(declaration: Document) -> None:
    assert of_kind(declaration, PassageKind.HEADING) == ["Security", "Visas and travel"]
    assert parent_text(declaration, "Both sides should") == "Security"
    assert parent_text(declaration, "Hold a meeting") == "Visas and travel"


def test_nested_points_hang_on_their_clause(declaration: Document) -> None:
    assert parent_text(declaration, "open a hotline") == "The participants urged their governments to:"
    assert depth_of(declaration, "open a hotline") == 1
    assert of_kind(declaration, PassageKind.ITEM)[:2] == [
        "open a hotline between border commanders;",
        "share information on time.",
    ]


def test_a_list_without_labels_hangs_on_its_chapeau(declaration: Document) -> None:
    for content in ("To maintain", "Dignified treatment", "Release of prisoners"):
        assert parent_text(declaration, content) == "The participants agreed and urged their governments:"


def test_persons_are_participants_and_nothing_else(declaration: Document) -> None:
    persons = of_kind(declaration, PassageKind.PARTICIPANTS)
    assert len(persons) == 6
    others = [text for kind, _, text in rows(declaration) if kind not in ("participants", "signature")]
    assert not any(name in text for text in others for name in ("Alpha", "Beta", "Gamma", "Delta"))


def test_signatures_end_the_text(declaration: Document) -> None:
    assert of_kind(declaration, PassageKind.SIGNATURE) == ["Signed in Islamabad", "Alif Alpha"]


@pytest.mark.parametrize(
    ("line", "label", "content"),
    [
        ("3. Open the gates.", "3.", "Open the gates."),
        ("3.Open the gates.", "3.", "Open the gates."),
        ("3) Open the gates.", "3)", "Open the gates."),
        ("(3) Open the gates.", "(3)", "Open the gates."),
        ("1- Open the gates.", "1-", "Open the gates."),
        ("(a) open the gates;", "(a)", "open the gates;"),
        ("a. Open the gates.", "a.", "Open the gates."),
        ("A) Open the gates.", "A)", "Open the gates."),
        ("i. Open the gates.", "i.", "Open the gates."),
        ("(iv) open the gates;", "(iv)", "open the gates;"),
        ("2.1 Open the gates.", "2.1", "Open the gates."),
        ("2.1.3. Open the gates.", "2.1.3.", "Open the gates."),
        ("• Open the gates.", "•", "Open the gates."),
        ("- Open the gates.", "-", "Open the gates."),
        ("– Open the gates.", "–", "Open the gates."),
        ("\uf0b7 Open the gates.", "•", "Open the gates."),
        ("Article 4: Open the gates.", "Article 4:", "Open the gates."),
        ("۱۔ سرحد کھولی جائے۔", "۱۔", "سرحد کھولی جائے۔"),
        ("(۲) سرحد کھولی جائے۔", "(۲)", "سرحد کھولی جائے۔"),
        ("٣- سرحد کھولی جائے۔", "٣-", "سرحد کھولی جائے۔"),
        ("الف) مرز باز شود.", "الف)", "مرز باز شود."),
        ("१. सीमा खोली जाए।", "१.", "सीमा खोली जाए।"),
        ("(क) सीमा खोली जाए।", "(क)", "सीमा खोली जाए।"),
    ],
)
def test_labels_are_told_from_content(line: str, label: str, content: str) -> None:
    document = parse(f"{line}\n")
    assert (document.passages[0].label, document.passage_text(0)) == (label, content)


@pytest.mark.parametrize(
    "line",
    [
        "2017 was a hard year for trade.",
        "3.5 million refugees should stay.",
        "28-29 March saw a meeting.",
        "48-hour pauses should be kept.",
        "U.S. forces should leave.",
        "10.30 am was the hour of the meeting.",
        "10:30 was the hour of the meeting.",
        "9/11 changed the region.",
        "I agree that visas should be eased.",
        "1,500 visas should be given.",
        "50% of the seats should be kept.",
    ],
)
def test_dates_decimals_and_initials_are_no_labels(line: str) -> None:
    document = parse(line)
    assert (document.passages[0].label, document.passage_text(0)) == ("", line)


def test_initials_of_a_person_are_taken_back_into_the_text() -> None:
    document = parse(
        "B. Alpha opened the meeting and thanked all who had come.\n\nThe rest was silence, as ever."
    )
    assert document.passage_text(0).startswith("B. Alpha opened")


def test_three_levels_and_back() -> None:
    document = parse("1. One:\n(a) two:\n(i) three;\n(ii) four;\n(b) five;\n2. Six.")
    assert [p.depth for p in document.passages] == [0, 1, 2, 2, 1, 0]
    assert [p.parent for p in document.passages] == [None, 0, 1, 1, 0, None]


def test_the_letter_i_after_h_is_a_letter() -> None:
    document = parse("\n".join(f"({letter}) point {letter};" for letter in "abcdefghij"))
    assert {p.depth for p in document.passages} == {0}


def test_numbering_that_is_one_for_every_item_makes_siblings() -> None:
    document = parse("1. Ease visas.\n1. Open trade.\n1. Free prisoners.")
    assert [(p.depth, p.parent) for p in document.passages] == [(0, None)] * 3


def test_indented_bullets_nest() -> None:
    document = parse("- Trade\n    - by road\n    - by rail\n- Visas")
    assert [p.depth for p in document.passages] == [0, 1, 1, 0]


def test_a_list_within_one_sentence_is_taken_apart() -> None:
    document = parse(
        "The participants recommend that: (a) visas be eased; (b) trade be opened; and (c) media visit."
    )
    assert [(p.label, document.passage_text(i)) for i, p in enumerate(document.passages)] == [
        ("", "The participants recommend that:"),
        ("(a)", "visas be eased;"),
        ("(b)", "trade be opened; and"),
        ("(c)", "media visit."),
    ]
    assert [p.parent for p in document.passages] == [None, 0, 0, 0]


def test_a_chapeau_without_colon_still_heads_its_list() -> None:
    document = parse("The committee made the following requests.\n1. Ease visas.\n2. Open trade.")
    assert [p.parent for p in document.passages] == [None, 0, 0]


def test_a_paragraph_between_does_not_break_a_numbered_list_off_its_chapeau() -> None:
    document = parse(
        "The participants ask that:\n1. Visas be eased.\nThis was agreed after a long debate among them.\n"
        "2. Trade be opened."
    )
    assert document.passages[3].parent == 0


def test_a_label_alone_on_its_line_belongs_to_the_next() -> None:
    document = parse("1.\nEase visas.\n2.\nOpen trade.")
    assert [(p.label, document.passage_text(i)) for i, p in enumerate(document.passages)] == [
        ("1.", "Ease visas."),
        ("2.", "Open trade."),
    ]


def test_text_pasted_without_blank_lines_keeps_its_paragraphs() -> None:
    long = "The two sides spoke at length about the many people who wait at the crossing for days. " * 2
    document = parse(f"{long.strip()}\n{long.strip()}")
    assert len(document.passages) == 2


def test_a_sentence_naming_a_delegation_is_no_paragraph() -> None:
    document = parse(
        "The talks went well and both sides should meet again soon.\n\n"
        "The Afghan delegation included Dr Alif Alpha, Ms Beh Beta and Ambassador Jim Gamma."
    )
    assert document.passages[1].kind is PassageKind.PARTICIPANTS


def test_participants_who_ask_are_no_list_of_participants() -> None:
    document = parse("Participants urged that:\n1. Visas be eased.\n2. Trade be opened.")
    assert not of_kind(document, PassageKind.PARTICIPANTS)


def test_asks_after_a_list_of_participants_are_kept() -> None:
    document = parse(
        "Participants\nMr Alif Alpha, editor\nMs Beh Beta, trader\n\nRecommendations\n"
        "1. Both governments should ease visas.\n2. Both governments should open trade."
    )
    assert len(of_kind(document, PassageKind.CLAUSE)) == 2


def test_page_numbers_in_plain_text_are_footers() -> None:
    document = parse(
        "The sides met and spoke about trade for two whole days and\n\n3\n\nagreed to meet again next year."
    )
    assert of_kind(document, PassageKind.FOOTER) == ["3"]
    assert "for two whole days and agreed to meet again" in document.text


def test_markdown_marks_are_not_content() -> None:
    document = parse(
        "# Joint *Declaration*\n\n## Visas\n\n1. **Ease** the [rules](https://example.org/a).\n"
        "2. Open `counters`.\n\n> Quoted words.\n"
    )
    assert rows(document) == [
        ("title", "", "Joint Declaration"),
        ("heading", "", "Visas"),
        ("clause", "1.", "Ease the rules."),
        ("clause", "2.", "Open counters."),
        ("paragraph", "", "Quoted words."),
    ]


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("Both governments should ease visas for the students of both countries.", "en", "ltr"),
        ("دونوں حکومتوں کو چاہیے کہ ویزے آسان کریں۔", "ur", "rtl"),
        ("دواړه حکومتونه باید ویزې اسانه کړي او لاره پرانیزي.", "ps", "rtl"),
        ("هر دو حکومت باید ویزه را برای دانشجویان آسان کنند.", "fa-AF", "rtl"),
        ("दोनों सरकारों को वीज़ा आसान करना चाहिए।", "hi", "ltr"),
        ("12 34 56", "und", "ltr"),
    ],
)
def test_language_and_direction_are_told_by_letters(text: str, language: str, direction: str) -> None:
    document = parse(text)
    assert (document.language, document.direction) == (language, direction)


def test_urdu_clauses_hang_on_their_chapeau() -> None:
    document = parse(
        "شرکاء نے سفارش کی کہ:\n۱۔ ویزے آسان کیے جائیں۔\n۲۔ تجارت کھولی جائے۔\n۳۔ قیدی رہا کیے جائیں۔"
    )
    assert [p.parent for p in document.passages] == [None, 0, 0, 0]


def test_a_subject_with_a_colon_is_a_chapeau_not_a_theme() -> None:
    document = parse("The participants:\ni. Welcomed the opening;\nii. Urged both sides to ease visas.")
    assert [(p.kind, p.parent) for p in document.passages] == [
        (PassageKind.PARAGRAPH, None),
        (PassageKind.CLAUSE, 0),
        (PassageKind.CLAUSE, 0),
    ]


def test_numbered_themes_with_prose_below_are_headings() -> None:
    document = parse(
        "The committee met for two days.\n\n1. Security\nThe two sides should share what they know about threats.\n"
        "2. Refugees\nThe stay of refugees should be extended.\n\nConclusion\nThe talks should go on next year."
    )
    assert of_kind(document, PassageKind.HEADING) == ["Security", "Refugees", "Conclusion"]
    assert parent_text(document, "The stay of") == "Refugees"
