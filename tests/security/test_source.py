"""The source itself: nothing in it runs what was typed, marks it as safe, tells a secret or asks the network."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sulh"
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
SCRIPTS = sorted(SOURCE.rglob("static/**/*.js"))

DANGEROUS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.spawnl", "os.execv", "pickle.load",
    "pickle.loads", "marshal.loads", "shelve.open", "yaml.load", "yaml.unsafe_load", "tempfile.mktemp",
    "input", "ctypes.CDLL", "numpy.load", "np.load", "joblib.load", "xml.etree.ElementTree.parse",
    "xml.etree.ElementTree.fromstring", "ET.parse", "ET.fromstring", "minidom.parse", "minidom.parseString",
}  # fmt: skip
UNSAFE_MODULES = {
    "pickle",
    "cPickle",
    "marshal",
    "shelve",
    "yaml",
    "xml",
    "telnetlib",
    "ftplib",
    "code",
    "imp",
}
OUTGOING = {
    "requests", "httpx", "aiohttp", "urllib.request", "urllib3", "http.client", "smtplib", "imaplib", "poplib",
    "socket", "ssl", "ftplib", "xmlrpc", "django.core.mail", "paramiko",
}  # fmt: skip

ALLOWED = {
    "mark_safe": {
        "surfaces/web/templatetags/sulh.py": "the drawing of sulh.engines.drawing, which escapes every text it is "
        "given, and cells of a table that format_html has escaped",
    },
    "subprocess": {
        "kernel/parsing.py": "starts the process that reads uploads: this program, a list of fixed words, no shell",
        "kernel/thief.py": "asks the system of the disk: fixed words, no shell",
        "kernel/backups/postgres.py": "fixed words, no shell",
        "kernel/backups/schedule.py": "starts this program for a backup: fixed words, no shell",
    },
    "random": {},
    "outgoing": {
        "kernel/confined.py": "names the sockets that a reading process must not have",
        "kernel/parsing.py": "the pipe to the reading process",
    },
    "xml": {},
    "sql": {
        "kernel/triggers.py": "the triggers of the audit log: fixed text with names of our own tables",
        "kernel/audit.py": "locks of our own tables: fixed text",
        "kernel/thief.py": "counts rows of tables that the installation names itself",
        "kernel/exposure.py": "counts rows of tables that the installation names itself",
        "kernel/backups/sqlite.py": "VACUUM INTO and checks, with names of our own files",
        "kernel/backups/postgres.py": "copies tables that the database names itself, quoted",
        "kernel/backups/__init__.py": "checks of a restored copy",
        "surfaces/cli/preparing.py": "fixed text",
        "surfaces/cli/traces.py": "asks where the database lies: fixed text",
        "kernel/purging.py": "wipes what was deleted: names of our own tables, quoted",
    },
}
"""What is otherwise not allowed, by file below src/sulh, with the reason."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def unlisted(found: dict[str, list[str]], kind: str) -> dict[str, list[str]]:
    return {path: what for path, what in found.items() if what and path not in ALLOWED[kind]}


def test_there_is_source_to_read() -> None:
    assert len(MODULES) > 100
    assert len(TEMPLATES) > 30
    assert SCRIPTS


def test_nothing_runs_what_it_is_given() -> None:
    """No evaluation, no unpickling, no loading of objects out of foreign bytes."""
    for path in MODULES:
        for name, node in calls(path):
            assert name not in DANGEROUS, f"{short(path)}:{node.lineno}: {name}"
        unsafe = {one for one in imported(path) if one.split(".")[0] in UNSAFE_MODULES}
        assert not unsafe, f"{short(path)}: {unsafe}"


def test_no_command_goes_through_a_shell() -> None:
    found = {}
    for path in MODULES:
        found[short(path)] = [name for name in imported(path) if name.split(".")[0] == "subprocess"]
        for name, node in calls(path):
            shell = [one for one in node.keywords if one.arg == "shell"]
            assert not shell, f"{short(path)}:{node.lineno}: {name} names a shell"
    assert not unlisted(found, "subprocess")


def test_what_is_marked_safe_is_on_the_list() -> None:
    found = {
        short(path): [
            name for name, _ in calls(path) if name.split(".")[-1] in ("mark_safe", "SafeString", "SafeText")
        ]
        for path in MODULES
    }
    assert not unlisted(found, "mark_safe")


def test_no_template_switches_escaping_off() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|safeseq|autoescape\s+off|escapejs", text), short(path)


def test_every_template_is_a_file_of_the_house() -> None:
    """No template is made of what somebody typed."""
    for path in MODULES:
        for name, node in calls(path):
            assert name.split(".")[-1] != "from_string", f"{short(path)}:{node.lineno}"
            assert name not in ("Template", "template.Template", "engines.Template"), (
                f"{short(path)}:{node.lineno}"
            )
        assert "jinja2" not in imported(path)


def test_no_question_to_the_database_is_put_together_by_hand() -> None:
    """All go through the ORM, with parameters; the few written in SQL have a reason."""
    found = {}
    for path in MODULES:
        found[short(path)] = [
            f"{node.lineno}: {name}"
            for name, node in calls(path)
            if name.split(".")[-1] in ("raw", "extra", "RawSQL", "cursor", "executescript")
        ]
    assert not unlisted(found, "sql")


def test_what_nobody_may_guess_comes_from_the_system() -> None:
    """No use of the ordinary generator of random numbers anywhere, and identifiers are random ones."""
    found = {
        short(path): [one for one in imported(path) if one.split(".")[0] == "random"] for path in MODULES
    }
    assert not unlisted(found, "random")
    for path in MODULES:
        for name, node in calls(path):
            assert name not in ("uuid1", "uuid.uuid1", "np.random.seed", "numpy.random.seed"), (
                f"{short(path)}:{node.lineno}"
            )


def test_no_weak_hash_and_no_weak_cipher_is_used() -> None:
    for path in MODULES:
        for name, node in calls(path):
            last = name.split(".")[-1]
            assert last not in (
                "md5",
                "MD5",
                "SHA1",
                "DES",
                "TripleDES",
                "ARC4",
                "ECB",
                "PKCS1v15",
                "CBC",
                "Blowfish",
            ), f"{short(path)}:{node.lineno}: {name}"
            if last == "sha1":
                pytest.fail(f"{short(path)}:{node.lineno}: {name}")


def test_no_request_goes_out() -> None:
    """The house asks no other server: whatever is typed, it fetches nothing and sends nothing, nor mail."""
    found = {}
    for path in MODULES:
        found[short(path)] = [
            one for one in imported(path) if any(one == out or one.startswith(f"{out}.") for out in OUTGOING)
        ]
    assert not unlisted(found, "outgoing")


def test_xml_is_read_by_one_careful_parser() -> None:
    for path in MODULES:
        for name, node in calls(path):
            if name.endswith("XMLParser"):
                told = {one.arg: ast.unparse(one.value) for one in node.keywords}
                assert told.get("resolve_entities") == "False", f"{short(path)}:{node.lineno}"
                assert told.get("no_network") == "True", f"{short(path)}:{node.lineno}"
                assert told.get("load_dtd") == "False", f"{short(path)}:{node.lineno}"
                assert told.get("huge_tree", "False") == "False", f"{short(path)}:{node.lineno}"
            if name in ("etree.fromstring", "etree.parse", "etree.iterparse", "lxml.etree.fromstring"):
                assert len(node.args) + len(node.keywords) > 1, (
                    f"{short(path)}:{node.lineno}: without our parser"
                )


def test_the_scripts_make_no_markup_of_text() -> None:
    """What is shown is put into the page as text; no script runs text, hears other pages or sets prototypes."""
    never = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|__proto__"
    )
    never += r"|\.cookie\b|setTimeout\(\s*[\"'`]|javascript:|\.prototype\b"
    for path in SCRIPTS:
        found = re.findall(never, path.read_text(encoding="utf-8"))
        assert not found, f"{short(path)}: {found}"


KEPT_IN_BROWSERS = {
    "surfaces/web/static/sulh/review.js": "whether keys are on",
    "surfaces/web/static/sulh/record.js": "points that could not be sent, while the line is down, below the level from "
    "which nothing may stay on the device",
}


def test_only_listed_scripts_keep_anything_in_the_browser() -> None:
    for path in SCRIPTS:
        if re.search(
            r"localStorage|sessionStorage|indexedDB|caches\.open|serviceWorker", path.read_text("utf-8")
        ):
            assert short(path) in KEPT_IN_BROWSERS


KEY = r"-----BEGIN [A-Z ]*PRIVATE KEY|AGE-SECRET-KEY-1[A-Z0-9]{20}|AKIA[0-9A-Z]{16}|ghp_\w{30}|xox[bp]-\w{10}"
TOLD = r"(?i:secret_key|password|passwd|api_key|token)\s*=\s*[\"'][A-Za-z0-9+/_-]{24,}[\"']"


def test_no_secret_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [*MODULES, *TEMPLATES, *SCRIPTS]
    for path in files:
        if not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        pattern = KEY if "tests" in path.relative_to(ROOT).parts else f"{KEY}|{TOLD}"  # tests invent theirs
        found = re.search(pattern, path.read_bytes().decode("utf-8", "ignore"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found.group()[:24]}…"
        assert path.name not in ("secret-key", "factors-key", "name-key", ".env", "sulh.sqlite3"), path


def test_what_is_allowed_by_exception_has_a_reason() -> None:
    for files in ALLOWED.values():
        assert all(len(reason) >= 10 for reason in files.values())
