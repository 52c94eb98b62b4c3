"""What can be done to a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sulh.engines.calendars import PartialDate
from sulh.kernel import purging, two_keys
from sulh.kernel.access import Hidden, Viewer
from sulh.kernel.actions import Kept, Refused, action
from sulh.kernel.keep import keep
from sulh.kernel.models import Proposal, PurgeReport
from sulh.rooms.convene.models import Round
from sulh.rooms.convene.purging import KIND
from sulh.rooms.programme.models import Programme


@action("convene.edit_rounds")
def keep_round(
    viewer: Viewer, programme: Programme, key: str, values: dict[str, Any], groups: Sequence[str] = ()
) -> Kept:
    """Keep a round as told: ``values`` by field name, ``groups`` and the phase by their keys."""
    values = dict(values)
    phase = values.pop("phase", "")
    values["phase"] = programme.phases.get(key=phase) if phase else None
    row, changed = keep(Round, {"programme": programme, "key": key}, values)
    if set(row.groups.values_list("key", flat=True)) != set(groups):
        row.groups.set(programme.groups.filter(key__in=groups))
        changed = True
    return Kept(row, changed)


@action("convene.edit_rounds")
def plan_round(
    viewer: Viewer, programme: Programme, name: str, place: str, starts: str, ends: str, groups: Sequence[str]
) -> Round:
    """Plan a round: a name, and place, dates and groups as far as they are known."""
    name = name.strip()
    if not name:
        raise Refused(_("Give the round a name."))
    begins, finishes = (_date(date) if date else None for date in (starts, ends))
    if begins and finishes and finishes.latest < begins.earliest:
        raise Refused(_("The round ends before it begins. Correct one of the two dates."))
    key = base = slugify(name)[:70] or "round"
    suffix = 2
    while programme.rounds.filter(key=key).exists():
        key, suffix = f"{base}-{suffix}", suffix + 1
    row = Round(
        programme=programme, key=key, name=name, planned_place=place, planned_from=starts, planned_to=ends
    )
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
    row.groups.set(programme.groups.filter(key__in=groups))
    return row


@action("convene.purge")
def propose_purge(viewer: Viewer, programme: Programme, round: Round) -> Proposal:
    """Propose to remove a round for good, from every room. It goes when both keys are turned on exactly what goes."""
    return two_keys.propose(viewer, programme, KIND, str(round.pk), {})


@action("convene.by_both_keys")
def purge_round(viewer: Viewer, programme: Programme, round: Round) -> PurgeReport:
    """Remove a round for good, as both sides agreed; return the report that is kept."""
    found = programme.rounds.select_for_update().filter(pk=round.pk).first()
    if found is None:
        raise Hidden
    return purging.purge(viewer, programme, found)


def _date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise Refused(
            _("“%(text)s” is not a date. Write a year (2027), a month (2027-03) or a day (2027-03-28).")
            % {"text": text[:40]}
        ) from error
