"""Signing in with a real browser: invitation, authenticator, recovery code, passkey, browsers signed in, travel."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, SIZES, _wait_until_it_answers, assert_accessible
from tests.surfaces.conftest import code_of

PASSPHRASE = "nine quiet herons by the weir"
HOME = "/programmes/two-rivers/"


@dataclass(frozen=True)
class Installation:
    """A running installation with a programme of its own, no demonstration."""

    base: str
    environment: dict[str, str]

    def sulh(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "sulh", *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
        return done.stdout

    def link(self, handle: str) -> str:
        return str(json.loads(self.sulh("sign-in-link", handle, "--base", self.base, "--json"))["link"])


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("own")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    environment |= {"SULH_HOME": str(home / "var"), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "400"}
    made = Installation(f"http://localhost:{port}", environment)
    folder = home / "two-rivers"
    made.sulh("new", str(folder), "--name", "Two Rivers", "--sides", "Northland, Southland")
    made.sulh("load", str(folder))
    log = Path(home / "server.log")
    with log.open("w") as output:
        command = [sys.executable, "-m", "sulh", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=ROOT)
    try:
        _wait_until_it_answers(made.base, process, log)
        yield made
    finally:
        process.terminate()
        process.wait(10)
    assert not re.search(r"/sign-in/[^/\s]+:", log.read_text()), "a link stands in the log"


@pytest.fixture(params=[("phone", "ur"), ("laptop", "en")], ids="-".join)
def page(request: pytest.FixtureRequest, browser: Browser, installation: Installation) -> Iterator[Page]:
    size, language = request.param
    context = browser.new_context(viewport=SIZES[size], base_url=installation.base, locale=language)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": installation.base}])
    context.set_default_timeout(15_000)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert not [said for said in wrong if "404" not in said and "422" not in said], wrong


def press(page: Page, selector: str = "main form button.primary") -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state()


def type_passphrase(page: Page, handle: str) -> None:
    page.goto("/sign-in/")
    page.fill("#id_handle", handle)
    page.fill("#id_passphrase", PASSPHRASE)
    press(page)


def sign_out(page: Page) -> None:
    press(page, "form[action='/sign-out/'] button")


def with_virtual_key(page: Page) -> None:
    """A security key that asks for a PIN and gets it, as Chromium simulates one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_lead_from_invitation_to_travel(page: Page, installation: Installation, browser: Browser) -> None:
    handle = "two-rivers/convener" if page.viewport_size == SIZES["laptop"] else "two-rivers/counterpart"
    link = installation.link(handle)
    page.goto(link)
    assert_accessible(page)
    press(page)
    assert page.url.endswith("/account/begin/")
    assert_accessible(page)
    page.fill("#id_passphrase", "too short")
    page.fill("#id_again", "too short")
    press(page)
    assert_accessible(page)
    page.fill("#id_passphrase", PASSPHRASE)
    page.fill("#id_again", PASSPHRASE)
    press(page)

    # Nothing opens before the second factor.
    page.goto(HOME)
    assert page.url.endswith("/account/second-factor/")
    assert_accessible(page)
    page.goto("/account/authenticator/")
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    assert_accessible(page)
    page.fill("#id_code", code_of(page.locator("code.secret").inner_text()))
    press(page)
    assert page.url.endswith("/account/recovery-codes/")
    assert_accessible(page)
    press(page)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    assert_accessible(page)
    page.goto(HOME)
    assert page.url.endswith(HOME)

    # A recovery code, once.
    sign_out(page)
    type_passphrase(page, handle)
    assert_accessible(page)
    page.fill("#id_code", codes[0])
    press(page)
    page.goto(HOME)
    assert page.url.endswith(HOME)
    sign_out(page)
    type_passphrase(page, handle)
    page.fill("#id_code", codes[0])
    press(page)
    expect(page.locator(".errorlist")).to_be_visible()
    assert_accessible(page)
    page.fill("#id_code", codes[1])
    press(page)

    # A passkey, alone and as the second step.
    with_virtual_key(page)
    page.goto("/account/passkeys/add/")
    assert_accessible(page)
    page.fill("#passkey-name", "Key on the ring")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/account/")
    expect(page.locator("main")).to_contain_text("Key on the ring")
    assert_accessible(page)
    sign_out(page)
    assert_accessible(page)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"**{HOME}")
    sign_out(page)
    type_passphrase(page, handle)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"**{HOME}")

    # Another browser is listed and signed out from here.
    other = browser.new_context(base_url=installation.base)
    try:
        elsewhere = other.new_page()
        type_passphrase(elsewhere, handle)
        elsewhere.fill("#id_code", codes[2])
        press(elsewhere)
        elsewhere.goto(HOME)
        assert elsewhere.url.endswith(HOME)
        page.goto("/account/browsers/")
        expect(page.locator(".entries li")).to_have_count(2)
        assert_accessible(page)
        press(page, ".entries form button")
        expect(page.locator(".entries li")).to_have_count(1)
        elsewhere.goto(HOME)
        assert "/sign-in/" in elsewhere.url
    finally:
        other.close()

    # A link is no way past the second factor.
    page.goto(f"{HOME}seats/")
    page.locator("main td a").first.click()
    assert_accessible(page)
    fresh = browser.new_context(base_url=installation.base)
    try:
        reader = fresh.new_page()
        reader.goto(installation.link(handle))
        press(reader)
        assert reader.url.endswith("/sign-in/second-factor/")
        assert "/sign-in/" in (reader.goto(HOME), reader.url)[1]
    finally:
        fresh.close()

    # Travel.
    page.goto("/account/travel/")
    assert_accessible(page)
    page.fill("#id_until", (datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    press(page)
    assert_accessible(page)
    assert handle not in page.content()
    unknown = page.goto("/programmes/no-such-programme/")
    body = page.locator("main").inner_html()
    own = page.goto(HOME)
    assert (unknown.status, own.status) == (404, 404)  # type: ignore[union-attr]
    assert page.locator("main").inner_html() == body
    page.goto("/")
    assert page.url.endswith("/account/travel/")


def test_signing_in_works_without_javascript(browser: Browser, installation: Installation) -> None:
    installation.sulh("reset-sign-in", "two-rivers/counterpart", "--yes")
    context = browser.new_context(java_script_enabled=False, base_url=installation.base)
    try:
        page = context.new_page()
        page.goto(installation.link("two-rivers/counterpart"))
        press(page)
        page.fill("#id_passphrase", PASSPHRASE)
        page.fill("#id_again", PASSPHRASE)
        press(page)
        expect(page.locator("form[data-passkey]")).to_have_count(0)
        page.goto("/sign-in/")
        expect(page.locator("form[data-passkey]")).to_be_hidden()
        type_passphrase(page, "two-rivers/counterpart")
        assert not page.url.endswith("/sign-in/")
    finally:
        context.close()
