"""``carry.rename_lineage``: the words by which people speak of an ask."""

import pytest

from sulh.kernel.access import SYSTEM, NotPermitted
from sulh.kernel.actions import Refused
from sulh.rooms.carry.actions import rename_lineage


def test_the_title_changes_and_its_history_is_kept(programme, ask):
    lineage = ask("Both governments should ease visas.").lineage
    rename_lineage(SYSTEM, programme, lineage, "  Easier visas ")
    lineage.refresh_from_db()
    assert lineage.title == "Easier visas"
    assert [old.title for old in lineage.history.all()][-1] == "Both governments should ease visas."


def test_a_title_longer_than_the_field_is_cut(programme, ask):
    lineage = ask("Ease visas.").lineage
    assert len(rename_lineage(SYSTEM, programme, lineage, "v" * 400).title) == 300


def test_a_blank_title_is_refused(programme, ask):
    lineage = ask("Ease visas.").lineage
    with pytest.raises(Refused, match="needs a title"):
        rename_lineage(SYSTEM, programme, lineage, "   ")
    lineage.refresh_from_db()
    assert lineage.title == "Ease visas."


def test_a_liaison_does_not_rename(programme, ask, viewer_for):
    with pytest.raises(NotPermitted):
        rename_lineage(viewer_for("liaison"), programme, ask("Ease visas.").lineage, "Visas")


def test_a_title_points_to_nobody_where_an_ask_is_under_the_chatham_house_rule(programme, ask):
    found = ask("Ease visas.")
    found.document.level = 4
    found.document.save()
    with pytest.raises(Refused, match="points to a person"):
        rename_lineage(SYSTEM, programme, found.lineage, "What the former foreign secretary said")
