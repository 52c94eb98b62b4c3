"""Where several asks hang on one verb: each member of the chain is an ask of its own."""

import pytest

from sulh.engines.asks import Found, Kind, Side, extract
from sulh.engines.texts import parse

SIDES = (
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
    Side("afghanistan", "Afghanistan", ("Afghan", "Kabul")),
)


def found(text: str) -> list[Found]:
    return [item for item in extract(parse(text), SIDES) if item.kind is Kind.ASK]


def ends(text: str) -> list[str]:
    return [item.text.split()[-1] for item in found(text)]


class TestMembersOfAChain:
    @pytest.mark.parametrize(
        ("sentence", "last_words"),
        [
            (
                "They suggested reopening the consulates, issuing visas to patients and restoring the bus service.",
                ["consulates", "patients", "service"],
            ),
            (
                "The group called for the release of the fishermen and for the return of their boats.",
                ["fishermen", "boats"],
            ),
            (
                "The statement asked that consulates be reopened, that visas be issued within a week and that "
                "police reporting be abolished.",
                ["reopened", "week", "abolished"],
            ),
            (
                "It suggested that the bus service be restored and fares fixed by both sides.",
                ["restored", "sides"],
            ),
            (
                "The statement said consulates should be reopened and visas issued within a week.",
                ["reopened", "week"],
            ),
            (
                "They urged both capitals to show the will for restoring calm and open the crossing at night.",
                ["calm", "night"],
            ),
            (
                "The group proposed direct flights, a joint museum of carpets and early talks on the river.",
                ["flights", "carpets", "river"],
            ),
            (
                "It suggested that both governments ease visas, end police reporting and reopen the consulates.",
                ["visas", "reporting", "consulates"],
            ),
            (
                "They demanded the release of all fishermen and an end to arrests at sea.",
                ["fishermen", "sea"],
            ),
            (
                "The delegates wanted the hotline to be restored and the lists to be published in May.",
                ["restored", "May"],
            ),
            (
                "It is necessary to restore trust and to revive the joint commission.",
                ["trust", "commission"],
            ),
            (
                "The conference appealed to the two governments to withdraw troops and to the media to stop hate.",
                ["troops", "hate"],
            ),
            (
                "It was agreed that a working group on trade would be set up and that the next meeting would be "
                "held in May.",
                ["up", "May"],
            ),
            (
                "Trade should be freed from politics and new routes opened.",
                ["politics", "opened"],
            ),
        ],
    )
    def test_each_gerund_noun_clause_or_participle_with_its_own_object_is_an_ask(
        self, sentence: str, last_words: list[str]
    ) -> None:
        assert ends(sentence) == last_words

    @pytest.mark.parametrize(
        "sentence",
        [
            "They suggested reopening the consulates by hiring officers and training them.",
            "They suggested simplifying and shortening the visa procedure.",
            "The group called for the release of the fishermen and farmers.",
            "They called for greater cooperation between the police and customs of both countries.",
            "The two governments should ensure that visas are issued within a week and that no fees are charged.",
            "The participants called for talks between the government and the Taliban.",
            "It asked that visas be given to journalists and students enrolled in universities.",
        ],
    )
    def test_manners_and_several_objects_are_not_cut_off(self, sentence: str) -> None:
        assert len(found(sentence)) == 1
