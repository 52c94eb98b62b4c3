"""Lists in the forms that real pages have: lost bullets, lost colons, subjects without modals."""

import pytest

from sulh.engines.asks import Found, Kind, Side, extract
from sulh.engines.texts import parse

SIDES = (
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
    Side("afghanistan", "Afghanistan", ("Afghan", "Kabul")),
)


def found(text: str) -> list[Found]:
    return [item for item in extract(parse(text), SIDES) if item.kind is Kind.ASK]


def test_paragraphs_after_a_chapeau_of_measures_are_its_items() -> None:
    text = (
        "The meeting recommended the following measures.\n\nRegular meetings of the border commanders.\n\n"
        "Visas on arrival should be given to patients.\n\nExchange of lists of prisoners twice a year.\n\n"
        "The participants thanked the hosts for their kindness."
    )
    assert [item.text.split()[0] for item in found(text)] == ["Regular", "Visas", "Exchange"]


@pytest.mark.parametrize("bullet", ["- ", "· ", "\xf0\xb7 ", "Ø ", "o "])
def test_verbs_in_the_third_person_have_their_subject_on_the_line_above(bullet: str) -> None:
    points = (
        "Urges both governments to open the crossing at night.",
        "Requests the media to avoid provocation.",
        "Notes that trade has fallen.",
    )
    text = "The Forum\n\n" + "\n\n".join(bullet + point for point in points)
    assert [item.verb for item in found(text)] == ["urge", "request"]


def test_a_subject_with_an_infinitive_and_no_modal_is_an_item() -> None:
    text = (
        "Trade\n\n- Customs officers to be trained together.\n- Chambers of commerce to publish the tariffs.\n"
        "- Transit: Both governments to abolish the bond.\n- Their plan to open a fair is known."
    )
    assert [item.addressees for item in found(text)] == [
        ("government:both",),
        ("business",),
        ("government:both",),
    ]


def test_a_point_in_capitals_is_a_heading() -> None:
    text = "The group recommended:\n\n- TRADE AND TRANSIT\n- Open the crossing at night.\n- SPORT\n"
    assert [item.text for item in found(text)] == ["Open the crossing at night"]


def test_a_guest_introduced_in_passing_asks_for_himself() -> None:
    text = (
        "The workshop was opened by the governor of the province, who stressed that both governments should "
        "open the crossing."
    )
    assert found(text) == []


def test_bare_lines_below_recommendations_are_points_even_without_marks() -> None:
    text = (
        "The dialogue met in Kabul.\n\nRecommendations\n\nTrade\n\nCustoms posts to stay open at night.\n\n"
        "A joint fair for carpets and fruit.\n\nWe thank our hosts for two days of talks."
    )
    assert [item.text.split()[0] for item in found(text)] == ["Customs", "A"]


def test_an_infinitive_with_a_subject_asks_behind_a_label_too() -> None:
    assert [item.verb for item in found("Health: Patients to be given visas on arrival.")] == ["should"]


@pytest.mark.parametrize("chapeau", ["The group therefore asks of both governments", "Five further asks"])
def test_a_chapeau_without_a_colon_rules_its_list(chapeau: str) -> None:
    points = "1. A second gate at Torkham for lorries.\n2. Visas for a year for traders.\n"
    text = f"The dialogue met in Kabul.\n\n{chapeau}\n\n{points}"
    assert len(found(text)) == 2


def test_what_states_agreed_is_no_promise_of_the_dialogue() -> None:
    assert found("The members recalled that the governments had agreed to open a gate.") == []
    assert found("Poor relations must have cost both countries billions.") == []
