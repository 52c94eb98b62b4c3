"""Make the pictures of the documentation from the running product: ``python tools/pictures.py``."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DECLARATION = """Joint declaration of the invented round

The participants met in Islamabad and welcomed the reopening of the crossing at Torkham.

Trade and movement
1. The two governments should clear stranded containers without delay and keep crossings open in a crisis.
2. Business visitors should be exempted from police reporting.
3. Separate counters for medical visas need to be opened at the main crossings.

Security
1. The participants urged both governments to open a hotline between border commanders, and called on the media of
both countries to refrain from sensational reporting.
2. Official spokespersons should avoid instant reaction to any incident.
"""


TELLING = "The former foreign secretary said that the crossing could open in spring."
PASSPHRASE = "ferry lantern orchard copper thistle"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def shoot(page: Page, address: str, name: str, height: int = 900) -> None:
    """Take a picture of an address, or (none given) of the page as it is."""
    page.set_viewport_size({"width": 1200, "height": height})
    if address:
        page.goto(address)
    page.wait_for_timeout(300)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def sign_in(page: Page, links: dict[str, str], seat: str) -> None:
    page.context.clear_cookies()
    page.goto(links[f"beyond-boundaries/{seat}"])
    page.locator("main form button.primary").click()
    page.wait_for_load_state()


def open_session(page: Page, programme: str) -> str:
    """Go to the invented session on trade; return its address."""
    page.goto(f"{programme}sessions/")
    page.locator("main th a", has_text="Trade at the crossings").click()
    page.wait_for_load_state()
    return page.url


def of_record_and_protection(page: Page, programme: str, links: dict[str, str]) -> None:
    """The rapporteur's page with a text held back, the page of keys, the vault."""
    sign_in(page, links, "rapporteur")
    page.goto(f"{open_session(page, programme)}write/")
    page.locator(".record-box textarea").last.fill(TELLING)
    page.locator(".finding").first.wait_for()
    shoot(page, "", "write", 1000)

    sign_in(page, links, "convener")
    open_session(page, programme)
    page.locator("form[action$='/level/'] button").last.click()
    page.wait_for_load_state()
    page.goto(f"{programme}people/vault/")
    form = page.locator("form[action$='/vault/keys/']").first
    form.locator("[name=passphrase]").fill(PASSPHRASE)
    form.locator("[name=again]").fill(PASSPHRASE)
    form.locator("button.primary").click()
    page.wait_for_load_state()
    form = page.locator("form[action$='/vault/set-up/']")
    form.locator("[name=labels]").fill("First holder\nSecond holder\nThird holder")
    form.locator("button.primary").click()
    page.wait_for_load_state()
    shoot(page, f"{programme}people/vault/", "vault", 1990)

    sign_in(page, links, "counterpart-lead")
    shoot(page, f"{programme}keys/", "keys", 500)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as home:
        base = f"http://127.0.0.1:{free_port()}"
        environment = os.environ | {"SULH_HOME": home, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "400"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "sulh", "serve", "--port", base.rsplit(":", 1)[1]]
        for demo in ("beyond-boundaries", "india-pakistan"):
            command += ["--demo", str(ROOT / "programmes" / demo)]
        log = Path(home, "log")
        with log.open("w") as output:
            server = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=ROOT)
        try:
            for _attempt in range(1500):
                try:
                    urllib.request.urlopen(f"{base}/health/")
                    break
                except OSError:
                    time.sleep(0.2)
            told = log.read_text()
            links = {seat: link for link, seat in re.findall(r"(http://\S+/sign-in/([^:\s]+):\S+)", told)}
            assert links, told
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=browser_path,
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                page = browser.new_page(color_scheme="light", locale="en")
                sign_in(page, links, "convener")
                programme = f"{base}/programmes/beyond-boundaries/"
                shoot(page, programme, "home", 1150)
                shoot(page, f"{programme}ledger/", "ledger")
                shoot(page, f"{programme}rounds/", "rounds")
                page.goto(f"{programme}ledger/?text=easier+visas")
                lineage = page.locator("main a[href*='/lineages/']").first.get_attribute("href")
                shoot(page, f"{base}{lineage}", "lineage", 1100)
                page.goto(f"{programme}documents/import/")
                page.locator("textarea[name=pasted], textarea[name=text], textarea").first.fill(DECLARATION)
                page.locator("main form button.primary").first.click()
                page.wait_for_load_state()
                shoot(page, page.url, "review", 1000)
                of_record_and_protection(page, programme, links)
                browser.close()
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
