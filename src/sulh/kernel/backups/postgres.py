"""The PostgreSQL database in and out of a backup, without any client program.

Everything is read in one ``REPEATABLE READ`` transaction, one ``COPY`` a table. It is restored into a schema of its
own, whose tables the migrations make, and which takes the place of the present schema in one transaction at the end;
a backup is verified in the same way, in a schema that is thrown away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import psycopg
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from sulh.kernel.backups import archive
from sulh.kernel.backups.streams import Unusable

PARTS = "tables"
OWN = "django_migrations"
"""The one table that is not copied: the migrations write it when the tables are made."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, and the columns of its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def read(self) -> sql.Composed:
        """The rows in the order of their key, so that the same rows give the same bytes."""
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        order = sql.SQL(", ").join(map(sql.Identifier, self.key or self.columns))
        query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT")
        return query.format(names, sql.Identifier(self.name), order)

    @property
    def write(self) -> sql.Composed:
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.name), names)


def connect(schema: str = "") -> psycopg.Connection[Any]:
    """Open a connection of our own to the database of the settings, looking at one schema."""
    params = connection.get_connection_params()
    if schema:
        params["options"] = f"{params.get('options', '')} -c search_path={schema}".strip()
    for ours in ("cursor_factory", "context", "server_side_binding"):
        params.pop(ours, None)
    return psycopg.connect(**params)


@contextmanager
def snapshot() -> Iterator[psycopg.Connection[Any]]:
    """A connection that sees the database as it stands at one instant."""
    with connect() as live:
        live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        live.read_only = True
        live.execute("SELECT 1")
        yield live
        live.rollback()


def tables(live: psycopg.Connection[Any]) -> list[Table]:
    """Return the tables of the current schema."""
    rows = live.execute(
        """
        SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum), coalesce((
            SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum))
            FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
            WHERE i.indrelid = c.oid AND i.indisprimary), '{}')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> %s
          AND NOT a.attisdropped AND a.attgenerated = ''
        GROUP BY c.oid, c.relname ORDER BY c.relname
        """,
        [OWN],
    )
    return [Table(name, tuple(columns), tuple(key)) for name, columns, key in rows]


def sequences(live: psycopg.Connection[Any]) -> dict[str, int]:
    """Return how far each sequence has counted, so that no number is given a second time."""
    rows = live.execute(
        "SELECT sequencename, last_value FROM pg_sequences "
        "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
    )
    return dict(rows.fetchall())


def migrations(live: psycopg.Connection[Any]) -> list[list[str]]:
    """Return the migrations that have been applied, as pairs of app and name."""
    return [list(row) for row in live.execute("SELECT app, name FROM django_migrations ORDER BY id")]


def is_empty(live: psycopg.Connection[Any]) -> bool:
    """Whether nothing is kept here yet."""
    return not tables(live)


def pack(live: psycopg.Connection[Any], writer: archive.Writer, empty: tuple[str, ...]) -> None:
    """Add every table to the archive; of those named in ``empty``, no rows."""
    for table in tables(live):
        rows, digest = 0, hashlib.sha256()
        if table.name not in empty:
            piece, number = bytearray(), 0
            for chunk in _copied(live, table):
                digest.update(chunk)
                rows += bytes(chunk).count(b"\n")
                piece += chunk
                if len(piece) >= archive.PIECE:
                    writer.data(f"{PARTS}/{table.name}/{number}", bytes(piece))
                    piece, number = bytearray(), number + 1
            if piece:
                writer.data(f"{PARTS}/{table.name}/{number}", bytes(piece))
        writer.note(f"{PARTS}/{table.name}", rows=rows, sha256=digest.hexdigest())


def _copied(live: psycopg.Connection[Any], table: Table) -> Iterator[bytes]:
    with live.cursor() as cursor, cursor.copy(table.read) as copy:
        for chunk in copy:
            yield bytes(chunk)


class Filling:
    """A new schema that is being filled from a backup; all of it is thrown away unless it takes its place."""

    def __init__(self, schema: str, applied: list[list[str]]) -> None:
        self.schema = schema
        with connect() as live:
            live.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        with _looking_at(schema):
            executor = MigrationExecutor(connection)
            wanted = {(app, name) for app, name in applied}
            graph = executor.loader.graph
            last = [
                node for node in wanted if not any(child.key in wanted for child in _children(graph, node))
            ]
            executor.migrate(sorted(last))
        self._live = connect(schema)
        self._tables = {table.name: table for table in tables(self._live)}
        for name in self._tables:  # rows that the migrations brought give way to those of the backup
            self._live.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
        names = sql.SQL(", ").join(map(sql.Identifier, self._tables))
        self._live.execute(sql.SQL("TRUNCATE {}").format(names))

    def part(self, name: str, content: BinaryIO) -> None:
        """Take one piece of a table."""
        table = self._tables.get(name.split("/")[1])
        if table is None:
            raise Unusable(f"The backup holds a table that its migrations do not make: {name.split('/')[1]}.")
        try:
            with self._live.cursor() as cursor, cursor.copy(table.write) as copy:
                while chunk := content.read(1 << 16):
                    copy.write(chunk)
        except psycopg.Error as error:
            raise Unusable(f"A table of the backup cannot be taken in ({_said(error)}).") from error

    def finish(self, told: Mapping[str, Any], counted: Mapping[str, int]) -> None:
        """Check every reference, and read every table again: it must be what was copied."""
        try:
            self._live.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            raise Unusable(f"The database in the backup is damaged ({_said(error)}).") from error
        for table in self._tables.values():
            expected = told.get(f"{PARTS}/{table.name}")
            if expected is None:
                raise Unusable(f"The backup lacks the table {table.name}.")
            rows, digest = 0, hashlib.sha256()
            for chunk in _copied(self._live, table):
                rows += chunk.count(b"\n")
                digest.update(chunk)
            if (rows, digest.hexdigest()) != (expected["rows"], expected["sha256"]):
                raise Unusable(f"The table {table.name} in the backup is not what was copied.")
        for name in self._tables:
            self._live.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))
        for sequence, value in counted.items():
            self._live.execute("SELECT setval(%s::regclass, %s)", [f'"{sequence}"', value])
        self._live.commit()

    def take_place(self, aside: str, also: Callable[[], None]) -> None:
        """Become the present schema; the present one is kept under the name ``aside``. Both or neither.

        ``also()`` is called when nothing but the commit is left to do; if it fails, nothing is done.
        """
        self._live.close()
        with connect() as live:
            row = live.execute("SELECT current_schema()").fetchone()
            present = row[0] if row else "public"
            try:
                for old, new in ((present, aside), (self.schema, present)):
                    rename = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
                    live.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
                if aside_is_bare(live, aside):
                    live.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(aside)))
                also()
            except psycopg.Error as error:
                raise Unusable(
                    f"The restored tables cannot take their place ({_said(error)}). "
                    "The role in DATABASE_URL must own the database. Nothing was changed."
                ) from error

    def throw_away(self) -> None:
        """Forget the schema, where it has not taken its place."""
        if not self._live.closed:
            self._live.close()
        drop_schema(self.schema)


def aside_is_bare(live: psycopg.Connection[Any], schema: str) -> bool:
    """Whether a schema holds no relation at all."""
    found = live.execute("SELECT 1 FROM pg_class WHERE relnamespace = %s::regnamespace LIMIT 1", [schema])
    return found.fetchone() is None


def drop_schema(schema: str) -> None:
    """Remove a schema with all that is in it, if there is one."""
    with connect() as live:
        live.execute("SET client_min_messages = warning")
        live.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def leftovers(prefix: str) -> list[str]:
    """Return the schemas that an interrupted run has left behind."""
    with connect() as live:
        rows = live.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", [prefix + "%"])
        return [name for (name,) in rows]


@contextmanager
def _looking_at(schema: str) -> Iterator[None]:
    """Let Django itself, migrations included, see only this schema. For a process that serves nobody meanwhile."""
    options = connection.settings_dict.setdefault("OPTIONS", {})
    before = options.get("options")
    connection.close()
    options["options"] = f"{before or ''} -c search_path={schema}".strip()
    try:
        yield
    finally:
        connection.close()
        if before is None:
            del options["options"]
        else:
            options["options"] = before


def _children(graph: Any, node: tuple[str, str]) -> list[Any]:
    found = graph.node_map.get(node)
    return [child for child in found.children if child.key[0] == node[0]] if found else []


def _said(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
