"""The register: who the people of a side are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from sulh.kernel import purging
from sulh.kernel.actions import Refused
from sulh.kernel.places import Place, naming
from sulh.kernel.sides import in_turn
from sulh.kernel.vault import holding
from sulh.rooms.people import register_actions, register_queries
from sulh.rooms.people.access import access_person
from sulh.rooms.people.forms import PersonForm
from sulh.rooms.people.identity import identity_of, opened
from sulh.rooms.people.models import Person
from sulh.rooms.people.purging import lines_about
from sulh.rooms.people.seats import DESK, side_of
from sulh.rooms.people.views.common import kept_nowhere, need, side_key
from sulh.rooms.programme.pages import ProgrammeRequest, programme_page


@require_safe
@programme_page
@kept_nowhere
@sensitive_variables()
def register(request: ProgrammeRequest) -> HttpResponse:
    """The viewer's own side by name (or by code while locked); any other side by what may be told of it."""
    programme = request.programme
    own = side_of(request.viewer, programme, *DESK)
    key = side_key(request)
    context = {
        "own": programme.sides.filter(key=own).first() if own else None,
        "entries": register_queries.register_of(programme, own, key) if own else [],
        "is_open": key is not None,
        "vault": holding.vault_of(programme.id, own) if own else None,
        "others": [
            (side, register_queries.seen_from_outside(programme, side.key))
            for side in in_turn(tuple(programme.sides.all()), timezone.localdate())
            if side.key != own
        ],
    }
    return render(request, "people/register.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
@kept_nowhere
@sensitive_variables()
def keep(request: ProgrammeRequest) -> HttpResponse:
    """Enter a person, or mend an entry."""
    need(request, "people.keep_register")
    code = request.POST.get("person") or request.GET.get("person", "")
    person = access_person(request.viewer, request.programme, code) if code else None
    key = side_key(request)
    if request.method == "POST":
        form = PersonForm(request.POST)
        if key is None:
            # It may have locked itself while somebody typed: what they typed stays on the page.
            form.add_error(None, _("The vault is locked. Unlock it in another tab, then keep this again."))
        elif form.is_valid():
            given = form.cleaned_data
            try:
                identity = identity_of(
                    given["name"], given["aliases"].splitlines(), given["contacts"], given["note"]
                )
                kept = register_actions.keep_person(
                    request.viewer, request.programme, key, given["category"], identity, person
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Kept as %(code)s.") % {"code": kept.code})
                return redirect("people", slug=request.programme.slug)
    elif key is None:
        messages.error(request, _("The vault is locked. Unlock it here, then go on in the register."))
        return redirect("vault", slug=request.programme.slug)
    elif person:
        who = opened(person, key)
        form = PersonForm(
            initial={
                "category": person.category,
                "name": who.name,
                "aliases": "\n".join(who.aliases),
                "contacts": who.contacts,
                "note": who.note,
            }
        )
    else:
        form = PersonForm()
    status = 422 if form.errors else 200
    return render(request, "people/keep.html", {"form": form, "person": person}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@programme_page
@kept_nowhere
@sensitive_variables()
def forget(request: ProgrammeRequest) -> HttpResponse:
    """What goes with a person and what stays, and where the name still stands; then remove the person for good."""
    need(request, "people.keep_register")
    code = request.POST.get("person") or request.GET.get("person", "")
    person = access_person(request.viewer, request.programme, code)
    if request.method == "POST" and request.POST.get("sure") != "yes":
        raise Refused(
            _("Tick the box to say that %(code)s is to be forgotten for good.") % {"code": person.code}
        )
    places = _places_of(request, person)
    if request.method == "POST":
        count = None if places is None else len(places)
        gone = register_actions.forget_person(request.viewer, request.programme, person, count)
        messages.success(request, _("%(code)s is forgotten.") % {"code": gone.code})
        if request.viewer.leads_in(request.programme.id):
            return redirect("purge-report", slug=request.programme.slug, report_id=gone.id)
        return redirect("people", slug=request.programme.slug)
    lines = lines_about(person, None if places is None else len(places))
    told = {"person": person, "places": places, "report": purging.shown(lines)}
    return render(request, "people/forget.html", told)


def _places_of(request: ProgrammeRequest, person: Person) -> list[Place] | None:
    """Where the person's name stands in what the viewer may read; None where the entry does not open."""
    key = side_key(request)
    try:
        names = opened(person, key).names() if key else ()
    except Refused:
        names = ()
    return naming(request.viewer, request.programme, names) if names else None
