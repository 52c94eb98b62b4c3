"""What is typed on the pages of import and review, checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sulh.engines.calendars import PartialDate
from sulh.engines.disclosure.levels import Level
from sulh.rooms.carry import dates
from sulh.rooms.carry.addressees import addressee_names
from sulh.rooms.carry.enums import DOCUMENT_LEVELS, AskKind, DocumentKind
from sulh.rooms.carry.models import Ask, Document
from sulh.rooms.carry.reading import find_words
from sulh.rooms.convene.queries import rounds_of
from sulh.rooms.programme.models import Programme
from sulh.rooms.programme.queries import theme_names

READABLE = ".docx,.odt,.pdf,.html,.htm,.md,.markdown,.txt"


class DocumentForm(forms.Form):
    """What is told about a document, besides its text."""

    round = forms.ChoiceField(required=False)
    title = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(choices=DocumentKind.choices, initial=DocumentKind.JOINT_DECLARATION)
    date = forms.CharField(required=False, max_length=10, widget=forms.TextInput(attrs={"dir": "ltr"}))
    is_public = forms.BooleanField(required=False)
    level = forms.TypedChoiceField(
        choices=DOCUMENT_LEVELS, coerce=int, initial=Level.CHATHAM_HOUSE, required=False
    )
    sources = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"dir": "ltr", "rows": 2, "class": "short"})
    )

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.rounds = {one.key: one for one in rounds_of(programme)}
        field = self.fields["round"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("No round, or not yet known")),
            *(
                (
                    one.key,
                    f"{one.name} · {dates.short(PartialDate.parse(one.when))}" if one.when else one.name,
                )
                for one in self.rounds.values()
            ),
        ]
        for name in ("date", "sources", "title"):
            self.fields[name].widget.attrs["aria-describedby"] = f"{name}-help"

    def clean_date(self) -> str:
        date: str = self.cleaned_data["date"]
        if date:
            try:
                PartialDate.parse(date)
            except ValueError as error:
                raise ValidationError(_("Write the date as 2017, 2017-Q2, 2017-03 or 2017-03-28.")) from error
        return date

    def clean_sources(self) -> list[str]:
        links: list[str] = self.cleaned_data["sources"].split()
        check = URLValidator(schemes=("http", "https"))
        for link in links:
            try:
                check(link)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(link)s” is no web address. Write one address a line, with http:// or https://.")
                    % {"link": link[:80]}
                ) from error
        return links

    def told(self) -> dict[str, Any]:
        """Return what the import action wants to know of each document, but for its title."""
        data = self.cleaned_data
        return {
            "round": self.rounds.get(data["round"]),
            "kind": data["kind"],
            "date": data["date"],
            "is_public": data["is_public"],
            "level": data["level"] or Level.CHATHAM_HOUSE,
            "sources": data["sources"],
        }


class ImportForm(DocumentForm):
    """What is told about the documents that are imported together. The files themselves are read by the view."""

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"dir": "auto", "rows": 8}))


class CorrectDocumentForm(DocumentForm):
    """A document as somebody corrects what is told about it."""

    def __init__(self, document: Document, data: Any = None) -> None:
        initial = {
            "round": document.round.key if document.round else "",
            "title": document.title,
            "kind": document.kind,
            "date": document.date,
            "is_public": document.is_public,
            "sources": "\n".join(document.sources),
        }
        super().__init__(document.programme, data, initial=initial)
        self.fields["title"].required = True
        del self.fields["title"].widget.attrs["aria-describedby"]
        del self.fields["level"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        return data | {"level": None}

    def told(self) -> dict[str, Any]:
        told = super().told() | {"title": self.cleaned_data["title"]}
        del told["level"]  # it is tightened or loosened on its own
        return told


class WordsForm(forms.Form):
    """Words of a document, found in its text. ``start`` and ``end`` tell where, if they were marked on the page."""

    words = forms.CharField(
        max_length=6000,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4, "class": "short"}),
        error_messages={"required": gettext_lazy("Write or mark the words of the passage.")},
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=AskKind.choices, widget=forms.RadioSelect, initial=AskKind.ASK)

    def __init__(self, document: Document, near: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.document, self.near = document, near

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        words = data.get("words")
        if words:
            text, start, end = self.document.text, data.get("start"), data.get("end")
            if start is not None and end is not None and 0 <= start < end <= len(text):
                marked = find_words(text[start:end], words, 0)
                if marked == (0, end - start):
                    return data
            found = find_words(text, words, self.near)
            if found is None:
                raise ValidationError(
                    {
                        "words": _(
                            "These words do not stand in the document one after the other. "
                            "Copy them from the text just as they stand there, then try again."
                        )
                    }
                )
            data["start"], data["end"] = found
        return data


class CorrectForm(WordsForm):
    """An ask as somebody corrects it."""

    verb = forms.CharField(required=False, max_length=40, widget=forms.TextInput(attrs={"dir": "auto"}))
    addressees = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    themes = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, programme: Programme, ask: Ask, data: Any = None) -> None:
        initial = {
            "words": ask.text,
            "start": ask.start,
            "end": ask.end,
            "kind": ask.kind,
            "verb": ask.verb,
            "addressees": ask.addressees,
            "themes": ask.themes,
        }
        super().__init__(ask.document, ask.start, data, initial=initial, auto_id="correct-%s")
        self.fields["words"].widget.attrs["data-focus"] = ""
        names = addressee_names(programme)
        themes = theme_names(programme)
        for field, known, held in (("addressees", names, ask.addressees), ("themes", themes, ask.themes)):
            others = {code: code for code in held if code not in known}
            self.fields[field].choices = list((known | others).items())  # type: ignore[attr-defined]

    def corrections(self) -> dict[str, Any]:
        """Return what the action wants to know. The order in which the text names addressees is kept."""
        data = self.cleaned_data
        held = list(self.initial["addressees"])
        chosen = sorted(data["addressees"], key=lambda code: held.index(code) if code in held else len(held))
        main = list(self.initial["themes"])
        themes = sorted(data["themes"], key=lambda key: main.index(key) if key in main else len(main))
        return {
            "start": data["start"],
            "end": data["end"],
            "kind": data["kind"],
            "verb": data["verb"],
            "addressees": chosen,
            "themes": themes,
        }
