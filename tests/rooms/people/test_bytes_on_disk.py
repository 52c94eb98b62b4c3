"""What a thief of the disk finds: the raw bytes of everything an installation has written, database and journal too."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sulh.kernel.vault import names

ROOT = Path(__file__).resolve().parents[3]
SECRETS = [
    *("zzyzx", "qxlorel", "qxvelt", "qxquane"),
    *("evening", "walnut", "AGE-SECRET-KEY", "seven calm rivers", "four wells on"),
]


@pytest.fixture(scope="module")
def stolen(tmp_path_factory) -> tuple[dict[str, bytes], str, dict]:
    """Every file of the installation by its name, what the process said, and what it was shown."""
    home = tmp_path_factory.mktemp("installation")
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "SULH_SECRET_KEY")
        },
        "SULH_HOME": str(home),
        "TMPDIR": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "rooms" / "people" / "on_disk.py")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    files = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    return files, run.stderr, json.loads(run.stdout)


def test_it_is_the_database_with_its_journal_that_is_searched(stolen):
    files, _said, shown = stolen
    assert len(files["sulh.sqlite3-wal"]) > 100_000
    everything = b"".join(files.values())
    assert b"A threat was received." in everything
    assert b"age-encryption.org" in everything
    assert names.FILE in files
    assert shown["people"] == 1


@pytest.mark.parametrize("secret", SECRETS)
def test_no_name_contact_note_passphrase_key_or_sealed_text_stands_there(secret, stolen):
    files, _said, _shown = stolen
    for name, content in files.items():
        for written in (secret.encode(), secret.encode("utf-16-le"), base64.b64encode(secret.encode())[:-4]):
            assert not written or written.lower() not in content.lower(), name


def test_no_share_stands_there(stolen):
    files, _said, shown = stolen
    assert len(shown["shares"]) == 4
    for share in shown["shares"]:
        words = share.split()
        for content in files.values():
            assert " ".join(words[:3]).encode() not in content
            assert " ".join(words[-3:]).encode() not in content


def test_nothing_of_it_was_said_by_the_server(stolen):
    _files, said, shown = stolen
    for secret in [*SECRETS, *shown["shares"], *[" ".join(share.split()[:3]) for share in shown["shares"]]]:
        assert secret.lower() not in said.lower()
