"""Sulh: the workspace of those who convene unofficial dialogues between two rival sides."""

__version__ = "0.1.0"
