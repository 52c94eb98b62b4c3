"""The real server, served over HTTPS by a proxy of the same machine; and what its settings say."""

from __future__ import annotations

import ast
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.core.cache import cache
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from sulh.kernel import signin
from sulh.kernel.models import Account

ROOT = Path(__file__).resolve().parents[2]
MAKE_LINK = """
import django; django.setup()
from sulh.kernel import signin
from sulh.kernel.models import Account
account = Account(handle="tests/served"); account.set_unusable_password(); account.save()
print(signin.make_token(account))
"""


@dataclass(frozen=True)
class Served:
    """A running ``sulh serve``: its port, where it keeps its data, what it was told by its surroundings."""

    port: int
    home: Path
    environment: dict[str, str]

    def ask(
        self, path: str, method: str = "GET", body: str = "", source: str = "127.0.0.1", **headers: str
    ) -> HTTPResponse:
        """Ask as the proxy does: the browser came by HTTPS."""
        told = {"X-Forwarded-Proto": "https", "Content-Type": "application/x-www-form-urlencoded"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        talk = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        talk.request(method, path, body, {name: value for name, value in told.items() if value})
        return talk.getresponse()

    def raw(self, sent: bytes) -> bytes:
        """Send these bytes and return what comes back within a moment, or until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as talk:
            talk.sendall(sent)
            talk.settimeout(10)
            back = b""
            try:
                while piece := talk.recv(65536):
                    back += piece
                    if b"\r\n\r\n" in back:
                        break
            except TimeoutError:
                pass
            return back


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    left_out = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SULH_SECRET_KEY", "FORWARDED_ALLOW_IPS")
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    environment |= {"SULH_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "SULH_HTTPS": "1"}
    environment |= {"DEBUG": "1", "DJANGO_DEBUG": "True", "SULH_DEBUG": "1", "SULH_HOSTS": "sulh.example"}
    log = home / "said"
    command = [sys.executable, "-m", "sulh", "serve", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=home)
    running = Served(port, home, environment)
    try:
        until = time.monotonic() + 120
        while True:
            try:
                if running.ask("/health/").status == 200:
                    break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"the server does not answer:\n{log.read_text()}")
                time.sleep(0.2)
        yield running
    finally:
        process.terminate()
        process.wait(20)


def cookies(response: HTTPResponse) -> dict[str, str]:
    return {told.split("=", 1)[0]: told for told in response.msg.get_all("Set-Cookie") or []}


def test_over_https_cookies_are_for_this_host_only(served: Served) -> None:
    """Of the session, of the forms and of the language: sent over HTTPS only, to this host only, to no script."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE_LINK],
        env=served.environment | {"DJANGO_SETTINGS_MODULE": "sulh.kernel.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    link = f"/sign-in/{made.stdout.strip()}/"
    page = served.ask(link)
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert found
    given = cookies(page)
    token = given["__Host-csrftoken"].split(";")[0]
    told = {"Cookie": token, "Origin": "https://sulh.example", "Host": "sulh.example"}
    form = f"csrfmiddlewaretoken={found[1]}"
    entered = served.ask(link, "POST", form, **told)
    assert entered.status == 302
    given |= cookies(entered)
    given |= cookies(served.ask("/language/", "POST", f"{form}&language=ur", **told))
    assert set(given) == {"__Host-csrftoken", "__Host-sessionid", "__Host-django_language"}
    for name, cookie in given.items():
        parts = [part.strip().lower() for part in cookie.split(";")[1:]]
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(parts), name
        assert not [part for part in parts if part.startswith("domain")], name


def test_over_https_browsers_are_told_to_stay_there(served: Served) -> None:
    for path in ("/sign-in/", "/no-such/", "/static/sulh/sulh.css", "/"):
        told = served.ask(path).getheader("Strict-Transport-Security", "")
        assert int(re.match(r"max-age=(\d+)", told)[1]) >= 365 * 24 * 3600  # type: ignore[index]
        assert "includeSubDomains" in told


def test_plain_requests_are_led_to_https(served: Served) -> None:
    for path in ("/sign-in/", "/programmes/two-banks/?a=b", "/static/sulh/sulh.css"):
        answer = served.ask(path, X_Forwarded_Proto="", Host="sulh.example")
        assert answer.status == 301
        assert answer.getheader("Location") == f"https://sulh.example{path}"
        assert "Set-Cookie" not in answer.headers
        assert "default-src 'none'" in answer.getheader("Content-Security-Policy", "")
    assert served.ask("/health/", X_Forwarded_Proto="").status == 200


def test_only_the_proxy_of_this_machine_is_believed(served: Served) -> None:
    """What somebody else says of scheme and address is not taken for the proxy's word."""
    assert served.ask("/sign-in/").status == 200
    assert served.ask("/sign-in/", source="127.0.0.2", Host="sulh.example").status == 301


def test_the_server_listens_to_its_own_machine(served: Served) -> None:
    with pytest.raises(OSError, match=r"refused|timed out"):
        socket.create_connection(("127.0.0.2", served.port), timeout=5)


def test_the_server_names_no_software_and_lists_no_folder(served: Served) -> None:
    for path in ("/sign-in/", "/static/", "/static/sulh/", "/static/sulh/sulh.css", "/no-such/"):
        answer = served.ask(path)
        assert not {"server", "x-powered-by", "via"} & {name.lower() for name in answer.headers}, path
        body = answer.read().decode()
        assert "Index of" not in body
        assert "uvicorn" not in body.lower()
    assert served.ask("/static/").status == served.ask("/static/sulh/").status == 404
    refused = served.raw(b"NONSENSE\r\n\r\n")
    assert b" 400 " in refused.split(b"\r\n")[0]
    assert b"server:" not in refused.lower()


HEAD = b"POST /sign-out/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
DOUBTFUL = {
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "no number": b"Content-Length: 5x\r\n\r\nhello",
    "a minus": b"Content-Length: -5\r\n\r\nhello",
    "an unknown encoding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two encodings": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Content-Length : 5\r\n\r\nhello",
    "a folded line": b"X: a\r\n b\r\nContent-Length : 5\r\n\r\nhello",
    "a bare line feed in a chunk": b"Transfer-Encoding: chunked\r\n\r\n5;\nx\r\nhello\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("what", sorted(DOUBTFUL))
def test_a_request_has_one_end(what: str, served: Served) -> None:
    """Where proxy and server might disagree on where a request ends, it is refused."""
    answer = served.raw(HEAD + DOUBTFUL[what]).split(b"\r\n")[0]
    assert re.search(rb" (400|501) ", answer), answer


def test_the_encoding_counts_where_a_length_stands_beside_it(served: Served) -> None:
    answer = served.raw(HEAD + b"Content-Length: 900\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    assert re.search(rb" (400|403) ", answer.split(b"\r\n")[0]), "it waited for the length"


def test_debugging_is_off_and_no_setting_turns_it_on(served: Served) -> None:
    assert {"DEBUG", "DJANGO_DEBUG", "SULH_DEBUG"} <= set(served.environment)
    body = served.ask("/no-such/").read().decode()
    assert "DEBUG" not in body
    assert "urlconf" not in body.lower()
    text = (ROOT / "src" / "sulh" / "kernel" / "settings.py").read_text(encoding="utf-8")
    assert re.findall(r"^DEBUG = (.*)$", text, re.MULTILINE) == ["False"]


def test_a_new_installation_has_no_account(served: Served) -> None:
    with sqlite3.connect(f"file:{served.home / 'sulh.sqlite3'}?mode=ro", uri=True) as database:
        handles = {handle for (handle,) in database.execute("SELECT handle FROM kernel_account")}
    assert handles <= {"tests/served"}


def test_logs_go_to_the_error_stream_only(served: Served) -> None:
    kinds = {handler["class"] for handler in settings.LOGGING["handlers"].values()}
    assert kinds == {"logging.StreamHandler"}
    assert not [path for path in served.home.rglob("*") if path.suffix in (".log", ".out")]


def test_djangos_own_check_finds_nothing(served: Served) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy"],
        env=served.environment | {"DJANGO_SETTINGS_MODULE": "sulh.kernel.settings"},
        capture_output=True,
        text=True,
    )
    found = set(re.findall(r"\((\w+\.[EW]\d+)\)", done.stdout + done.stderr))
    assert done.returncode == 0
    assert found <= {"security.W021"}, done.stderr  # a list in browsers is for whoever owns the name to enter


# What needs no server


def test_time_is_kept_in_one_zone() -> None:
    """Stored in UTC; nothing asks the clock without saying in which zone."""
    assert settings.USE_TZ is True
    assert settings.TIME_ZONE == "UTC"
    for path in (ROOT / "src" / "sulh").rglob("*.py"):
        if "cli" in path.parts:
            continue  # a command speaks of the day where it is typed
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert not name.endswith(("utcnow", "utcfromtimestamp", "date.today")), (
                    f"{path.name}:{node.lineno}"
                )
                if name.endswith("datetime.now"):
                    assert node.args or node.keywords, f"{path.name}:{node.lineno}"


def test_the_key_of_a_session_is_long_and_random(db: None) -> None:
    keys = set()
    for _ in range(20):
        store = SessionStore()
        store.create()
        keys.add(store.session_key)
    assert len(keys) == 20
    assert all(re.fullmatch(r"[a-z0-9]{32}", key or "") for key in keys)  # 165 bits
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")


def test_a_link_of_one_purpose_or_place_serves_no_other(db: None) -> None:
    account = Account(handle="tests/purpose")
    account.set_unusable_password()
    account.save()
    token = signin.make_token(account)
    assert signin.account_of(token) == account
    value = token.rsplit(":", 2)[0]
    elsewhere = signing.TimestampSigner(salt="sulh.sign-in-link", key="the key of another installation").sign(
        value
    )
    otherwise = signing.TimestampSigner(salt="another purpose").sign(value)
    for other in (elsewhere, otherwise, value, f"{value}:none:none"):
        assert signin.account_of(other) is None


def test_passphrases_are_typed_into_fields_made_for_them(client: Client, db: None) -> None:
    """Masked, open to pasting and to managers of passphrases; and no question about a mother's name."""
    page = LexborHTMLParser(client.get("/sign-in/").content.decode())
    fields = {node.attributes.get("name"): node.attributes for node in page.css("input")}
    typed = {name for name, told in fields.items() if told.get("type") != "hidden"}
    assert typed == {"handle", "passphrase"}
    assert fields["passphrase"]["type"] == "password"
    assert fields["passphrase"]["autocomplete"] == "current-password"
    assert int(fields["passphrase"].get("maxlength") or 10_000) >= 64
    for path in (ROOT / "src" / "sulh").rglob("static/**/*.js"):
        assert not re.search(r"[\"']paste[\"']|onpaste", path.read_text(encoding="utf-8")), path.name


PASSPHRASES = [
    "  nine quiet herons by the weir ",
    "Nine Quiet HERONS By The Weir",
    "نو خاموش بگلے دریا کے کنارے",
    "x9 " * 66,
]


@pytest.mark.parametrize("passphrase", PASSPHRASES)
def test_a_passphrase_is_checked_as_it_was_typed(passphrase: str, client: Client, db: None) -> None:
    """Nothing is cut off, turned to small letters or stripped; long ones are taken; none ends by its age."""
    cache.clear()  # of attempts of other tests
    account = Account(handle="tests/typed")
    validate_password(passphrase, account)
    account.set_password(passphrase)
    account.save()
    for wrong in (passphrase.strip(), passphrase.swapcase(), passphrase[:-1], passphrase[:72]):
        if wrong != passphrase:
            client.post("/sign-in/", {"handle": "tests/typed", "passphrase": wrong})
            assert "_auth_user_id" not in client.session
    client.post("/sign-in/", {"handle": "tests/typed", "passphrase": passphrase})
    assert "_auth_user_id" in client.session
    fields = {field.name for field in Account._meta.get_fields()}
    assert not {name for name in fields if "expire" in name or "password_changed" in name or "hint" in name}
