"""What is installed: pinned, hashed, known by licence, and no more than what the lock names."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LICENCES = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General|Zlib|0BSD|Unlicense|CC0",
    re.IGNORECASE,
)


def locked(path: Path) -> dict[str, tuple[set[str], list[str]]]:
    """Each package of a lock with its versions (they may differ by the version of Python) and its hashes."""
    found: dict[str, tuple[set[str], list[str]]] = {}
    for entry in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
        name, _, rest = entry.partition("==")
        version = re.match(r"[^\s;\\]+", rest)
        versions, hashes = found.setdefault(normal(name), (set(), []))
        versions.add(version[0] if version else "")
        hashes += re.findall(r"--hash=(\w+:\w+)", entry) or ["none"]
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.sub(r"\[.*", "", name)).lower().strip()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_and_hashed(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(
        r"^(--index-url|--extra-index-url|--find-links|--trusted-host|-e |git\+|https?:)", text, re.MULTILINE
    )
    packages = locked(lock)
    assert packages
    for name, (versions, hashes) in packages.items():
        assert all(re.fullmatch(r"[\w.!+-]+", version) for version in versions), name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), name


def test_the_hashes_are_asked_for_when_it_is_installed() -> None:
    assert "--require-hashes" in (ROOT / "tools" / "install.py").read_text(encoding="utf-8")


def test_both_locks_name_the_same_versions() -> None:
    run, test = locked(ROOT / "requirements" / "run.txt"), locked(ROOT / "requirements" / "test.txt")
    for name, (versions, _hashes) in run.items():
        assert test[name][0] == versions, name


def test_what_is_installed_is_what_is_locked() -> None:
    for name, (versions, _hashes) in locked(ROOT / "requirements" / "run.txt").items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        assert found in versions, name


def test_what_is_imported_is_in_the_lock() -> None:
    run = set(locked(ROOT / "requirements" / "run.txt"))
    owners = metadata.packages_distributions()
    for path in (ROOT / "src" / "sulh").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"sulh"}:
                assert {normal(one) for one in owners.get(top, [top])} & run, f"{path.name}: {top}"


def test_every_licence_is_known() -> None:
    looked_at = 0
    for name in locked(ROOT / "requirements" / "run.txt"):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        told = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
        told += [one for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
        if not any(told):
            files = [
                file
                for file in metadata.files(name) or []
                if re.search(r"licen[cs]e|copying", str(file), re.I)
            ]
            told = [Path(str(file.locate())).read_text("utf-8", "ignore")[:400] for file in files]
        looked_at += 1
        assert LICENCES.search(" ".join(told)), f"{name}: {told}"
    assert looked_at > 30


def audit() -> Any:
    told = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert told
    assert told.loader
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


def test_what_could_not_be_asked_is_not_called_clean() -> None:
    verdict = audit().verdict
    clean = {"name": "a", "version": "1", "vulns": []}
    skipped = {"name": "b", "skip_reason": "not found"}
    faulty = {"name": "c", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
    assert verdict({"dependencies": [clean]})[0] == 0
    assert verdict({"dependencies": [clean, skipped]})[0] == 3
    assert "1 of 2 packages could not be asked" in verdict({"dependencies": [clean, skipped]})[1]
    assert verdict({"dependencies": [clean, skipped, faulty]}) == (1, "Known faults:\nc 1: X-1, mended in 2")
    assert verdict(None)[0] == verdict({"dependencies": []})[0] == 3
