"""Who may be named, what may be counted, and what a confidentiality level allows."""

from .finding import WHY, Finding
from .linting import SideForms, lint, named_in
from .names import keys
from .roster import NOBODY, Roster, roster_of

__all__ = ["NOBODY", "WHY", "Finding", "Roster", "SideForms", "keys", "lint", "named_in", "roster_of"]
