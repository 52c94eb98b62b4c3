"""The review page: each decision is posted at once and works as a plain form; with htmx the part comes back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sulh.engines.asks import linking
from sulh.kernel.access import SYSTEM
from sulh.kernel.models import Account
from sulh.rooms.carry import actions, marking, reading
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.models import Ask, Document, Lineage
from sulh.rooms.carry.review import token_of
from sulh.rooms.people import actions as people
from tests.rooms.carry.review_texts import DECLARATION, LATER

HTMX = {"HX-Request": "true"}


@pytest.fixture
def officer(client_for):
    return client_for("programme officer", "varenia")


def at(document, ask=None):
    address = reverse("review", args=[document.programme.slug, document.id])
    return f"{address}?ask={ask.id}" if ask else address


def decide(client, document, ask, what, headers=None, **told):
    """Post a decision as the card's form does: with the token of the state that it shows."""
    address = reverse("review-decide", args=[document.programme.slug, document.id, ask.id])
    return client.post(address, {"what": what, "seen": token_of(ask)} | told, headers=headers or {})


def marks(page):
    return re.findall(r'<mark class="([^"]*)"', page)


# What it shows


def test_an_ask_that_shares_no_word_with_an_earlier_one_is_offered_it_and_says_why(
    officer, programme, imported
):
    told = "The participants urged both governments {}."
    online = told.format("to process visas online in place of paper forms")
    earlier = imported(online, date="2015")
    actions.accept_ask(SYSTEM, programme, earlier.asks.get())
    again = imported(told.format("to put the whole application on the internet, from the form to the answer"))
    ask = again.asks.get()
    (offered,) = ask.suggestions
    page = officer.get(at(again, ask)).content.decode()
    assert offered["shared"] == []
    assert "probably the same: alike in meaning, without a word in common" in page


def test_every_proposal_is_marked_in_place_with_its_kind_in_words(officer, reviewed):
    page = officer.get(at(reviewed)).content.decode()
    asks = list(reviewed.asks.all())
    assert len(marks(page)) == len(asks)
    for number, ask in enumerate(asks, 1):
        assert f'id="ask-{ask.id}" data-label="{number} {ask.get_kind_display()}"' in page
    assert f"0 of {len(asks)} decided" in page


def test_the_marked_text_is_the_text_of_the_document(reviewed):
    part = marking.part_numbered(reviewed, list(reviewed.asks.all()), 1)
    for line in part.lines:
        words = "".join(piece.text for piece in line.pieces)
        assert reviewed.text[line.start : line.start + len(words)] == words


def test_the_card_tells_whom_it_addresses_and_why_it_was_found(officer, reviewed, ask_with):
    page = officer.get(at(reviewed, ask_with("share this declaration"))).content.decode()
    card = page[page.index('id="card"') :]
    assert "The dialogue itself" in card
    assert "It has a verb of asking" in card or "The dialogue itself agrees to do it." in card


def test_an_earlier_ask_is_offered_with_its_words_date_and_reason(officer, programme, ask, imported):
    earlier = ask(
        "Ease visas for students.", lineage="visas", lineage_title="Easier visas", themes=["visas-consular"]
    )
    document = imported(LATER, round="second")
    page = officer.get(at(document)).content.decode()
    card = page[page.index('id="card"') :]
    assert "Easier visas" in card
    assert "“Ease visas for students.”" in card
    assert "11 November 2015" in card
    assert "very likely the same" in card or "probably the same" in card
    assert re.search(rf'value="{earlier.lineage_id}" id="lineage-[^"]+-1" checked', card)


def test_the_same_new_ask_is_offered_though_both_were_imported_together(officer, programme, imported):
    first, second = imported(DECLARATION), imported(LATER)
    assert second.asks.first().suggestions == []
    for ask in first.asks.all():
        actions.accept_ask(SYSTEM, programme, ask)
    assert re.search(r'id="lineage-[^"]+-1" checked', officer.get(at(second)).content.decode())


@pytest.mark.parametrize("sits_in_both", [False, True])
def test_what_another_programme_has_not_published_is_not_offered(
    client_for, programme, other_programme, ask, imported, sits_in_both
):
    hidden = ask(
        "Ease visas for students.", lineage="secret", lineage_title="A hidden lineage", of=other_programme
    )
    document = imported(LATER)
    rapporteur = client_for("rapporteur")
    if sits_in_both:
        account = Account.objects.get(id=rapporteur.session["_auth_user_id"])
        people.keep_seat(SYSTEM, other_programme, account.handle, "rapporteur")
    assert "A hidden lineage" not in rapporteur.get(at(document)).content.decode()
    assert "A hidden lineage" not in rapporteur.get(at(document) + "?q=visas").content.decode()
    refused = decide(rapporteur, document, document.asks.first(), "accept", lineage=str(hidden.lineage_id))
    assert refused.status_code == 422


def test_what_another_programme_has_published_is_offered(
    client_for, programme, other_programme, ask, imported
):
    ask(
        "Ease visas for students.",
        lineage="open",
        lineage_title="An open lineage",
        of=other_programme,
        public=True,
    )
    page = client_for("rapporteur").get(at(imported(LATER))).content.decode()
    assert "An open lineage" in page
    assert "Three Hills" in page


def test_scores_are_said_in_words():
    assert marking.likeness(0.95) == "very likely the same"
    assert marking.likeness(linking.THRESHOLD) == "probably the same"
    assert marking.likeness(0.4) == "perhaps the same"


# Deciding


def test_accept_goes_on_to_the_next_undecided_ask(officer, reviewed):
    first, second, *_others = reviewed.asks.all()
    answer = decide(officer, reviewed, first, "accept", lineage="new")
    assert answer.url == f"{at(reviewed, second)}#ask-{second.id}"
    first.refresh_from_db()
    assert first.state == AskState.ACCEPTED
    assert f"1 of {reviewed.asks.count()} decided" in officer.get(answer.url).content.decode()


def test_with_htmx_only_the_review_comes_back(officer, reviewed):
    first, second, *_others = reviewed.asks.all()
    answer = decide(officer, reviewed, first, "drop", headers=HTMX)
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="review"')
    assert answer.headers["HX-Replace-Url"] == f"{at(reviewed, second)}#ask-{second.id}"
    assert marks(page)[0] == "found found-ask found-dropped"
    assert "found-current" in marks(page)[1]


def test_accept_joins_the_chosen_lineage(officer, programme, ask, reviewed):
    other = ask("Count the otters.", lineage="otters")
    first = reviewed.asks.first()
    decide(officer, reviewed, first, "accept", lineage=str(other.lineage_id))
    first.refresh_from_db()
    assert first.lineage == other.lineage


@pytest.mark.parametrize("lineage", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_lineage_that_is_not_there_is_refused(officer, reviewed, lineage):
    answer = decide(officer, reviewed, reviewed.asks.first(), "accept", lineage=lineage)
    assert answer.status_code == 422
    assert "This lineage is no longer there" in answer.content.decode()
    assert not Lineage.objects.exists()


@pytest.mark.parametrize("told", [{}, {"lineage": ""}])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_accepting_without_a_choice_of_lineage_is_refused(officer, reviewed, told, headers):
    first = reviewed.asks.first()
    answer = decide(officer, reviewed, first, "accept", headers=headers, **told)
    assert answer.status_code == 422
    assert "No lineage was chosen, and nothing was changed." in answer.content.decode()
    first.refresh_from_db()
    assert first.state == AskState.PROPOSED
    assert not Lineage.objects.exists()


def test_the_choices_of_two_cards_share_no_id(officer, programme, reviewed):
    pages = [officer.get(at(reviewed, one)).content.decode() for one in reviewed.asks.all()[:2]]
    ids = [set(re.findall(r'type="radio" name="lineage"[^>]* id="([^"]+)"', page)) for page in pages]
    assert all(ids)
    assert ids[0].isdisjoint(ids[1])


def test_split_join_and_undo_by_plain_forms(officer, reviewed, ask_with):
    ask = ask_with("avoid hostile")
    before = reviewed.asks.count()
    decide(officer, reviewed, ask, "split", at=str(ask.start + ask.text.index("avoid")))
    assert reviewed.asks.count() == before + 1
    decide(officer, reviewed, ask_with("The media"), "merge")
    assert reviewed.asks.count() == before
    for _step in range(2):
        latest = str(reviewed.steps.first().id)
        officer.post(reverse("review-undo", args=[reviewed.programme.slug, reviewed.id]), {"latest": latest})
    assert ask_with("avoid hostile").text == ask.text
    assert not reviewed.steps.exists()


def test_the_words_to_split_at_are_buttons_on_the_page(officer, reviewed, ask_with):
    ask = ask_with("avoid hostile")
    page = officer.get(at(reviewed, ask) + "&do=split").content.decode()
    places = [int(place) for place in re.findall(r'name="at" value="(\d+)"', page)]
    assert [reviewed.text[place : ask.end].split()[0] for place in places] == ask.text.split()[1:]


def correction(ask, **changes):
    told = {"words": ask.text, "kind": ask.kind, "verb": ask.verb}
    return told | {"addressees": ask.addressees, "themes": ask.themes} | changes


def test_correcting_finds_the_words_in_the_document(officer, reviewed, ask_with):
    ask = ask_with("avoid hostile")
    words = "avoid   hostile\nlanguage"
    decide(
        officer, reviewed, ask, "correct", **correction(ask, words=words, addressees=["media", "parliament"])
    )
    ask.refresh_from_db()
    assert (ask.text, ask.addressees) == ("avoid hostile language", ["media", "parliament"])
    assert reviewed.text[ask.start : ask.end] == ask.text


def test_words_that_do_not_stand_in_the_document_are_refused_and_kept_in_the_form(
    officer, reviewed, ask_with
):
    ask = ask_with("avoid hostile")
    answer = decide(officer, reviewed, ask, "correct", **correction(ask, words="avoid very hostile language"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "do not stand in the document" in page
    assert "avoid very hostile language</textarea>" in page
    assert ask_with("avoid hostile").text == ask.text


def test_words_that_occur_twice_are_taken_nearest_to_where_they_stood():
    text = "ease visas now. Later: ease visas again."
    assert reading.find_words(text, "ease visas", 0) == (0, 10)
    assert reading.find_words(text, "ease visas", 30) == (23, 33)
    assert reading.find_words(text, "EASE  visas", 0) == (0, 10)
    assert reading.find_words(text, "visa", 0) is None


def test_a_missed_passage_is_added_by_its_words(officer, reviewed):
    address = reverse("review-add", args=[reviewed.programme.slug, reviewed.id])
    answer = officer.post(address, {"words": "met for two days", "kind": "ask"})
    added = Ask.objects.get(text="met for two days")
    assert answer.url == f"{at(reviewed, added)}#ask-{added.id}"
    assert "Somebody marked it by hand." in officer.get(answer.url).content.decode()
    refused = officer.post(address, {"words": "met for nine days", "kind": "ask"})
    assert refused.status_code == 422
    assert "met for nine days</textarea>" in refused.content.decode()


def test_a_marked_place_wins_over_an_earlier_one_with_the_same_words(officer, imported):
    document = imported("Report\n\nThe bridge is old.\n\nThe bridge is closed.\n")
    start = document.text.rindex("The bridge")
    address = reverse("review-add", args=[document.programme.slug, document.id])
    officer.post(address, {"words": "The bridge", "kind": "ask", "start": start, "end": start + 10})
    assert document.asks.get().start == start


def test_finish_comes_when_nothing_waits_and_leads_to_the_ledger(officer, reviewed):
    finish = reverse("review-finish", args=[reviewed.programme.slug, reviewed.id])
    assert "still wait" in officer.post(finish).content.decode()
    assert finish not in officer.get(at(reviewed)).content.decode()
    for ask in reviewed.asks.all():
        decide(officer, reviewed, ask, "accept", lineage="new")
    assert finish in officer.get(at(reviewed)).content.decode()
    page = officer.post(finish, follow=True).content.decode()
    assert "The review is finished" in page
    assert reverse("ledger", args=[reviewed.programme.slug]) in page


def test_lineages_are_searched_by_words(officer, ask, reviewed):
    ask("Count the otters of the delta.", lineage="otters", lineage_title="The otter census")
    found = officer.get(at(reviewed) + "?only=found&q=otters delta", headers=HTMX).content.decode()
    assert "The otter census" in found
    assert "<html" not in found
    assert "The otter census" in officer.get(at(reviewed) + "?q=census").content.decode()
    assert "No lineage has these words." in officer.get(at(reviewed) + "?q=walrus").content.decode()


# Two people, and people without the permission


def test_the_second_of_two_people_is_told_and_sees_what_holds_now(client_for, reviewed):
    ask = reviewed.asks.first()
    decide(client_for("programme officer", "varenia"), reviewed, ask, "drop")
    answer = decide(client_for("programme officer", "oskland"), reviewed, ask, "accept", lineage="new")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else worked on this ask in the meantime; it is now: Dropped." in page
    ask.refresh_from_db()
    assert ask.state == AskState.DROPPED


def test_an_ask_that_was_joined_away_is_told(officer, programme, reviewed):
    first, second, *_others = reviewed.asks.all()
    actions.merge_ask(SYSTEM, programme, first)
    answer = decide(officer, reviewed, second, "accept", lineage="new")
    assert answer.status_code == 422
    assert "joined or took back this ask" in answer.content.decode()


def test_the_words_of_a_correction_that_came_too_late_are_shown_again(officer, programme, reviewed, ask_with):
    ask = ask_with("avoid hostile")
    actions.drop_ask(SYSTEM, programme, ask_with("avoid hostile"))
    answer = decide(officer, reviewed, ask, "correct", **correction(ask, words="avoid hostile"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "it is now: Dropped." in page
    assert "avoid hostile</textarea>" in page
    assert f'value="{token_of(ask_with("avoid hostile"))}"' in page
    assert ask_with("avoid hostile").text == ask.text


def test_the_words_of_a_correction_of_an_ask_that_is_gone_are_offered_as_a_passage(
    officer, programme, reviewed
):
    first, second, *_others = reviewed.asks.all()
    actions.merge_ask(SYSTEM, programme, first)
    answer = decide(officer, reviewed, second, "correct", **correction(second, words="two days of talks"))
    page = answer.content.decode()
    assert "joined or took back this ask" in page
    assert 'id="add"' in page
    assert "two days of talks</textarea>" in page


def test_undo_takes_back_only_the_step_that_was_seen(officer, programme, reviewed):
    first, second, *_others = reviewed.asks.all()
    actions.drop_ask(SYSTEM, programme, first)
    seen = reviewed.steps.first().id
    actions.drop_ask(SYSTEM, programme, second)
    answer = officer.post(reverse("review-undo", args=[programme.slug, reviewed.id]), {"latest": seen})
    assert "nothing was undone" in answer.content.decode()
    assert reviewed.asks.filter(state=AskState.DROPPED).count() == 2


@pytest.mark.parametrize("role", ["communications", "evaluation", "facilitator", "liaison"])
def test_other_roles_see_the_document_and_decide_nothing(client_for, reviewed, role):
    client = client_for(role)
    assert client.get(at(reviewed)).url == reverse("document", args=[reviewed.programme.slug, reviewed.id])
    ask = reviewed.asks.first()
    for answer in (
        decide(client, reviewed, ask, "accept", lineage="new"),
        client.post(
            reverse("review-add", args=[reviewed.programme.slug, reviewed.id]), {"words": "two days"}
        ),
        client.post(reverse("review-undo", args=[reviewed.programme.slug, reviewed.id])),
        client.post(reverse("review-finish", args=[reviewed.programme.slug, reviewed.id])),
    ):
        assert answer.status_code == 403
    ask.refresh_from_db()
    assert ask.state == AskState.PROPOSED


def test_a_document_of_another_programme_is_not_there(officer, programme, other_programme, imported):
    document = imported(DECLARATION, of=other_programme)
    for name in ("document", "review"):
        assert officer.get(reverse(name, args=[programme.slug, document.id])).status_code == 404


# Size and speed


@pytest.fixture
def long_one(imported):
    """A declaration of sixty asks."""
    clauses = "\n".join(
        f"{n}. The participants urged both governments to repair bridge number {n} and its approach road."
        for n in range(1, 61)
    )
    return imported("A long declaration\n\n" + clauses)


def test_sixty_asks_need_no_more_queries_than_a_few(officer, programme, reviewed, long_one):
    def queries(document):
        officer.get(at(document))
        with CaptureQueriesContext(connection) as seen:
            officer.get(at(document))
        return len(seen)

    assert long_one.asks.count() >= 60
    assert queries(long_one) == queries(reviewed) <= 18


def test_sixty_asks_stay_below_the_size_of_a_page(officer, long_one):
    answer = officer.get(at(long_one), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 30_000


def test_the_part_that_is_shown_holds_the_current_ask(officer, imported):
    sheets = "\n\n".join(
        f"Paragraph {n} speaks of the river and of its banks at length." for n in range(1500)
    )
    document = imported(
        f"A long report\n\n{sheets}\n\nThe participants urged both governments to ease visas.\n"
    )
    page = officer.get(at(document)).content.decode()
    assert f'id="ask-{document.asks.get().id}"' in page
    assert "Paragraph 0 " not in page
    assert Document.objects.count() == 1
