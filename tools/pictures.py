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


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def shoot(page: Page, address: str, name: str, height: int = 900) -> None:
    page.set_viewport_size({"width": 1200, "height": height})
    page.goto(address)
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


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
            for _attempt in range(300):
                try:
                    urllib.request.urlopen(f"{base}/health/")
                    break
                except OSError:
                    time.sleep(0.2)
            link = re.search(r"http://\S+/sign-in/beyond-boundaries/convener:\S+", log.read_text())
            assert link is not None, log.read_text()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=browser_path,
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                page = browser.new_page(color_scheme="light", locale="en")
                page.goto(link[0])
                page.locator("main form button.primary").click()
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
                browser.close()
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
