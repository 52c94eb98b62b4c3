"""What several actions need."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sulh.engines.calendars import PartialDate
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused
from sulh.rooms.carry import reading
from sulh.rooms.carry.models import Ask, Document
from sulh.rooms.people import linting
from sulh.rooms.programme.models import Programme

TITLE_LENGTH = 300


def refuse_telling_title(programme: Programme, title: str, level: int) -> None:
    if linting.blocking(programme, title, level):
        raise Refused(_("The title points to a person. Say what the text is about, not who speaks in it."))


def suggest(viewer: Viewer, changed: list[Ask]) -> None:
    reading.give_meaning(changed)
    suggested = reading.suggest_lineages(viewer, changed)
    for ask in changed:
        ask.suggestions = suggested[ask.id]


def clean(row: Any) -> None:
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        said = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise Refused(" ".join(said)) from error


def checked_date(text: str, needed: bool = False) -> str:
    text = text.strip()
    if text or needed:
        try:
            PartialDate.parse(text)
        except ValueError as error:
            raise Refused(_("Give a date: a year, a month, a quarter (2015-Q4) or a day.")) from error
    return text


def check_span(document: Document, start: int, end: int) -> None:
    if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
        raise Refused(_("Mark some words of the document."))
