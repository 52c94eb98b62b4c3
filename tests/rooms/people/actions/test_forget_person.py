"""``people.forget_person``: gone, with no history."""

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.models import AuditEntry
from sulh.rooms.people.identity import identity_of
from sulh.rooms.people.models import NameMark, Person
from sulh.rooms.people.register_actions import forget_person, keep_person


def test_nothing_of_them_stays_and_no_key_is_needed(programme, vault_of, viewer_for):
    vault = vault_of("varenia")
    person = keep_person(vault.lead.viewer, programme, vault.key, "delegate", identity_of("Tahmina Lorel"))
    forget_person(viewer_for("programme officer", "varenia"), programme, person)
    assert not Person.objects.exists()
    assert not NameMark.objects.exists()
    assert AuditEntry.objects.first().subject == str(person.id)


def test_the_other_side_forgets_nobody(programme, vault_of):
    mine, theirs = vault_of("varenia"), vault_of("oskland")
    person = keep_person(mine.lead.viewer, programme, mine.key, "delegate", identity_of("Tahmina Lorel"))
    with pytest.raises(NotPermitted):
        forget_person(theirs.lead.viewer, programme, person)
    assert Person.objects.exists()
