"""One name, many spellings: what the skeleton keys bring together and what they keep apart."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from sulh.engines.disclosure import Roster, keys, lint, named_in, roster_of


def names_found(text: str, *roster: str) -> list[str]:
    return [one.text for one in lint(text, roster=roster_of(roster)) if one.rule == "name"]


@pytest.mark.parametrize(
    ("held", "written"),
    [
        ("Mohammed Karokhel", "Muhammad Karokhel"),
        ("Muhammad Karokhel", "Mohd. Karokhel"),
        ("Rehman Sadozai", "Rahman Sadozay"),
        ("Nadir Hussain", "Husain"),
        ("Nadir Hussaini", "Hosseini"),
        ("Latif Durrani", "A. Durani"),
        ("Latif Durrani", "DURRANI"),
        ("Latif Durrani", "Durrani's"),
        ("Latif Durrani", "the Durranis"),
        ("Yousaf Barakzai", "Yusuf"),
        ("Abdul Rahman Safi", "Abdurrehman"),
        ("Hamidullah Popal", "Hamid Ullah"),
        ("Gul Agha Popal", "Agha Gul"),
        ("Latif Durrani", "Durr\u200bani"),
        ("Latif Durrani", "Durr\u0430ni"),  # a Cyrillic letter
        ("Latif Durrani", "Durrāni"),
        ("Latif Durrani", "Dur-rani"),
        ("Sunita Lakshmi", "Laxmi"),
    ],
)
def test_latin_spellings_of_one_name_meet(held: str, written: str) -> None:
    assert names_found(f"The paper came from {written} yesterday.", held)


@pytest.mark.parametrize(
    ("held", "written"),
    [
        ("Latif Durrani", "درانی"),
        ("Latif Durrani", "دُرّانی"),
        ("Latif Durrani", "دراني"),  # the Arabic ye
        ("Latif Durrani", "درّـــانی"),  # stretched
        ("Latif Durrani", "दुर्रानी"),
        ("Zarmina Kakar", "زرمینہ"),
        ("Zarmina Kakar", "زرمينه"),
        ("Zarmina Kakar", "زرمینې"),  # as Pashto bends it
        ("Zarmina Kakar", "ज़रमीना"),
        ("Saira Yousafzai", "یوسف زئی"),
        ("Saira Yousafzai", "یوسفزۍ"),
        ("Tahir Zadran", "ځدراڼ"),
        ("Abdul Rahman Safi", "عبدالرحمان"),
        ("Habibullah Mangal", "حبیب اللہ"),
        ("Aruna Rathore", "राठौर"),
        ("Aruna Rathore", "راٹھور"),
        ("Naveed Khokhar", "کھوکھر"),
        ("Wahida Safi", "وحيده"),
        ("وحیدہ مہمند", "Wahida"),
        ("प्रीति कौल", "Kaul"),
        ("نوید کھوکھر", "खोखर"),
    ],
)
def test_a_name_is_known_in_another_script(held: str, written: str) -> None:
    assert names_found(f"۔ {written} ۔", held) or names_found(f"The note of {written} is here.", held)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Participants expressed hope for an early meeting.", "Hope Malik"),
        ("The Durand Line was not on the agenda.", "Latif Durrani"),
        ("Flights from Hamid Karzai International Airport resumed.", "Hamid Safi"),
        ("Gul Plaza was named as an example.", "Gul Agha Popal"),
        ("Track two was mentioned.", "Tariq Safi"),
        ("اجلاس کے دوران تجارت پر بات ہوئی۔", "Latif Durrani"),
        ("کسی نے اعتراض نہیں کیا۔", "Haroon Kasi"),
        ("دونوں ملکوں میں امید باقی ہے۔", "امید رحیمی"),
        ("समिति ने प्रीति और मैत्री की परंपरा को याद किया।", "प्रीति कौल"),
        ("برای امید و صلح دعا شد.", "امید رحیمی"),
    ],
)
def test_a_word_that_only_looks_like_the_name_is_free(text: str, held: str) -> None:
    assert not names_found(text, held)


def test_a_common_word_is_a_name_where_a_title_or_a_second_name_says_so() -> None:
    assert names_found("Mr. Hope was there.", "Hope Malik")
    assert names_found("We owe it to Hope Malik.", "Hope Malik")


def test_an_alias_and_initials_are_known() -> None:
    assert names_found("Guddo wants it out.", "Latif Durrani", "Guddo")
    told = lint("LD: not convinced.", roster=roster_of(["Latif Durrani"]))
    assert {one.rule for one in told} == {"initials"}


def test_a_locked_vault_answers_from_keyed_hashes() -> None:
    """The lint asks for keys; whoever holds the roster may keep nothing but their hashes."""

    def hashed(key: str) -> bytes:
        return hmac.digest(b"only the vault knows this", key.encode(), hashlib.sha256)

    vault = {hashed(key) for key in keys("Zarmina Kakar")}
    roster = Roster(lambda key: hashed(key) in vault)
    assert [one.text for one in lint("زرمینہ نے کہا کہ نہیں۔", roster=roster) if one.rule == "name"] == [
        "زرمینہ"
    ]


def test_titles_are_no_keys() -> None:
    assert keys("Dr. Zarmina Kakar") == keys("Zarmina Kakar")
    assert not keys("Dr.")


def test_of_many_texts_it_is_told_in_which_somebody_is_named_as_the_lint_finds_it() -> None:
    told = ["The bridge should open.", "It was Muhammad Karokhel who asked.", "M. Karokhel left.", ""]
    found = list(named_in(told, roster_of(["Mohammed Karokhel"])))
    assert found == [bool(names_found(text, "Mohammed Karokhel")) for text in told]
    assert found == [False, True, True, False]
