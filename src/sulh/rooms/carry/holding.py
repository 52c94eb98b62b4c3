"""Texts that are held because they may point to persons, and what about a text takes both keys."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sulh.engines.disclosure.levels import Level
from sulh.kernel.access import SYSTEM, Hidden, Viewer
from sulh.kernel.actions import Refused
from sulh.kernel.two_keys import Kind, Terms
from sulh.rooms.carry.enums import DOCUMENT_LEVELS
from sulh.rooms.carry.models import Document
from sulh.rooms.programme.models import Programme

RELEASE, LOOSEN = "carry.release_document", "carry.loosen_document"

REASON = 10
"""The least number of characters of a reason."""


def checked_level(level: int) -> int:
    """Return the level, or refuse one at which a text has no place in the ledger of a whole programme."""
    if level in dict(DOCUMENT_LEVELS):
        return level
    if level in (Level.EXISTENCE_SECRET, Level.NO_RECORD):
        raise Refused(
            _(
                "At this level nothing of the meeting stands outside its own record, so no text of it is imported."
            )
        )
    raise Refused(_("There is no such confidentiality level."))


def _document(programme: Programme, subject: str) -> Document | None:
    return programme.documents.filter(pk=subject).first()


def _need(document: Document | None) -> Document:
    if document is None:
        raise Hidden
    return document


def _content(programme: Programme, subject: str, terms: Terms) -> bytes:
    """Exactly this text at this level."""
    found = _document(programme, subject)
    return f"{found.pk}\n{found.level}\n{found.is_held}\n{found.text}".encode() if found else b"gone"


def _title(programme: Programme, subject: str) -> str:
    found = _document(programme, subject)
    return found.title if found else _("a text that is gone")


def _describe_release(programme: Programme, subject: str, terms: Terms) -> str:
    return _("“%(title)s” stands as it is, although it may point to persons. Reason: %(reason)s") % {
        "title": _title(programme, subject),
        "reason": terms["reason"],
    }


def _release(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    from sulh.rooms.carry import actions

    return actions.release_document(SYSTEM, programme, _need(_document(programme, subject)))


def _describe_loosening(programme: Programme, subject: str, terms: Terms) -> str:
    return _("The level of “%(title)s” becomes: %(level)s.") % {
        "title": _title(programme, subject),
        "level": str(dict(DOCUMENT_LEVELS)[terms["level"]]),
    }


def _loosen(viewer: Viewer, programme: Programme, subject: str, terms: Terms) -> Any:
    from sulh.rooms.carry import actions

    return actions.loosen_document(SYSTEM, programme, _need(_document(programme, subject)), terms["level"])


KINDS = (
    Kind(RELEASE, gettext_lazy("A held text is released"), _content, _release, _describe_release),
    Kind(LOOSEN, gettext_lazy("The level of a text is loosened"), _content, _loosen, _describe_loosening),
)
