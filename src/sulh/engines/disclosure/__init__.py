"""Who may be named, what may be counted, and what a confidentiality level allows."""

from .finding import WHY, Finding
from .linting import SideForms, lint
from .names import keys
from .roster import NOBODY, Roster, roster_of

__all__ = ["NOBODY", "WHY", "Finding", "Roster", "SideForms", "keys", "lint", "roster_of"]
