"""Somebody has decided about every field: what it holds, and in what form it lies on the disk."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from sulh.kernel import exposure


def test_every_field_that_can_hold_something_is_marked() -> None:
    assert exposure.unmarked() == [], "mark them in sulh/kernel/exposure.py"


def test_no_mark_stands_for_a_field_that_is_no_more() -> None:
    assert exposure.gone() == []


def test_a_field_about_which_nobody_decided_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(exposure.FIELDS["carry.Document"], "text")
    assert exposure.unmarked() == ["carry.Document.text"]
    monkeypatch.delitem(exposure.FIELDS["carry.Ask"], "text")
    assert {"carry.Ask.text", "carry.HistoricalAsk.text"} <= set(exposure.unmarked()), (
        "its history is found too"
    )


@isolate_apps("sulh.rooms.carry")
def test_every_sort_of_field_that_can_hold_words_must_be_marked() -> None:
    class Kept(models.Model):
        text = models.TextField()
        line = models.CharField(max_length=10)
        mail = models.EmailField()
        address = models.GenericIPAddressField()
        parts = models.JSONField()
        data = models.BinaryField()
        file = models.FileField()
        account = models.UUIDField()
        number = models.IntegerField()
        day = models.DateField()

        class Meta:
            app_label = "carry"

        def __str__(self) -> str:
            return self.text

    found = {field.name for field in Kept._meta.local_fields if exposure._holds(field)}
    assert found == {"text", "line", "mail", "address", "parts", "data", "file", "account"}


def test_marks_use_the_words_that_are_explained() -> None:
    marks = [mark for names in exposure.FIELDS.values() for mark in names.values()]
    assert {mark.kind for mark in marks} <= set(exposure.KINDS)
    assert {mark.form for mark in marks} <= set(exposure.FORMS)
    for mark in marks:
        assert mark.form != "encrypted" or mark.to, "encrypted to whom?"
        assert not mark.key or mark.key in exposure.KEY_FILES


def test_every_table_of_the_house_is_walked() -> None:
    walked = {model._meta.label for model, _fields in exposure.tables()}
    assert {model._meta.label for model in apps.get_models()} <= walked
