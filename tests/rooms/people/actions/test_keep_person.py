"""``people.keep_person``: who somebody is, sealed to their side."""

import re

import pytest

from sulh.kernel.access import NotPermitted
from sulh.kernel.actions import Refused
from sulh.kernel.vault.fields import NotForThisKey, OutOfPlace, Unmarked, seal
from sulh.kernel.vault.names import skeletons
from sulh.rooms.people.identity import _place, identity_of, opened
from sulh.rooms.people.linting import roster_of
from sulh.rooms.people.models import NameMark, Person
from sulh.rooms.people.register_actions import keep_person

WHO = identity_of("Tahmina  Lorel", ["T. Lorel", "", "T. Lorel"], "+00 000 000", "Prefers the telephone.")


def test_a_person_is_a_code_and_a_category_to_everybody_else(programme, vault_of):
    vault = vault_of("varenia")
    person = keep_person(vault.lead.viewer, programme, vault.key, "delegate", WHO)
    assert re.fullmatch(r"P-[2-9A-HJ-NP-Z]{4}", person.code)
    kept = Person.objects.get()
    assert b"Lorel" not in bytes(kept.sealed_identity)
    assert opened(kept, vault.key) == WHO
    assert (WHO.name, WHO.aliases) == ("Tahmina Lorel", ("T. Lorel",))


def test_mending_replaces_what_was_and_what_was_put_back_stays_shut(programme, vault_of):
    vault = vault_of("varenia")
    person = keep_person(vault.lead.viewer, programme, vault.key, "delegate", WHO)
    before = bytes(person.sealed_identity)
    keep_person(vault.lead.viewer, programme, vault.key, "staff", identity_of("Odran Velt"), person)
    kept = Person.objects.get()
    assert (kept.category, opened(kept, vault.key).name) == ("staff", "Odran Velt")
    kept.sealed_identity = before
    with pytest.raises(OutOfPlace):
        opened(kept, vault.key)


def test_the_entry_of_one_person_does_not_open_in_the_row_of_another(programme, vault_of):
    vault = vault_of("varenia")
    first, second = (
        keep_person(vault.lead.viewer, programme, vault.key, "delegate", identity_of(name))
        for name in ("A", "B")
    )
    second.sealed_identity = first.sealed_identity
    with pytest.raises(OutOfPlace):
        opened(second, vault.key)


def test_an_entry_forged_by_whoever_writes_to_the_database_is_not_shown(programme, vault_of):
    vault = vault_of("varenia")
    person = keep_person(vault.lead.viewer, programme, vault.key, "delegate", WHO)
    person.sealed_identity = seal([vault.row.recipient], _place(person), b'{"name": "X"}')
    with pytest.raises(Unmarked):
        opened(person, vault.key)


def test_the_other_side_cannot_read_write_or_mend_it(programme, vault_of):
    mine, theirs = vault_of("varenia"), vault_of("oskland")
    person = keep_person(mine.lead.viewer, programme, mine.key, "delegate", WHO)
    with pytest.raises(NotForThisKey):
        opened(person, theirs.key)
    for key, whom in [(mine.key, None), (theirs.key, person)]:
        with pytest.raises(NotPermitted):
            keep_person(theirs.lead.viewer, programme, key, "delegate", WHO, whom)
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "side"), [("rapporteur", "varenia"), ("convener", None), ("evaluation", "varenia")]
)
def test_other_roles_do_not_keep_the_register(role, side, programme, vault_of, viewer_for):
    with pytest.raises(NotPermitted):
        keep_person(viewer_for(role, side), programme, vault_of("oskland").key, "delegate", WHO)


@pytest.mark.parametrize(
    "told",
    [("  ",), ("x" * 201,), ("A", ["b" * 201]), ("A", [str(n) for n in range(21)]), ("A", [], "x" * 4001)],
)
def test_what_does_not_fit_is_refused(told):
    with pytest.raises(Refused):
        identity_of(*told)


def test_an_unknown_category_is_refused(programme, vault_of):
    vault = vault_of("varenia")
    with pytest.raises(Refused):
        keep_person(vault.lead.viewer, programme, vault.key, "spy", WHO)


def test_the_lint_knows_the_name_while_everything_is_locked_and_only_it(programme, vault_of):
    vault = vault_of("varenia")
    person = keep_person(vault.lead.viewer, programme, vault.key, "delegate", WHO)
    keys = skeletons(["Tahmina Lorel"])
    assert keys
    known = roster_of(programme).known
    assert all(map(known, keys))
    assert not any(map(known, skeletons(["Odran Velt"])))
    assert not any("lorel" in mark for mark in NameMark.objects.values_list("mark", flat=True))
    keep_person(vault.lead.viewer, programme, vault.key, "delegate", identity_of("Odran Velt"), person)
    known = roster_of(programme).known
    assert not any(map(known, keys))
    assert all(map(known, skeletons(["Odran Velt"])))


def test_nothing_of_an_identity_shows_in_print():
    assert "Lorel" not in repr(WHO)
