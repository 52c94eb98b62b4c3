"""Frames of asking beyond the plain verb: decisions, invitations, nouns of asking, necessity."""

import pytest

from sulh.engines.asks import Found, Kind, Side, extract
from sulh.engines.texts import parse

SIDES = (
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
    Side("afghanistan", "Afghanistan", ("Afghan", "Kabul")),
)


def found(text: str) -> list[Found]:
    return [item for item in extract(parse(text), SIDES) if item.kind is Kind.ASK]


class TestFrames:
    @pytest.mark.parametrize(
        ("sentence", "verb"),
        [
            ("Both governments are invited to open the crossing at night.", "invite"),
            ("Border commanders are to meet every month.", "should"),
            ("It is high time the two governments opened the crossing.", "need"),
            ("Regular contacts of the border commanders are indispensable.", "need"),
            ("They said the border needed to be opened for patients.", "need"),
            ("Participants felt that prisoners had to be released without delay.", "must"),
            ("They said that visas could be issued on arrival.", "could"),
            ("The group wants both governments to open the crossing.", "want"),
            ("The delegates pitched for a joint chamber of traders.", "argue for"),
            ("Most members were in favour of a joint chamber of traders.", "argue for"),
            ("A call for an early meeting of the two foreign ministers was made.", "call for"),
            ("The suggestion was made that a joint chamber be formed.", "suggest"),
            ("They called as well for a second gate at Torkham.", "call for"),
            ("- should devise a joint plan for the river.", "should"),
            ("Their main demand is the release of all fishermen.", "demand"),
            ("Further Boundaries, a dialogue of traders, calls upon Kabul to lower the fee.", "call on"),
            ("The Harbour Institute and Further Horizons appeal to both governments for calm.", "appeal"),
        ],
    )
    def test_other_ways_to_ask(self, sentence: str, verb: str) -> None:
        assert [item.verb for item in found(sentence)] == [verb]

    @pytest.mark.parametrize(
        "sentence",
        [
            "It was decided that the committee would visit both capitals in the spring.",
            "It was agreed that the group will prepare a list of prisoners.",
            "The two teams will, it was agreed, exchange their draft reports by June.",
            "A delegation of traders, it was decided, will visit Jalalabad.",
            "The committee would approach both foreign ministries with the list, it was decided.",
        ],
    )
    def test_what_the_dialogue_decides_to_do_binds_it(self, sentence: str) -> None:
        assert [item.addressees for item in found(sentence)] == [("programme",)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "It was agreed that peace would benefit both countries.",
            "It was agreed that the two governments would hold talks in May.",
            "The minister was invited to open the session.",
            "The group invited two scholars to speak on water.",
            "The aim is to promote friendship and the tasks are to build trust.",
            "The session had to be postponed.",
            "It was feared that talks could be disrupted.",
            "A call for calm was made by Ambassador Daud Miran.",
            "The recommendations of the second round were adopted.",
            "They spoke for an hour.",
            "Should this fail, trade would suffer.",
        ],
    )
    def test_facts_guests_and_purposes_ask_for_nothing(self, sentence: str) -> None:
        assert found(sentence) == []
