"""What was asked of whom: asks and welcomes in the text of a declaration."""

from .extraction import extract
from .model import Found, Kind, Side, Theme
from .themes import default_themes

__all__ = ["Found", "Kind", "Side", "Theme", "default_themes", "extract"]
