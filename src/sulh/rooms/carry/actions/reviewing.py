"""The review of a document, ask by ask. Each of these is a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.kernel.access import Viewer
from sulh.kernel.actions import Refused, action
from sulh.rooms.carry import review
from sulh.rooms.carry.actions.checks import TITLE_LENGTH, check_span, clean, suggest
from sulh.rooms.carry.enums import AskKind, AskState, Relation
from sulh.rooms.carry.models import Ask, Document, Lineage, ReviewStep
from sulh.rooms.programme.models import Programme


@action("carry.review")
def accept_ask(
    viewer: Viewer, programme: Programme, ask: Ask, lineage: Lineage | None = None, relation: str = ""
) -> Ask:
    """Take a proposal into the ledger: into this lineage, or as the first of a new one."""
    if ask.document.is_held:
        raise Refused(_("This text may point to persons, so nothing of it enters the ledger. Mend it first."))
    with review.step(viewer, ask.document, "accept", [ask]):
        suggest(viewer, [ask])
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
    check_span(ask.document, start, end)
    with review.step(viewer, ask.document, "correct", [ask]):
        if kind != ask.kind:
            review.reopen(ask)
        elif ask.decided_at:
            ask.decided_at = timezone.now()
        ask.start, ask.end, ask.text = start, end, ask.document.text[start:end]
        ask.kind, ask.verb = kind, verb.strip()
        ask.addressees, ask.themes = list(addressees), list(themes)
        clean(ask)
        suggest(viewer, [ask])
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
        suggest(viewer, [ask, other])
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
        suggest(viewer, [ask])
        ask.save()
        following.delete()
    return ask


@action("carry.review")
def add_ask(
    viewer: Viewer, programme: Programme, document: Document, start: int, end: int, kind: str = "ask"
) -> Ask:
    """Propose a passage that was not found: from character ``start`` to ``end`` of the document."""
    check_span(document, start, end)
    ask = Ask(
        document=document, start=start, end=end, text=document.text[start:end], kind=kind, rule="by hand"
    )
    clean(ask)
    with review.step(viewer, document, "add", [ask]):
        suggest(viewer, [ask])
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
