"""What an ask means is read once, kept with the ask, follows its words, and goes with it."""

import pytest

from sulh.engines import texts
from sulh.engines.asks.linking import meaning
from sulh.kernel.access import SYSTEM
from sulh.rooms.carry import actions, reading
from sulh.rooms.carry.models import Ask, Document
from tests.rooms.carry.actions.test_keep_document import WORDS, told


def test_an_imported_ask_has_the_meaning_of_its_text(reviewed):
    asks = list(reviewed.asks.all())
    assert asks
    assert all(meaning.fits(bytes(ask.meaning), ask.text) for ask in asks)


def test_a_corrected_span_is_read_anew(programme, ask_with, reviewed):
    ask = ask_with("avoid hostile")
    before = bytes(ask.meaning)
    start = reviewed.text.index("avoid hostile")
    told = {"kind": ask.kind, "verb": ask.verb, "addressees": ask.addressees, "themes": ask.themes}
    actions.correct_ask(SYSTEM, programme, ask, start=start, end=start + 13, **told)
    ask = ask_with("avoid hostile")
    assert bytes(ask.meaning) != before
    assert meaning.fits(bytes(ask.meaning), "avoid hostile")


def test_asks_of_a_programme_folder_are_read_when_they_are_kept(programme):
    read = texts.read(WORDS.encode(), "declaration.txt")
    kept = actions.keep_document(SYSTEM, programme, "declaration", read, told())
    (ask,) = kept.row.asks.all()
    assert meaning.fits(bytes(ask.meaning), WORDS)


def test_it_is_read_only_once(reviewed, monkeypatch):
    asks = list(reviewed.asks.all())
    monkeypatch.setattr(meaning, "_points", lambda texts: pytest.fail("read again") if texts else texts)
    reading.give_meaning(asks)


def test_no_trace_stays_when_the_document_goes(programme, reviewed):
    kept = [bytes(ask.meaning) for ask in reviewed.asks.all()]
    past = list(Ask.history.all())
    assert past
    assert not any(hasattr(one, "meaning") for one in past)
    actions.remove_document(SYSTEM, programme, reviewed)
    assert not Document.objects.filter(id=reviewed.id).exists()
    assert not Ask.objects.filter(meaning__in=kept).exists()
