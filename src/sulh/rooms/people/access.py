"""Who may give seats."""

import rules

from sulh.kernel.access import is_system


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("people.seat", is_system)
