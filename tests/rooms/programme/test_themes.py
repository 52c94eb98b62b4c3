"""The page of themes, written to in Urdu."""

import pytest
from django.urls import reverse


@pytest.fixture
def add(client_for, programme):
    """Add a theme as a programme officer does."""
    client = client_for("programme officer")

    def added(name, words):
        client.post(reverse("themes", args=[programme.slug]), {"name": name, "words": words})
        return programme.themes.get(name=name)

    return added


def test_an_urdu_comma_parts_words_as_a_latin_one_does(add):
    assert add("Rivers", "دریا، پانی, river\ncanal").words == ["دریا", "پانی", "river", "canal"]


def test_two_themes_with_urdu_names_are_two_themes(add):
    assert add("دریا", "پانی").key != add("پہاڑ", "چوٹی").key


def test_adding_a_theme_that_is_there_changes_nothing(add, client_for, programme):
    kept = add("Rivers", "river, canal")
    client = client_for("convener", "varenia")
    address = reverse("themes", args=[programme.slug])
    client.post(
        address, {"name": "Rivers", "words": "other"}, headers={"referer": f"http://testserver{address}"}
    )
    kept.refresh_from_db()
    assert kept.words == ["river", "canal"]
