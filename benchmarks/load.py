"""A hundred signed-in people on two cores: how long they wait, and how much memory the server takes.

``python -m benchmarks.load [--seconds 60] [--people 100] [--think 10]``. The real ``sulh serve`` with the
demonstration programme of most texts; each person has a session and a connection of their own, and goes on when they
have thought a while (an exponential time, mean as printed). Nine requests in ten read (the home page, the ledger
whole and filtered, a lineage, documents, transfers, rounds), one in ten writes (plans a round, keeps a view, edits a
theme). The load runs beside the server on the same cores. First SQLite, then PostgreSQL from a wheel: they are each
other's peer; there is no other program of this kind to compare with.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.torture.serving import TOKEN, Installation, Person, Server, link_of, postgres, prepared  # noqa: E402

SLUG = "beyond-boundaries"
HERE = f"/programmes/{SLUG}"
SEATS = ("convener", "counterpart-lead")
LIMIT_MS, LIMIT_MB = 150, 400


def sessions(installation: Installation, server: Server, people: int) -> list[str]:
    """A session for each person: both leads sign in many times, each time by the link and a form."""
    made = []
    links = [link_of(installation, f"{SLUG}/{seat}") for seat in SEATS]
    for number in range(people):
        person = Person(server.port)
        person.sign_in(links[number % 2])
        made.append(person.session)
    return made


def reads(installation: Installation) -> list[tuple[int, str, str]]:
    """What is read: weight, name, path."""
    lineages = [row[0] for row in installation.rows("SELECT id FROM carry_lineage ORDER BY id LIMIT 40")]
    return [
        (20, "home", f"{HERE}/"),
        (15, "ledger", f"{HERE}/ledger/"),
        (15, "ledger, filtered", f"{HERE}/ledger/?sort=-last&words=visa"),
        *[(1, "lineage", f"{HERE}/lineages/{_uuid(one)}/") for one in lineages[:20]],
        (10, "documents", f"{HERE}/documents/"),
        (10, "transfers", f"{HERE}/carried/"),
        (10, "rounds", f"{HERE}/rounds/"),
    ]


def _uuid(value: object) -> str:
    text = str(value).replace("-", "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def writes(person: int, number: int) -> tuple[str, str, list[tuple[str, str]]]:
    """What is written: name, path, form."""
    token = f"load {person} {number}"
    return (
        ("plan a round", f"{HERE}/rounds/plan/", [("name", token), ("starts", "2027-03"), ("groups", "rsg")]),
        ("keep a view", f"{HERE}/ledger/views/", [("name", f"view {person % 20}"), ("query", "sort=-last")]),
        ("edit a theme", f"{HERE}/themes/", [("key", "visas-consular"), ("name", token), ("words", "visa")]),
    )[number % 3]


async def ask(port: int, session: str, path: str, form: list[tuple[str, str]] | None, line: list) -> int:
    """One request on the person's own connection; return its status."""
    from urllib.parse import urlencode

    body = urlencode([("csrfmiddlewaretoken", TOKEN), *form]).encode() if form else b""
    head = (
        f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n"
        f"Cookie: csrftoken={TOKEN}; sessionid={session}\r\n"
        + (
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            if form
            else ""
        )
        + "\r\n"
    )
    if not line:
        line[:] = await asyncio.open_connection("127.0.0.1", port)
    reader, writer = line
    writer.write(head.encode() + body)  # a closed connection shows when the answer is read
    try:
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
    except (asyncio.IncompleteReadError, ConnectionError):  # the server had closed an idle connection
        line.clear()
        return await ask(port, session, path, form, line)
    if b"content-length: " in answer:
        length = int(answer.split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    elif b"chunked" in answer:
        while size := int((await reader.readline()).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(answer.split()[1])


async def person(
    number: int,
    port: int,
    session: str,
    pages: list,
    until: float,
    think: float,
    took: dict[str, list[float]],
) -> int:
    """Read or write, think, again; note how long each answer took. Returns how many answers were wrong."""
    luck, line, wrong, step = random.Random(number), [], 0, 0
    await asyncio.sleep(luck.uniform(0, think))
    while time.perf_counter() < until:
        if luck.random() < 0.1:
            name, path, form = writes(number, step)
            step += 1
            good, kind = 302, "write"
        else:
            _weight, name, path = luck.choices(pages, [one[0] for one in pages])[0]
            form, good, kind = None, 200, "read"
        start = time.perf_counter()
        status = await ask(port, session, path, form, line)
        ms = (time.perf_counter() - start) * 1000
        wrong += status != good
        for key in (name, kind, "all"):
            took[key].append(ms)
        await asyncio.sleep(luck.expovariate(1 / think))
    if line:
        line[1].close()
    return wrong


def memory_mb(process: int) -> float:
    """Proportional memory of a process and all below it, in MB (resident where the kernel does not tell it)."""
    children = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children[int(fields[1])].append(int(stat.parent.name))
    total, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        waiting += children[one]
        for line in Path(f"/proc/{one}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                total += int(line.split()[1])
    return total / 1024


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(name: str, url: str, people: int, think: float, seconds: float) -> bool:
    """Serve, load, print; return whether both limits hold."""
    with tempfile.TemporaryDirectory() as folder:
        installation = prepared(Path(folder) / "home", url)
        server = Server(installation)
        try:
            server.wait()
            signed_in = sessions(installation, server, people)
            pages = reads(installation)
            once = Person(server.port, signed_in[0])
            for (
                _weight,
                _name,
                path,
            ) in pages:  # the first reader waits for imports and templates; it is told below
                once.get(path)
            before = memory_mb(server.process.pid)
            took: dict[str, list[float]] = defaultdict(list)

            async def all_of_them() -> int:
                until = time.perf_counter() + seconds
                each = (
                    person(number, server.port, session, pages, until, think, took)
                    for number, session in enumerate(signed_in)
                )
                return sum(await asyncio.gather(*each))

            cpu = _cpu(server.process.pid)
            wrong = asyncio.run(all_of_them())
            cpu = (_cpu(server.process.pid) - cpu) / seconds
            after = memory_mb(server.process.pid)
        finally:
            server.stop()
    print(
        f"{name}: {len(took['all'])} requests in {seconds:.0f} s ({len(took['all']) / seconds:.1f} a second), "
    )
    print(
        f"  {wrong} wrong answers; server {cpu:.0%} of one core; {before:.0f} MB before, {after:.0f} MB after"
    )
    for kind in ("all", "read", "write", *sorted(set(took) - {"all", "read", "write"})):
        p50, p95, p99 = (percentile(took[kind], share) for share in (0.5, 0.95, 0.99))
        print(f"  {kind:<18} {len(took[kind]):>6}   p50 {p50:7.1f}   p95 {p95:7.1f}   p99 {p99:7.1f} ms")
    p95 = percentile(took["all"], 0.95)
    return not wrong and p95 <= LIMIT_MS and after <= LIMIT_MB


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100)
    asked.add_argument(
        "--think", type=float, default=10.0, help="mean seconds between an answer and the next request"
    )
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    told = asked.parse_args()
    print(
        f"{told.people} people, think time {told.think:g} s on average, 90 % reading; "
        f"load of the machine before: {os.getloadavg()[0]:.1f}."
    )
    print(f"Asked for: p95 of all within {LIMIT_MS} ms, {LIMIT_MB} MB in all.")
    held = []
    if told.only != "postgresql":
        held.append(measure("SQLite", "", told.people, told.think, told.seconds))
    if told.only != "sqlite":
        with tempfile.TemporaryDirectory(prefix="sulh-load-") as folder, postgres(Path(folder)) as database:
            held.append(measure("PostgreSQL", database.get_uri(), told.people, told.think, told.seconds))
    print("Both limits hold." if all(held) else "A limit is exceeded.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
