"""Every rule of the lint: what it tells, from which level, and with which wording instead."""

from __future__ import annotations

import pytest

from sulh.engines.disclosure import WHY, SideForms, lint, roster_of


def rules(text: str, level: int = 4) -> set[str]:
    return {one.rule for one in lint(text, level=level)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("She argued for an early date.", "speech"),
        ("انہوں نے کہا کہ نہیں۔", "speech"),
        ("نوموړي وویل چې نه.", "speech"),
        ("او گفت که نه.", "speech"),
        ("उन्होंने कहा कि नहीं।", "speech"),
        ("Sabiq wazir ne kaha ke deal mumkin hai aur acha hai.", "speech"),
        ("The Afghan side insisted on it.", "side-speech"),
        ("افغان فریق نے اصرار کیا۔", "side-speech"),
        ("افغان لوري ټینګار وکړ.", "side-speech"),
        ("طرف افغان تأکید کرد.", "side-speech"),
        ("भारतीय पक्ष ने ज़ोर दिया।", "side-speech"),
        ("It came from a former foreign secretary.", "title"),
        ("یہ ایک سابق سفیر کا خیال ہے۔", "title"),
        ("دا د یو پخواني سفیر نظر و.", "title"),
        ("این نظر یک سفیر سابق بود.", "title"),
        ("यह एक पूर्व राजदूत की राय थी।", "title"),
        ("The idea of Dr. Karokhel was kept.", "titled-name"),
        ("General (retd.) Karokhel is on the list.", "titled-name"),
        ("جنرل کاروخیل نے فہرست دیکھی۔", "titled-name"),
        ("जनरल करोखेल ने सूची देखी।", "titled-name"),
        ("The only woman in the delegation left early.", "only-one"),
        ("We heard an Afghan woman lawyer.", "combination"),
        ("It was two Pakistani parliamentarians.", "combination"),
        ("It was said over dinner on 14 March by one delegate.", "moment-place"),
        ("The person who came by the Tuesday flight has the text.", "moment-place"),
        ("The paper was written in his Lahore home.", "moment-place"),
        ("“We never saw that list at all,” it was said.", "quotation"),
        ("Write to a.karokhel@mail.example today.", "email"),
        ("Call 0300-5550142 before noon.", "phone"),
        ("شمارہ: ۰۷۰۰۵۵۵۰۱۴", "phone"),
        ("CNIC 35202-1234567-1 was noted.", "document-number"),
        ("Passport AB1234567 was noted.", "document-number"),
        ("See @peace_walker for more.", "handle"),
    ],
)
def test_rule(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "The term “strategic depth” is old.",
        "The declaration “Roads to Trade and Peace” was read.",
        "“Composite dialogue” is not the same.",
        "رپورٹ ”تجارت کی راہیں“ تقسیم ہوئی۔",
    ],
)
def test_terms_and_titles_of_documents_are_no_quotations(text: str) -> None:
    assert "quotation" not in rules(text)


@pytest.mark.parametrize(
    "text", ["Write to secretariat@dialogue.example.", "Article 12-14 of 2016/17, page 1234."]
)
def test_an_office_and_plain_numbers_are_no_contacts(text: str) -> None:
    assert not rules(text)


@pytest.mark.parametrize("text", ["The Afghan side insisted on it.", "One delegate warned of delays."])
def test_background_allows_side_and_participant(text: str) -> None:
    assert not rules(text, level=3)
    assert rules(text, level=4)


def test_findings_block_from_the_chatham_house_rule_on() -> None:
    text = "She argued for an early date."
    assert [one.blocks for one in lint(text, level=3) if one.rule == "speech"] == [False]
    for level in (4, 5, 6, 7):
        assert all(one.blocks for one in lint(text, level=level))


def test_there_is_no_level_eight() -> None:
    with pytest.raises(ValueError, match="8"):
        lint("Anything.", level=8)


def test_a_side_may_bear_any_name() -> None:
    assert not rules("The Harbour side insisted on it.")
    told = lint("The Harbour side insisted on it.", sides=[SideForms("h", ("Harbour",))])
    assert {one.rule for one in told} == {"side-speech"}


def test_a_roster_that_counts_frees_what_five_share() -> None:
    text = "We heard an Afghan woman lawyer."
    assert "combination" in rules(text)
    for number, free in ((4, False), (5, True)):
        roster = roster_of([], holding=lambda attributes, number=number: number)
        found = {one.rule for one in lint(text, roster=roster)}
        assert ("combination" not in found) is free


def test_every_finding_says_why_in_one_sentence() -> None:
    for why in WHY.values():
        assert (why[-1], why.count(".")) == (".", 1)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("She argued that it is late.", "It was argued that it is late."),
        ("Then one delegate warned of delays.", "Then it was said of delays."),
        ("انہوں نے کہا کہ نہیں۔", None),
    ],
)
def test_the_neutral_wording_fits(text: str, mended: str | None) -> None:
    one = next(each for each in lint(text) if each.rule == "speech")
    if mended is not None:
        assert text[: one.start] + one.neutral + text[one.end :] == mended
