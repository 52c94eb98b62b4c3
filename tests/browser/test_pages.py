"""Every page of the demonstration, at phone and laptop width, in English and in Urdu: accessible, whole, light."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import Server, assert_accessible, sign_in

HOME = "/programmes/beyond-boundaries/"
PAGES = [
    "",
    "ledger/",
    "documents/",
    "documents/import/",
    "carried/",
    "carried/record/",
    "rounds/",
    "rounds/plan/",
    "themes/",
]
PROTECTED = [
    "sessions/",
    "sessions/begin/",
    "sessions/parking-lot/",
    "keys/",
    "seats/",
    "people/",
    "people/vault/",
    "people/sealed/",
    "audit/heads/",
]
FIRST_LOAD = 100_000


def test_sign_in_and_front_door(page: Page, server: Server) -> None:
    page.goto("/sign-in/")
    assert_accessible(page)
    page.goto(server.link("beyond-boundaries/convener"))
    assert_accessible(page)
    sign_in(page, server, "beyond-boundaries/convener")
    assert page.url.endswith("/programmes/beyond-boundaries/")


def sweep(page: Page, server: Server, seat: str) -> None:
    sign_in(page, server, seat)
    programme = f"/programmes/{seat.split('/')[0]}/"
    for address in PAGES:
        assert page.goto(programme + address).status == 200
        assert_accessible(page)
    for kind in ("lineages", "rounds", "documents"):
        listed = {"lineages": "ledger/"}.get(kind, f"{kind}/")
        page.goto(programme + listed)
        first = page.locator(f"main a[href*='/{kind}/']:not([href$='/import/']):not([href$='/plan/'])").first
        page.goto(first.get_attribute("href"))
        assert_accessible(page)


def test_every_page_of_a_programme_is_accessible(page: Page, server: Server) -> None:
    sweep(page, server, "beyond-boundaries/convener")


@pytest.mark.parametrize("page", [("phone", "ur"), ("laptop", "en")], indirect=True)
def test_so_is_every_page_of_another_programme(page: Page, server: Server) -> None:
    """In two of the four crossings: its pages differ from the first programme's in what they hold only."""
    sweep(page, server, "india-pakistan/counterpart-lead")


@pytest.mark.parametrize("page", [("phone", "ur"), ("laptop", "en")], indirect=True)
def test_the_pages_that_correct_and_remove_a_document_are_accessible(page: Page, server: Server) -> None:
    sign_in(page, server, "beyond-boundaries/convener")
    page.goto("/programmes/beyond-boundaries/documents/")
    first = page.locator("main a[href*='/documents/']:not([href$='/import/'])").first
    document = first.get_attribute("href").removesuffix("review/")
    for address in ("correct/", "remove/"):
        assert page.goto(document + address).status == 200
        assert_accessible(page)


@pytest.mark.parametrize("page", [("phone", "ur"), ("laptop", "en")], indirect=True)
def test_the_pages_of_sessions_people_and_keys_are_accessible(page: Page, server: Server) -> None:
    """Only two of the four crossings: each of these pages has no part that another of them has not at that width."""
    sign_in(page, server, "beyond-boundaries/convener")
    for address in PROTECTED:
        assert page.goto(HOME + address).status == 200
        assert_accessible(page)
    for listed, of in (("sessions/", "th a[href*='/sessions/']"), ("seats/", "td a[href*='/account/']")):
        page.goto(HOME + listed)
        page.goto(page.locator(f"main {of}").first.get_attribute("href"))
        assert_accessible(page)
    page.goto(HOME + "documents/")
    first = page.locator("main a[href*='/documents/']:not([href$='/import/'])").first
    page.goto(first.get_attribute("href").removesuffix("review/") + "confidentiality/")
    assert_accessible(page)
    page.goto(HOME)
    page.locator("main a[href*='/minutes/']").first.click()
    page.wait_for_url("**/minutes/**")
    assert_accessible(page)
    sign_in(page, server, "beyond-boundaries/security-lead-afghanistan")
    assert page.goto(HOME + "audit/").status == 200
    assert_accessible(page)


@pytest.mark.parametrize("page", [("phone", "ur"), ("laptop", "en")], indirect=True)
def test_a_vault_is_set_up_and_opened_on_accessible_pages(page: Page, server: Server) -> None:
    on_a_phone = page.viewport_size["width"] < 500
    sign_in(page, server, "beyond-boundaries/" + ("counterpart-lead" if on_a_phone else "convener"))
    page.goto(HOME + "people/vault/")
    keys = page.locator("form[action$='/vault/keys/']").first
    for name in ("passphrase", "again"):
        keys.locator(f"[name={name}]").fill("ferry lantern orchard copper thistle")
    keys.locator("button").click()
    set_up = page.locator("form[action$='/vault/set-up/']")
    set_up.locator("[name=labels]").fill("one\ntwo\nthree")
    assert_accessible(page)
    set_up.locator("button").click()
    page.locator(".paper").first.wait_for()
    assert_accessible(page)
    page.goto(HOME + "people/keep/")
    page.locator("[name=name]").fill("Invented Person")
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    for address in ("people/", "people/vault/", "people/sealed/"):
        page.goto(HOME + address)
        assert_accessible(page)


@pytest.mark.parametrize("page", [("phone", "en")], indirect=True)
def test_everybody_finds_sessions_and_leads_find_what_is_theirs(page: Page, server: Server) -> None:
    people = [
        HOME + one
        for one in ("keys/", "seats/", "people/", "people/vault/", "people/sealed/", "audit/heads/")
    ]
    for seat, shown in (
        ("counterpart-lead", people),
        ("programme-officer-pakistan", people[2:4]),
        ("security-lead-pakistan", [HOME + "audit/", HOME + "audit/heads/"]),
        ("rapporteur", []),
    ):
        sign_in(page, server, f"beyond-boundaries/{seat}")
        page.goto(HOME)
        assert page.locator(f".nav a[href='{HOME}sessions/']").is_visible()
        links = page.locator(".nav-people a")
        assert [link.get_attribute("href") for link in links.all()] == shown
        for address in shown:
            assert page.goto(address).status == 200


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_no_page_is_over_100_kb_on_first_load(page: Page, server: Server) -> None:
    sign_in(page, server, "beyond-boundaries/convener")
    for address in PAGES + PROTECTED:
        fresh = page.context.browser.new_context(
            storage_state=page.context.storage_state(), base_url=server.base
        )
        first = fresh.new_page()
        received: list[Response] = []
        first.on("response", lambda response, into=received: into.append(response))
        first.goto(f"/programmes/beyond-boundaries/{address}", wait_until="networkidle")
        size = sum(
            sum(one.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
            for one in received
        )
        fresh.close()
        assert 1000 < size <= FIRST_LOAD, f"{address}: {size} bytes"


@pytest.mark.parametrize("page", [("phone", "ur")], indirect=True)
def test_the_forbidden_and_the_unknown_look_the_same(page: Page, server: Server) -> None:
    sign_in(page, server, "beyond-boundaries/rapporteur")
    unknown = page.goto("/programmes/no-such-programme/ledger/")
    body = page.locator("main").inner_html()
    forbidden = page.goto("/programmes/india-pakistan/ledger/")
    assert (unknown.status, forbidden.status) == (404, 404)
    assert page.locator("main").inner_html() == body
    assert_accessible(page)


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_it_works_without_javascript(page: Page, server: Server) -> None:
    plain = page.context.browser.new_context(java_script_enabled=False, base_url=server.base)
    try:
        without = plain.new_page()
        without.goto(server.link("beyond-boundaries/convener"))
        without.locator("main form button.primary").click()
        without.goto("/programmes/beyond-boundaries/ledger/?text=visa")
        assert without.locator("main a[href*='/lineages/']").count() > 0
    finally:
        plain.close()
