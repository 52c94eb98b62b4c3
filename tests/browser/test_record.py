"""The rapporteur's page: by keyboard alone, every pause saved, and nothing twice when the line comes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, assert_accessible, sign_in

HOME = "/programmes/beyond-boundaries/sessions/"
ALL_PAGES = [(size, language) for size in ("phone", "laptop") for language in ("en", "ur")]


def begin(page: Page, level: int) -> str:
    """Begin a session of this level by its form; return the address of its rapporteur's page."""
    page.goto(HOME + "begin/")
    page.locator("#title").fill("The ferry")
    page.locator(f"#level-{level}").check()
    page.locator("main form button.primary").click()
    page.wait_for_url("**/write/")
    return page.url


@pytest.fixture
def writing(page: Page, server: Server) -> Page:
    """Signed in as rapporteur, at the page of a new session on the Chatham House Rule."""
    sign_in(page, server, "beyond-boundaries/rapporteur")
    begin(page, 4)
    return page


def type_points(page: Page, *points: str) -> None:
    for point in points:
        page.keyboard.type(point)
        page.keyboard.press("Enter")


def waiting(page: Page, number: int) -> None:
    """Wait until so many points are not saved yet, as the page itself counts them."""
    expect(page.locator("#saved")).to_have_attribute("data-waiting", str(number), timeout=40_000)


def kept(page: Page) -> list[str]:
    """The points as the server holds them, in its order."""
    told = page.evaluate(
        "fetch(document.getElementById('record').dataset.save).then((answer) => answer.json())"
    )
    return [point["text"] for point in told["points"]]


def in_the_browser(page: Page) -> int:
    """How many points the browser keeps for when the line comes back."""
    found: int = page.evaluate(
        """() => new Promise((done) => {
            const asked = indexedDB.open("sulh-record", 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore("unsaved");
            asked.onsuccess = () => {
                const count = asked.result.transaction("unsaved").objectStore("unsaved").count();
                count.onsuccess = () => { asked.result.close(); done(count.result); };
            };
        })"""
    )
    return found


@pytest.mark.parametrize("page", ALL_PAGES, indirect=True)
def test_ten_points_by_keyboard_and_more_while_the_line_is_down(writing: Page) -> None:
    page = writing
    first = [f"The ferry should cross {number} times a day." for number in range(10)]
    more = [f"The bridge should carry {number} lorries an hour." for number in range(5)]
    type_points(page, *first)
    waiting(page, 0)
    assert kept(page) == first

    page.context.set_offline(True)
    type_points(page, *more)
    waiting(page, 5)
    expect(page.locator("#saved")).to_have_class(re.compile("is-waiting"))
    page.context.set_offline(False)
    waiting(page, 0)
    assert kept(page) == first + more
    assert_accessible(page)
    page.reload()
    expect(page.locator("#points textarea")).to_have_count(16)


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_a_pause_is_enough(writing: Page) -> None:
    writing.keyboard.type("The ferry should")
    expect(writing.locator("#saved")).to_contain_text("Saved")
    assert kept(writing) == ["The ferry should"]
    writing.keyboard.type(" cross at night.")
    waiting(writing, 0)
    assert kept(writing) == ["The ferry should cross at night."]


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_an_answer_that_was_lost_makes_nothing_twice(writing: Page) -> None:
    """The server keeps the point, the answer never arrives, and the page sends it again."""
    page, lost = writing, []

    def swallow(route) -> None:
        if route.request.method == "POST" and len(lost) < 3:
            route.fetch()
            lost.append(route.request.post_data)
            route.abort()
        else:
            route.continue_()

    page.route("**/points/", swallow)
    type_points(page, "The ferry should cross.")
    page.keyboard.type("The bridge should open.")
    waiting(page, 0)
    assert len(lost) == 3
    assert kept(page) == ["The ferry should cross.", "The bridge should open."]


@pytest.mark.parametrize(("page", "level"), [(("laptop", "en"), 4), (("laptop", "en"), 5)], indirect=["page"])
def test_what_is_not_saved_stays_in_the_browser_only_where_the_level_lets_it(
    page: Page, server: Server, level: int
) -> None:
    sign_in(page, server, "beyond-boundaries/rapporteur")
    address = begin(page, level)
    type_points(page, "The ferry should cross.")
    waiting(page, 0)
    assert in_the_browser(page) == 0

    page.route("**/points/", lambda route: route.abort())
    type_points(page, "The bridge should open.")
    expect(page.locator("#saved")).to_have_class(re.compile("is-waiting"))
    waiting(page, 1)
    page.wait_for_timeout(1000)
    assert in_the_browser(page) == (1 if level == 4 else 0)

    # The page is closed while the line is down, and opened again when it is back.
    page.goto("about:blank")
    page.unroute("**/points/")
    page.goto(address)
    waiting(page, 0)
    assert in_the_browser(page) == 0
    if level == 4:
        assert kept(page) == ["The ferry should cross.", "The bridge should open."]


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_two_who_write_at_once_lose_neither_wording(writing: Page) -> None:
    page = writing
    type_points(page, "The ferry should cross.")
    waiting(page, 0)
    other = page.context.new_page()
    other.goto(page.url)
    for one, words in ((other, " By night."), (page, " By day.")):
        one.locator("#points textarea").first.focus()
        one.keyboard.press("End")
        one.keyboard.type(words)
        waiting(one, 0)
    assert sorted(kept(page)) == ["The ferry should cross. By day.", "The ferry should cross. By night."]
    expect(page.locator("[data-other]:visible")).to_have_count(1)
    other.close()


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_the_keys_set_the_kind_move_between_points_and_remove_one(writing: Page) -> None:
    page = writing
    type_points(page, "The ferry should cross.", "The bridge should open.")
    page.keyboard.press("Alt+4")
    page.keyboard.type("The tariff.")
    expect(page.locator("#points select[name=kind]").nth(2)).to_have_value("parking lot")
    page.keyboard.press("Enter")
    for place in (2, 1, 0):
        page.keyboard.press("ArrowUp")
        expect(page.locator("#points textarea").nth(place)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#points textarea").nth(1)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Backspace")
    expect(page.locator("#points textarea").first).to_be_focused()
    waiting(page, 0)
    assert kept(page) == ["The ferry should cross.", "The tariff."]


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_a_text_that_points_to_a_person_is_kept_and_told(writing: Page) -> None:
    page = writing
    page.keyboard.type("The former foreign secretary said that the ferry could cross.")
    expect(page.locator("[data-notes] .finding-blocks").first).to_be_visible()
    expect(page.locator("[data-held]:visible")).to_have_count(1)
    page.keyboard.press("Control+A")
    page.keyboard.type("It was said that the ferry could cross.")
    expect(page.locator("[data-held]:visible")).to_have_count(0)
    waiting(page, 0)
    assert kept(page) == ["It was said that the ferry could cross."]


@pytest.mark.parametrize("page", [("phone", "en")], indirect=True)
def test_the_pages_of_a_session_are_for_everybody(writing: Page) -> None:
    page = writing
    type_points(page, "The ferry should cross.")
    waiting(page, 0)
    session = page.url.replace("write/", "")
    for address in (HOME, HOME + "begin/", HOME + "parking-lot/", session):
        page.goto(address)
        assert_accessible(page)
    page.locator("form[action$='/minutes/'] button").click()
    page.wait_for_url("**/minutes/**")
    page.locator("#text").fill("The ambassador said that the ferry could cross.")
    expect(page.locator("#findings .finding").first).to_be_visible()
    assert_accessible(page)
