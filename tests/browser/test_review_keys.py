"""What the keys of the review send is what the card shows: above all, which lineage an ask joins."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, sign_in

HOTLINE = "Establish a hotline between border commanders"
_numbers = count(1)


def declaration() -> str:
    """A text, different every time, that asks again what the demonstration asks, among what nobody asked before."""
    mark = f"number {next(_numbers)}"
    return (
        f"Declaration of the keyboard meeting, {mark}\n\nRecommendations\n\n"
        f"1. The two governments should count the otters of the delta, {mark}.\n"
        f"2. {HOTLINE}.\n"
        f"3. The two governments should lend each other telescopes, {mark}.\n"
        "4. The media of both countries should refrain from sensational reporting.\n"
    )


@pytest.fixture
def reviewing(page: Page, server: Server) -> Page:
    """Signed in, with such a text imported and its review open."""
    sign_in(page, server, "beyond-boundaries/convener")
    page.goto("/programmes/beyond-boundaries/documents/import/?round=pajc-2017-03")
    page.locator("textarea[name=text]").fill(declaration())
    page.locator("main form button.primary").click()
    page.wait_for_url("**/review/**")
    return page


def press(page: Page, key: str) -> None:
    """Press a key of the review and wait until another card is shown."""
    before = page.locator("#decision").get_attribute("action")
    page.keyboard.press(key)
    expect(page.locator("#decision")).not_to_have_attribute("action", before or "")


def shown(page: Page) -> str:
    """The lineage that is chosen on the card, as the browser holds it; empty where none is."""
    chosen = page.locator("#decision input[name=lineage]:checked")
    return chosen.get_attribute("value") or "" if chosen.count() else ""


def marked_as_chosen(page: Page) -> str:
    return page.locator("#decision input[name=lineage][checked]").get_attribute("value") or ""


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_moving_by_keys_keeps_the_choice_that_each_card_suggests(reviewing: Page) -> None:
    page, seen = reviewing, []
    for key in ("j", "j", "j", "k", "k", "k", "j"):
        press(page, key)
        assert shown(page) == marked_as_chosen(page) != ""
        seen.append(shown(page))
    assert len(set(seen)) > 2


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_an_ask_repeated_from_the_demonstration_joins_its_lineage(reviewing: Page) -> None:
    page = reviewing
    press(page, "j")
    expect(page.locator(".review-quote")).to_contain_text("hotline between border commanders")
    suggested = shown(page)
    assert suggested not in ("", "new")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        press(page, "a")
    assert suggested in (posted.value.post_data or "")
    page.goto(f"/programmes/beyond-boundaries/lineages/{suggested}/")
    expect(page.locator("main")).to_contain_text("A hotline between border commanders")
    expect(page.locator("main")).to_contain_text("Declaration of the keyboard meeting")


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_the_passage_form_is_opened_filled_and_sent_without_the_mouse(reviewing: Page) -> None:
    page = reviewing
    total = int(page.locator("#progress").get_attribute("max") or 0)
    page.keyboard.press("p")
    expect(page.locator("#add textarea")).to_be_focused()
    page.keyboard.type("Declaration of the keyboard meeting")
    page.locator("#add textarea").evaluate("area => area.style.height = '9rem'")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#progress")).to_have_attribute("max", str(total + 1))


@pytest.mark.parametrize("page", [("phone", "en")], indirect=True)
def test_on_a_phone_the_text_keeps_half_of_the_screen(reviewing: Page) -> None:
    page = reviewing
    for _step in range(3):
        bar, card = page.locator(".review-bar").bounding_box(), page.locator(".review-side").bounding_box()
        assert bar is not None
        assert card is not None
        page.evaluate("scrollTo(0, 400)")
        assert bar["height"] + card["height"] <= 844 / 2
        press(page, "j")
