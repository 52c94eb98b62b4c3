"""Charts as SVG text with a table behind each: readable without colour, in both directions of writing."""

from sulh.engines.drawing.bars import PairedRow, paired_bars, stacked
from sulh.engines.drawing.events import Event
from sulh.engines.drawing.sheet import Direction, Drawing, both
from sulh.engines.drawing.timeline import timeline

__all__ = ["Direction", "Drawing", "Event", "PairedRow", "both", "paired_bars", "stacked", "timeline"]
