"""``people.export_audit``: the log as a file that holds without the server."""

import pytest

from sulh.kernel import chain
from sulh.kernel.access import NotPermitted
from sulh.kernel.models import AuditEntry
from sulh.rooms.people.audit_actions import export_audit


@pytest.mark.parametrize("side", ["varenia", "oskland", None])
def test_the_file_holds_every_entry_up_to_the_one_that_tells_of_it(programme, viewer_for, side):
    before = AuditEntry.objects.filter(chain__programme=programme.slug).count()
    viewer = viewer_for("security lead", side)
    verdict = chain.verify(export_audit(viewer, programme).splitlines(keepends=True))
    assert verdict.holds
    assert verdict.checked == before + 1, "the seat was given meanwhile"
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.number, entry.subject) == ("people.export_audit", before + 2, "")


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "programme officer", "evaluation"])
def test_nobody_else_takes_it(programme, viewer_for, role):
    with pytest.raises(NotPermitted):
        export_audit(viewer_for(role, "varenia"), programme)


def test_the_security_lead_of_another_programme_does_not(programme, other_programme, viewer_for):
    with pytest.raises(NotPermitted):
        export_audit(viewer_for("security lead", "varenia", of=other_programme), programme)
