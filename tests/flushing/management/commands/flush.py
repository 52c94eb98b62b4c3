"""``flush`` as transactional tests call it: the triggers of the audit log step aside and come back."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connection

from sulh.kernel import triggers


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        triggers.drop(connection)
        super().handle(**options)
        triggers.create(connection)
