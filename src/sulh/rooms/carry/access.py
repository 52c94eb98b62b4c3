"""Who may see and do what with documents, asks and transfer acts."""

from __future__ import annotations

from uuid import UUID

import rules
from django.db.models import Q, QuerySet

from sulh.kernel.access import Hidden, Viewer, has_role, is_system, may
from sulh.rooms.carry.models import Ask, Document, Lineage, TransferAct
from sulh.rooms.programme.access import DESK
from sulh.rooms.programme.models import Programme


def grant() -> None:
    """State which roles hold this room's permissions."""
    rules.set_rule("carry.load", is_system)
    rules.set_rule("carry.carry_out", is_system)
    rules.set_rule("carry.review", has_role(*DESK, "rapporteur"))
    rules.set_rule("carry.transfer", has_role(*DESK, "liaison"))
    rules.set_rule("carry.save_view", has_role())


def asks_for(viewer: Viewer) -> QuerySet[Ask]:
    """The asks a viewer may see: those of their programmes, and those of public documents of any other."""
    if viewer.is_system:
        return Ask.objects.all()
    return Ask.objects.filter(
        Q(document__programme_id__in=viewer.programme_ids()) | Q(document__is_public=True),
        document__is_held=False,
    )


def documents_for(viewer: Viewer, programme: Programme) -> QuerySet[Document]:
    """The documents of a programme the viewer was let into; one that is held only for those who can mend it."""
    if may(viewer, "carry.review", programme):
        return programme.documents.all()
    return programme.documents.filter(is_held=False)


def access_document(viewer: Viewer, programme: Programme, document_id: UUID) -> Document:
    """Return a document of a programme the viewer was let into, or raise ``Hidden``."""
    found = documents_for(viewer, programme).select_related("round").filter(id=document_id).first()
    if found is None:
        raise Hidden
    return found


def access_ask(document: Document, ask_id: UUID) -> Ask:
    """Return an ask of a document the viewer was let into, or raise ``Hidden``."""
    found = document.asks.select_related("lineage").filter(id=ask_id).first()
    if found is None:
        raise Hidden
    return found


def access_lineage(viewer: Viewer, lineage_id: UUID) -> Lineage:
    """Return a lineage of which the viewer may see at least one ask, or raise ``Hidden``."""
    seen = asks_for(viewer).filter(lineage_id=lineage_id, state="accepted")
    found = Lineage.objects.filter(id__in=seen.values("lineage_id")).first()  # one question, seen or not
    if found is None:
        raise Hidden
    return found


def access_transfer(programme: Programme, act_id: UUID) -> TransferAct:
    """Return a transfer act of a programme the viewer was let into, or raise ``Hidden``."""
    found = programme.transfers.filter(id=act_id).first()
    if found is None:
        raise Hidden
    return found
