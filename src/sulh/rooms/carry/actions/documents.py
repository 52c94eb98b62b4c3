"""What can be done to documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from sulh.engines import texts
from sulh.engines.disclosure.levels import LINT_BLOCKS_FROM, Level, is_tighter
from sulh.kernel import two_keys
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.models import Proposal
from sulh.rooms.carry import holding, reading, removal
from sulh.rooms.carry.actions.checks import TITLE_LENGTH, checked_date, clean, refuse_telling_title, suggest
from sulh.rooms.carry.enums import AskKind, AskState, Relation
from sulh.rooms.carry.models import Ask, Document, Lineage
from sulh.rooms.convene.models import Round
from sulh.rooms.people import linting
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
    level: int = Level.WITH_CLEARANCE,
    own_words: bool = False,
    sources: Sequence[str] = (),
    key: str = "",
) -> Document:
    """Take a read text into a round, with every ask found in it proposed for review.

    Lists of participants and signatures are left out before anything is stored; the file itself is not kept. A text
    that may point to persons at its level is held: nothing of it leaves before it is mended, or released by both.
    """
    level = Level.ON_THE_RECORD if is_public else holding.checked_level(level)
    read = texts.without_people(read)
    mark = reading.fingerprint(read.text)
    twin = programme.documents.filter(fingerprint=mark).first()
    if twin is not None and not key:
        raise Refused(_("This text is already here, as “%(title)s”.") % {"title": twin.title})
    refuse_telling_title(programme, title, level)
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
        level=level,
        is_held=bool(linting.blocking(programme, read.text, level)),
        checked_with=linting.roster_mark(programme),
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
    told["level"] = Level.ON_THE_RECORD if told["is_public"] else Level.WITH_CLEARANCE
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
    if is_public and document.level > Level.ON_THE_RECORD:
        raise Refused(
            _(
                "This text is not on the record, so it is not made public. Loosen its level first, with both keys."
            )
        )
    refuse_telling_title(programme, title, document.level)
    document.date, document.is_public, document.sources = checked_date(date), is_public, list(sources)
    clean(document)
    document.save(update_fields=["title", "round", "kind", "date", "is_public", "sources"])
    return document


@action("carry.review")
def mend_document(viewer: Viewer, programme: Programme, document: Document, read: texts.Document) -> Document:
    """Put a mended text in the place of a held one, read anew; nothing of the old text stays."""
    if not document.is_held:
        raise Refused(_("This text is not held. To correct it, remove it and import it anew."))
    told = {
        name: getattr(document, name)
        for name in ("round", "title", "kind", "date", "level", "own_words", "sources")
    }
    if linting.blocking(programme, document.title, document.level):
        told["title"] = ""  # it was the first line of the old text, and is taken from the new one
    removal.remove(document)
    made: Document = import_document.__wrapped__(viewer, programme, read, **told)  # type: ignore[attr-defined]
    return made


@action("carry.review")
def tighten_document(viewer: Viewer, programme: Programme, document: Document, level: int) -> Document:
    """Raise the confidentiality level of a text; it is read anew for what may point to persons."""
    level = holding.checked_level(level)
    if not is_tighter(level, document.level):
        raise Refused(
            _("One side alone can only tighten a level. Propose to loosen it: that takes both keys.")
        )
    document.level, document.is_public, document.is_released = level, False, False
    document.is_held = _points_to_persons(programme, document)
    document.save(update_fields=["level", "is_public", "is_released", "is_held"])
    return document


@action("carry.review")
def propose_document_level(viewer: Viewer, programme: Programme, document: Document, level: int) -> Proposal:
    """Propose to loosen the level of a text: it takes both keys."""
    level = holding.checked_level(level)
    if level >= document.level:
        raise Refused(_("This is no looser than it is. Tightening takes no other key."))
    return two_keys.propose(viewer, programme, holding.LOOSEN, str(document.pk), {"level": level})


@action("carry.carry_out")
def loosen_document(viewer: Viewer, programme: Programme, document: Document, level: int) -> Document:
    """Lower the level of a text, as both sides agreed; it is read anew at the new level."""
    document.level = level
    document.is_held = document.is_held and _points_to_persons(programme, document)
    document.save(update_fields=["level", "is_held"])
    return document


@action("carry.review")
def propose_release(viewer: Viewer, programme: Programme, document: Document, reason: str) -> Proposal:
    """Propose to release a held text as it stands, with a reason: it takes both keys."""
    if not document.is_held:
        raise Refused(_("This text is not held."))
    if len(reason.strip()) < holding.REASON:
        raise Refused(_("Say why the text may stand as it is. Both sides read the reason."))
    terms = {"reason": reason.strip()[:500]}
    return two_keys.propose(viewer, programme, holding.RELEASE, str(document.pk), terms)


@action("carry.carry_out")
def release_document(viewer: Viewer, programme: Programme, document: Document) -> Document:
    """Release a held text as it stands, as both sides agreed."""
    document.is_held, document.is_released = False, True
    document.save(update_fields=["is_held", "is_released"])
    return document


@action("carry.carry_out")
def recheck_documents(viewer: Viewer, programme: Programme) -> Kept:
    """Hold the texts that turn out to name somebody entered in a register since they were read.

    Done before anything is exported; quick where no register has changed. What both sides released stays released.
    """
    mark = linting.roster_mark(programme)
    stale = programme.documents.filter(level__gte=LINT_BLOCKS_FROM, is_held=False, is_released=False).exclude(
        checked_with=mark
    )
    changed = False
    for document in stale.only("id", "title", "text", "level", "is_held", "checked_with"):
        document.is_held = _points_to_persons(programme, document)
        document.checked_with = mark
        document.save(update_fields=["is_held", "checked_with"])
        changed |= document.is_held
    return Kept(programme, changed)


@action("carry.review")
def remove_document(viewer: Viewer, programme: Programme, document: Document) -> Document:
    """Remove a document with its asks, its review and their history, so that none of its words stay.

    Lineages that nobody else asks go with it. Transfer acts stay.
    """
    Document.objects.select_for_update().filter(id=document.id).first()
    removal.remove(document)
    return document


def _points_to_persons(programme: Programme, document: Document) -> bool:
    return bool(linting.blocking(programme, f"{document.title}\n\n{document.text}", document.level))


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
