"""The page of a text's confidentiality: what may point to persons, mending it, tightening and loosening its level."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sulh.engines import texts
from sulh.kernel import two_keys
from sulh.kernel.access import NotPermitted, may
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions
from sulh.rooms.carry.access import access_document
from sulh.rooms.carry.enums import DOCUMENT_LEVELS
from sulh.rooms.carry.holding import RELEASE
from sulh.rooms.carry.models import Document
from sulh.rooms.people import linting
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def confidentiality(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """Show what holds a text back; take a mended text, a proposal to release it, or another level."""
    document = access_document(request.viewer, request.programme, document_id)
    if not may(request.viewer, "carry.review", request.programme):
        raise NotPermitted("carry.review")
    if request.method != "POST":
        return _show(request, document, document.text)
    what = request.POST.get("what", "")
    try:
        if what == "mend":
            return _mend(request, document, request.POST.get("text", ""))
        if what == "release":
            reason = request.POST.get("reason", "")
            actions.propose_release(request.viewer, request.programme, document, reason)
            messages.success(request, _("Proposed. It takes both sides' keys."))
        elif what == "level":
            _set_level(request, document)
        else:
            raise Refused(_("Choose what to do with this text."))
    except Refused as refused:
        return _show(request, document, request.POST.get("text") or document.text, str(refused))
    return redirect("confidentiality", slug=request.programme.slug, document_id=document.id)


def _mend(request: ProgrammeRequest, document: Document, text: str) -> HttpResponse:
    try:
        read = texts.parse(text, document.title)
    except texts.Unreadable as error:
        return _show(request, document, text, str(error))
    made = actions.mend_document(request.viewer, request.programme, document, read)
    if made.is_held:
        messages.warning(request, _("The mended text is kept. It still holds what may point to a person."))
        return redirect("confidentiality", slug=request.programme.slug, document_id=made.id)
    messages.success(request, _("The text is mended and no longer held. Nothing of the old one is stored."))
    return redirect("review", slug=request.programme.slug, document_id=made.id)


def _set_level(request: ProgrammeRequest, document: Document) -> None:
    told = request.POST.get("level", "")
    level = int(told) if told.isascii() and told.isdigit() and len(told) == 1 else 0
    if level > document.level:
        actions.tighten_document(request.viewer, request.programme, document, level)
        messages.success(request, _("The level is tightened."))
    else:
        actions.propose_document_level(request.viewer, request.programme, document, level)
        messages.success(request, _("Proposed. It takes both sides' keys."))


def _show(request: ProgrammeRequest, document: Document, text: str, refused: str = "") -> HttpResponse:
    told = {
        "document": document,
        "text": text,
        "findings": linting.findings(request.programme, text, document.level),
        "levels": DOCUMENT_LEVELS,
        "proposed": two_keys.open_proposal(request.programme.id, RELEASE, str(document.pk)),
        "refused": refused,
    }
    return render(request, "carry/confidentiality.html", told, status=422 if refused else 200)
