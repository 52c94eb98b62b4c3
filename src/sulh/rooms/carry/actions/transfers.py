"""What can be done about transfer acts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sulh.engines.calendars import PartialDate
from sulh.kernel.access import Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.rooms.carry import dates, queries
from sulh.rooms.carry.actions.checks import checked_date, clean
from sulh.rooms.carry.models import Lineage, Response, TransferAct
from sulh.rooms.convene.models import Round
from sulh.rooms.programme.models import Programme

TWICE = datetime.timedelta(minutes=1)
"""Within this time, the same transfer act once more is taken for a second press of the button."""


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
    date = checked_date(date, needed=True)
    if PartialDate.parse(date).latest < PartialDate.parse(act.date).earliest:
        raise Refused(
            _("The response is dated %(response)s, before what it answers was carried: %(carried)s.")
            % {"response": dates.said(date), "carried": dates.said(act.date)}
        )
    response = Response(act=act, kind=kind, evidence=evidence, date=date)
    clean(response)
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
        date=checked_date(date, needed=True),
        sources=list(sources),
        **told,
    )
    clean(act)
    act.save()
    act.lineages.set(lineages)
    return act


def _refuse_carried_before_asked(
    viewer: Viewer, programme: Programme, lineages: Sequence[Lineage], date: str
) -> None:
    """Refuse a date that lies before every chosen lineage was first asked, as far as that is known of each."""
    carried = PartialDate.parse(checked_date(date, needed=True))
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
