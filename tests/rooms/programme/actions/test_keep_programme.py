"""``programme.keep_programme``: a programme as its folder tells it."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.rooms.programme.actions import keep_programme
from sulh.rooms.programme.folder import ProgrammeFile
from sulh.rooms.programme.models import Programme


def told(**changes):
    return ProgrammeFile.model_validate(
        {
            "format": 1,
            "programme": {"slug": "lakes", "name": "Lakes"},
            "sides": [
                {"key": "north", "name": "North"},
                {"key": "south", "name": "South", "forms": ["Southern"]},
            ],
            "phases": [
                {"key": "one", "name": "Phase one", "from": "2015", "to": "2016"},
                {"key": "two", "name": "Phase two", "partners": [{"name": "An institute", "side": "south"}]},
            ],
            "groups": [{"key": "traders", "name": "Traders", "kind": "working group"}],
            "themes": [{"key": "fish", "name": "Fishing", "words": ["net", "trawler"]}],
            **changes,
        }
    )


@pytest.mark.django_db
def test_it_keeps_sides_phases_groups_and_themes():
    file = told()
    programme = keep_programme(SYSTEM, file.programme, file).row
    assert [side.key for side in programme.sides.all()] == ["north", "south"]
    assert [(phase.key, phase.starts, phase.ends) for phase in programme.phases.all()] == [
        ("one", "2015", "2016"),
        ("two", "", ""),
    ]
    assert programme.groups.get().dialogue == "Lakes"
    assert programme.themes.get().words == ["net", "trawler"]


@pytest.mark.django_db
def test_the_same_again_changes_nothing():
    file = told()
    keep_programme(SYSTEM, file.programme, file)
    assert not keep_programme(SYSTEM, file.programme, told()).changed
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_a_corrected_folder_mends_the_rows():
    file = told()
    keep_programme(SYSTEM, file.programme, file)
    mended = told(groups=[{"key": "traders", "name": "Traders' group", "kind": "working group"}])
    assert keep_programme(SYSTEM, mended.programme, mended).changed
    assert Programme.objects.get().groups.get().name == "Traders' group"


def test_only_loading_does_this(programme, viewer_for):
    file = told(programme={"slug": "two-banks", "name": "Renamed"})
    with pytest.raises(NotPermitted):
        keep_programme(viewer_for("convener"), file.programme, file)
    programme.refresh_from_db()
    assert programme.name == "Two Banks"
