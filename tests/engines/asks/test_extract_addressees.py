"""Whom an ask addresses where it is easily taken for the governments."""

import pytest

from sulh.engines.asks import Kind, Side, extract
from sulh.engines.texts import parse

SIDES = (
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
    Side("afghanistan", "Afghanistan", ("Afghan", "Kabul")),
)


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("It was recommended that think tanks of both countries publish joint papers.", [("academia",)]),
        ("The group called for restraint by television anchors.", [("media",)]),
        ("Representatives of civil society should speak with one voice.", [("civil-society",)]),
        ("All parties should agree on a ceasefire.", [("others",)]),
        ("Social media companies must remove threats.", [("media",)]),
        ("Immigration officials should be polite.", [("agencies",)]),
        ("Schools should be built in border districts.", [("government:both",)]),
        ("Newspapers should be on sale on both sides.", [("government:both",)]),
        ("Track II itself should continue.", [("programme",)]),
        ("The members of parliament agreed to form a caucus.", [("programme",)]),
        (
            "The delegates agreed to form a caucus. They urged that the border be opened.",
            [("programme",), ("government:both",)],
        ),
        (
            "The group called on Kabul to lower the fee. It asked the government for a decision by May.",
            [("government:afghanistan",), ("government:afghanistan",)],
        ),
        (
            "It suggested opening the border gate at Torkham; resuming contacts between the coast guards.",
            [("government:both",), ("agencies",)],
        ),
    ],
)
def test_addressees(text: str, addressees: list[tuple[str, ...]]) -> None:
    asks = [item.addressees for item in extract(parse(text), SIDES) if item.kind is Kind.ASK]
    assert asks == addressees
