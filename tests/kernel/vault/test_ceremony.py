"""Sealed records: neither side's keys open one, and no order of steps opens one without both.

The machine plays two sides with two leads each, honest steps, steps out of turn, forged approvals, changed rows and
lapsed time, with real keys. Beside it stand two thieves: each holds everything one side has (its key and the
keyrings of its leads) and reads every byte the server keeps. A thief must never reach the text before *both* sides'
leads have signed for exactly this opening.
"""

from __future__ import annotations

import contextlib
import datetime
from uuid import UUID, uuid4

import pyrage
import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sulh.kernel.actions import Refused
from sulh.kernel.vault import ceremony, nested, signing
from sulh.kernel.vault.fields import NotForThisKey, seal, unseal
from sulh.kernel.vault.keyring import Keys
from sulh.kernel.vault.models import Opening, OpeningState, SealedRecord
from sulh.kernel.vault.sides import side_key
from tests.kernel.vault.conftest import PROGRAMME, new_keys

SIDES = ("oskland", "varenia")
SECRET = b"what was agreed under the walnut tree"
START = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
SIDE_KEYS = {side: side_key(PROGRAMME, side) for side in SIDES}
RECIPIENTS = {side: key.recipient for side, key in SIDE_KEYS.items()}
LEADS = {side: [new_keys(), new_keys()] for side in SIDES}


def verify(side: str, account: UUID, message: bytes, signature: bytes) -> bool:
    """As the house does it: the public keys of the leads of a side, found by account."""
    return any(
        lead.account_id == account and signing.matches(lead.verify_key, message, signature)
        for lead in LEADS[side]
    )


def new_record(record_id: UUID | None = None) -> SealedRecord:
    made = record_id or uuid4()
    outer, inner, sealed = nested.seal_for_both(made, RECIPIENTS, SECRET)
    return SealedRecord(
        id=made,
        programme=PROGRAMME,
        outer=outer,
        inner=inner,
        ciphertext=sealed,
        digest=nested.digest(sealed),
    )


def asked(record: SealedRecord, by: Keys) -> Opening:
    ends = START + 48 * HOUR
    return ceremony.request(
        record, by.account_id, by.recipient, "safety", "A threat was received.", ends, START
    )


def approve(opening: Opening, side: str, lead: Keys, now: datetime.datetime = START) -> None:
    signature = signing.sign(lead, ceremony.statement(opening))
    ceremony.approve(opening, side, lead.account_id, signature, verify, now)


def readable_with(identities: list, stored: bytes, depth: int = 4) -> bool:
    """Whether these identities, tried on every layer, lead to the text."""
    if SECRET in stored:
        return True
    # An envelope of the house stands behind a head line; what follows may be an envelope again.
    start = stored.find(b"age-encryption.org/v1")
    if start < 0 or not depth:
        return False
    for identity in identities:
        # The zeros behind an inner envelope are filling; age refuses trailing bytes, so the right end is sought.
        inner = stored[start:].rstrip(b"\0")
        for end in range(len(inner), min(len(stored) - start, len(inner) + 4) + 1):
            with contextlib.suppress(pyrage.DecryptError):
                body = pyrage.decrypt(stored[start : start + end], [identity])
                if readable_with(identities, body, depth - 1):
                    return True
                break
    return False


class Ceremony(RuleBasedStateMachine):
    """Any steps in any order."""

    @initialize(number=st.integers(0, 2**64), asker=st.sampled_from(SIDES))
    def begin(self, number: int, asker: str) -> None:
        self.record = new_record(UUID(int=number))
        self.requester = LEADS[asker][0]
        self.opening = asked(self.record, self.requester)
        self.now = START
        self.approved: set[str] = set()
        self.shown = 0
        self.handed_on = False

    def attempt(self, step, *args) -> bool:
        try:
            step(*args)
        except Refused:
            return False
        return True

    @rule(side=st.sampled_from(SIDES), number=st.integers(0, 1))
    def a_lead_approves(self, side: str, number: int) -> None:
        if self.attempt(approve, self.opening, side, LEADS[side][number], self.now):
            self.approved.add(side)

    @rule(side=st.sampled_from(SIDES), number=st.integers(0, 1))
    def a_lead_signs_for_the_other_side(self, side: str, number: int) -> None:
        other = SIDES[side == SIDES[0]]
        assert not self.attempt(approve, self.opening, side, LEADS[other][number], self.now)

    @rule(side=st.sampled_from(SIDES))
    def a_thief_writes_an_approval_into_the_row(self, side: str) -> None:
        """One side's thief signs what he likes with his own leads' keys and writes it as the other side's approval."""
        other = SIDES[side == SIDES[0]]
        forger = LEADS[side][0]
        signature = signing.sign(forger, ceremony.statement(self.opening)).hex()
        if other not in self.opening.approvals:
            given = {"account": str(LEADS[other][0].account_id), "signature": signature}
            self.opening.approvals = {**self.opening.approvals, other: given}
            if self.opening.state == OpeningState.REQUESTED:
                self.opening.state = OpeningState.APPROVED

    @rule(field=st.sampled_from(["purpose", "reason", "requester", "recipient", "expires_at"]))
    def a_thief_changes_what_was_signed(self, field: str) -> None:
        changed = {
            "purpose": "legal",
            "reason": "another",
            "requester": LEADS[SIDES[0]][1].account_id,
            "recipient": LEADS[SIDES[0]][1].recipient,
            "expires_at": START + 300 * HOUR,
        }
        if getattr(self.opening, field) != changed[field]:
            setattr(self.opening, field, changed[field])
            # Signatures given before no longer hold.
            self.approved.clear()

    @rule(side=st.sampled_from(SIDES))
    def a_side_hands_on(self, side: str) -> None:
        other = SIDES[side == SIDES[0]]
        done = self.attempt(
            ceremony.hand_on, self.opening, SIDE_KEYS[side], RECIPIENTS[other], verify, self.now
        )
        if done:
            assert self.approved == set(SIDES)
            assert side == self.record.outer
            self.handed_on = True

    @rule(side=st.sampled_from(SIDES))
    def a_side_unwraps(self, side: str) -> None:
        done = self.attempt(ceremony.unwrap, self.opening, SIDE_KEYS[side], verify, self.now)
        if done:
            assert self.handed_on
            assert side == self.record.inner
            assert self.approved == set(SIDES)

    @rule()
    def the_step_that_is_due_is_taken(self) -> None:
        """So that many runs come to the end, where most can go wrong."""
        waiting = [side for side in SIDES if side not in self.opening.approvals]
        match self.opening.state:
            case OpeningState.REQUESTED if waiting:
                self.a_lead_approves(waiting[0], 0)
            case OpeningState.APPROVED:
                self.a_side_hands_on(self.record.outer)
            case OpeningState.HANDED_ON:
                self.a_side_unwraps(self.record.inner)
            case OpeningState.READY:
                self.somebody_looks(
                    *next((s, n) for s in SIDES for n in (0, 1) if LEADS[s][n] is self.requester)
                )

    @rule(side=st.sampled_from(SIDES), number=st.integers(0, 1))
    def somebody_looks(self, side: str, number: int) -> None:
        keys = LEADS[side][number]
        try:
            text = ceremony.show(self.opening, keys, verify, self.now)
        except Refused:
            return
        assert text == SECRET
        assert keys is self.requester
        assert self.approved == set(SIDES)
        self.shown += 1
        event("shown")

    @rule(side=st.sampled_from(SIDES))
    @precondition(lambda self: len(self.opening.approvals) < 2)
    def a_side_refuses(self, side: str) -> None:
        if self.attempt(ceremony.refuse, self.opening, side, self.now):
            assert self.opening.state == OpeningState.REFUSED

    @rule(hours=st.sampled_from([1, 1, 1, 30]))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR
        ceremony.lapse(self.opening, self.now)

    @invariant()
    def it_is_shown_once_at_most(self) -> None:
        assert self.shown <= 1

    @invariant()
    def what_ended_keeps_no_copy(self) -> None:
        if self.opening.state in ceremony.FINAL:
            assert self.opening.handed_on == self.opening.for_requester == b""

    @invariant()
    def one_sides_keys_and_every_stored_byte_open_nothing_before_both_agreed(self) -> None:
        if self.handed_on:
            return
        for side in SIDES:
            identities = [SIDE_KEYS[side].identity, *(lead.identity for lead in LEADS[side])]
            for stored in (self.record.ciphertext, self.opening.handed_on, self.opening.for_requester):
                assert not readable_with(identities, bytes(stored))


Ceremony.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestCeremony = Ceremony.TestCase


def test_the_thief_of_the_test_would_find_the_text_if_he_held_both_keys() -> None:
    """The check above can fail: with both sides' keys the text is found."""
    both = [key.identity for key in SIDE_KEYS.values()]
    record = new_record()
    assert readable_with(both, record.ciphertext)
    for side in SIDES:
        assert not readable_with([SIDE_KEYS[side].identity], record.ciphertext)


def whole_path(record: SealedRecord) -> tuple[Opening, Keys]:
    requester = LEADS["varenia"][0]
    opening = asked(record, requester)
    for side in SIDES:
        approve(opening, side, LEADS[side][0])
    outer, inner = record.outer, record.inner
    ceremony.hand_on(opening, SIDE_KEYS[outer], RECIPIENTS[inner], verify, START)
    ceremony.unwrap(opening, SIDE_KEYS[inner], verify, START)
    return opening, requester


@pytest.mark.parametrize("number", [2, 3])
def test_both_together_show_it_once_whichever_side_is_outer(number: int) -> None:
    record = new_record(UUID(int=number))
    opening, requester = whole_path(record)
    assert opening.state == OpeningState.READY
    assert ceremony.show(opening, requester, verify, START) == SECRET
    with pytest.raises(Refused, match="not due"):
        ceremony.show(opening, requester, verify, START)


def test_neither_side_is_the_outer_one_by_right() -> None:
    outers = [nested.places(UUID(int=number), RECIPIENTS)[0] for number in range(10)]
    assert outers.count("varenia") == outers.count("oskland") == 5


def test_a_record_needs_two_sides_with_two_keys() -> None:
    for sides in ({"varenia": "age1x"}, {"varenia": "age1x", "oskland": "age1x"}, {}):
        with pytest.raises(ValueError, match="two sides"):
            nested.places(uuid4(), sides)


def test_a_ciphertext_swapped_for_that_of_another_record_stays_shut() -> None:
    record, other = new_record(UUID(int=4)), new_record(UUID(int=6))
    record.ciphertext, record.digest = other.ciphertext, other.digest
    with pytest.raises(Refused, match="another place"):
        whole_path(record)


def test_a_content_changed_after_the_approvals_stays_shut() -> None:
    record, requester = new_record(), LEADS["varenia"][0]
    opening = asked(record, requester)
    for side in SIDES:
        approve(opening, side, LEADS[side][0])
    record.ciphertext = new_record(record.id).ciphertext
    with pytest.raises(Refused, match="Ask anew"):
        ceremony.hand_on(opening, SIDE_KEYS[record.outer], RECIPIENTS[record.inner], verify, START)


def test_what_one_opening_handed_on_serves_no_other() -> None:
    record = new_record()
    first, second = asked(record, LEADS["varenia"][0]), asked(record, LEADS["varenia"][0])
    for opening in (first, second):
        for side in SIDES:
            approve(opening, side, LEADS[side][0])
    ceremony.hand_on(first, SIDE_KEYS[record.outer], RECIPIENTS[record.inner], verify, START)
    second.handed_on, second.state = first.handed_on, OpeningState.HANDED_ON
    with pytest.raises(Refused, match="another place"):
        ceremony.unwrap(second, SIDE_KEYS[record.inner], verify, START)


def test_an_account_that_sits_on_both_sides_approves_for_one_only(monkeypatch) -> None:
    both = new_keys()
    monkeypatch.setitem(LEADS, "varenia", [both])
    monkeypatch.setitem(LEADS, "oskland", [both])
    opening = asked(new_record(), both)
    approve(opening, "varenia", both)
    with pytest.raises(Refused, match="Two people"):
        approve(opening, "oskland", both)


@pytest.mark.parametrize(
    ("purpose", "reason", "hours"),
    [
        ("safety", "  ", 1),
        ("safety", "x" * 301, 1),
        ("gossip", "why", 1),
        ("safety", "why", 0),
        ("safety", "why", 360),
    ],
)
def test_a_request_without_reason_purpose_or_end_is_refused(purpose: str, reason: str, hours: int) -> None:
    with pytest.raises(Refused):
        ceremony.request(new_record(), uuid4(), "age1x", purpose, reason, START + hours * HOUR, START)


def test_after_its_time_no_step_is_taken_and_nothing_stays() -> None:
    opening, requester = whole_path(new_record())
    late = opening.expires_at
    with pytest.raises(Refused, match="lapsed"):
        ceremony.show(opening, requester, verify, late)
    assert not ceremony.lapse(opening, late - HOUR)
    assert ceremony.lapse(opening, late)
    assert (opening.state, opening.for_requester) == (OpeningState.LAPSED, b"")
    assert not ceremony.lapse(opening, late)


def test_the_envelope_inside_is_closed_to_the_side_that_opens_the_one_outside() -> None:
    record = new_record()
    outer = SIDE_KEYS[record.outer]
    within = unseal(outer.identity, nested.place(record.id, "outer"), record.ciphertext)
    with pytest.raises(NotForThisKey):
        unseal(outer.identity, nested.place(record.id, "inner"), within)


def test_a_made_up_record_sealed_by_one_side_alone_tells_it_nothing_new() -> None:
    """Anybody can seal to public recipients; that yields a text of his own, never one of the house's."""
    own = seal([RECIPIENTS["varenia"]], nested.place(UUID(int=1), "inner"), b"made up")
    assert unseal(SIDE_KEYS["varenia"].identity, nested.place(UUID(int=1), "inner"), own) == b"made up"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", uuid4()),
        ("requester", uuid4()),
        ("recipient", "age1another"),
        ("purpose", "legal"),
        ("reason", "another"),
        ("expires_at", START + 300 * HOUR),
        ("digest", "0" * 64),
    ],
)
def test_whatever_is_changed_after_the_approvals_they_no_longer_hold(field: str, value: object) -> None:
    record = new_record()
    opening = asked(record, LEADS["varenia"][0])
    for side in SIDES:
        approve(opening, side, LEADS[side][0])
    setattr(opening, field, value)
    with pytest.raises(Refused, match="Ask anew"):
        ceremony.hand_on(opening, SIDE_KEYS[record.outer], RECIPIENTS[record.inner], verify, START)
