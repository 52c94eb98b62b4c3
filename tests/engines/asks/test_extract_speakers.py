"""Who speaks in a quotation, and what the dialogue says with gladness."""

import pytest

from sulh.engines.asks import Kind, Side, extract
from sulh.engines.texts import parse

SIDES = (
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
    Side("afghanistan", "Afghanistan", ("Afghan", "Kabul")),
)


def kinds(text: str) -> list[Kind]:
    return [item.kind for item in extract(parse(text), SIDES)]


@pytest.mark.parametrize(
    "sentence",
    [
        "“We urge both governments to open the crossing,” said Professor Daud Miran.",
        "Welcoming the delegates, the rector of the university said both sides should talk.",
    ],
)
def test_one_person_speaks_for_himself(sentence: str) -> None:
    assert kinds(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "“We urge both governments to open the crossing,” said Professor Daud Miran, reading out the resolution.",
        "A joint letter was read out by Ms Gulalai Sarban. It said that both governments should open the gate.",
    ],
)
def test_who_reads_out_the_common_text_speaks_for_all(sentence: str) -> None:
    assert kinds(sentence) == [Kind.ASK]


@pytest.mark.parametrize(
    "sentence",
    [
        "The group is pleased that the Chaman gate was opened.",
        "Satisfaction was expressed at the release of ninety fishermen.",
        "Appreciation was voiced for the decision of Kabul to lift the ban on lorries.",
        "It was gratifying that the two water ministries have met.",
        "The exchange of prisoners in May is a welcome step.",
        "The members took satisfaction in the opening of the visa office.",
    ],
)
def test_gladness_welcomes(sentence: str) -> None:
    assert kinds(sentence) == [Kind.WELCOME]


@pytest.mark.parametrize(
    "sentence",
    [
        "The group is pleased with the frank discussions.",
        "The delegates were glad to see their hosts again.",
        "The rector was happy that the hall was full.",
    ],
)
def test_courtesies_and_the_gladness_of_guests_do_not(sentence: str) -> None:
    assert kinds(sentence) == []


def test_a_second_subject_shares_the_modal_and_keeps_its_own_addressee() -> None:
    text = "Kabul should open the gate at night and Islamabad lower the fee for lorries."
    assert [item.addressees for item in extract(parse(text), SIDES)] == [
        ("government:afghanistan",),
        ("government:pakistan",),
    ]
