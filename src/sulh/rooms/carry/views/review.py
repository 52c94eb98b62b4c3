"""The review of a document: one card an ask, each decision posted at once.

Every address answers with the whole page, or with the part of it that changes where htmx asks for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sulh.engines.asks import linking
from sulh.kernel.access import NotPermitted, may
from sulh.kernel.actions import Refused
from sulh.rooms.carry import actions, marking, queries, reading, review
from sulh.rooms.carry.access import access_document
from sulh.rooms.carry.addressees import addressee_names
from sulh.rooms.carry.enums import AskKind, AskState
from sulh.rooms.carry.forms import CorrectForm, WordsForm
from sulh.rooms.carry.models import Ask, Document, Lineage, ReviewStep
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page
from sulh.rooms.programme.queries import theme_names

NEW = "new"
"""What the choice of a lineage sends for a new one."""


@require_safe
@programme_page
def page(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """The document with its proposals marked, and the card of the current one (``?ask=ID``)."""
    document = access_document(request.viewer, request.programme, document_id)
    if not may(request.viewer, "carry.review", request.programme):
        return redirect("document", slug=request.programme.slug, document_id=document.id)
    asked, do, words = (request.GET.get(name, "") for name in ("ask", "do", "q"))
    if request.GET.get("only") == "found":
        return render(request, "carry/_review_found.html", _found(request, words))
    return _show(request, document, asked, do=do, words=words)


@require_POST
@programme_page
def decide(request: ProgrammeRequest, document_id: UUID, ask_id: UUID) -> HttpResponse:
    """Take one decision on one ask: accept, drop, correct, split or merge."""
    document = access_document(request.viewer, request.programme, document_id)
    _need_permission(request)
    ask = document.asks.select_related("lineage").filter(id=ask_id).first()
    what = request.POST.get("what", "")
    if ask is None:
        typed = WordsForm(document, 0, initial=request.POST.dict(), auto_id="add-%s")
        kept: dict[str, Any] = {"do": "add", "add": typed} if what == "correct" else {}
        return _refused(request, document, str(ask_id), review.Overtaken(), **kept)
    ask.document = document
    viewer, programme = request.viewer, request.programme
    try:
        review.refuse_unless_seen(ask, request.POST.get("seen", ""))
        match what:
            case "accept":
                actions.accept_ask(viewer, programme, ask, _chosen_lineage(request))
            case "drop":
                actions.drop_ask(viewer, programme, ask)
            case "split":
                actions.split_ask(viewer, programme, ask, _place(request.POST.get("at", "")))
            case "merge":
                actions.merge_ask(viewer, programme, ask)
            case "correct":
                form = CorrectForm(programme, ask, request.POST)
                if not form.is_valid():
                    return _show(request, document, str(ask.id), do="correct", correct=form, status=422)
                actions.correct_ask(viewer, programme, ask, **form.corrections())
            case _unknown:
                raise Refused(_("Choose what to do with this ask."))
    except Refused as refusal:
        corrected = CorrectForm(programme, ask, request.POST) if what == "correct" else None
        do = what if what in ("split", "correct") else ""
        return _refused(request, document, str(ask_id), refusal, do=do, correct=corrected)
    stays = what in ("correct", "split", "merge")
    return _go_on(request, document, ask.id if stays else _next_waiting(document, ask))


@require_POST
@programme_page
def undo(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """Take back the latest decision, and show the ask it was about."""
    document = access_document(request.viewer, request.programme, document_id)
    latest = request.POST.get("latest", "")
    try:
        step = actions.undo_step(
            request.viewer, request.programme, document, _place(latest) if latest else None
        )
    except Refused as refusal:
        return _refused(request, document, "", refusal)
    return _go_on(request, document, step.before[0]["id"] if step.before else None)


@require_POST
@programme_page
def add(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """Propose a passage that was not found."""
    document = access_document(request.viewer, request.programme, document_id)
    _need_permission(request)
    form = WordsForm(document, 0, request.POST, auto_id="add-%s")
    asked = request.POST.get("ask", "")
    if not form.is_valid():
        return _show(request, document, asked, do="add", add=form, status=422)
    told = form.cleaned_data
    try:
        made = actions.add_ask(
            request.viewer, request.programme, document, told["start"], told["end"], told["kind"]
        )
    except Refused as refusal:
        return _refused(request, document, asked, refusal)
    return _go_on(request, document, made.id)


@require_POST
@programme_page
def finish(request: ProgrammeRequest, document_id: UUID) -> HttpResponse:
    """Close the review."""
    document = access_document(request.viewer, request.programme, document_id)
    try:
        actions.finish_review(request.viewer, request.programme, document)
    except Refused as refusal:
        return _refused(request, document, "", refusal)
    kept = document.asks.filter(state=AskState.ACCEPTED, kind=AskKind.ASK).count()
    said = ngettext(
        "The review is finished: %(n)d ask of this document is in the ledger.",
        "The review is finished: %(n)d asks of this document are in the ledger.",
        kept,
    )
    messages.success(request, said % {"n": kept})
    return redirect("document", slug=request.programme.slug, document_id=document.id)


# What the page shows


@dataclass(frozen=True, slots=True)
class Choice:
    """A lineage that the current ask may join: the earlier ask by which it was found, and why."""

    lineage: Lineage
    ask: Ask
    likeness: str = ""
    shared: tuple[str, ...] = ()
    same_theme: bool = False
    same_addressee: bool = False
    chosen: bool = False


def _show(
    request: ProgrammeRequest,
    document: Document,
    asked: str = "",
    *,
    do: str = "",
    words: str = "",
    correct: CorrectForm | None = None,
    add: WordsForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    asks = list(document.asks.select_related("lineage").defer("suggestions"))
    for ask in asks:
        ask.document = document
    current = next((ask for ask in asks if str(ask.id) == asked), None) or _first_waiting(asks)
    place = asks.index(current) if current else -1
    decided = sum(1 for ask in asks if ask.state != AskState.PROPOSED)
    part_asked = request.GET.get("part", "")
    if part_asked.isascii() and part_asked.isdigit() and not asked:
        part = marking.part_numbered(document, asks, int(part_asked[:5]), current)
    else:
        part = marking.part_with(document, asks, current.start if current else 0, current)
    context: dict[str, Any] = {
        "document": document,
        "here": _address(request, document, None),
        "part": part,
        "asks": asks,
        "current": current,
        "number": place + 1,
        "before": asks[place - 1] if place > 0 else None,
        "after": asks[place + 1] if 0 <= place < len(asks) - 1 else None,
        "total": len(asks),
        "decided": decided,
        "latest": document.steps.select_related("account").first(),
        "foreign": document.language != "en",
        "language": marking.language_name(document.language),
        "do": do,
        "words": words,
        "refused": refused,
        "add": add or WordsForm(document, 0, auto_id="add-%s"),
    }
    context["undoes"] = _step_name(context["latest"])
    if current:
        names = addressee_names(request.programme)
        themes = theme_names(request.programme)
        choices = _choices(request, current)
        context |= {
            "seen": review.token_of(current),
            "addressees": [names.get(code, code) for code in current.addressees],
            "themes": [themes.get(key, key) for key in current.themes],
            "why": marking.why_found(current),
            "chapeau": _chapeau(document, current),
            "choices": choices,
            "none_chosen": not any(choice.chosen for choice in choices),
        }
        if words:
            context |= _found(request, words)
        if do == "split":
            context["places"] = _places(current)
        if do == "correct":
            context["correct"] = correct or CorrectForm(request.programme, current)
    template = "carry/_review.html" if request.htmx else "carry/review.html"
    response = render(request, template, context, status=status)
    if request.htmx and current:
        response.headers["HX-Replace-Url"] = _address(request, document, current.id)
    return response


def _choices(request: ProgrammeRequest, ask: Ask) -> list[Choice]:
    """The lineages offered for an ask: the one it is in, then those found, as far as this viewer may see them.

    They are found anew each time, since other documents may have been reviewed since this one was imported.
    """
    found = reading.suggest_lineages(request.viewer, [ask])[ask.id]
    ids = [one["ask"] for one in found]
    seen = queries.asks_seen_from(request.viewer, request.programme)
    rows = seen.filter(id__in=ids).select_related("lineage", "document__round", "document__programme")
    earlier = {str(row.id): row for row in rows.defer("document__text", "document__passages")}
    choices: list[Choice] = []
    for one in found:
        row = earlier.get(one["ask"])
        if row is None or row.lineage is None:
            continue
        likely = one["score"] >= linking.THRESHOLD and not choices
        choices.append(
            Choice(
                row.lineage,
                row,
                marking.likeness(one["score"]),
                tuple(words for words in one["shared"] if words)[:6],
                one["same_theme"],
                one["same_addressee"],
                row.lineage_id == ask.lineage_id if ask.lineage_id else likely,
            )
        )
    if ask.lineage is not None and not any(choice.chosen for choice in choices):
        choices.insert(0, Choice(ask.lineage, ask, chosen=True))
    titles = queries.titles_of(request.viewer, request.programme, [choice.lineage for choice in choices])
    for choice in choices:
        choice.lineage.title = titles[choice.lineage.id]
    return choices


def _found(request: ProgrammeRequest, words: str) -> dict[str, Any]:
    found = reading.find_lineages(request.viewer, request.programme, words) if words.strip() else []
    return {"found": found, "words": words}


def _chapeau(document: Document, ask: Ask) -> str:
    """The words that the ask hangs on, where they stand outside it."""
    start, end = ask.context_start, ask.context_end
    if start is None or end is None or (start < ask.end and end > ask.start):
        return ""
    return document.text[start:end]


def _places(ask: Ask) -> list[dict[str, Any]]:
    """The words of an ask with the place before each; ``likely`` marks the place where it is best parted."""
    places, at, likely = [], ask.start, False
    for word in ask.text.split():
        at = ask.document.text.index(word, at)
        joins = not likely and at > ask.start and word.lower() in ("and", "or", "as", "while", "اور", "یا")
        likely |= joins
        places.append({"at": at, "word": word, "likely": joins})
        at += len(word)
    if not likely and len(places) > 1:
        places[1]["likely"] = True
    return places


def _step_name(step: ReviewStep | None) -> str:
    names = {
        "accept": _("accepted"),
        "drop": _("dropped"),
        "correct": _("corrected"),
        "split": _("split"),
        "merge": _("joined"),
        "add": _("added"),
    }
    return names.get(step.what, step.what) if step else ""


# Where it goes on


def _first_waiting(asks: Sequence[Ask]) -> Ask | None:
    return next((ask for ask in asks if ask.state == AskState.PROPOSED), asks[0] if asks else None)


def _next_waiting(document: Document, ask: Ask) -> UUID:
    """The next undecided ask after this one, else the first one there is, else this one."""
    waiting = list(document.asks.filter(state=AskState.PROPOSED).values_list("start", "id"))
    after = [found for start, found in waiting if start >= ask.start]
    return (after or [found for _start, found in waiting] or [ask.id])[0]


def _address(request: ProgrammeRequest, document: Document, ask_id: Any) -> str:
    address = reverse("review", kwargs={"slug": request.programme.slug, "document_id": document.id})
    return f"{address}?ask={ask_id}#ask-{ask_id}" if ask_id else address


def _go_on(request: ProgrammeRequest, document: Document, ask_id: Any) -> HttpResponse:
    if request.htmx:
        document.refresh_from_db(fields=["reviewed_at"])
        return _show(request, document, str(ask_id or ""))
    return redirect(_address(request, document, ask_id))


def _refused(
    request: ProgrammeRequest, document: Document, asked: str, refusal: Refused, **form: Any
) -> HttpResponse:
    """Show the review as it stands now with what was refused on the card, and in its form what was typed."""
    return _show(request, document, asked, refused=str(refusal), status=422, **form)


def _need_permission(request: ProgrammeRequest) -> None:
    if not may(request.viewer, "carry.review", request.programme):
        raise NotPermitted("carry.review")


def _chosen_lineage(request: ProgrammeRequest) -> Lineage | None:
    chosen = request.POST.get("lineage", "")
    if not chosen:
        raise Refused(
            _("No lineage was chosen, and nothing was changed. Choose one, or a new one, then accept again.")
        )
    if chosen == NEW:
        return None
    seen = queries.asks_seen_from(request.viewer, request.programme)
    try:
        ask = seen.filter(lineage_id=UUID(chosen)).select_related("lineage").first()
    except ValueError:
        ask = None
    if ask is None:
        raise Refused(
            _("This lineage is no longer there: what was in it has been taken back. Choose another.")
        )
    return ask.lineage


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
