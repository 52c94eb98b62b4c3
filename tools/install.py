"""Install a hashed lock into this environment with a line of progress, and put the sulh command beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(lock: Path) -> None:
    """Install the builder first, then the lock with it: so nothing unhashed takes part."""
    install(lock.with_name("build.txt"), [])
    install(lock, ["--no-build-isolation"])
    put_command()


def install(lock: Path, options: list[str]) -> None:
    total = len(re.findall(r"^[a-z].*==", lock.read_text(), re.MULTILINE))
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-deps", "--disable-pip-version-check",
               "--progress-bar", "off", *options, "-r", str(lock)]  # fmt: skip
    seen = 0
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(("Collecting ", "Requirement already", "Ignoring ")):
            seen += 1
            name = re.split(r"[ =;:]", line.removeprefix("Requirement already satisfied: "))[
                1 if line[0] in "CI" else 0
            ]
            print(f"\r  {min(seen, total)}/{total} {name:<32}", end="", flush=True)
        elif line.startswith("Installing collected"):
            print("\r  installing" + " " * 40, end="", flush=True)
    print("\r" + " " * 60, end="\r")
    if process.wait():
        sys.exit(
            "".join(said[-15:]) + "The packages could not be installed. Check the network and run this again."
        )
    put_command()


def put_command() -> None:
    """Make ``import sulh`` and the ``sulh`` command work from this checkout."""
    import sysconfig

    Path(sysconfig.get_path("purelib"), "sulh.pth").write_text(f"{ROOT / 'src'}\n")
    command = Path(sys.executable).parent / "sulh"
    command.write_text(f"#!{sys.executable}\nfrom sulh.surfaces.cli import main\n\nmain()\n")
    command.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
