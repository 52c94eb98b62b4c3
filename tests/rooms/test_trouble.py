"""A full or read-only disk, a lost database: the page says so and what to do, and nothing is half done."""

from __future__ import annotations

import errno
import resource
import time

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from sulh.kernel.models import AuditEntry
from sulh.rooms.programme.models import Theme
from sulh.surfaces.web import trouble

THEMES = "/programmes/two-banks/themes/"
on_sqlite = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3", reason="a trouble of SQLite"
)


@pytest.fixture
def client(programme, client_for) -> Client:
    made = client_for("convener", "varenia")
    made.raise_request_exception = False
    return made


@pytest.fixture
def pragma():
    """Put the real database into trouble, and out of it again."""
    undo = []

    def say(bad: str, good: str) -> None:
        undo.append(good)
        with connection.cursor() as cursor:
            cursor.execute(bad)

    yield say
    for good in undo:
        with connection.cursor() as cursor:
            cursor.execute(good)


def state() -> tuple[int, int]:
    return Theme.objects.count(), AuditEntry.objects.count()


def large(name: str) -> dict[str, str]:
    return {"name": name, "words": ", ".join(f"word-{number}" for number in range(9000))}


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_full_database_is_said_and_nothing_is_half_done(client, pragma, language) -> None:
    before = state()
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    pragma(f"PRAGMA max_page_count={pages}", "PRAGMA max_page_count=1073741823")
    answer = client.post(THEMES, large("Rivers"), headers={"Accept-Language": language})
    page = answer.content.decode()
    assert answer.status_code == 507
    assert f'lang="{language}"' in page
    if language == "en":
        assert "The disk is full" in page
        assert "nothing was half done" in page
    assert "Traceback" not in page
    assert state() == before


@on_sqlite
@pytest.mark.django_db
def test_a_read_only_database_is_said_and_reading_goes_on(client, pragma) -> None:
    before = state()
    pragma("PRAGMA query_only=ON", "PRAGMA query_only=OFF")
    answer = client.post(THEMES, {"name": "Rivers", "words": "river"})
    assert answer.status_code == 503
    assert "takes no writing" in answer.content.decode()
    assert client.get(THEMES).status_code == 200
    assert state() == before


@on_sqlite
@pytest.mark.django_db
def test_within_a_page_only_the_message_is_swapped(client, pragma) -> None:
    pragma("PRAGMA query_only=ON", "PRAGMA query_only=OFF")
    answer = client.post(THEMES, {"name": "Rivers"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("database or disk is full"), trouble.FULL),
        (OperationalError("disk I/O error"), trouble.FAULTY),
        (OperationalError("database is locked"), trouble.BUSY),
        (OperationalError("unable to open database file"), trouble.AWAY),
        (OperationalError('connection failed: connection to server at "::1" failed'), trouble.AWAY),
        (OSError(errno.ENOSPC, "No space left on device"), trouble.FULL),
        (OSError(errno.EROFS, "Read-only file system"), trouble.READ_ONLY),
        (OperationalError("no such table: programme_theme"), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (ValueError("database is locked"), None),
    ],
)
def test_only_troubles_of_the_disk_or_the_database_are_called_so(error, expected) -> None:
    assert trouble.trouble_of(error) is expected


def test_what_postgresql_says_in_any_language_is_known_by_its_code() -> None:
    from psycopg import errors

    said = OperationalError("could not extend file")
    said.__cause__ = errors.DiskFull("could not extend file")
    assert trouble.trouble_of(said) is trouble.FULL


def test_a_real_server_on_a_disk_that_takes_no_more(tmp_path) -> None:
    """No file may grow beyond what it has: the system call itself fails, as on a full disk."""
    from tests.torture.serving import Person, Server, link_of, prepared

    installation = prepared(tmp_path / "home")
    link = link_of(installation, "beyond-boundaries/convener")
    server = Server(installation)
    try:
        server.wait()
        person = Person(server.port)
        person.sign_in(link)
        grown = max(path.stat().st_size for path in installation.home.glob("sulh.sqlite3*"))
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (grown, resource.RLIM_INFINITY))
        plan = "/programmes/beyond-boundaries/rounds/plan/"
        kept, status, until = [], 302, time.monotonic() + 90
        while status == 302 and time.monotonic() < until:
            token = f"round {len(kept)}"
            status, _headers, body = person.post(plan, [("name", token), ("place", "x" * 100)])
            kept += [token] if status == 302 else []
        assert status in (503, 507), body
        person.get("/programmes/beyond-boundaries/rounds/")  # reading goes on
        resource.prlimit(
            server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )
        status, _headers, _body = person.post(plan, [("name", "room again")])
        assert status == 302
    finally:
        server.stop()
    names = {name for (name,) in installation.rows("SELECT name FROM convene_round")}
    assert {*kept, "room again"} <= names
    assert f"round {len(kept)}" not in names
    assert installation.rows("PRAGMA integrity_check") == [("ok",)]
