"""Triggers that make the database refuse to change or remove what the audit log holds.

They stand against slips and against whoever can only run statements through Sulh. An administrator of the database
can drop them.

``DELETE`` is let through for entries up to the checkpoint of their chain, and a checkpoint only moves forward: that is
how a rotation works (:func:`sulh.kernel.audit.drop_before`).
"""

from __future__ import annotations

from typing import Any

ENTRY, CHAIN = "kernel_auditentry", "kernel_auditchain"
REFUSAL = "the audit log is append-only"

_FALLS = (
    "NEW.id <> OLD.id OR NEW.programme <> OLD.programme "
    'OR NEW."count" < OLD."count" OR NEW.dropped < OLD.dropped'
)
_KEPT = f"OLD.number > (SELECT dropped FROM {CHAIN} WHERE id = OLD.chain_id)"  # noqa: S608 — constants of this module

_RULES = {
    # name: (table, event, when)
    "audit_entry_no_update": (ENTRY, "UPDATE", ""),
    "audit_entry_no_delete": (ENTRY, "DELETE", _KEPT),
    "audit_chain_no_rewind": (CHAIN, "UPDATE", _FALLS),
    "audit_chain_no_delete": (CHAIN, "DELETE", ""),
}


def create(connection: Any) -> None:
    """Make the triggers, afresh where they are there already."""
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, (table, event, when) in _RULES.items():
                condition = f"WHEN {when} " if when else ""
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition}"
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
            return
        for name, (table, event, when) in _RULES.items():
            refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
            body = f"IF {when} THEN {refuse} END IF;" if when else refuse
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {body} RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        for table in (ENTRY, CHAIN):
            name = f"{table}_no_truncate"
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )


def drop(connection: Any) -> None:
    """Take the triggers away; for tests that empty the database, and for undoing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _RULES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name in (*_RULES, f"{ENTRY}_no_truncate", f"{CHAIN}_no_truncate"):
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def standing(connection: Any) -> set[str]:
    """Return the names of the triggers of the audit log that the database has."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = {row[0] for row in cursor.fetchall()}
    return {name for name in found if name in _RULES or name.endswith("_no_truncate")}


def expected(connection: Any) -> set[str]:
    """Return the names that :func:`standing` must give."""
    more = set() if connection.vendor == "sqlite" else {f"{ENTRY}_no_truncate", f"{CHAIN}_no_truncate"}
    return set(_RULES) | more
