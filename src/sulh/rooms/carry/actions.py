"""What can be done to documents, asks, lineages and transfer acts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from sulh.engines import texts
from sulh.engines.calendars import PartialDate
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.rooms.carry import dates, queries, reading, removal, review
from sulh.rooms.carry.enums import AskKind, AskState, Relation
from sulh.rooms.carry.models import Ask, Document, Lineage, Response, ReviewStep, SavedView, TransferAct
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme

TITLE_LENGTH = 300

TITLE_LINE = 120
"""Characters up to which the first line of a text that marks no title is taken for one."""

TWICE = datetime.timedelta(minutes=1)
"""Within this time, the same transfer act once more is taken for a second press of the button."""


# Documents


@action("carry.review")
def import_document(
    viewer: Viewer,
    programme: Programme,
    read: texts.Document,
    *,
    round: Round | None = None,
    title: str = "",
    kind: str = "joint declaration",
    date: str = "",
    is_public: bool = False,
    own_words: bool = False,
    sources: Sequence[str] = (),
    key: str = "",
) -> Document:
    """Take a read text into a round, with every ask found in it proposed for review.

    Lists of participants and signatures are left out before anything is stored; the file itself is not kept.
    """
    read = texts.without_people(read)
    mark = reading.fingerprint(read.text)
    twin = programme.documents.filter(fingerprint=mark).first()
    if twin is not None and not key:
        raise Refused(_("This text is already here, as “%(title)s”.") % {"title": twin.title})
    title = (title.strip() or _title_of(read))[:TITLE_LENGTH]
    document = Document(
        programme=programme,
        round=round,
        key=key or _free_key(programme, title),
        title=title,
        kind=kind,
        date=_checked_date(date),
        language=read.language,
        direction=read.direction,
        text=read.text,
        passages=reading.passages_as_data(read),
        fingerprint=mark,
        is_public=is_public,
        own_words=own_words,
        sources=list(sources),
    )
    _clean(document)
    document.save()
    new = [
        Ask(
            document=document,
            kind=found.kind,
            start=found.span.start,
            end=found.span.end,
            context_start=found.context.start if found.context else None,
            context_end=found.context.end if found.context else None,
            text=found.text,
            verb=found.verb,
            addressees=list(found.addressees),
            themes=list(found.themes),
            rule=found.rule,
        )
        for found in reading.find_asks(programme, read)
    ]
    _suggest(viewer, new)
    bulk_create_with_history(new, Ask, batch_size=500)
    return document


@action("carry.load")
def keep_document(
    viewer: Viewer, programme: Programme, key: str, read: texts.Document, told: dict[str, Any]
) -> Kept:
    """Keep a document of a programme folder, whose asks its writer has marked and thereby confirmed.

    A document that is here already with the same text is left as it is, so that corrections made since stay.
    """
    known = programme.documents.filter(key=key).first()
    mark = reading.fingerprint(read.text)
    if known is not None and known.fingerprint == mark:
        return Kept(known, False)
    marked: Sequence[dict[str, Any]] = told.pop("asks")
    values = {
        **told,
        "language": read.language,
        "direction": read.direction,
        "text": read.text,
        "passages": reading.passages_as_data(read),
        "fingerprint": mark,
        "reviewed_at": timezone.now(),
    }
    document, _made = Document.objects.update_or_create(programme=programme, key=key, defaults=values)
    document.asks.all().delete()
    document.steps.all().delete()
    new = []
    for one in marked:
        one = dict(one)
        lineage_key, lineage_title = one.pop("lineage"), one.pop("lineage_title")
        relation = one.pop("relation")
        lineage = None
        if lineage_key:
            title = (lineage_title or one["text"])[:TITLE_LENGTH]
            lineage, made = Lineage.objects.get_or_create(key=lineage_key, defaults={"title": title})
            if lineage_title and lineage.title != title:
                lineage.title = title
                lineage.save()
            relation = Relation.FIRST if made else relation
        elif one["kind"] == AskKind.ASK:
            lineage, relation = Lineage.objects.create(title=one["text"][:TITLE_LENGTH]), Relation.FIRST
        new.append(
            Ask(
                document=document,
                state=AskState.ACCEPTED,
                decided_at=timezone.now(),
                lineage=lineage,
                relation=relation if lineage else "",
                **one,
            )
        )
    reading.give_meaning(new)
    for ask in new:
        ask.save()
    return Kept(document, True)


@action("carry.review")
def finish_review(viewer: Viewer, programme: Programme, document: Document) -> Document:
    """Close the review of a document once every proposal in it has been decided."""
    waiting = document.asks.filter(state=AskState.PROPOSED).count()
    if waiting:
        raise Refused(
            _("%(n)d proposals still wait for a decision: accept or drop each of them.") % {"n": waiting}
        )
    document.reviewed_at = timezone.now()
    document.save(update_fields=["reviewed_at"])
    return document


@action("carry.review")
def correct_document(
    viewer: Viewer,
    programme: Programme,
    document: Document,
    *,
    round: Round | None,
    title: str,
    kind: str,
    date: str,
    is_public: bool,
    sources: Sequence[str],
) -> Document:
    """Correct what is told about a document: its title, round, kind, date, publication and sources. Not its text."""
    if not title.strip():
        raise Refused(_("A document needs a title."))
    document.title, document.round, document.kind = title.strip()[:TITLE_LENGTH], round, kind
    document.date, document.is_public, document.sources = _checked_date(date), is_public, list(sources)
    _clean(document)
    document.save(update_fields=["title", "round", "kind", "date", "is_public", "sources"])
    return document


@action("carry.review")
def remove_document(viewer: Viewer, programme: Programme, document: Document) -> Document:
    """Remove a document with its asks, its review and their history, so that none of its words stay.

    Lineages that nobody else asks go with it. Transfer acts stay.
    """
    Document.objects.select_for_update().filter(id=document.id).first()
    removal.remove(document)
    return document


# The review of one ask. Each of these is a step that can be undone.


@action("carry.review")
def accept_ask(
    viewer: Viewer, programme: Programme, ask: Ask, lineage: Lineage | None = None, relation: str = ""
) -> Ask:
    """Take a proposal into the ledger: into this lineage, or as the first of a new one."""
    with review.step(viewer, ask.document, "accept", [ask]):
        _suggest(viewer, [ask])
        chosen = next((one for one in ask.suggestions if lineage and one["lineage"] == str(lineage.id)), None)
        if lineage is None and ask.kind == AskKind.ASK:
            lineage = Lineage.objects.create(title=ask.text[:TITLE_LENGTH])
            relation = Relation.FIRST
        if lineage is not None and lineage.id == ask.lineage_id:
            relation = relation or ask.relation
        ask.lineage = lineage
        ask.relation = (relation or (chosen["relation"] if chosen else Relation.REPEATS)) if lineage else ""
        ask.score = chosen["score"] if chosen else None
        ask.shared = chosen["shared"] if chosen else []
        ask.state = AskState.ACCEPTED
        ask.decided_at = timezone.now()
        ask.save()
    return ask


@action("carry.review")
def drop_ask(viewer: Viewer, programme: Programme, ask: Ask) -> Ask:
    """Keep a proposal out of the ledger."""
    with review.step(viewer, ask.document, "drop", [ask]):
        ask.state = AskState.DROPPED
        ask.lineage, ask.relation, ask.decided_at = None, "", timezone.now()
        ask.save()
    return ask


@action("carry.review")
def correct_ask(
    viewer: Viewer,
    programme: Programme,
    ask: Ask,
    *,
    start: int,
    end: int,
    kind: str,
    verb: str,
    addressees: Sequence[str],
    themes: Sequence[str],
) -> Ask:
    """Correct what was found: where it begins and ends, what it is, whom it addresses, its themes.

    An accepted ask stays accepted, unless an ask becomes a welcome or the other way round: then it is decided anew.
    """
    _check_span(ask.document, start, end)
    with review.step(viewer, ask.document, "correct", [ask]):
        if kind != ask.kind:
            review.reopen(ask)
        elif ask.decided_at:
            ask.decided_at = timezone.now()
        ask.start, ask.end, ask.text = start, end, ask.document.text[start:end]
        ask.kind, ask.verb = kind, verb.strip()
        ask.addressees, ask.themes = list(addressees), list(themes)
        _clean(ask)
        _suggest(viewer, [ask])
        ask.save()
    return ask


@action("carry.review")
def split_ask(viewer: Viewer, programme: Programme, ask: Ask, at: int) -> Ask:
    """Make two proposals of one, parted at the character ``at`` of the document; return the second."""
    first, second = (
        review.trimmed(ask.document.text, ask.start, at),
        review.trimmed(ask.document.text, at, ask.end),
    )
    if not (ask.start < at < ask.end) or first is None or second is None:
        raise Refused(_("Choose a place inside the ask, with words on both sides of it."))
    other = review.copy_of(ask)
    with review.step(viewer, ask.document, "split", [ask, other]):
        for part, (start, end) in ((ask, first), (other, second)):
            part.start, part.end, part.text = start, end, ask.document.text[start:end]
            review.reopen(part)
        _suggest(viewer, [ask, other])
        ask.save()
        other.save()
    return other


@action("carry.review")
def merge_ask(viewer: Viewer, programme: Programme, ask: Ask) -> Ask:
    """Join an ask with the one after it in the document into a single proposal."""
    following = (
        ask.document.asks.filter(start__gte=ask.end).exclude(state=AskState.DROPPED).order_by("start").first()
    )
    if following is None:
        raise Refused(_("There is no ask after this one to join it with."))
    with review.step(viewer, ask.document, "merge", [ask, following]):
        ask.end = following.end
        ask.text = ask.document.text[ask.start : ask.end]
        ask.addressees = list(dict.fromkeys([*ask.addressees, *following.addressees]))
        ask.themes = list(dict.fromkeys([*ask.themes, *following.themes]))
        review.reopen(ask)
        _suggest(viewer, [ask])
        ask.save()
        following.delete()
    return ask


@action("carry.review")
def add_ask(
    viewer: Viewer, programme: Programme, document: Document, start: int, end: int, kind: str = "ask"
) -> Ask:
    """Propose a passage that was not found: from character ``start`` to ``end`` of the document."""
    _check_span(document, start, end)
    ask = Ask(
        document=document, start=start, end=end, text=document.text[start:end], kind=kind, rule="by hand"
    )
    _clean(ask)
    with review.step(viewer, document, "add", [ask]):
        _suggest(viewer, [ask])
        ask.save()
    return ask


@action("carry.review")
def undo_step(
    viewer: Viewer, programme: Programme, document: Document, latest: int | None = None
) -> ReviewStep:
    """Take back the latest decision of this document's review.

    ``latest`` is the step that the viewer saw as the latest: where another was made since, nothing is taken back.
    """
    Document.objects.select_for_update().filter(id=document.id).first()
    step = document.steps.first()
    if step is None:
        raise Refused(_("There is nothing to undo."))
    if latest is not None and step.id != latest:
        raise Refused(
            _("Somebody else decided something in the meantime; nothing was undone. Look again first.")
        )
    review.take_back(step)
    return step


# Lineages


@action("carry.review")
def rename_lineage(viewer: Viewer, programme: Programme, lineage: Lineage, title: str) -> Lineage:
    """Give a lineage the words by which people speak of it."""
    if not title.strip():
        raise Refused(_("A lineage needs a title."))
    if not lineage.asks.filter(document__programme=programme, state=AskState.ACCEPTED).exists():
        raise Refused(_("This programme does not ask this; only a programme that asks it gives it a title."))
    lineage.title = title.strip()[:TITLE_LENGTH]
    lineage.save()
    return lineage


# Transfer acts


@action("carry.transfer")
def record_transfer(
    viewer: Viewer,
    programme: Programme,
    lineages: Sequence[Lineage],
    *,
    side: str,
    direction: str,
    strategy: str,
    recipient_category: str,
    recipient_level: str,
    date: str,
    round: Round | None = None,
    sources: Sequence[str] = (),
    key: str = "",
) -> TransferAct:
    """Record that recommendations were carried to one side's system. No name is asked for and none is kept.

    Refused is an act that would be older than all it carried, and one recorded already within the last minute.
    """
    _refuse_carried_before_asked(viewer, programme, lineages, date)
    Programme.objects.select_for_update().filter(id=programme.id).first()
    same = programme.transfers.filter(
        side__key=side,
        strategy=strategy,
        recipient_category=recipient_category,
        recipient_level=recipient_level,
        date=date.strip(),
        recorded_at__gte=timezone.now() - TWICE,
    ).prefetch_related("lineages")
    if any(set(act.lineages.all()) == set(lineages) for act in same):
        raise Refused(_("This transfer was recorded a moment ago; it is not recorded twice."))
    return _recorded(
        programme,
        lineages,
        side=side,
        direction=direction,
        strategy=strategy,
        recipient_category=recipient_category,
        recipient_level=recipient_level,
        date=date,
        round=round,
        sources=sources,
        key=key,
    )


@action("carry.transfer")
def add_response(
    viewer: Viewer, programme: Programme, act: TransferAct, *, kind: str, evidence: str, date: str
) -> Response:
    """Add what came back on a transfer act, as a dated entry. Earlier entries stay."""
    date = _checked_date(date, needed=True)
    if PartialDate.parse(date).latest < PartialDate.parse(act.date).earliest:
        raise Refused(
            _("The response is dated %(response)s, before what it answers was carried: %(carried)s.")
            % {"response": dates.said(date), "carried": dates.said(act.date)}
        )
    response = Response(act=act, kind=kind, evidence=evidence, date=date)
    _clean(response)
    response.save()
    return response


@action("carry.load")
def keep_transfer(viewer: Viewer, programme: Programme, key: str, told: dict[str, Any]) -> Kept:
    """Keep a transfer act of a programme folder. One that is here already is left as it is."""
    known = programme.transfers.filter(key=key).first()
    if known is not None:
        return Kept(known, False)
    told = dict(told)
    responses = told.pop("responses")
    lineages = list(Lineage.objects.filter(key__in=told.pop("lineages")))
    round = programme.rounds.filter(key=told.pop("round")).first()
    act = _recorded(programme, lineages, round=round, key=key, **told)
    for response in responses:
        Response.objects.create(act=act, **response)
    return Kept(act, True)


# Views of the ledger


@action("carry.save_view")
def save_view(viewer: Viewer, programme: Programme, name: str, query: str) -> SavedView:
    """Keep a filter of the ledger under a name; an earlier one of that name is replaced."""
    name = name.strip()[:80]
    if not name:
        raise Refused(_("Give the view a name."))
    view, _made = SavedView.objects.update_or_create(
        programme=programme, name=name, defaults={"query": query[:500]}
    )
    return view


@action("carry.save_view")
def forget_view(viewer: Viewer, programme: Programme, view: SavedView) -> None:
    """Remove a saved view."""
    view.delete()


# What several actions need


def _recorded(
    programme: Programme,
    lineages: Sequence[Lineage],
    *,
    side: str,
    date: str,
    round: Round | None,
    sources: Sequence[str],
    **told: str,
) -> TransferAct:
    if not lineages:
        raise Refused(_("Choose at least one ask that was carried."))
    to_side = programme.sides.filter(key=side).first()
    if to_side is None:
        raise Refused(_("Choose the side to which it was carried."))
    act = TransferAct(
        programme=programme,
        round=round,
        side=to_side,
        date=_checked_date(date, needed=True),
        sources=list(sources),
        **told,
    )
    _clean(act)
    act.save()
    act.lineages.set(lineages)
    return act


def _refuse_carried_before_asked(
    viewer: Viewer, programme: Programme, lineages: Sequence[Lineage], date: str
) -> None:
    """Refuse a date that lies before every chosen lineage was first asked, as far as that is known of each."""
    carried = PartialDate.parse(_checked_date(date, needed=True))
    first: dict[Lineage, PartialDate] = {}
    for ask in queries.dated_asks(viewer, programme, lineages):
        asked = PartialDate.parse(ask.document.dated)
        if ask.lineage and (ask.lineage not in first or asked < first[ask.lineage]):
            first[ask.lineage] = asked
    if (
        lineages
        and set(first) == set(lineages)
        and all(carried.latest < one.earliest for one in first.values())
    ):
        raise Refused(
            _("It cannot have been carried before it was asked: carried %(carried)s, first asked %(asked)s.")
            % {"carried": dates.short(carried), "asked": dates.short(min(first.values()))}
        )


def _suggest(viewer: Viewer, changed: list[Ask]) -> None:
    reading.give_meaning(changed)
    suggested = reading.suggest_lineages(viewer, changed)
    for ask in changed:
        ask.suggestions = suggested[ask.id]


def _clean(row: Any) -> None:
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        said = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise Refused(" ".join(said)) from error


def _checked_date(text: str, needed: bool = False) -> str:
    text = text.strip()
    if text or needed:
        try:
            PartialDate.parse(text)
        except ValueError as error:
            raise Refused(_("Give a date: a year, a month, a quarter (2015-Q4) or a day.")) from error
    return text


def _check_span(document: Document, start: int, end: int) -> None:
    if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
        raise Refused(_("Mark some words of the document."))


def _title_of(read: texts.Document) -> str:
    """The text's title, else its first line where that is short and no sentence, else its first heading, its name."""
    kinds = [passage.kind for passage in read.passages]
    if texts.PassageKind.TITLE in kinds:
        return read.passage_text(kinds.index(texts.PassageKind.TITLE))
    if read.passages and not read.passages[0].label:
        first = read.passage_text(0).strip().split("\n")[0]
        if 0 < len(first) <= TITLE_LINE and not first.endswith((".", "۔", "।")):
            return first
    if texts.PassageKind.HEADING in kinds:
        return read.passage_text(kinds.index(texts.PassageKind.HEADING))
    return read.name


def _free_key(programme: Programme, title: str) -> str:
    key = base = slugify(title)[:80] or "document"
    suffix = 2
    while programme.documents.filter(key=key).exists():
        key, suffix = f"{base}-{suffix}", suffix + 1
    return key
