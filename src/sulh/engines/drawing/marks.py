"""What tells things apart without colour: a shape for each kind of event, a pattern for each kind of surface."""

from __future__ import annotations

from math import cos, pi, sin

from sulh.engines.drawing.sheet import Sheet

RADIUS = 8.0


def mark(sheet: Sheet, kind: str, x: float, y: float, colour: str, tip: str) -> None:
    """The shape of an event about (x, y): circle, triangle, diamond, star; a square for any other kind."""
    match kind:
        case "asked":
            sheet.circle(x, y, RADIUS * 0.85, colour, tip)
        case "carried":
            sheet.shape(_ring(x, y, 3, (RADIUS,)), colour, tip)
        case "response":
            sheet.shape(_ring(x, y, 4, (RADIUS,)), colour, tip)
        case "uptake":
            sheet.shape(_ring(x, y, 10, (RADIUS, RADIUS * 0.42)), colour, tip)
        case _:
            half = RADIUS * 0.75
            corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
            sheet.shape(corners, colour, tip)


def _ring(x: float, y: float, corners: int, radii: tuple[float, ...]) -> list[tuple[float, float]]:
    """Corners evenly around (x, y), the first on top, their distances taken from ``radii`` in turn."""
    turns = [(2 * pi * i / corners, radii[i % len(radii)]) for i in range(corners)]
    return [(x + far * sin(angle), y - far * cos(angle)) for angle, far in turns]


def side_paint(sheet: Sheet, uid: str, side: int) -> str:
    """The surface of a side: slanted lines for the first, dots for the second."""
    colour = f"d-side-{side}"
    ground = f'<rect width="7" height="7" class="{colour}" fill="currentColor" fill-opacity=".16"/>'
    if side == 1:
        lines = f'<path d="M1.75 0V7M5.25 0V7" class="{colour}" stroke="currentColor" stroke-width="1.9"/>'
        return sheet.pattern(f"{uid}-side-1", ground + lines, size=7, turn=45)
    dots = f'<circle cx="3.5" cy="3.5" r="1.7" class="{colour}" fill="currentColor"/>'
    return sheet.pattern(f"{uid}-side-2", ground + dots, size=7)


# From light to dark; neighbours differ in texture as well, and the order repeats where there are more parts.
_TEXTURES = (
    (0, ""),
    (45, '<path d="M1 0V8M5 0V8" class="d-accent" stroke="currentColor" stroke-width="1"/>'),
    (0, '<circle cx="4" cy="4" r="1.9" class="d-accent" fill="currentColor"/>'),
    (135, '<path d="M2 0V8M6 0V8" class="d-accent" stroke="currentColor" stroke-width="2"/>'),
    (0, '<path d="M0 2H8M0 6H8M2 0V8M6 0V8" class="d-accent" stroke="currentColor" stroke-width="1.6"/>'),
    (0, '<rect width="8" height="8" class="d-accent" fill="currentColor"/>'),
)


def part_paint(sheet: Sheet, uid: str, number: int) -> str:
    """The surface of part ``number`` (from 0) of a whole."""
    turn, texture = _TEXTURES[number % len(_TEXTURES)]
    ground = '<rect width="8" height="8" class="d-accent" fill="currentColor" fill-opacity=".1"/>'
    return sheet.pattern(f"{uid}-part-{number}", ground + texture, size=8, turn=turn)
