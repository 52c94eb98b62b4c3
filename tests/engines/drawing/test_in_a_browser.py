"""With real fonts and the real style sheet: words stay on the sheet and apart, and the form fits the room."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sulh.engines.calendars import PartialDate
from sulh.engines.drawing import Direction, Drawing, Event, PairedRow, both, paired_bars, stacked, timeline

pytestmark = pytest.mark.browser

STYLE = Path(__file__).parents[3] / "src/sulh/surfaces/web/static/sulh/sulh.css"
WORDS = {
    "en": ("Asked", "Carried to Pakistan", "Response", "Joint committee on trade and transit", "none yet"),
    "ur": ("مطالبہ", "پاکستان تک پہنچایا گیا", "جواب", "تجارت اور راہداری کی مشترکہ کمیٹی", "ابھی تک کوئی نہیں"),
}  # fmt: skip
FAULTS = """() => {
  const faults = [];
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.getClientRects().length) continue;
    const {width, height} = svg.viewBox.baseVal;
    const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBBox()]);
    texts.forEach(([words, box], i) => {
      if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height)
        faults.push(['outside', words]);
      for (const [others, other] of texts.slice(0, i)) {
        const across = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
        const down = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
        if (across > 1 && down > 8) faults.push(['overlapping', words, others]);
      }
    });
    if (14 * svg.getBoundingClientRect().width / width < 12) faults.push(['small', svg.getAttribute('class')]);
  }
  return faults;
}"""


def drawings(language: str, direction: Direction) -> list[Drawing]:
    asked, carried, response, label, none = WORDS[language]
    dates = ("2011", "2014-11-03", "2015-03", "2015-12-20", "2016-Q4", "2018-02-01", "2021", "2025-06-30")
    events = [Event(PartialDate.parse(when), "asked", asked, label) for when in dates]
    events += [Event(PartialDate.parse("2016-02-01"), "carried", carried, label, 1)]

    def line(narrow: bool) -> Drawing:
        return timeline(
            events,
            today=date(2025, 7, 14),
            uid="narrow" if narrow else "wide",
            caption=label,
            headers=("Date", "Row", "What"),
            lanes=(asked, carried, response),
            none_label=none,
            direction=direction,
            narrow=narrow,
        )

    rows = [(asked, 9), (carried, 1), (response, 0), (label * 2, 3)]
    pairs = [PairedRow(name, count, 12 - count) for name, count in rows]
    return [
        both(line(False), line(True)),
        paired_bars(pairs, (asked, response), uid="p", caption=label, header=label, direction=direction),
        stacked(rows, uid="s", caption=label, headers=(label, label), direction=direction),
    ]


@pytest.mark.parametrize(
    ("across", "shown"), [(390, "narrow"), (700, "narrow"), (1000, "wide"), (1400, "wide")]
)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl")])
def test_words_stay_on_the_sheet_apart_and_large_enough(
    browser: Browser, language: str, direction: Direction, across: int, shown: str
) -> None:
    figures = "".join(
        f'<figure class="drawing card"><div class="drawing-svg">{drawing.svg}</div></figure>'
        for drawing in drawings(language, direction)
    )
    page = browser.new_page(viewport={"width": across, "height": 900})
    page.set_content(
        f'<!doctype html><html lang="{language}" dir="{direction}"><style>{STYLE.read_text(encoding="utf-8")}</style>'
        f'<body><main class="page stack">{figures}</main></body></html>'
    )
    assert page.evaluate(FAULTS) == []
    assert [page.locator(f"svg.d-{form}").is_visible() for form in ("wide", "narrow")] == [
        shown == "wide",
        shown == "narrow",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") <= across
    page.close()
