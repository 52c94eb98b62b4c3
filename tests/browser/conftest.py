"""A real server with the demonstration programmes, and a real browser in front of it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 900}}
LANGUAGES = ["en", "ur"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.fspath):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """A running ``sulh serve``: where it is, and the link of each demonstration seat."""

    base: str
    links: dict[str, str]

    def link(self, seat: str) -> str:
        return self.links[seat]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    environment |= {"SULH_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "400"}
    command = [sys.executable, "-m", "sulh", "serve", "--port", str(port)]
    for name in ("beyond-boundaries", "india-pakistan"):
        command += ["--demo", str(ROOT / "programmes" / name)]
    log = home / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(base, process, log)
        links = re.findall(r"(http://\S+/sign-in/([^:\s]+):\S+)", log.read_text())
        yield Server(base, {seat: address for address, seat in links})
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_it_answers(base: str, process: subprocess.Popen[Any], log: Path) -> None:
    until = time.monotonic() + 400
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the server ended by itself:\n{log.read_text()}")
        try:
            urllib.request.urlopen(f"{base}/health/", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server did not answer within 90 s:\n{log.read_text()}")


@pytest.fixture(
    params=[(size, language) for size in SIZES for language in LANGUAGES], ids=lambda pair: "-".join(pair)
)
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A page at one size in one language; a script error or a breach of the policy fails the test."""
    size, language = request.param
    context = browser.new_context(viewport=SIZES[size], base_url=server.base, locale=language)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": server.base}])
    context.set_default_timeout(10_000)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    meant = ("404", "422", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")  # a test cut the line
    assert not [said for said in wrong if not any(one in said for one in meant)], wrong


def sign_in(page: Page, server: Server, seat: str) -> None:
    """Sign in as one seat of the demonstration, by its link."""
    page.goto(server.link(seat))
    page.locator("main form button.primary").click()
    page.wait_for_load_state()


def assert_accessible(page: Page) -> None:
    """No serious or critical finding of axe-core, no sideways scrolling, the direction of the language."""
    results = Axe().run(page)
    serious = [
        f"{found['id']}: {found['help']}: " + "; ".join(node["html"][:150] for node in found["nodes"][:3])
        for found in results.response["violations"]
        if found["impact"] in ("serious", "critical")
    ]
    assert not serious, "\n".join(serious)
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window + 1, f"{page.url} is {wide} px wide in a window of {window} px"
    language = page.locator("html").get_attribute("lang")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")
