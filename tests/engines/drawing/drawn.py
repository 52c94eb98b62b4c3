"""Reading a drawing back: its words and where each of its parts lies."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from sulh.engines.drawing.letters import width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    name: str
    words: str
    left: float
    top: float
    right: float
    bottom: float

    def mirrored(self, across: float) -> Box:
        return Box(self.name, self.words, across - self.right, self.top, across - self.left, self.bottom)


def root_of(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def words_of(element: ET.Element) -> str:
    """The words as read: without the characters that isolate their direction."""
    return "".join(element.itertext()).replace("\u2068", "").replace("\u2069", "")


def texts(svg: str) -> list[str]:
    return [words_of(element) for element in root_of(svg).iter(f"{SVG}text")]


def size_of(svg: str) -> tuple[float, float]:
    x, y, across, down = map(float, root_of(svg).attrib["viewBox"].split())
    assert (x, y) == (0, 0)
    return across, down


def boxes(svg: str) -> list[Box]:
    """What is drawn, in order; patterns and titles apart."""
    root = root_of(svg)
    rtl = root.attrib["direction"] == "rtl"
    return [_box(part, rtl) for part in root if part.tag.removeprefix(SVG) not in ("title", "desc", "defs")]


def _box(part: ET.Element, rtl: bool) -> Box:
    name = part.tag.removeprefix(SVG)
    got = part.attrib
    if name == "text":
        size, x, y = float(got["font-size"]), float(got["x"]), float(got["y"])
        long = width(words_of(part), size)
        before = {"start": 0.0, "middle": long / 2, "end": long}[got["text-anchor"]]
        left = x - (long - before) if rtl else x - before
        return Box(name, words_of(part), left, y - size, left + long, y + size * 0.35)
    if name == "line":
        xs, ys = [float(got["x1"]), float(got["x2"])], [float(got["y1"]), float(got["y2"])]
    elif name == "rect":
        xs = [float(got["x"]), float(got["x"]) + float(got["width"])]
        ys = [float(got["y"]), float(got["y"]) + float(got["height"])]
    elif name == "circle":
        x, y, r = float(got["cx"]), float(got["cy"]), float(got["r"])
        xs, ys = [x - r, x + r], [y - r, y + r]
    else:
        assert name == "polygon"
        points = [tuple(map(float, point.split(","))) for point in got["points"].split()]
        xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(name, "", min(xs), min(ys), max(xs), max(ys))


def assert_well_drawn(svg: str) -> None:
    """Well-formed, named, without inline style or script, and nothing outside the sheet."""
    root = root_of(svg)
    across, down = size_of(svg)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert root.attrib["role"] == "img"
    assert {root.attrib["aria-labelledby"], root.attrib["aria-describedby"]} <= set(ids)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in ("script", "style", "foreignObject", "image", "a")
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert "var(" not in value
            if value.startswith("url("):
                assert value[5:-1] in ids
    for box in boxes(svg):
        assert -0.2 <= box.left <= box.right <= across + 0.2, box
        assert -0.2 <= box.top <= box.bottom <= down + 0.2, box


def assert_mirrored(ltr: str, rtl: str) -> None:
    """The second is the first in a mirror."""
    across, _ = size_of(ltr)
    assert size_of(ltr) == size_of(rtl)
    for one, other in zip(boxes(ltr), boxes(rtl), strict=True):
        turned = one.mirrored(across)
        assert (turned.name, turned.words) == (other.name, other.words)
        for edge in ("left", "top", "right", "bottom"):
            assert abs(getattr(turned, edge) - getattr(other, edge)) < 0.21, (turned, other)
