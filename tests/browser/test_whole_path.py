"""The whole path in a browser: sign in, import a .docx, review it with the keyboard, confirm, read the lineage, export.

At phone and laptop width, in English and in Urdu, with an accessibility check at every stop.
"""

from __future__ import annotations

import csv
import io
import json
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from docx import Document as Docx
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, assert_accessible, sign_in

LEDGER = "/programmes/beyond-boundaries/ledger/"
_numbers = count(1)
_offices = count(1)


def declaration(folder: Path) -> tuple[Path, str]:
    """A declaration in Word, different every time, with a hotline between weather services that nobody asked for."""
    mark = f"number {next(_numbers)}"
    document = Docx()
    document.add_heading(f"Joint declaration {mark}", level=0)
    document.add_paragraph(
        "The participants met in Islamabad and welcomed the reopening of the crossing at Torkham."
    )
    document.add_heading("Recommendations", level=1)
    for text in (
        f"The two governments should link their weather services, {mark}, by a direct line.",
        "Business visitors should be exempted from reporting to the police.",
        "The media of both countries should refrain from sensational reporting.",
    ):
        document.add_paragraph(text, style="List Number")
    document.add_heading("Participants", level=1)
    document.add_paragraph("Dr. Invented Person, former ambassador, Somewhere Institute", style="List Bullet")
    path = folder / f"declaration-{mark.replace(' ', '-')}.docx"
    document.save(str(path))
    return path, mark


@pytest.fixture
def reviewing(page: Page, server: Server, tmp_path: Path) -> tuple[Page, str]:
    """Signed in, with a fresh declaration imported and its review open."""
    path, mark = declaration(tmp_path)
    sign_in(page, server, "beyond-boundaries/convener")
    page.goto("/programmes/beyond-boundaries/documents/import/?round=pajc-2017-03")
    assert_accessible(page)
    page.set_input_files("#files", path)
    page.locator("main form button.primary").click()
    page.wait_for_url("**/review/**")
    return page, mark


def decided(page: Page) -> int:
    return int(float(page.locator("#progress").get_attribute("value")))


def press(page: Page, key: str) -> None:
    """Press a key of the review and wait until the page has answered."""
    with page.expect_response(lambda response: "/review/" in response.url):
        page.keyboard.press(key)
    page.wait_for_timeout(150)


def test_from_a_word_file_to_the_ledger_and_out_again(reviewing: tuple[Page, str]) -> None:
    page, mark = reviewing
    assert_accessible(page)
    expect(page.locator("#review mark").first).to_be_visible()
    assert "Invented Person" not in page.content()
    total = int(float(page.locator("#progress").get_attribute("max")))
    assert total == 4
    for done in range(1, total + 1):
        quote = page.locator(".review-quote").inner_text()
        if mark in quote:
            page.keyboard.press("n")
        press(page, "a")
        assert decided(page) == done
        if done == 2:
            assert_accessible(page)
    press(page, "u")
    assert decided(page) == total - 1
    press(page, "a")
    assert decided(page) == total
    page.keyboard.press("f")
    expect(page.locator("main .message").first).to_be_visible()

    page.goto(f"{LEDGER}?text={mark.replace(' ', '+')}")
    assert_accessible(page)
    page.locator("main a[href*='/lineages/']").first.click()
    page.wait_for_url("**/lineages/**")
    assert mark in page.locator("main").inner_text()
    assert page.locator("main svg").count() >= 1
    assert_accessible(page)

    page.goto(f"{LEDGER}?text={mark.replace(' ', '+')}")
    told = {}
    for kind in ("csv", "json", "xlsx"):
        with page.expect_download() as download:
            page.locator(f"main a[href*='export.{kind}']").first.click()
        told[kind] = Path(download.value.path()).read_bytes()
    (row,) = list(csv.DictReader(io.StringIO(told["csv"].decode("utf-8-sig"))))
    assert any(mark in cell for cell in row.values())
    assert mark in json.dumps(json.loads(told["json"]))
    sheet = openpyxl.load_workbook(io.BytesIO(told["xlsx"])).active
    assert any(mark in str(cell.value) for line in sheet.iter_rows() for cell in line)


def test_closing_the_browser_midway_loses_nothing(reviewing: tuple[Page, str], server: Server) -> None:
    page, _mark = reviewing
    address = page.url
    press(page, "a")
    press(page, "d")
    again = page.context.browser.new_context(base_url=server.base)
    try:
        other = again.new_page()
        sign_in(other, server, "beyond-boundaries/convener")
        other.goto(address)
        assert decided(other) == 2
    finally:
        again.close()


def test_recording_a_transfer_from_the_lineage(page: Page, server: Server) -> None:
    sign_in(page, server, "beyond-boundaries/liaison-pakistan")
    page.goto(f"{LEDGER}?text=visa")
    page.locator("main a[href*='/lineages/']").first.click()
    page.locator("main a[href*='/carried/record/']").first.click()
    assert_accessible(page)
    page.locator("main form button.primary").last.click()
    page.wait_for_load_state()
    page.locator("input[type=radio][value=pakistan]").check()
    for name in ("direction", "strategy", "recipient_level"):
        page.locator(f"select[name={name}]").select_option(index=1)
    # The same act once more within a minute would be refused.
    page.locator("select[name=recipient_category]").select_option(index=next(_offices))
    page.locator("input[name=date]").fill("mid-March")
    page.locator("main form button.primary").last.click()
    page.wait_for_load_state()
    expect(page.locator("input[name=date]")).to_have_value("mid-March")
    assert page.locator("input[type=radio][value=pakistan]").is_checked()
    assert_accessible(page)
    page.locator("input[name=date]").fill("2026-Q3")
    page.locator("main form button.primary").last.click()
    page.wait_for_url(lambda url: "record" not in url)
    assert "2026" in page.locator("main").inner_text()
    assert_accessible(page)
