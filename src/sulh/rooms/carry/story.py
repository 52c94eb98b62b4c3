"""What became of an ask, in the one sentence that a programme director would say.

The sentence is built of clauses, each of which is translated whole; what is put into one (*9 times*, *by three
dialogues*, *14 months ago*) is a phrase that stands by itself in every language.
"""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from sulh.engines.calendars import PartialDate, Precision, months_between
from sulh.rooms.carry.enums import RESPONSE_RANK, Evidence, ResponseKind
from sulh.rooms.carry.queries import LedgerRow
from sulh.rooms.programme.models import Programme

MONTHS_TOLD = 23
"""Up to so many months are told as months, more as years."""

NUMBERS = (
    pgettext_lazy("number", "no"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
)

RESPONSES = {
    ResponseKind.REJECTED: pgettext_lazy("response in the story", "rejected"),
    ResponseKind.ACKNOWLEDGED: pgettext_lazy("response in the story", "acknowledged"),
    ResponseKind.ASKED_FOR_MORE: pgettext_lazy("response in the story", "more was asked for"),
    ResponseKind.PROMISED_TO_FORWARD: pgettext_lazy("response in the story", "a promise to forward it"),
    ResponseKind.USED_LANGUAGE: pgettext_lazy("response in the story", "its language was used"),
    ResponseKind.ADOPTED_IN_PART: pgettext_lazy("response in the story", "adopted in part"),
    ResponseKind.ADOPTED: pgettext_lazy("response in the story", "adopted"),
}

EVIDENCE = {
    Evidence.FIRST_HAND: pgettext_lazy("evidence in the story", "known first hand"),
    Evidence.SECOND_HAND: pgettext_lazy("evidence in the story", "known second hand"),
    Evidence.INFERRED: pgettext_lazy("evidence in the story", "inferred"),
}


def story(row: LedgerRow, programme: Programme, today: datetime.date) -> str:
    """Return the sentence: how often, since when and by whom it was asked, where it was carried, what came back."""
    clauses = [_asked(row), _carried(row, programme, today)]
    if row.acts:
        clauses.append(_answered(row))
    if row.uptake:
        clauses.append(_welcomed(row))
    said = clauses[0]
    for clause in clauses[1:]:
        said = pgettext("clauses of the story", "%(said)s; %(clause)s") % {"said": said, "clause": clause}
    return pgettext("the whole story", "%(said)s.") % {"said": said}


def number(count: int) -> str:
    """A count as it is said: a word up to ten, figures above."""
    return str(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def _asked(row: LedgerRow) -> str:
    dialogues = len(row.dialogues)
    by = ngettext("by %(number)s dialogue", "by %(number)s dialogues", dialogues)
    first, last = row.first_asked[:4], row.last_asked[:4]
    told = {"times": _times(row.times), "by": by % {"number": number(dialogues)}, "year": first}
    if not first:
        return _("Asked %(times)s %(by)s, at an unknown date") % told
    if not all(ask.document.dated for ask in row.asks):
        return _("Asked %(times)s %(by)s, since %(year)s at the latest") % told
    if first == last:
        return _("Asked %(times)s in %(year)s %(by)s") % told
    return _("Asked %(times)s since %(year)s %(by)s") % told


def _times(count: int) -> str:
    if count == 1:
        return _("once")
    if count == 2:
        return _("twice")
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def _carried(row: LedgerRow, programme: Programme, today: datetime.date) -> str:
    if not row.acts:
        return _("not carried to either side yet")
    when = _ago(row.acts[-1].date, today)
    reached = [side.name for side in programme.sides.all() if row.carried.get(side.key)]
    if len(reached) == 1:
        return _("last carried %(when)s, only to %(side)s") % {"when": when, "side": reached[0]}
    return _("last carried %(when)s, and to both sides by now") % {"when": when}


def _ago(date: str, today: datetime.date) -> str:
    """How long ago this was. A month is taken from its first day; a quarter or a year is told as its year."""
    known = PartialDate.parse(date)
    if known.precision in (Precision.YEAR, Precision.QUARTER) or known.earliest > today:
        return _("in %(year)s") % {"year": known.earliest.year}
    months = months_between(known.earliest, today)
    if months < 1:
        return _("less than a month ago")
    if months <= MONTHS_TOLD:
        return ngettext("%(number)s month ago", "%(number)s months ago", months) % {"number": number(months)}
    years = months // 12
    if months % 12:
        said = ngettext("more than %(number)s year ago", "more than %(number)s years ago", years)
    else:
        said = ngettext("%(number)s year ago", "%(number)s years ago", years)
    return said % {"number": number(years)}


def _answered(row: LedgerRow) -> str:
    heard = [response for response in row.responses if response.kind != ResponseKind.NONE]
    heard.sort(key=lambda one: RESPONSE_RANK[one.kind])
    public = [response for response in heard if response.evidence == Evidence.PUBLIC]
    best = heard[-1] if heard else None
    if best is None:
        return _("no public response")
    if public and RESPONSE_RANK[public[-1].kind] == RESPONSE_RANK[best.kind]:
        return _("best public response: %(response)s") % {"response": RESPONSES[ResponseKind(best.kind)]}
    told = {"more": RESPONSES[ResponseKind(best.kind)], "evidence": EVIDENCE[Evidence(best.evidence)]}
    if public:
        told["response"] = RESPONSES[ResponseKind(public[-1].kind)]
        return _("best public response: %(response)s, but not in public: %(more)s (%(evidence)s)") % told
    return _("no public response, but otherwise: %(more)s (%(evidence)s)") % told


def _welcomed(row: LedgerRow) -> str:
    if not row.welcomed:
        return _("a step of this kind was welcomed later, which is not proof")
    year = row.welcomed[-1][:4]
    return _("a step of this kind was welcomed in %(year)s, which is not proof") % {"year": year}
