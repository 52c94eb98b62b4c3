"""Two sides, their leads, rapporteurs and people of no seat, who do whatever the house lets them, in any order.

A model beside the house knows only what people are told: whom a session is for, what its level means, that two keys are
two sides' keys. After every step the house must be where the model is: nobody reads across a compartment, nothing was
loosened, cleared, released or handed over with one key, and of what was removed no word is in any table.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sulh.engines import texts
from sulh.kernel.access import SYSTEM, Hidden, NotPermitted, Viewer
from sulh.kernel.actions import Refused
from sulh.kernel.models import Account, Proposal
from sulh.rooms.carry import actions as carry
from sulh.rooms.carry.access import asks_for, documents_for
from sulh.rooms.carry.models import Document
from sulh.rooms.people import actions as people
from sulh.rooms.people.models import Seat
from sulh.rooms.people.queries import viewer_of
from sulh.rooms.record import actions as record
from sulh.rooms.record import leaving, queries
from sulh.rooms.record.compartments import sessions_for
from sulh.rooms.record.models import Minutes, Point, Session
from tests.rooms.conftest import make_programme

SIDES = ("varenia", "oskland")
GROUPS = ("security", "civil")
CAST = [
    ("convener", "varenia", ()),
    ("counterpart lead", "oskland", ()),
    ("counterpart lead", "varenia", ("security",)),
    ("rapporteur", "varenia", ()),
    ("rapporteur", "oskland", ("security",)),
    ("rapporteur", "oskland", ("civil",)),
    ("head of delegation", "oskland", ()),
    ("facilitator", "", ()),
    ("communications", "", ()),
]
CIRCLE = {"convener", "counterpart lead", "rapporteur", "facilitator"}
LEADS = {"convener", "counterpart lead"}
MENDERS = {"convener", "counterpart lead", "programme officer", "rapporteur"}
TELLING = "The former foreign secretary said that the ford at {} could open."
NEUTRAL = "The ford at {} should open."

who = st.integers(0, len(CAST))
some = st.integers(0, 50)
level = st.integers(1, 7)


@dataclass
class Known:
    """A session as the model knows it."""

    pk: Any
    side: str
    group: str
    level: int
    settled: int
    """The level that no side set alone."""
    words: set[str] = field(default_factory=set)


class Misuse(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.programme = make_programme("two-banks", "Two Banks")
        self.seats: dict[int, list[tuple[str, str, tuple[str, ...]]]] = {}
        self.accounts: list[Account] = []
        for number, (role, side, groups) in enumerate(CAST):
            people.keep_seat(SYSTEM, self.programme, f"cast/{number}", role, side, groups=groups)
            self.accounts.append(Account.objects.get(handle=f"cast/{number}"))
            self.seats[number] = [(role, side, groups)]
        self.accounts.append(Account.objects.create(handle="cast/nobody"))
        self.seats[len(CAST)] = []
        self.sessions: dict[Any, Known] = {}
        self.keys: dict[Any, set[str]] = {}
        self.cleared: set[Any] = set()
        self.overridden: set[Any] = set()
        self.documents: dict[Any, tuple[set[str], bool, int]] = {}
        self.gone: set[str] = set()
        self.count = 0
        self.turn_of = 0
        self.ending = False

    def teardown(self) -> None:
        try:
            self.ending = True
            self.nobody_reads_across_a_compartment()
            self.nobody_reads_a_word_of_another()
            self.nothing_removed_is_left()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # Who does it, and what comes of it

    def viewer(self, number: int) -> Viewer:
        return viewer_of(self.accounts[number])

    def attempt(self, act: Callable[..., Any], *args: Any, **told: Any) -> Any:
        """What the house made of it, or nothing where it refused; any other answer is a fault of the house."""
        try:
            with transaction.atomic():
                return act(*args, **told)
        except (Refused, NotPermitted, Hidden):
            return None

    def word(self) -> str:
        self.count += 1
        return f"Vatnsby{self.count:04}x"

    def one(self, kind: type, number: int) -> Any:
        found = list(kind.objects.order_by("pk"))
        return found[number % len(found)] if found else None

    def inside(self, number: int, known: Known) -> bool:
        return any(
            known.side in ("", side)
            and (not known.group or not groups or known.group in groups)
            and (known.level < 6 or role in CIRCLE)
            for role, side, groups in self.seats[number]
        )

    def leads(self, number: int) -> set[str]:
        return {side for role, side, _groups in self.seats[number] if role in LEADS and side}

    # Sessions

    @rule(number=who, at=level, side=st.sampled_from(("", *SIDES)), group=st.sampled_from(("", *GROUPS)))
    def begin(self, number: int, at: int, side: str, group: str) -> None:
        made = self.attempt(
            record.begin_session, self.viewer(number), self.programme, "The ford", at, side=side, group=group
        )
        if made:
            known = Known(made.pk, side, group, at, at)
            assert self.inside(number, known)
            self.sessions[made.pk] = known

    @rule(number=who, which=some, telling=st.booleans(), parked=st.booleans())
    def write(self, number: int, which: int, telling: bool, parked: bool) -> None:
        session = self.one(Session, which)
        if session is None:
            return
        word = self.word()
        text, kind = (
            (TELLING if telling else NEUTRAL).format(word),
            "parking lot" if parked else "convergence",
        )
        if self.attempt(
            record.keep_point, self.viewer(number), self.programme, session, uuid4(), 0, text, kind
        ):
            assert self.inside(number, self.sessions[session.pk])
            self.sessions[session.pk].words.add(word)

    @rule(number=who, which=some)
    def rewrite(self, number: int, which: int) -> None:
        point = self.one(Point, which)
        if point is None:
            return
        word = self.word()
        if self.attempt(
            record.keep_point,
            self.viewer(number),
            self.programme,
            point.session,
            point.client_key,
            point.version,
            TELLING.format(word),
        ):
            self.sessions[point.session_id].words.add(word)

    @rule(number=who, which=some, at=level)
    def tighten(self, number: int, which: int, at: int) -> None:
        session = self.one(Session, which)
        if session and self.attempt(record.tighten_level, self.viewer(number), self.programme, session, at):
            known = self.sessions[session.pk]
            assert at > known.level
            assert self.inside(number, known)
            known.level = at
            self.cleared -= set(session.minutes.values_list("pk", flat=True))

    @rule(number=who, which=some, at=level)
    def loosen_alone(self, number: int, which: int, at: int) -> None:
        session = self.one(Session, which)
        if session:
            assert not self.attempt(record.loosen_level, self.viewer(number), self.programme, session, at)

    @rule(number=who, which=some)
    def remove_alone(self, number: int, which: int) -> None:
        session = self.one(Session, which)
        if session and self.attempt(record.remove_session, self.viewer(number), self.programme, session):
            known = self.sessions[session.pk]
            assert self.leads(number)
            assert known.side in self.leads(number) or known.settled == 7
            self.forget(session.pk)

    def forget(self, pk: Any) -> None:
        known = self.sessions.pop(pk)
        handed = set().union(*(words for words, _held, _level in self.documents.values()))
        self.gone |= known.words - handed
        self.cleared &= set(Minutes.objects.values_list("pk", flat=True))
        self.nothing_removed_is_left()

    # Minutes

    @rule(number=who, which=some, paste=st.booleans())
    def minute(self, number: int, which: int, paste: bool) -> None:
        session = self.one(Session, which)
        if session is None:
            return
        made = self.attempt(record.begin_minutes, self.viewer(number), self.programme, session, "non-paper")
        if made and paste:
            word = self.word()
            text = f"{made.text}\n{TELLING.format(word)}"
            if self.attempt(
                record.keep_minutes, self.viewer(number), self.programme, made, text, made.version
            ):
                self.sessions[session.pk].words.add(word)

    @rule(number=who, which=some)
    def send(self, number: int, which: int) -> None:
        minutes = self.one(Minutes, which)
        if minutes:
            self.attempt(record.send_minutes, self.viewer(number), self.programme, minutes)

    @rule(number=who, which=some)
    def read(self, number: int, which: int) -> None:
        minutes = self.one(Minutes, which)
        if minutes:
            self.attempt(
                record.read_minutes, self.viewer(number), self.programme, minutes, minutes.fingerprint
            )

    @rule(number=who, which=some)
    def clear_alone(self, number: int, which: int) -> None:
        minutes = self.one(Minutes, which)
        if minutes:
            assert not self.attempt(record.clear_minutes, self.viewer(number), self.programme, minutes)
            assert not self.attempt(record.override_finding, self.viewer(number), self.programme, minutes)

    # Both keys

    def proposed(self, number: int, made: Any) -> None:
        """A lead who proposes has turned their own key; the same proposal again is the first one."""
        if made:
            fresh = made.pk not in self.keys
            self.keys.setdefault(made.pk, set())
            if fresh:
                self.keys[made.pk] |= self.leads(number)

    @rule(number=who, which=some, at=level)
    def propose_loosening(self, number: int, which: int, at: int) -> None:
        session = self.one(Session, which)
        if session:
            self.proposed(
                number,
                self.attempt(record.propose_loosening, self.viewer(number), self.programme, session, at),
            )

    @rule(number=who, which=some)
    def propose_clearing(self, number: int, which: int) -> None:
        minutes = self.one(Minutes, which)
        if minutes:
            self.proposed(
                number, self.attempt(record.propose_clearing, self.viewer(number), self.programme, minutes)
            )

    @rule(number=who, which=some, minutes=st.booleans())
    def propose_override(self, number: int, which: int, minutes: bool) -> None:
        row = self.one(Minutes if minutes else Point, which)
        if row:
            act = record.propose_override
            self.proposed(
                number, self.attempt(act, self.viewer(number), self.programme, row, "Both sides know.")
            )

    @rule(number=who, which=some)
    def propose_handover(self, number: int, which: int) -> None:
        point = self.one(Point, which)
        if point:
            act = record.propose_handover
            ids = [str(point.pk)]
            made = self.attempt(act, self.viewer(number), self.programme, point.session, ids, "Fords")
            self.proposed(number, made)

    @rule(number=who, which=some)
    def propose_removal(self, number: int, which: int) -> None:
        session = self.one(Session, which)
        if session:
            self.proposed(
                number, self.attempt(record.propose_removal, self.viewer(number), self.programme, session)
            )

    @rule(number=who, which=some)
    def turn(self, number: int, which: int) -> None:
        proposal = self.one(Proposal, which)
        if proposal is None:
            return
        about = proposal.subject.rpartition("/")[2]
        before = set(Document.objects.values_list("pk", flat=True))
        done = self.attempt(
            people.turn_key, self.viewer(number), self.programme, proposal.pk, proposal.content_hash
        )
        if not done:
            return
        assert self.leads(number)
        self.keys[proposal.pk] |= self.leads(number)
        assert (done.done_at is not None) == (self.keys[proposal.pk] == set(SIDES))
        if done.done_at:
            self.carried_out(proposal.kind, about, proposal.terms, before)

    def carried_out(self, kind: str, about: str, terms: Any, before: set[Any]) -> None:
        by_text = {str(pk): pk for pk in (*self.sessions, *self.documents)}
        if kind == "record.loosen_level":
            known = self.sessions[by_text[about]]
            known.level = known.settled = terms["to"]
        elif kind == "record.clear_minutes":
            self.cleared.add(Minutes.objects.get(pk=about).pk)
        elif kind == "record.remove_session":
            self.forget(by_text[about])
        elif kind == "record.override_finding":
            pass
        elif kind == "record.hand_over":
            self.arrived(before)
        elif kind == "carry.release_document":
            words, _held, at = self.documents[by_text[about]]
            self.documents[by_text[about]] = (words, False, at)
        elif kind == "carry.loosen_document":
            words, _held, _at = self.documents[by_text[about]]
            found = Document.objects.get(pk=about)
            self.documents[found.pk] = (words, found.is_held, terms["level"])
        else:
            raise AssertionError(kind)

    def arrived(self, before: set[Any]) -> None:
        for made in Document.objects.exclude(pk__in=before):
            words = {word for known in self.sessions.values() for word in known.words if word in made.text}
            self.documents[made.pk] = (words, made.is_held, made.level)

    @rule(number=who, which=some)
    def take_back(self, number: int, which: int) -> None:
        proposal = self.one(Proposal, which)
        if proposal and self.attempt(people.take_back_key, self.viewer(number), self.programme, proposal.pk):
            self.keys[proposal.pk] -= self.leads(number)

    @rule(number=who, which=some)
    def withdraw(self, number: int, which: int) -> None:
        proposal = self.one(Proposal, which)
        if proposal:
            self.attempt(people.withdraw_proposal, self.viewer(number), self.programme, proposal.pk)

    @rule(number=who, which=some)
    def hand_over_alone(self, number: int, which: int) -> None:
        point = self.one(Point, which)
        if point is None:
            return
        before = set(Document.objects.values_list("pk", flat=True))
        act, ids = record.hand_over_points, [str(point.pk)]
        if self.attempt(act, self.viewer(number), self.programme, point.session, ids, "Fords"):
            known = self.sessions[point.session_id]
            assert (known.level, known.side, known.group) == (1, "", "")
            self.arrived(before)

    # Documents

    @rule(number=who, at=st.integers(1, 7), telling=st.booleans())
    def bring(self, number: int, at: int, telling: bool) -> None:
        word = self.word()
        read = texts.parse((TELLING if telling else NEUTRAL).format(word), f"Text {self.count}")
        made = self.attempt(carry.import_document, self.viewer(number), self.programme, read, level=at)
        if made:
            assert at < 6
            assert made.is_held == (telling and at >= 4)
            self.documents[made.pk] = ({word}, made.is_held, at)

    @rule(number=who, which=some, telling=st.booleans())
    def mend(self, number: int, which: int, telling: bool) -> None:
        document = self.one(Document, which)
        if document is None:
            return
        word = self.word()
        read = texts.parse((TELLING if telling else NEUTRAL).format(word), f"Text {self.count}")
        made = self.attempt(carry.mend_document, self.viewer(number), self.programme, document, read)
        if made:
            words, held, at = self.documents.pop(document.pk)
            assert held
            self.lost(words)
            self.documents[made.pk] = ({word}, made.is_held, at)
            assert made.is_held == (telling and at >= 4)

    @rule(number=who, which=some)
    def remove_document(self, number: int, which: int) -> None:
        document = self.one(Document, which)
        if document and self.attempt(carry.remove_document, self.viewer(number), self.programme, document):
            words, _held, _at = self.documents.pop(document.pk)
            self.lost(words)

    def lost(self, words: set[str]) -> None:
        kept = set().union(*(known.words for known in self.sessions.values()))
        kept |= set().union(*(others for others, _held, _at in self.documents.values()))
        self.gone |= words - kept
        self.nothing_removed_is_left()

    @rule(number=who, which=some, at=level)
    def tighten_document(self, number: int, which: int, at: int) -> None:
        document = self.one(Document, which)
        if document and self.attempt(
            carry.tighten_document, self.viewer(number), self.programme, document, at
        ):
            words, held, known = self.documents[document.pk]
            assert at > known
            found = Document.objects.get(pk=document.pk)
            assert found.is_held or not held or at < 4
            self.documents[document.pk] = (words, found.is_held, at)

    @rule(number=who, which=some, at=level)
    def propose_for_document(self, number: int, which: int, at: int) -> None:
        document = self.one(Document, which)
        if document:
            viewer = self.viewer(number)
            told = (viewer, self.programme, document)
            assert not self.attempt(carry.release_document, *told)
            assert not self.attempt(carry.loosen_document, *told, at)
            self.proposed(number, self.attempt(carry.propose_release, *told, "Both sides know this text."))
            self.proposed(number, self.attempt(carry.propose_document_level, *told, at))

    # Seats

    @rule(number=who, role=st.sampled_from(("rapporteur", "head of delegation", "convener", "facilitator")))
    def give(self, number: int, role: str) -> None:
        made = self.attempt(people.give_seat, self.viewer(number), self.programme, "new", role)
        if made:
            assert made.side is not None
            assert {made.side.key} == self.leads(number)
            assert role not in LEADS
            self.accounts.append(made.account)
            self.seats[len(self.accounts) - 1] = [(role, made.side.key, ())]

    @precondition(lambda self: len(self.accounts) > 6)
    @rule(number=who, which=some)
    def take(self, number: int, which: int) -> None:
        seat = self.one(Seat, which)
        side = seat.side.key if seat.side else ""
        account = seat.account
        if self.attempt(people.end_seat, self.viewer(number), self.programme, seat):
            assert side in self.leads(number)
            assert seat.role not in LEADS
            place = self.accounts.index(account)
            self.seats[place] = [one for one in self.seats[place] if one[0] != seat.role]

    # What must hold after every step

    def readers(self) -> list[int]:
        """Three of all, in turn; everybody reads at the end (``teardown``)."""
        self.turn_of += 1
        return (
            list(self.seats) if self.ending else [(self.turn_of * 3 + n) % len(self.seats) for n in range(3)]
        )

    @invariant()
    def nobody_reads_across_a_compartment(self) -> None:
        for number in self.readers():
            viewer = self.viewer(number)
            seen = {one.pk for one in sessions_for(viewer, self.programme)}
            assert seen == {pk for pk, known in self.sessions.items() if self.inside(number, known)}, number

    @invariant()
    def nobody_reads_a_word_of_another(self) -> None:
        for number in self.readers():
            viewer = self.viewer(number)
            allowed = {
                word
                for known in self.sessions.values()
                if self.inside(number, known) and known.level < 7
                for word in known.words
            }
            for words, held, _at in self.documents.values():
                mends = any(role in MENDERS for role, _side, _groups in self.seats[number])
                allowed |= words if self.seats[number] and (not held or mends) else set()
            read = [
                point.text
                for one in queries.sessions_of(viewer, self.programme)
                for point in queries.points_of(one)
            ]
            read += [
                point.text for one in queries.parking_lot(viewer, self.programme) for point in one.parked
            ]
            read += [minutes.text for minutes in queries.waiting_for(viewer, self.programme)]
            if self.seats[number]:
                read += documents_for(viewer, self.programme).values_list("text", flat=True)
            read += asks_for(viewer).values_list("text", flat=True)
            told = "\n".join(read)
            assert not {word for word in self.words() - allowed if word in told}, number

    def words(self) -> set[str]:
        return {f"Vatnsby{number:04}x" for number in range(1, self.count + 1)}

    @invariant()
    def both_keys_turned_for_all_that_takes_them(self) -> None:
        levels = dict(Session.objects.values_list("pk", "level"))
        assert levels == {pk: known.level for pk, known in self.sessions.items()}
        now = set(Minutes.objects.filter(phase="cleared").values_list("pk", flat=True))
        assert now <= self.cleared
        told = {pk: (held, at) for pk, (_words, held, at) in self.documents.items()}
        assert {
            pk: (held, at) for pk, held, at in Document.objects.values_list("pk", "is_held", "level")
        } == told
        for minutes in Minutes.objects.exclude(phase="cleared").filter(session__level__gte=2):
            assert self.attempt(leaving.text_to_take_out, minutes) is None

    def nothing_removed_is_left(self) -> None:
        if not self.gone:
            return
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = repr(cursor.fetchall())
            assert not {word for word in self.gone if word in rows}, table


def play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Misuse,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_order_of_acts_reads_across_publishes_with_one_key_or_revives():
    play(examples=5, steps=25)


@pytest.mark.torture
@pytest.mark.django_db
def test_no_long_order_of_acts_does():
    play(examples=int(os.environ.get("SULH_MISUSE", "300")), steps=80)
