"""Every page of the demonstration, at phone and laptop width, in English and in Urdu: accessible, whole, light."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import Server, assert_accessible, sign_in

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
FIRST_LOAD = 100_000


def test_sign_in_and_front_door(page: Page, server: Server) -> None:
    page.goto("/sign-in/")
    assert_accessible(page)
    page.goto(server.link("beyond-boundaries/convener"))
    assert_accessible(page)
    sign_in(page, server, "beyond-boundaries/convener")
    assert page.url.endswith("/programmes/beyond-boundaries/")


def test_every_page_of_a_programme_is_accessible(page: Page, server: Server) -> None:
    for seat in ("beyond-boundaries/convener", "india-pakistan/counterpart-lead"):
        sign_in(page, server, seat)
        programme = f"/programmes/{seat.split('/')[0]}/"
        for address in PAGES:
            assert page.goto(programme + address).status == 200
            assert_accessible(page)
        for kind in ("lineages", "rounds", "documents"):
            listed = {"lineages": "ledger/"}.get(kind, f"{kind}/")
            page.goto(programme + listed)
            first = page.locator(
                f"main a[href*='/{kind}/']:not([href$='/import/']):not([href$='/plan/'])"
            ).first
            page.goto(first.get_attribute("href"))
            assert_accessible(page)


@pytest.mark.parametrize("page", [("phone", "ur"), ("laptop", "en")], indirect=True)
def test_the_pages_that_correct_and_remove_a_document_are_accessible(page: Page, server: Server) -> None:
    sign_in(page, server, "beyond-boundaries/convener")
    page.goto("/programmes/beyond-boundaries/documents/")
    first = page.locator("main a[href*='/documents/']:not([href$='/import/'])").first
    document = first.get_attribute("href").removesuffix("review/")
    for address in ("correct/", "remove/"):
        assert page.goto(document + address).status == 200
        assert_accessible(page)


@pytest.mark.parametrize("page", [("laptop", "en")], indirect=True)
def test_no_page_is_over_100_kb_on_first_load(page: Page, server: Server) -> None:
    sign_in(page, server, "beyond-boundaries/convener")
    for address in PAGES:
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
