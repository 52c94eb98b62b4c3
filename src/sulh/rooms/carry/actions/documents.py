"""What can be done to documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from sulh.engines import texts
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.rooms.carry import reading, removal
from sulh.rooms.carry.actions.checks import TITLE_LENGTH, checked_date, clean, suggest
from sulh.rooms.carry.enums import AskKind, AskState, Relation
from sulh.rooms.carry.models import Ask, Document, Lineage
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme

TITLE_LINE = 120
"""Characters up to which the first line of a text that marks no title is taken for one."""


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
        date=checked_date(date),
        language=read.language,
        direction=read.direction,
        text=read.text,
        passages=reading.passages_as_data(read),
        fingerprint=mark,
        is_public=is_public,
        own_words=own_words,
        sources=list(sources),
    )
    clean(document)
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
    suggest(viewer, new)
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
    document.date, document.is_public, document.sources = checked_date(date), is_public, list(sources)
    clean(document)
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
