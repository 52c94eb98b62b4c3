"""What a page says when the disk is full or read-only, or the database is away: plainly, and what to do.

Every action is one transaction, so a write that ends here has changed nothing. These pages read nothing from the
database, since that may be what is away.
"""

from __future__ import annotations

import errno
import sys
from dataclasses import dataclass

from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble of the place where things are kept: status, what is the matter, what to do (both to be translated)."""

    status: int
    what: str
    remedy: str


FULL = Trouble(
    507,
    _("The disk is full"),
    _("Tell whoever runs this installation to make room on the disk. Then send it again."),
)
READ_ONLY = Trouble(
    503,
    _("The disk takes no writing just now"),
    _(
        "Tell whoever runs this installation that the disk is read-only. Reading goes on; send it again later."
    ),
)
BUSY = Trouble(503, _("Too many are writing at once"), _("Wait a minute and send it again."))
FAULTY = Trouble(
    503,
    _("The disk gives errors"),
    _("Tell whoever runs this installation at once: the disk may be full or failing. Send it again later."),
)
AWAY = Trouble(
    503,
    _("The database does not answer"),
    _("Tell whoever runs this installation. What was acknowledged is kept; send this again later."),
)

SAID = (
    ("database or disk is full", FULL),
    ("no space left on device", FULL),
    ("readonly database", READ_ONLY),
    ("read-only transaction", READ_ONLY),
    ("database is locked", BUSY),
    ("disk i/o error", FAULTY),
    ("unable to open database file", AWAY),
    ("connection failed", AWAY),
    ("connection is lost", AWAY),
    ("server closed the connection", AWAY),
    ("the connection is closed", AWAY),
    ("terminating connection", AWAY),
)
"""What SQLite and PostgreSQL say in English, and what it means."""

STATES = {"53100": FULL, "25006": READ_ONLY, "55P03": BUSY, "53300": BUSY, "57P03": AWAY, "58030": FAULTY}
"""SQLSTATE codes of PostgreSQL, which say the same in every language."""

ERRNOS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EIO: FAULTY,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return what trouble of the disk or the database an exception tells of, or None for any other fault."""
    while error is not None:
        if isinstance(error, DatabaseError):
            state = getattr(error.__cause__, "sqlstate", None)
            said = str(error).lower()
            found = STATES.get(state or "") or next((what for words, what in SAID if words in said), None)
            if found:
                return found
        elif isinstance(error, OSError) and error.errno in ERRNOS:
            return ERRNOS[error.errno]
        error = error.__cause__ or error.__context__
    return None


def failed(request: HttpRequest) -> HttpResponse:
    """Answer an unforeseen error; where it is a trouble of the disk or the database, say which and what to do."""
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    fragment = bool(request.headers.get("HX-Request"))
    told = {"what": trouble.what, "remedy": trouble.remedy, "fragment": fragment}
    response = HttpResponse(render_to_string("trouble.html", told), status=trouble.status)
    if trouble is BUSY:
        response.headers["Retry-After"] = "60"
    if fragment:
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
