"""The pages of documents: the list, the import, the text as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sulh.engines import texts
from sulh.kernel import parsing
from sulh.kernel.access import NotPermitted, may
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions, marking, queries, removal
from sulh.rooms.carry.access import access_document
from sulh.rooms.carry.enums import AskState
from sulh.rooms.carry.forms import READABLE, CorrectDocumentForm, ImportForm
from sulh.rooms.carry.models import Document
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page

FILES_AT_ONCE = 50
PEOPLE = (texts.PassageKind.PARTICIPANTS, texts.PassageKind.SIGNATURE)


@require_safe
@programme_page
def documents(request: ProgrammeRequest) -> HttpResponse:
    """All documents, those that wait for review first."""
    rows = queries.documents_of(request.viewer, request.programme)
    return render(request, "carry/documents.html", {"documents": rows})


@require_safe
@programme_page
def document(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """The text as it was read, with the asks that are in the ledger marked in it."""
    found = access_document(request.viewer, request.programme, document_id)
    asks = list(found.asks.all())
    accepted = [ask for ask in asks if ask.state == AskState.ACCEPTED]
    part = marking.part_numbered(found, accepted, _number(request.GET.get("part")))
    return render(
        request,
        "carry/document.html",
        {
            "document": found,
            "part": part,
            "accepted": accepted,
            "waiting": sum(1 for ask in asks if ask.state == AskState.PROPOSED),
            "foreign": found.language != "en",
            "language": marking.language_name(found.language),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def correct(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """Correct what is told about a document."""
    found = access_document(request.viewer, request.programme, document_id)
    if not may(request.viewer, "carry.review", request.programme):
        raise NotPermitted("carry.review")
    found.programme = request.programme
    was_public = found.is_public
    form = CorrectDocumentForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.correct_document(request.viewer, request.programme, found, **form.told())
        messages.success(request, _corrected(was_public, found.is_public))
        return redirect("document", slug=request.programme.slug, document_id=found.id)
    context = {"document": found, "form": form, "was_public": was_public}
    return render(request, "carry/correct_document.html", context, status=422 if form.errors else 200)


def _corrected(was_public: bool, is_public: bool) -> str:
    if is_public and not was_public:
        return _("Kept. The text is now public: other programmes of this installation see its asks.")
    if was_public and not is_public:
        return _("Kept. The text is no longer public: other programmes no longer see its asks.")
    return _("Kept.")


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def remove(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """Say what goes with a document; remove it where that is confirmed."""
    found = access_document(request.viewer, request.programme, document_id)
    if not may(request.viewer, "carry.review", request.programme):
        raise NotPermitted("carry.review")
    if request.method != "POST":
        context = {"document": found, "leaving": removal.what_leaves(found)}
        return render(request, "carry/remove_document.html", context)
    actions.remove_document(request.viewer, request.programme, found)
    messages.success(request, _("The document is removed, and nothing of its text is stored any more."))
    return redirect("documents", slug=request.programme.slug)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or of the pasted text: a document, or why it was refused.

    ``left_out`` counts the lines of participants and signatures that were not stored.
    """

    name: str
    document: Document | None = None
    refused: str = ""
    left_out: int = 0


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
def import_page(request: ProgrammeRequest) -> HttpResponse:
    """Import files and pasted text into a round. Each becomes a document of its own, or is refused by itself."""
    if not may(request.viewer, "carry.review", request.programme):
        raise NotPermitted("carry.review")
    if request.method != "POST":
        parsing.start()
        return _form(request, ImportForm(request.programme, initial={"round": request.GET.get("round", "")}))
    form = ImportForm(request.programme, request.POST)
    files = request.FILES.getlist("files")
    pasted = request.POST.get("text", "")
    if not files and not pasted.strip():
        form.add_error(None, _("Choose a file or paste a text."))
    if len(files) > FILES_AT_ONCE:
        form.add_error(
            None, _("Choose at most %(n)d files at once. Nothing was imported.") % {"n": FILES_AT_ONCE}
        )
    if not form.is_valid():
        return _form(request, form, files=bool(files), status=422)
    outcomes = list(_import_each(request, form, files, pasted))
    kept = [one.document for one in outcomes if one.document]
    refused = [one for one in outcomes if one.refused]
    if kept:
        messages.info(request, _left_out(sum(one.left_out for one in outcomes)))
    if refused:
        text_refused = any(one.name == "" for one in refused)
        typed = {**dict(form.data.items()), "text": pasted if text_refused else ""}
        again = ImportForm(request.programme, initial={**typed, "is_public": form.cleaned_data["is_public"]})
        return _form(request, again, refused=refused, kept=kept, status=422)
    if len(kept) == 1:
        return redirect("review", slug=request.programme.slug, document_id=kept[0].id)
    messages.success(
        request,
        ngettext("%(n)d document is imported.", "%(n)d documents are imported.", len(kept)) % {"n": len(kept)}
        + " "
        + _("Review them one by one: nothing enters the ledger unseen."),
    )
    return redirect("documents", slug=request.programme.slug)


def _import_each(
    request: ProgrammeRequest, form: ImportForm, files: list[UploadedFile], pasted: str
) -> Iterator[Outcome]:
    """Import one after the other; each is a transaction of its own, so one that is refused leaves no trace."""
    told = form.told()
    sources = [(file.name or _("a file without a name"), file) for file in files]
    alone = len(sources) + bool(pasted.strip()) == 1
    title = form.cleaned_data["title"] if alone else ""
    for name, file in sources:
        yield _import_one(request, name, lambda file=file, name=name: _read(file, name), title, told)
    if pasted.strip():
        yield _import_one(request, "", lambda: texts.parse(pasted), title, told)


def _import_one(request: ProgrammeRequest, name: str, read: Any, title: str, told: dict[str, Any]) -> Outcome:
    try:
        document = read()
        made = actions.import_document(request.viewer, request.programme, document, title=title, **told)
    except texts.Unreadable as error:
        return Outcome(name, refused=_why_unreadable(error))
    except Refused as error:
        return Outcome(name, refused=str(error))
    return Outcome(name, made, left_out=sum(1 for one in document.passages if one.kind in PEOPLE))


def _left_out(lines: int) -> str:
    """Say how many lines of participants and signatures were left out, and that names elsewhere are not found."""
    if lines:
        said = ngettext(
            "%(n)d line of participants or signatures was left out and is not stored.",
            "%(n)d lines of participants or signatures were left out and are not stored.",
            lines,
        ) % {"n": lines}
    else:
        said = _("No lines of participants or signatures were found.")
    return (
        said
        + " "
        + _("Names in running text are looked for, and some are missed: look for them as you review.")
    )


def _read(file: UploadedFile, name: str) -> texts.Document:
    """Read an uploaded file in a confined process; one that is too large is not even taken in."""
    limits = texts.Limits()
    if (file.size or 0) > limits.bytes:
        raise texts.Unreadable(
            "too-large",
            f"The file is larger than {limits.bytes // 1_000_000} MB.",
            "Split it, or paste its text.",
        )
    return parsing.read(file.read(), name, limits)


def _why_unreadable(error: texts.Unreadable) -> str:
    """Say why a text was refused: in the engine's own English words, else in the reader's language by its code."""
    if (get_language() or "en").startswith("en"):
        return str(error)
    known = {
        "scanned": _(
            "The file holds pictures of pages and no text. "
            "Run it through text recognition (OCR), or paste the text."
        ),
        "encrypted": _("The file is locked with a password. Save it without one, then import it again."),
        "zip-bomb": _(
            "The file unfolds to far more than a document needs, and was not opened. "
            "Save it anew from the program it was written with."
        ),
        "encoding": _("The letters of the file cannot be read. Save it as text with the encoding UTF-8."),
        "too-long": _("The text is too long. Split it and import the parts one by one."),
        "too-large": _("The file is too large. Remove its pictures or split it, then try again."),
        "damaged": _("The file is damaged. Open it in the program it was written with and save it anew."),
        "unknown-format": _(
            "The file is of a kind that is not read here. "
            "Save it as .docx, .odt, .pdf, .html, .md or .txt, or paste the text."
        ),
        "empty": _("There is no text in it. Check that this is the right file, or paste the text."),
        "too-costly": _(
            "Reading the file took too much time or memory, and was given up. "
            "Save it anew from its own program, split it, or paste its text."
        ),
        "unavailable": _("The file could not be read just now. Try again, or paste its text."),
    }
    return known.get(error.code, str(error))


def _form(request: ProgrammeRequest, form: ImportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "carry/import.html", {"form": form, "readable": READABLE, **more}, status=status)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
