"""What can be done about the people of a side."""

from __future__ import annotations

from sulh.kernel.access import NotPermitted, Viewer
from sulh.kernel.actions import Refused, action
from sulh.kernel.ids import new_id
from sulh.kernel.purging import keep_report
from sulh.kernel.vault.names import name_marks, skeletons
from sulh.kernel.vault.sides import SideKey
from sulh.rooms.people.codes import new_code
from sulh.rooms.people.enums import Category
from sulh.rooms.people.identity import Identity, sealed
from sulh.rooms.people.models import NameMark, Person
from sulh.rooms.people.purging import lines_about
from sulh.rooms.people.seats import DESK, own_side
from sulh.rooms.programme.models import Programme


@action("people.keep_register")
def keep_person(
    viewer: Viewer,
    programme: Programme,
    key: SideKey,
    category: str,
    identity: Identity,
    person: Person | None = None,
) -> Person:
    """Enter a person of the viewer's side into the register, or mend an entry; needs the vault unlocked."""
    side = own_side(viewer, programme, "people.keep_register", *DESK)
    if (key.programme_id, key.side) != (programme.id, side):
        raise NotPermitted("people.keep_register")
    if category not in Category.values:
        raise Refused(f"“{category}” is none of {', '.join(Category.values)}.")
    row = _locked(programme, side, person) if person else _new(programme, side)
    row.category = category
    row.version += 1
    row.sealed_identity = sealed(row, identity, key)
    row.save()
    row.marks.all().delete()
    marks = name_marks(programme.id, side, skeletons(identity.names()))
    NameMark.objects.bulk_create(NameMark(person=row, mark=mark) for mark in sorted(marks))
    return row


@action("people.keep_register")
def forget_person(viewer: Viewer, programme: Programme, person: Person, places: int | None = None) -> Person:
    """Remove a person of the viewer's side for good: the sealed identity, the marks and the code. It needs no key.

    A report is kept for the leads of the side; ``places`` is how many texts were found to hold the name still, None
    where nobody looked.
    """
    side = own_side(viewer, programme, "people.keep_register", *DESK)
    row = _locked(programme, side, person)
    gone = Person(id=row.id, code=row.code)
    keep_report(programme.id, row.id, "person", lines_about(row, places), side)
    row.delete()
    return gone


def _new(programme: Programme, side: str) -> Person:
    return Person(
        id=new_id(),
        programme=programme,
        code=new_code("P", programme.people.all()),
        side=programme.sides.get(key=side),
        version=0,
    )


def _locked(programme: Programme, side: str, person: Person) -> Person:
    """Return the row for writing; that of another side or one that is gone is refused."""
    found = (
        Person.objects.select_for_update().filter(id=person.id, programme=programme, side__key=side).first()
    )
    if found is None:
        raise NotPermitted("people.keep_register")
    return found
