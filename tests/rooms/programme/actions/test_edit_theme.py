"""``programme.edit_theme``: another name, other words, a new theme; the key stays."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.programme.actions import edit_theme


def test_a_renamed_theme_keeps_its_key_and_place(programme):
    before = [theme.key for theme in programme.themes.all()]
    edit_theme(SYSTEM, programme, "visas-consular", " Visas ", [" visa", "", "consul "])
    theme = programme.themes.get(key="visas-consular")
    assert (theme.name, theme.words) == ("Visas", ["visa", "consul"])
    assert [theme.key for theme in programme.themes.all()] == before


def test_a_new_theme_comes_last(programme):
    edit_theme(SYSTEM, programme, "rivers", "Rivers", ["river"])
    assert list(programme.themes.all())[-1].key == "rivers"


def test_a_theme_needs_a_name(programme):
    with pytest.raises(Refused, match="name"):
        edit_theme(SYSTEM, programme, "visas-consular", " ", [])
    assert programme.themes.get(key="visas-consular").name != ""


@pytest.mark.parametrize("role", ["rapporteur", "liaison", "evaluation"])
def test_only_the_desk_edits_themes(programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        edit_theme(viewer_for(role), programme, "rivers", "Rivers", [])
    assert not programme.themes.filter(key="rivers").exists()
