"""What the register keeps when a round is purged, and the report on a person who is forgotten."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext_lazy

from sulh.kernel.access import Viewer
from sulh.kernel.purging import Found, Line, Purger, Words, counted, mark_of, out_of_reach
from sulh.kernel.vault.models import SealedRecord
from sulh.rooms.people.models import Person
from sulh.rooms.programme.models import Programme

WORDS = {
    "people.register": Words(
        gettext_lazy("seats and registers"),
        gettext_lazy(
            "They belong to the programme and to its sides, not to a round. A side forgets its own people."
        ),
    ),
    "people.sealed": Words(
        ngettext_lazy("%(count)d sealed record", "%(count)d sealed records", "count"),
        gettext_lazy("They name no round, and nobody can look into them without the keys of both sides."),
    ),
    "people.identity": Words(
        gettext_lazy(
            "the entry of the register: sealed name, other names, contacts and note, category and code"
        )
    ),
    "people.marks": Words(
        ngettext_lazy("%(count)d keyed hash of the name", "%(count)d keyed hashes of the names", "count")
    ),
    "people.places": Words(
        ngettext_lazy(
            "%(count)d place in which the name still stood",
            "%(count)d places in which the name still stood",
            "count",
        ),
        gettext_lazy(
            "Each is mended in its own room, by those who may: take the name out, or remove the thing."
        ),
    ),
    "people.not_searched": Words(
        gettext_lazy("names in the texts of the programme"),
        gettext_lazy(
            "They were not looked for, because the vault was locked. What is forgotten can no longer be looked for."
        ),
    ),
    "people.closed": Words(
        gettext_lazy("what could not be searched"),
        gettext_lazy(
            "Sealed records, the other side’s own sessions, and sessions of groups that the one who searched does "
            "not sit in."
        ),
    ),
    "people.handles": Words(
        gettext_lazy("accounts and seats"),
        gettext_lazy("They are not tied to entries of the register. If the person had a seat, end it."),
    ),
}


def find(programme: Programme, round: object) -> Found:
    """Nothing of the people of a programme goes with a round."""
    sealed = SealedRecord.objects.filter(programme=programme.id).count()
    lines = (Line("people.register", goes=False), *counted("people.sealed", sealed, goes=False))
    return Found(lines, mark_of())


def purge(viewer: Viewer, programme: Programme, round: object) -> None:
    """Nothing goes."""


PURGER = Purger("people", WORDS, find, purge)


def lines_about(person: Person, places: int | None) -> tuple[Line, ...]:
    """The report on a person who is forgotten. ``places`` still hold the name; None where nobody could look."""
    still: tuple[Line, ...] = (Line("people.not_searched", goes=False),)
    if places is not None:
        still = (*counted("people.places", places, goes=False), Line("people.closed", goes=False))
    return (
        Line("people.identity", goes=True),
        *counted("people.marks", person.marks.count(), goes=True),
        *still,
        Line("people.handles", goes=False),
        *out_of_reach(),
    )
