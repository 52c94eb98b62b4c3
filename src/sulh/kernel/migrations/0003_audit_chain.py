"""The audit log becomes a chain a programme; accounts in it become pseudonyms, for good."""

import itertools
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import sulh.kernel.ids
from sulh.kernel import audit, chain, triggers


def chain_entries(apps: Any, schema_editor: Any) -> None:
    """Give every entry its place in the chain of its programme, in the order in which they were made."""
    chains, entries = apps.get_model("kernel", "AuditChain"), apps.get_model("kernel", "AuditEntry")
    rows = entries.objects.order_by("programme", "id")
    for programme, group in itertools.groupby(list(rows), key=lambda row: row.programme):
        kept = chains(programme=programme)
        kept.head = kept.checkpoint = chain.genesis(str(kept.id))
        kept.save()
        for row in group:
            row.chain, row.number = kept, kept.count + 1
            row.at = row.at.replace(microsecond=0)
            who = audit.pseudonym_of(str(row.account), str(kept.id), row.at) if row.account else ""
            row.who = who or audit.SYSTEM_NAME
            made = chain.Entry(row.number, audit.as_text(row.at), row.action, row.who, row.subject)
            row.hash = chain.hash_of(str(kept.id), made, kept.head)
            row.save()
            kept.count, kept.head = row.number, row.hash
        kept.save()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def programmes_back(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("kernel", "AuditEntry").objects.select_related("chain"):
        row.programme = row.chain.programme
        row.save()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def create_triggers(apps: Any, schema_editor: Any) -> None:
    triggers.create(schema_editor.connection)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_two_keys")]

    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sulh.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("programme", models.CharField(max_length=80, unique=True)),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
                ("dropped", models.PositiveBigIntegerField(default=0)),
                ("checkpoint", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            "auditentry",
            "chain",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="kernel.auditchain",
            ),
        ),
        migrations.AddField("auditentry", "number", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("auditentry", "who", models.CharField(blank=True, default="", max_length=16)),
        migrations.AddField("auditentry", "hash", models.CharField(default="", max_length=64)),
        migrations.AlterField("auditentry", "at", models.DateTimeField()),
        migrations.RunPython(chain_entries, programmes_back),
        migrations.RemoveField("auditentry", "account"),
        migrations.RemoveField("auditentry", "programme"),
        migrations.AlterField(
            "auditentry",
            "chain",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="kernel.auditchain",
            ),
        ),
        migrations.AlterField("auditentry", "number", models.PositiveBigIntegerField()),
        migrations.AlterField("auditentry", "who", models.CharField(blank=True, max_length=16)),
        migrations.AlterField("auditentry", "hash", models.CharField(max_length=64)),
        migrations.AddConstraint(
            "auditentry",
            models.UniqueConstraint(fields=("chain", "number"), name="one_entry_of_a_number"),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
