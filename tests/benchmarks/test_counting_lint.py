"""The benchmark of the attribution lint counts what it says, and its sets hold what their page promises."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import lint
from benchmarks import rosters as generator
from benchmarks.lint import CLASSES, LABELLED, LANGUAGES, SETS, Judged, Place, Sentence, Share


def sentence(kind: str = "attribution", text: str = "Zarmina Ludin said no.", **more: object) -> Sentence:
    return Sentence("s", "en", "pa", text, kind, **more)  # type: ignore[arg-type]


def judged(one: Sentence, *places: Place) -> Judged:
    return Judged(one, places, ())


def test_a_finding_that_does_not_stop_the_text_catches_nothing() -> None:
    counts = lint.figures([judged(sentence(), Place(0, 7, blocks=False)), judged(sentence(), Place(0, 7))])
    assert counts["recall"] == Share(1, 2)


def test_only_innocents_can_be_false_alarms() -> None:
    counts = lint.figures(
        [
            judged(sentence(), Place(0, 7)),
            judged(sentence("innocent"), Place(0, 7)),
            judged(sentence("innocent"), Place(0, 7, blocks=False)),
            judged(sentence("innocent")),
        ]
    )
    assert counts["recall"] == Share(1, 1)
    assert counts["false alarms"] == Share(1, 3)
    assert counts["innocents with any finding"] == Share(2, 3)


def test_languages_and_classes_are_counted_apart() -> None:
    urdu = Sentence("u", "ur", "pa", "زرمینہ نے کہا", "attribution", ("name-variant", "speech"))
    counts = lint.figures([judged(sentence(classes=("name",)), Place(0, 7)), judged(urdu)])
    assert counts["recall, English"] == counts["recall, name"] == Share(1, 1)
    assert counts["recall, Urdu"] == counts["recall, speech"] == counts["recall, name-variant"] == Share(0, 1)
    assert "recall, Hindi" not in counts


@pytest.mark.parametrize(
    ("place", "covered"),
    [(Place(0, 3), True), (Place(12, 15), True), (Place(13, 17), False), (Place(14, 18), False)],
)
def test_a_name_is_covered_where_a_finding_lies_over_any_letter_of_it(place: Place, covered: bool) -> None:
    assert judged(sentence(told=("Zarmina Ludin",)), place).names_covered == covered


def test_each_name_needs_its_finding_wherever_it_stands() -> None:
    both = sentence(text="Ludin and Khattak; Ludin again", told=("Ludin", "Khattak"))
    assert not judged(both, Place(0, 17)).names_covered
    assert judged(both, Place(0, 17), Place(19, 20)).names_covered


def test_what_tells_only_the_side_is_not_asked_for_at_level_three() -> None:
    counts = lint.figures(
        [Judged(sentence(from_level=4), (), ()), Judged(sentence(from_level=3), (), (Place(0, 1),))]
    )
    assert counts["persons warned of at level 3"] == Share(1, 1)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_intervals_are_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """The last line is the example of Newcombe, Statistics in Medicine 17 (1998), table I."""
    assert Share(part, whole).interval() == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval(pair: tuple[int, int]) -> None:
    one = Share(*pair)
    low, high = one.interval()
    assert 0 <= low <= one.value + 1e-12
    assert one.value - 1e-12 <= high <= 1


def test_the_plain_peer_knows_names_as_they_stand_and_verbs_of_speaking() -> None:
    peer = lint.by_search({"pa": {"Afghanistan": ["Zarmina Ludin"]}})
    assert [place.rule for place in peer(sentence(text="ZARMINA LUDIN left"), 4)] == ["name"]
    assert [place.rule for place in peer(sentence(text="Zarmine Ludin warned us"), 4)] == ["speech"]
    assert peer(sentence(text="Unsaid things"), 4) == []


def test_without_a_lint_the_run_says_so_and_still_measures_the_peer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lint, "by_sulh", lambda rosters: None)
    lint.main(["--errors", "--generated", "200"])
    told = capsys.readouterr().out
    assert told.count("The engine has no lint yet") == len([*SETS, "generated"])
    assert "recall" in told
    lint.main(["--json", "--generated", "0"])
    assert json.loads(capsys.readouterr().out)["sets"][0]["sulh"] is None


def test_the_whole_run_prints_both_sets_with_the_engine_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    lint.main(["--generated", "200"])
    told = capsys.readouterr().out
    assert told.startswith("tuning, level 4: ")
    assert "\nheld-out, level 4: " in told


def test_errors_of_the_held_out_set_are_shown_only_on_demand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lint, "by_sulh", lambda rosters: lambda one, level: [])
    lint.main(["--errors", "--generated", "200"])
    told = capsys.readouterr().out
    assert "missed: t-" in told
    assert "missed: h-" not in told
    lint.main(["--held-out-errors", "--generated", "0"])
    assert "missed: h-" in capsys.readouterr().out


def test_of_the_generated_texts_only_those_are_asked_for_that_leave_too_few_by_themselves() -> None:
    rosters, sentences = lint.generated(600)
    truth = {text.id: text for _, text in generator.corpus(600)}
    assert {one.dialogue for one in sentences} <= set(rosters)
    assert {one.kind for one in sentences} == {"attribution", "innocent"}
    for one in sentences:
        assert one.attributes == truth[one.id].gives_away
        assert not {"record", "metadata"} & set(one.classes)


def test_a_label_that_is_not_in_its_text_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "rosters.json").write_text("{}", encoding="utf-8")
    line = {
        "id": "x",
        "language": "en",
        "dialogue": "pa",
        "text": "Nobody.",
        "kind": "attribution",
        "told": ["Ludin"],
    }
    (tmp_path / "en.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no such piece"):
        lint.load(tmp_path)


# --- the sets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "in_all", "by_language"), [("tuning", 320, 60), ("held-out", 500, 90)])
def test_every_language_is_well_represented_by_both_kinds(name: str, in_all: int, by_language: int) -> None:
    _, sentences = lint.load(LABELLED / name)
    languages = Counter(one.language for one in sentences)
    assert len(sentences) >= in_all
    assert set(languages) == set(LANGUAGES)
    assert min(languages.values()) >= by_language
    for code, size in languages.items():
        telling = sum(one.attributes for one in sentences if one.language == code)
        assert 0.4 <= telling / size <= 0.6


@pytest.mark.parametrize("name", SETS)
def test_labels_are_whole_and_refer_to_the_roster_of_their_dialogue(name: str) -> None:
    rosters, sentences = lint.load(LABELLED / name)
    assert len({one.id for one in sentences}) == len({one.text for one in sentences}) == len(sentences)
    for one in sentences:
        people = {person for side in rosters[one.dialogue].values() for person in side}
        assert set(one.names) <= people, one.id
        assert set(one.classes) <= set(CLASSES), one.id
        named = bool({"name", "name-variant", "untold-name"} & set(one.classes))
        assert bool(one.told) == named, one.id
        if one.attributes:
            assert one.classes, one.id
            assert one.from_level in (3, 4), one.id
        else:
            assert (one.classes, one.names) == ((), ()), one.id
            assert one.from_level is None, one.id
        assert ("name" in one.classes) <= any(person.lower() in one.text.lower() for person in people), one.id


def test_the_held_out_set_shares_no_sentence_and_no_person_with_the_tuning_set() -> None:
    (tuning, sentences), (held_out, unseen) = (lint.load(LABELLED / name) for name in SETS)

    def words(one: Sentence) -> str:
        return " ".join(re.findall(r"\w+", one.text.casefold()))

    assert not {words(one) for one in sentences} & {words(one) for one in unseen}

    def alike(one: Sentence, other: Sentence) -> float:
        mine, its = set(one.text.casefold().split()), set(other.text.casefold().split())
        return len(mine & its) / len(mine | its)

    for one in unseen:
        nearest = max(alike(one, other) for other in sentences if other.language == one.language)
        assert nearest <= 0.5, one.id

    def people(rosters: dict[str, lint.Sides]) -> set[str]:
        return {person for sides in rosters.values() for side in sides.values() for person in side}

    assert not people(tuning) & people(held_out)


def test_the_page_of_the_sets_counts_what_is_there() -> None:
    page = (LABELLED / "README.md").read_text(encoding="utf-8")
    loaded = [lint.load(LABELLED / name)[1] for name in SETS]
    for code, language in LANGUAGES.items():
        counts = [
            sum(one.language == code and one.attributes == telling for one in sentences)
            for sentences in loaded
            for telling in (True, False)
        ]
        assert f"| {language} | " + " | ".join(map(str, counts)) + " |" in page
    for name in CLASSES:
        counts = [sum(name in one.classes for one in sentences) for sentences in loaded]
        assert f"| `{name}` | " + " | ".join(map(str, counts)) + " |" in page
