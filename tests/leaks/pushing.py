"""Texts over a generated roster, pushed through the real application, and everything it answers, read by an adversary.

Each text bears a mark of its own, by which it is known again wherever it stands. Who may read it is worked out here
anew, from the rules as they are told to people and not from the code that keeps them; and the adversary, who holds the
full roster, is told which texts came from one speaker, reads every output, and intersects.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyrage import x25519

from benchmarks.rosters import MINIMUM, Planted, Roster, left, named_in
from sulh.kernel.access import SYSTEM
from sulh.kernel.ids import new_id
from sulh.kernel.models import Account, Proposal
from sulh.kernel.vault.keyring import Keys, NewKeyring
from sulh.kernel.vault.recovery import NewShares
from sulh.kernel.vault.sides import side_key
from sulh.rooms.carry.models import Document, Lineage
from sulh.rooms.carry.review import token_of
from sulh.rooms.convene import actions as convene
from sulh.rooms.people import actions as people
from sulh.rooms.people import register_actions, vault_actions
from sulh.rooms.people.enums import Role
from sulh.rooms.people.identity import identity_of
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.programme import actions as programmes
from sulh.rooms.programme.folder import ProgrammeFile
from sulh.rooms.programme.models import Programme
from sulh.rooms.record.models import Minutes, Point, Session
from tests.rooms.conftest import signed_in
from tests.rooms.world import ROUTES, address, names_in

GROUPS = ("security", "civil")
FILE_EVERY = 20
"""One in so many texts comes as a file, besides those whose metadata tell something."""

REVIEWED = 30
"""Lines of one document that are taken into the ledger."""

Place = tuple[int, str, str]
"""Where a session stands: level, side (or both), group (or all)."""

CIRCLE = {"rapporteur", "facilitator", "convener", "counterpart lead"}
"""Who knows of a session whose existence is secret, as the page of levels tells it."""
MENDERS = {"convener", "counterpart lead", "programme officer", "rapporteur"}
"""Who reads a text that is held, so as to mend it."""

WITHIN = {
    "sessions/<uuid:session_id>/",
    "sessions/<uuid:session_id>/write/",
    "sessions/<uuid:session_id>/points/",
    "sessions/<uuid:session_id>/correct/",
    "sessions/<uuid:session_id>/remove/",
    "sessions/<uuid:session_id>/minutes/<uuid:minutes_id>/",
    "sessions/parking-lot/",
    "keys/",
    "documents/<uuid:document_id>/confidentiality/",
    "documents/<uuid:document_id>/review/",
}
"""Pages on which a compartment works with its own texts. Whatever is read on any other has left."""


@dataclass(frozen=True, slots=True)
class Who:
    """A reader: a role with a side or neutral, in some groups or in all. No role: nobody of this programme."""

    role: str
    side: str = ""
    groups: tuple[str, ...] = ()


@dataclass(slots=True)
class Pushed:
    """A text on its way: where it was written, and whether both sides' keys or an import brought it further."""

    planted: Planted
    mark: str
    level: int
    side: str = ""
    group: str = ""
    written: bool = False
    imported: bool = False
    held: bool = False
    public_to_all: bool = False
    """Handed over by both keys (or at level 1 without), or imported and not held: the whole programme reads it."""

    def may_read(self, who: Who) -> bool:
        """Whether this reader may come to see it anywhere."""
        if not who.role:
            return False
        if self.public_to_all:
            return True
        if self.imported:
            return who.role in MENDERS
        inside = self.side in ("", who.side) and (
            not self.group or not who.groups or self.group in who.groups
        )
        return inside and self.level < 7 and (self.level < 6 or who.role in CIRCLE)


@dataclass(frozen=True, slots=True)
class Output:
    """What one address answered to one reader; ``leaves`` where it is no page of a compartment at work."""

    who: Who
    path: str
    body: str
    leaves: bool


@dataclass
class Dialogue:
    """A programme over a roster, with a browser for every reader."""

    roster: Roster
    programme: Programme
    readers: dict[Who, Client]
    pushed: list[Pushed] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"/programmes/{self.programme.slug}/"

    def reader(self, role: str, side: str = "") -> Client:
        return self.readers[Who(role, side)]


def key_of(side: str) -> str:
    return side.lower()


def dialogue(roster: Roster, everybody: bool = True) -> Dialogue:
    """A programme with both registers filled in through the vaults, and its readers signed in."""
    sides = [key_of(side) for side in roster.sides]
    file = ProgrammeFile.model_validate(
        {
            "format": 1,
            "programme": {"slug": f"dialogue-{roster.key}", "name": "Two Rivers", "summary": "Made up."},
            "sides": [{"key": key_of(side), "name": side} for side in roster.sides],
            "groups": [{"key": key, "name": key, "kind": "working group"} for key in GROUPS],
            "themes": [{"key": "roads", "name": "Roads", "words": ["crossing", "road"]}],
        }
    )
    made: Programme = programmes.keep_programme(SYSTEM, file.programme, file).row
    told = {"number": 1, "name": "First round", "phase": None, "actual_from": "2026-03", "actual_place": ""}
    convene.keep_round(SYSTEM, made, "first", told, list(GROUPS))
    whos = [Who(role, side) for role in Role.values for side in (*sides, "")]
    if not everybody:
        whos = [Who("convener", side) for side in sides] + [Who("rapporteur", side) for side in sides]
        whos += [Who("programme officer", sides[0]), Who("communications", sides[1])]
    whos += [
        Who(role, side, (group,))
        for role, side, group in zip(("rapporteur", "head of delegation"), sides, GROUPS, strict=True)
    ]
    readers = {}
    for number, who in enumerate(whos):
        handle = f"{made.slug}/{number}"
        people.keep_seat(SYSTEM, made, handle, who.role, who.side, groups=who.groups)
        readers[who] = signed_in(Account.objects.get(handle=handle))
    readers[Who("", "elsewhere")] = signed_in(Account.objects.create(handle=f"{made.slug}/elsewhere"))
    readers[Who("")] = Client()
    for client in readers.values():
        client.raise_request_exception = False
    found = Dialogue(roster, made, readers)
    for number, side in enumerate(sides):
        _register(found, f"{made.slug}/{whos.index(Who('convener', side))}", side, roster.sides[number])
    return found


def _register(found: Dialogue, handle: str, side: str, name: str) -> None:
    """Set up a side's vault and enter its people."""
    account = Account.objects.get(handle=handle)
    lead, programme = viewer_of(account), found.programme
    keys = Keys(new_id(), account.id, x25519.Identity.generate(), Ed25519PrivateKey.generate())
    vault_actions.make_keyring(lead, programme, NewKeyring(keys, b""))
    key = side_key(programme.id, side)
    vault_actions.set_up_vault(
        lead, programme, keys, NewShares(key, 2, ("A", "B", "C"), ("a", "b", "c"), b"")
    )
    for person in found.roster.people:
        if person.side == name:
            first, *others = person.names
            register_actions.keep_person(lead, programme, key, "delegate", identity_of(first, others))


# --- in ---------------------------------------------------------------------------------------------


def push(found: Dialogue, texts: Sequence[Planted], places: Sequence[Place]) -> None:
    """Write, import, minute, clear and hand over all of these texts, as the roles do it, by real requests."""
    for number, planted in enumerate(texts):
        level, side, group = places[number % len(places)]
        as_file = planted.plant == "metadata" or number % FILE_EVERY == 0
        if as_file:
            level, side, group = min(level, 5), "", ""
        one = Pushed(planted, f"zq{number:05}x", level, side, group, imported=as_file)
        found.pushed.append(one)
    for one in found.pushed:
        if one.imported:
            _import(found, one)
    for level, side, group in places:
        here = [
            one
            for one in found.pushed
            if not one.imported and (one.level, one.side, one.group) == (level, side, group)
        ]
        if here:
            _sit(found, here, level, side, group)
    for document in found.programme.documents.filter(is_held=False):
        _review(found, document)


def all_places(roster: Roster) -> list[Place]:
    """Sessions of both sides, of either side alone, and of a group, at every level."""
    sides = [key_of(side) for side in roster.sides]
    kinds = (("", ""), (sides[0], ""), (sides[1], ""), ("", GROUPS[0]))
    return [(level, side, group) for level in range(1, 8) for side, group in kinds]


def few_places(roster: Roster) -> list[Place]:
    """Sessions of both sides at every level, and one each of a side and of a group."""
    joint = [(level, "", "") for level in range(1, 8)]
    return [*joint, (4, key_of(roster.sides[0]), ""), (4, "", GROUPS[0])]


def marked(one: Pushed) -> str:
    return f"{one.planted.text} [{one.mark}]"


def _sit(found: Dialogue, here: list[Pushed], level: int, side: str, group: str) -> None:
    """A session at which these texts are written down; what nothing holds back is then cleared and handed over."""
    first, second = (key_of(one) for one in found.roster.sides)
    writer = found.reader("rapporteur", side or first)
    told = {"title": "The crossing", "level": min(level, 6), "track": "2", "side": side, "group": group}
    assert writer.post(found.base + "sessions/begin/", told).status_code == 302
    session = Session.objects.filter(programme=found.programme).latest("begun_on", "id")
    base = f"{found.base}sessions/{session.pk}/"
    for one in here:
        answer = writer.post(
            base + "points/",
            {"key": str(uuid4()), "version": "0", "text": marked(one), "kind": "convergence"},
            headers={"accept": "application/json"},
        )
        one.written = answer.status_code == 200
        one.held = one.written and not answer.json()["point"]["neutral"]
    if level == 7:
        writer.post(base + "level/", {"what": "tighten", "level": "7"})
    writer.post(base + "minutes/", {"kind": "rapporteur's report"})
    writer.post(base + "minutes/", {"kind": "chair's summary"})
    drafts = list(session.minutes.all())
    if len(drafts) == 2:
        pasted = "\n".join(marked(one) for one in here)
        at = f"{base}minutes/{drafts[1].pk}/"
        writer.post(at, {"text": pasted, "version": str(drafts[1].version), "kind": drafts[1].kind})
    for minutes in session.minutes.all():
        at = f"{base}minutes/{minutes.pk}/"
        writer.post(at + "send/")
        for lead in (first, second):
            found.reader("convener", lead).post(at + "read/", {"seen": minutes.fingerprint})
        writer.post(at + "clear/")
    _turn_both(found)
    points = list(Point.objects.filter(session=session))
    writer.post(base + "hand-over/", {"points": [str(point.pk) for point in points], "title": "All of it"})
    _turn_both(found)
    neutral = [point for point in points if point.is_neutral]
    writer.post(
        base + "hand-over/", {"points": [str(point.pk) for point in neutral], "title": "What may leave"}
    )
    _turn_both(found)
    kept = "\n".join(found.programme.documents.filter(is_held=False).values_list("text", flat=True))
    for one in here:
        one.public_to_all = not side and level < 6 and one.mark in kept


def _turn_both(found: Dialogue) -> None:
    for proposal in Proposal.objects.filter(programme=found.programme.id, done_at=None, closed_at=None):
        for side in found.roster.sides:
            found.reader("convener", key_of(side)).post(
                f"{found.base}keys/{proposal.pk}/", {"what": "turn", "content_hash": proposal.content_hash}
            )


def _import(found: Dialogue, one: Pushed) -> None:
    """A file with the text, and with the metadata that was planted, imported on the page."""
    file = SimpleUploadedFile(f"minutes-{one.mark}.docx", docx(marked(one), one.planted.metadata))
    writer = found.reader("programme officer", key_of(found.roster.sides[0]))
    answer = writer.post(
        found.base + "documents/import/",
        {"files": file, "kind": "joint declaration", "level": str(one.level), "title": f"Text {one.mark}"},
    )
    made = Document.objects.filter(programme=found.programme, text__contains=one.mark).first()
    assert made is not None, answer.content.decode()[-2000:]
    one.written, one.held = True, made.is_held
    one.public_to_all = not made.is_held


def _review(found: Dialogue, document: Document) -> None:
    """Every marked line becomes an ask and is accepted, so that it enters the ledger, where that is let."""
    writer = found.reader("rapporteur", key_of(found.roster.sides[1]))
    base = f"{found.base}documents/{document.pk}/review/"
    for line in document.text.split("\n")[:REVIEWED]:
        if re.search(r"zq\d{5}x", line):
            writer.post(base + "add/", {"words": line.strip(), "kind": "ask"})
    for ask in document.asks.all():
        ask.document = document
        writer.post(f"{base}{ask.pk}/", {"what": "accept", "seen": token_of(ask)})
    writer.post(base + "finish/")


def docx(text: str, metadata: Mapping[str, str]) -> bytes:
    """A word-processor file with this text whose metadata names an author and a path."""
    who = escape(metadata.get("author") or metadata.get("last_modified_by") or "somebody")
    path = escape(metadata.get("path", ""))
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{who}</dc:creator><cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
        f"<dc:description>{path}</dc:description></cp:coreProperties>",
        "word/document.xml": f"<w:document {w}><w:body>"
        f'<w:p><w:ins w:id="1" w:author="{who}" w:date="2026-01-01T00:00:00Z"><w:r><w:t xml:space="preserve">'
        f"{escape(text)}</w:t></w:r></w:ins></w:p></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return made.getvalue()


# --- out --------------------------------------------------------------------------------------------


def outputs(found: Dialogue, many: int = 30) -> Iterator[Output]:
    """Everything that every reader gets by asking for every address, with everything that it can name.

    ``many``: of how many documents and lineages the pages are asked for. All of them stand in the ledger anyway.
    """
    paths = list(dict.fromkeys(_paths(found, many)))
    for who, client in found.readers.items():
        for path, leaves in paths:
            response = client.get(path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            head = " ".join(f"{name}: {value}" for name, value in response.headers.items())
            yield Output(who, path, head + "\n" + _readable(body), leaves)


def _paths(found: Dialogue, many: int) -> Iterator[tuple[str, bool]]:
    programme = found.programme
    usual = {
        "slug": programme.slug,
        "key": "first",
        "seat_id": str(programme.seats.first().pk),
        "proposal_id": str(uuid4()),
        "act_id": str(uuid4()),
        "view_id": "1",
        "ask_id": str(uuid4()),
        "point_id": str(uuid4()),
    }
    named: dict[str, list[dict[str, str]]] = {
        "session_id": [{"session_id": str(one.pk)} for one in programme.sessions.all()],
        "minutes_id": [
            {"session_id": str(one.session_id), "minutes_id": str(one.pk)}
            for one in Minutes.objects.filter(session__programme=programme)
        ],
        "document_id": [{"document_id": str(one.pk)} for one in programme.documents.all()[:many]],
        "lineage_id": [
            {"lineage_id": str(one.pk)}
            for one in Lineage.objects.filter(asks__document__programme=programme).distinct()[:many]
        ],
        "format": [{"format": one} for one in ("csv", "json", "xlsx")],
    }
    for route in ROUTES:
        names = names_in(route)
        if names & {"ask_id", "point_id", "act_id", "proposal_id", "view_id"}:
            continue  # these take a POST alone
        told = next((named[name] for name in ("minutes_id", *named) if name in names), [{}])
        short = route.removeprefix("programmes/<slug:slug>/")
        for values in told:
            yield address(route, usual | values), short not in WITHIN
    some = [one.mark for one in found.pushed][:: max(1, len(found.pushed) // 8)]
    for mark in some:
        yield f"{found.base}ledger/?text={mark}%20", True
    yield f"{found.base}ledger/?page=all", True
    for path in ("/", "/account/", "/nothing/", f"{found.base}nothing/", f"{found.base}documents/{uuid4()}/"):
        yield path, True


def _readable(body: bytes) -> str:
    """The text of an answer; of a spreadsheet, all of its parts."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"\n".join(name.encode() + b"\n" + file.read(name) for name in file.namelist())
    return unescape(body.decode("utf-8", "replace"))


# --- judged -----------------------------------------------------------------------------------------


@dataclass
class Judgement:
    """What was found: by level the texts pushed, those that left, the innocents held; and what should be nothing."""

    roster: Roster
    pushed: Counter[int] = field(default_factory=Counter)
    left: Counter[int] = field(default_factory=Counter)
    innocents: Counter[int] = field(default_factory=Counter)
    suppressed: Counter[int] = field(default_factory=Counter)
    outputs: int = 0
    leaks: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def judge(found: Dialogue, told: Iterable[Output]) -> Judgement:
    """Read all outputs together, as somebody who holds the roster and knows which texts are of one thread."""
    result = Judgement(found.roster)
    by_mark = {one.mark: one for one in found.pushed}
    low = [marked(one) for one in found.pushed if one.level < 4]
    left_ = set()
    names: set[tuple[str, frozenset[str]]] = set()
    read: set[tuple[bool, str]] = set()
    for output in told:
        result.outputs += 1
        for mark in set(re.findall(r"zq\d{5}x", output.body)):
            one = by_mark[mark]
            if output.path.endswith(f"{mark}%20"):
                continue  # the page repeats the question
            if not one.may_read(output.who):
                result.leaks.append(f"{output.who} read {mark} (level {one.level}) at {output.path}")
            if output.leaves and marked(one).split("\n")[0] in output.body:
                left_.add(mark)
        if output.leaves and (key := output.body) and (True, key) not in read:
            read.add((True, key))
            rest = output.body
            for text in low:
                rest = rest.replace(text, "")
            if who := named_in(found.roster, rest):
                names.add((output.path, who))
    for one in found.pushed:
        result.pushed[one.level] += 1
        result.left[one.level] += one.mark in left_
        if one.planted.innocent:
            result.innocents[one.level] += 1
            result.suppressed[one.level] += one.held
    gone = [by_mark[mark].planted for mark in sorted(left_) if by_mark[mark].level >= 4]
    stands_alone = [_as_it_left(planted) for planted in gone]
    for key, remaining in left(found.roster, stands_alone).items():
        if len(remaining) < MINIMUM:
            result.below.append(
                f"{len(remaining)} left: " + " | ".join(p.text for p in gone if key in (p.thread, p.id))
            )
    result.names = [f"{len(who)} named at {path}" for path, who in sorted(names, key=str)]
    return result


def _as_it_left(planted: Planted) -> Planted:
    """What the text itself still tells. The fields of a record and the metadata of a file are told only where the
    names in them, or words for them, come out; the search for names looks for that."""
    if planted.plant not in ("record", "metadata"):
        return planted
    values: dict[str, Any] = {name: getattr(planted, name) for name in Planted.__slots__}
    return Planted(**values | {"told": {}, "candidates": frozenset(f"p{n:02}" for n in range(24))})
