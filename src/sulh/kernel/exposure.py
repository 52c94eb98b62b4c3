"""What every field holds and in what form it lies on the disk: the one registry from which exposure is reported.

Every field that can hold text, JSON, bytes or the id of an account is listed here; a test fails where one is not. So
nobody adds a field without deciding how bad it is when a thief reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

KINDS = {
    "public": "may be read by anybody",
    "internal": "what a programme keeps among its members",
    "identity": "tells, or helps to tell, who somebody is",
    "secret": "opens something",
}

FORMS = {
    "plain": "readable as it is",
    "hashed": "not readable; a guess can be checked",
    "keyed": "not readable; a guess can be checked by who has the key",
    "encrypted": "not readable without the key",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a field holds (``kind``) and how it lies there (``form``).

    ``to`` says for whom it is encrypted; ``key`` is the name of the file in the home of the installation that opens
    it or lets guesses be checked, empty where no key on this disk does.
    """

    kind: str
    form: str = "plain"
    to: str = ""
    key: str = ""


PUBLIC, INTERNAL, IDENTITY, SECRET = (Mark(kind) for kind in KINDS)

FIELDS: dict[str, dict[str, Mark]] = {
    # Django's own
    "auth.Permission": {"name": PUBLIC, "codename": PUBLIC},
    "auth.Group": {"name": INTERNAL},
    "contenttypes.ContentType": {"app_label": PUBLIC, "model": PUBLIC},
    "sessions.Session": {"session_key": SECRET, "session_data": IDENTITY},
    # django-allauth: the tables of e-mail stay empty, since no account has an address
    "account.EmailAddress": {"email": IDENTITY},
    "account.EmailConfirmation": {"key": SECRET},
    "mfa.Authenticator": {
        "type": INTERNAL,
        "data": Mark("secret", "encrypted", to="the server", key="factors-key"),
    },
    # the kernel
    "kernel.BrowserSession": {"browser": INTERNAL, "seats": IDENTITY},
    "kernel.Keyring": {
        "recipient": PUBLIC,
        "verify_key": PUBLIC,
        "wrapped": Mark("secret", "encrypted", to="the passphrase of its holder"),
    },
    "kernel.SideVault": {
        "programme": INTERNAL,
        "side": INTERNAL,
        "recipient": PUBLIC,
        "recovery": Mark("secret", "encrypted", to="enough recovery shares"),
        "share_labels": INTERNAL,
    },
    "kernel.Holder": {
        "sealed_key": Mark("secret", "encrypted", to="one holder of a side"),
        "mark": Mark("internal", "keyed"),
    },
    "kernel.SealedRecord": {
        "programme": INTERNAL,
        "code": INTERNAL,
        "outer": INTERNAL,
        "inner": INTERNAL,
        "ciphertext": Mark("identity", "encrypted", to="both sides together"),
        "digest": Mark("identity", "hashed"),
    },
    "kernel.Opening": {
        "digest": Mark("identity", "hashed"),
        "requester": IDENTITY,
        "recipient": PUBLIC,
        "purpose": INTERNAL,
        "reason": INTERNAL,
        "state": INTERNAL,
        "approvals": IDENTITY,
        "handed_on": Mark("identity", "encrypted", to="the inner side"),
        "for_requester": Mark("identity", "encrypted", to="who asked"),
    },
    "kernel.Account": {"password": Mark("secret", "hashed"), "handle": IDENTITY},
    "kernel.AuditChain": {"programme": INTERNAL, "head": PUBLIC, "checkpoint": PUBLIC},
    "kernel.AuditEntry": {
        "action": INTERNAL,
        "who": Mark("identity", "keyed", key="audit-keys"),
        "subject": INTERNAL,
        "hash": PUBLIC,
    },
    "kernel.Proposal": {
        "programme": INTERNAL,
        "kind": INTERNAL,
        "subject": INTERNAL,
        "terms": INTERNAL,
        "content_hash": Mark("internal", "hashed"),
        "proposed_by": IDENTITY,
        "proposed_side": INTERNAL,
    },
    "kernel.KeyTurn": {
        "side": INTERNAL,
        "account": IDENTITY,
        "content_hash": Mark("internal", "hashed"),
        "signature": PUBLIC,
    },
    "kernel.PurgeReport": {"programme": INTERNAL, "side": INTERNAL, "what": INTERNAL, "lines": INTERNAL},
    # rooms
    "programme.Programme": {"slug": INTERNAL, "name": INTERNAL, "summary": INTERNAL, "sources": PUBLIC},
    "programme.Side": {"key": INTERNAL, "name": INTERNAL, "forms": PUBLIC, "organisation": INTERNAL},
    "programme.Phase": {
        "key": INTERNAL,
        "name": INTERNAL,
        "starts": INTERNAL,
        "ends": INTERNAL,
        "partners": INTERNAL,
        "notes": INTERNAL,
        "sources": PUBLIC,
    },
    "programme.Group": {"key": INTERNAL, "name": INTERNAL, "kind": INTERNAL, "dialogue": INTERNAL},
    "programme.Theme": {"key": INTERNAL, "name": INTERNAL, "words": INTERNAL},
    "people.Seat": {"role": IDENTITY},
    "people.ExchangedHead": {"mark": PUBLIC},
    "people.Person": {
        "code": INTERNAL,
        "category": INTERNAL,
        "sealed_identity": Mark("identity", "encrypted", to="the holders of a side"),
    },
    "people.NameMark": {"mark": Mark("identity", "keyed", key="name-key")},
    "convene.Round": {
        "key": INTERNAL,
        "name": INTERNAL,
        "track": INTERNAL,
        "planned_place": INTERNAL,
        "planned_from": INTERNAL,
        "planned_to": INTERNAL,
        "planned_sizes": INTERNAL,
        "actual_place": INTERNAL,
        "actual_from": INTERNAL,
        "actual_to": INTERNAL,
        "actual_sizes": INTERNAL,
        "notes": INTERNAL,
        "sources": PUBLIC,
    },
    "record.Session": {
        "key": INTERNAL,
        "title": INTERNAL,
        "date": INTERNAL,
        "place": INTERNAL,
        "track": INTERNAL,
        "state": INTERNAL,
    },
    "record.Change": {"how": INTERNAL},
    "record.Point": {
        "client_key": INTERNAL,
        "kind": INTERNAL,
        "text": INTERNAL,
        "overridden": Mark("internal", "hashed"),
    },
    "record.Minutes": {
        "kind": INTERNAL,
        "text": INTERNAL,
        "phase": INTERNAL,
        "overridden": Mark("internal", "hashed"),
    },
    "carry.Document": {
        "key": INTERNAL,
        "title": INTERNAL,
        "kind": INTERNAL,
        "date": INTERNAL,
        "language": INTERNAL,
        "direction": INTERNAL,
        "text": INTERNAL,
        "passages": INTERNAL,
        "fingerprint": Mark("internal", "hashed"),
        "checked_with": Mark("internal", "hashed"),
        "sources": PUBLIC,
    },
    "carry.Lineage": {"key": INTERNAL, "title": INTERNAL},
    "carry.Ask": {
        "kind": INTERNAL,
        "text": INTERNAL,
        "verb": INTERNAL,
        "addressees": INTERNAL,
        "themes": INTERNAL,
        "rule": INTERNAL,
        "state": INTERNAL,
        "relation": INTERNAL,
        "shared": INTERNAL,
        "suggestions": INTERNAL,
        "meaning": INTERNAL,
    },
    "carry.ReviewStep": {"what": INTERNAL, "before": INTERNAL, "after": INTERNAL},
    "carry.TransferAct": {
        "key": INTERNAL,
        "direction": INTERNAL,
        "strategy": INTERNAL,
        "recipient_category": INTERNAL,
        "recipient_level": INTERNAL,
        "date": INTERNAL,
        "sources": INTERNAL,
    },
    "carry.Response": {"kind": INTERNAL, "evidence": INTERNAL, "date": INTERNAL},
    "carry.SavedView": {"name": INTERNAL, "query": INTERNAL},
}

HISTORY: dict[str, Mark] = {"id": INTERNAL, "history_change_reason": INTERNAL, "history_type": INTERNAL}
"""The further fields of the history that is kept of a model; the others are marked as in the model itself."""

FILES = {
    "secret-key": "Signs cookies and sign-in links. Who has it can sign in as anybody while the server runs.",
    "factors-key": "Opens the secrets of authenticator applications and the recovery codes in the database.",
    "name-key": "Lets guesses at the names on the registers be checked against their keyed hashes.",
    "backup-recipients": "Whom backups are encrypted to: public keys, which open nothing.",
    "audit-keys": "The keys of the pseudonyms in the audit log. Who has them and the accounts can tell who did what.",
    "sulh.sqlite3": "The database.",
    "sulh.sqlite3-wal": "The last changes to the database, and earlier states of its pages.",
    "sulh.sqlite3-shm": "An index into the last changes; no content.",
    "static": "Colours, scripts and pictures of the pages; the same in every installation.",
}
"""What is known to lie in the home of an installation, by name; anything else is reported as not known."""

KEY_FILES = ("secret-key", "factors-key", "name-key", "audit-keys")

HOLDING = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def tables() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Yield every model that has a table, with those of its fields that must be marked."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model, [field for field in model._meta.local_fields if _holds(field)]


def _holds(field: models.Field) -> bool:
    is_id_of_something = isinstance(field, models.UUIDField) and not field.primary_key
    return isinstance(field, (*HOLDING, models.GenericIPAddressField)) or is_id_of_something


def mark_of(model: type[models.Model], field: models.Field) -> Mark | None:
    """Return the mark of a field, or None where nobody has decided."""
    kept_of = getattr(model, "instance_type", None)  # simple_history: the model whose history this is
    if kept_of is None:
        return FIELDS.get(model._meta.label, {}).get(field.name)
    return HISTORY.get(field.name) or FIELDS.get(kept_of._meta.label, {}).get(field.name)


def unmarked() -> list[str]:
    """Return the fields about which nobody has decided, as ``room.Model.field``."""
    return [f"{m._meta.label}.{f.name}" for m, fields in tables() for f in fields if mark_of(m, f) is None]


def gone() -> list[str]:
    """Return the marks whose field is no more."""
    there = {f"{m._meta.label}.{f.name}" for m, fields in tables() for f in fields}
    told = {f"{label}.{name}" for label, names in FIELDS.items() for name in names}
    return sorted(told - there)
