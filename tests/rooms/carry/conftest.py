"""A document under review, and its asks by their first words."""

import pytest

from tests.rooms.carry.review_texts import DECLARATION


@pytest.fixture
def reviewed(imported):
    """A declaration whose asks all wait for a decision."""
    return imported(DECLARATION)


@pytest.fixture
def ask_with(reviewed):
    """``ask_with("avoid hostile")``: the proposal that holds these words, as it stands now."""
    return lambda words: next(ask for ask in reviewed.asks.all() if words in ask.text)
