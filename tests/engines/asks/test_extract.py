"""What the extraction makes of the forms that occur in declarations, one form a test."""

import pytest

from sulh.engines.asks import Found, Kind, Side, default_themes, extract
from sulh.engines.texts import parse

PAKISTAN_AFGHANISTAN = (
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
    Side("afghanistan", "Afghanistan", ("Afghan", "Kabul")),
)
INDIA_PAKISTAN = (
    Side("india", "India", ("Indian", "New Delhi")),
    Side("pakistan", "Pakistan", ("Pakistani", "Islamabad")),
)


def found(text: str, sides: tuple[Side, ...] = PAKISTAN_AFGHANISTAN) -> tuple[Found, ...]:
    return extract(parse(text), sides)


def asks(text: str, sides: tuple[Side, ...] = PAKISTAN_AFGHANISTAN) -> list[str]:
    return [item.text for item in found(text, sides) if item.kind is Kind.ASK]


def one(text: str, sides: tuple[Side, ...] = PAKISTAN_AFGHANISTAN) -> Found:
    (only,) = [item for item in found(text, sides) if item.kind is Kind.ASK]
    return only


class TestVerbsOfAsking:
    @pytest.mark.parametrize(
        ("sentence", "verb"),
        [
            ("The participants called on both governments to open the crossing.", "call on"),
            ("We call upon the two governments to open the crossing.", "call on"),
            ("The Forum calls for the opening of the crossing.", "call for"),
            ("The delegates have strongly urged both governments to open the crossing.", "urge"),
            ("It was recommended that the crossing be opened at night.", "recommend"),
            ("The group requested both governments to open the crossing.", "request"),
            ("The conference appealed to both governments to open the crossing.", "appeal"),
            ("The members demanded that the crossing be opened.", "demand"),
            ("The committee proposed a second crossing for lorries.", "propose"),
            ("It was also suggested that both sides open the crossing.", "suggest"),
            ("The statement asked both governments to open the crossing.", "ask"),
            ("They insisted that the crossing should be opened.", "insist"),
            ("The dialogue ended with a call for the opening of the crossing.", "call"),
            ("There were also calls for the opening of the crossing.", "call"),
            ("Both governments were urged to open the crossing.", "urge"),
            ("A second crossing for lorries is recommended by the group.", "recommend"),
        ],
    )
    def test_an_inflected_verb_of_asking_makes_an_ask(self, sentence: str, verb: str) -> None:
        assert one(sentence).verb == verb

    @pytest.mark.parametrize(
        "sentence",
        [
            "The participants stressed the need to open the crossing.",
            "They emphasised that the crossing should stay open.",
            "The group underlined the importance of opening the crossing at night.",
            "They reiterated their call for a second crossing.",
            "The need for regular meetings of the border commanders was stressed.",
            "The group felt that there was a need to open the crossing.",
        ],
    )
    def test_pressing_for_an_action_asks(self, sentence: str) -> None:
        assert len(asks(sentence)) == 1

    @pytest.mark.parametrize(
        "sentence",
        [
            "The participants stressed the need for peace.",
            "They underscored the importance of friendship.",
            "They emphasised that terrorism is a common enemy.",
        ],
    )
    def test_a_mere_valuing_does_not(self, sentence: str) -> None:
        assert asks(sentence) == []

    def test_a_verb_after_what_it_governs_still_asks(self) -> None:
        assert asks("Back channels must be used to complement formal talks, the resolution urged.") == [
            "Back channels must be used to complement formal talks"
        ]


class TestObservations:
    @pytest.mark.parametrize(
        "sentence",
        [
            "The participants noted that trade has fallen.",
            "They recalled the promises of both presidents.",
            "They condemned the attack on the shrine.",
            "They expressed the hope that the border would stay open.",
            "They reaffirmed their support for the peace process.",
            "The group discussed how the two countries should manage the border.",
            "It was agreed that trust has grown.",
            "The two governments agreed to hold talks in May.",
            "They hoped that both sides would show restraint.",
            "They acknowledged the role of the media.",
            "The recommendations of the second round were read out.",
            "The steps recommended by the committee in 2016 have been taken.",
            "Why should poets need a permit?",
        ],
    )
    def test_an_observation_asks_for_nothing(self, sentence: str) -> None:
        assert asks(sentence) == []

    def test_a_headline_is_no_ask(self) -> None:
        text = (
            "Participants urge both governments to show restraint\n\nThe dialogue met in Kabul for two days."
        )
        assert found(text) == ()

    def test_lists_of_participants_are_passed_over(self) -> None:
        text = (
            "The group urged both governments to open the border.\n\nParticipants\n\n"
            "Dr Zarmina Barak, Call for Peace, Kabul\nMr Daud Miran, Urge Foundation, Lahore\n"
            "Ms Rabia Noor, Demand Dignity, Quetta\n"
        )
        assert len(found(text)) == 1


class TestModals:
    @pytest.mark.parametrize(
        ("sentence", "verb"),
        [
            ("Visits of journalists should be exchanged.", "should"),
            ("The ceasefire must be observed.", "must"),
            ("Registration may be waived or extended to 14 days.", "may"),
            ("The two countries need to share flood data.", "need"),
            ("The hotline needs to be tested every week.", "need"),
            ("Both sides ought to share flood data.", "should"),
            ("Both sides shall review their school books.", "shall"),
            ("Both sides are required to publish their lists.", "must"),
            ("There is a need for a common form.", "need"),
            ("It is imperative that both sides publish their lists.", "need"),
        ],
    )
    def test_a_modal_asks_without_a_verb_of_asking(self, sentence: str, verb: str) -> None:
        assert one(sentence).verb == verb

    @pytest.mark.parametrize(
        "sentence",
        [
            "The threshold may have been lowered.",
            "This could lead to another crisis.",
            "Should this fail, war is near.",
            "It must be noted that trade has grown.",
            "Better data would help everybody.",
            "Refugees have to wait for weeks.",
            "Delays may harm trade.",
        ],
    )
    def test_a_modal_of_supposing_does_not_ask(self, sentence: str) -> None:
        assert asks(sentence) == []

    @pytest.mark.parametrize(
        "sentence",
        [
            "Both sides should refrain from hostile statements.",
            "The media should not name the victims.",
            "Leaders must avoid instant reactions.",
        ],
    )
    def test_an_ask_may_be_negative(self, sentence: str) -> None:
        assert len(asks(sentence)) == 1

    def test_a_condition_belongs_to_its_ask(self) -> None:
        assert asks("If the border stays closed, traders should be paid.") == [
            "If the border stays closed, traders should be paid"
        ]


class TestLists:
    def test_infinitives_imperatives_and_bare_nouns_under_a_chapeau_are_asks(self) -> None:
        text = (
            "The Committee agreed and urged their governments:\n\nRefugees\n"
            "1. To keep the schools open\n2. Hold a meeting of the authority\n\n"
            "Border\n1. Dignified treatment at entry points\n"
        )
        hits = found(text)
        assert [hit.text for hit in hits] == [
            "To keep the schools open",
            "Hold a meeting of the authority",
            "Dignified treatment at entry points",
        ]
        assert {hit.verb for hit in hits} == {"urge"}
        assert {hit.context for hit in hits} != {None}

    def test_lettered_items_after_that_inherit_verb_and_addressee(self) -> None:
        text = (
            "The participants recommend to the Government of Pakistan that:\n"
            "(a) visas be issued within a week;\n(b) fees be lowered.\n"
        )
        hits = found(text)
        assert [hit.addressees for hit in hits] == [("government:pakistan",)] * 2

    def test_a_heading_recommendations_makes_asks_of_its_points(self) -> None:
        text = (
            "Report of the meeting\n\nThe meeting took place in Kabul.\n\nRecommendations\n\n"
            "- Joint patrols on the coastal road\n- Exchange lists of prisoners twice a year\n"
        )
        assert len(asks(text)) == 2

    def test_points_of_convergence_are_judged_by_their_own_words(self) -> None:
        text = (
            "The following points of convergence emerged:\n\n"
            "1. The group condemned the attacks.\n2. Visas should be issued faster.\n"
        )
        assert asks(text) == ["Visas should be issued faster"]

    def test_listed_factors_are_no_asks(self) -> None:
        text = (
            "The delegates;\n\n- Highlighted the following factors which could disturb relations:\n"
            "  1. Sensational reporting\n  2. Closure of the border\n"
            "- Emphasised the need to promote sport\n"
        )
        assert asks(text) == ["Emphasised the need to promote sport"]

    def test_the_dialogue_binds_itself_in_a_list(self) -> None:
        text = "The group decided:\n\n1. To commission a study of glaciers\n2. To meet again in spring\n"
        assert [hit.addressees for hit in found(text)] == [("programme",), ("programme",)]


class TestSeveralAsks:
    def test_other_addressees_make_other_asks(self) -> None:
        hits = found("They urged both governments to open the border and the media to report calmly.")
        assert [hit.addressees for hit in hits] == [("government:both",), ("media",)]

    def test_a_new_verb_of_asking_makes_another_ask(self) -> None:
        text = "They called for a ceasefire and asked the intelligence agencies to share warnings."
        assert asks(text) == [
            "They called for a ceasefire",
            "asked the intelligence agencies to share warnings",
        ]

    def test_a_new_subject_with_its_modal_makes_another_ask(self) -> None:
        text = "Landmines must be cleared, and civil society organisations should help the maimed."
        assert [hit.addressees for hit in found(text)] == [("government:both",), ("civil-society",)]

    def test_an_enumeration_of_actions_is_cut(self) -> None:
        text = "Both countries should liberalise visas, revive the judicial committee, and reduce tariffs."
        assert len(asks(text)) == 3

    def test_one_action_with_several_objects_stays_whole(self) -> None:
        assert len(asks("They urged both governments to release students, traders and fishermen.")) == 1

    def test_verbs_that_share_their_object_stay_whole(self) -> None:
        assert len(asks("They urged both governments to simplify and speed up the visa procedure.")) == 1

    def test_a_purpose_is_no_ask_of_its_own(self) -> None:
        text = "Police reporting should be abolished to help traders, and to avoid harassment."
        assert len(asks(text)) == 1

    def test_a_welcome_and_an_ask_in_one_sentence(self) -> None:
        hits = found("The group welcomed the reopening of the border and urged both sides to keep it open.")
        assert [(hit.kind, hit.text) for hit in hits] == [
            (Kind.WELCOME, "The group welcomed the reopening of the border"),
            (Kind.ASK, "urged both sides to keep it open"),
        ]


class TestSpeakers:
    @pytest.mark.parametrize(
        "sentence",
        [
            "The minister said that both countries should trade more.",
            "Addressing the participants, the chief guest called for restraint.",
            "Mr. Daud Barak, adviser to the finance minister, urged both sides to lower tariffs.",
            "He stressed the need for patience and for an open border.",
            "“Both sides must work harder,” the adviser said.",
            "According to the ambassador, visas should be issued faster.",
            "One participant suggested that a third party should be invited.",
        ],
    )
    def test_what_a_guest_asks_is_no_ask_of_the_dialogue(self, sentence: str) -> None:
        assert asks(sentence) == []

    def test_a_quotation_of_the_declaration_is(self) -> None:
        assert asks("“Students should travel freely,” the joint statement said.") == [
            "Students should travel freely"
        ]

    def test_a_quotation_over_two_sentences_belongs_to_its_speaker(self) -> None:
        text = "“The region has been misused. We need to leave these games,” he told the delegates."
        assert asks(text) == []


class TestWelcomes:
    @pytest.mark.parametrize(
        "sentence",
        [
            "The participants welcomed the extension of the refugees' stay.",
            "The recent meeting of the directors was also welcomed.",
            "The group expressed appreciation for the new visa rules.",
            "They lauded the cut of the tariff.",
        ],
    )
    def test_a_step_is_welcomed(self, sentence: str) -> None:
        assert [hit.kind for hit in found(sentence)] == [Kind.WELCOME]

    @pytest.mark.parametrize(
        "sentence",
        [
            "The director welcomed the delegates.",
            "The participants were welcomed by the mayor.",
            "They appreciated the warm hospitality of the hosts.",
            "The minister welcomed the new rules.",
        ],
    )
    def test_people_and_hospitality_are_not(self, sentence: str) -> None:
        assert found(sentence) == ()


class TestAddressees:
    @pytest.mark.parametrize(
        ("sentence", "codes"),
        [
            ("Visas should be issued faster.", ("government:both",)),
            ("Islamabad and Kabul should meet.", ("government:both",)),
            ("Pakistan and Afghanistan should explore joint tournaments.", ("government:both",)),
            (
                "The Government of Afghanistan should introduce similar changes.",
                ("government:afghanistan",),
            ),
            ("The Pakistan Embassy in Kabul may consider special counters.", ("government:pakistan",)),
            (
                "The government of Khyber Pakhtunkhwa may consider lower fees.",
                ("government:pakistan",),
            ),
            ("Afghan media should avoid hate speech.", ("media",)),
            ("The media of both countries should avoid hate speech.", ("media",)),
            ("The Pakistani and Afghan intelligence agencies should share warnings.", ("agencies",)),
            (
                "Both governments and the border forces should share warnings.",
                ("government:both", "agencies"),
            ),
            ("Regular meetings between the border commanders are recommended.", ("agencies",)),
            ("The chambers of commerce should publish lists of firms.", ("business",)),
            ("Universities on both sides may be approached.", ("academia",)),
            ("Parliamentarians should visit each other.", ("parliament",)),
            ("They urged the United Nations to pay for schools.", ("international",)),
            ("The participants agreed to meet again in spring.", ("programme",)),
            ("We resolve to convene a youth assembly.", ("programme",)),
            ("Journalists should be granted visas.", ("government:both",)),
            ("Visas for journalists should be granted by the Afghan embassy.", ("government:afghanistan",)),
        ],
    )
    def test_those_who_are_to_act_are_addressed(self, sentence: str, codes: tuple[str, ...]) -> None:
        assert one(sentence).addressees == codes

    def test_sides_are_inferred_from_the_text(self) -> None:
        text = "Experts from Armenia and Azerbaijan met. Yerevan should hand over maps. Baku should free detainees."
        assert [hit.addressees for hit in extract(parse(text))] == [
            ("government:armenia",),
            ("government:azerbaijan",),
        ]

    def test_a_third_state_is_international(self) -> None:
        (hit,) = found("They urged the United States to pay for roads.", INDIA_PAKISTAN)
        assert hit.addressees == ("international",)


class TestThemes:
    def test_the_seventeen_themes_have_words(self) -> None:
        themes = default_themes()
        assert len(themes) == 17
        assert all(theme.words and theme.name for theme in themes)

    def test_themes_follow_the_words_and_the_heading(self) -> None:
        text = (
            "Refugees\n\n1. Visas should be given to students.\n2. Both sides should agree on a timetable.\n"
        )
        first, second = found(text)
        assert set(first.themes) >= {"visas-consular", "education"}
        assert second.themes == ("refugees",)

    def test_a_list_of_ones_own_replaces_the_themes(self) -> None:
        (hit,) = extract(parse("Visas should be issued faster."), themes=())
        assert hit.themes == ()
