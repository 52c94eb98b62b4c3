"""No sequence of steps lets a lead in without a second factor, or anybody in while travelling.

Steps are drawn at random from everything that an owner, a finder of links, somebody who knows the passphrase and the
other side may do, in two browsers; after each of them the rule is asked of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sulh.kernel import factors, signin
from sulh.kernel.access import SYSTEM
from sulh.kernel.models import Account
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.people.models import Seat
from sulh.rooms.people.standing import needs_second_factor
from sulh.rooms.programme.models import Programme
from tests.surfaces.conftest import browser, by_passphrase, code_of, is_in, set_passphrase
from tests.surfaces.soft_passkey import SoftPasskey

_numbers = count(1)


@dataclass
class World:
    """One account, two browsers, and what is known of its factors."""

    programme: Programme
    account: Account
    browsers: list[Client] = field(default_factory=lambda: [browser(), browser()])
    proved: list[bool] = field(default_factory=lambda: [False, False])
    secret: str = ""
    codes: list[str] = field(default_factory=list)
    passkeys: list[SoftPasskey] = field(default_factory=list)


Step = Callable[[World, int], None]


def open_link(world: World, at: int) -> None:
    world.account.refresh_from_db()
    world.browsers[at].post(f"/sign-in/{signin.renew_token(world.account)}/")


def type_passphrase(world: World, at: int) -> None:
    by_passphrase(world.browsers[at], world.account)


def choose_passphrase(world: World, at: int) -> None:
    set_passphrase(world.browsers[at])


def set_up(world: World, at: int) -> None:
    page = world.browsers[at].get("/account/authenticator/").content.decode()
    if found := re.search(r'class="secret">([A-Z2-7]+)<', page):
        cache.clear()  # a code is used again within its time, which elsewhere is refused
        sent = world.browsers[at].post("/account/authenticator/", {"code": code_of(found[1])})
        if sent.status_code == 302 and not sent.headers["Location"].startswith("/sign-in/"):
            world.secret = found[1]
            world.proved[at] = True


def type_code(world: World, at: int) -> None:
    if world.secret:
        cache.clear()
        sent = world.browsers[at].post("/sign-in/second-factor/", {"code": code_of(world.secret)})
        world.proved[at] |= sent.status_code == 302 and sent.headers["Location"] != "/sign-in/"


def type_nonsense(world: World, at: int) -> None:
    world.browsers[at].post("/sign-in/second-factor/", {"code": "000000"})


def make_codes(world: World, at: int) -> None:
    page = world.browsers[at].post("/account/recovery-codes/").content.decode()
    world.codes = re.findall(r"<li><code>(\d+)</code>", page) or world.codes


def type_recovery_code(world: World, at: int) -> None:
    if world.codes:
        cache.clear()
        sent = world.browsers[at].post("/sign-in/second-factor/", {"code": world.codes.pop()})
        world.proved[at] |= sent.status_code == 302 and sent.headers["Location"] != "/sign-in/"


def add_passkey(world: World, at: int) -> None:
    options = world.browsers[at].get("/account/passkeys/options/")
    if options.status_code == 200:
        passkey = SoftPasskey()
        sent = world.browsers[at].post("/account/passkeys/add/", {"credential": passkey.make(options.json())})
        if sent.status_code == 302 and not sent.headers["Location"].startswith("/sign-in/"):
            world.passkeys.append(passkey)
            world.proved[at] = True


def use_passkey(world: World, at: int) -> None:
    options = world.browsers[at].get("/sign-in/passkey/")
    if world.passkeys and options.status_code == 200:
        sent = world.browsers[at].post(
            "/sign-in/passkey/", {"credential": world.passkeys[-1].sign(options.json())}
        )
        world.proved[at] |= sent.status_code == 302


def remove_a_factor(world: World, at: int) -> None:
    if factor := factors.factors_of(world.account).first():
        world.browsers[at].post(f"/account/factors/{factor.pk}/remove/")


def become_lead(world: World, at: int) -> None:
    keep_seat(SYSTEM, world.programme, world.account.handle, "counterpart lead", "varenia")


def be_lead_no_more(world: World, at: int) -> None:
    Seat.objects.filter(account=world.account, role="counterpart lead").delete()


def sign_out(world: World, at: int) -> None:
    world.browsers[at].post("/sign-out/")
    world.proved[at] = False


def grow_old(world: World, at: int) -> None:
    for row in world.account.browser_sessions.all():
        row.began_at -= timedelta(minutes=11)
        row.save()


def depart(world: World, at: int) -> None:
    world.browsers[at].post("/account/travel/", {"until": timezone.localdate().isoformat()})


def come_home(world: World, at: int) -> None:
    Account.objects.filter(pk=world.account.pk).update(travels_until=timezone.localdate() - timedelta(days=1))


def reset(world: World, at: int) -> None:
    world.account.refresh_from_db()
    factors.forget(world.account)
    world.proved, world.secret, world.codes, world.passkeys = [False, False], "", [], []


STEPS: list[Step] = [
    open_link, type_passphrase, choose_passphrase, set_up, type_code, type_nonsense, make_codes, type_recovery_code,
    add_passkey, use_passkey, remove_a_factor, become_lead, be_lead_no_more, sign_out, grow_old, depart, come_home,
    reset,
]  # fmt: skip


@pytest.mark.usefixtures("db")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1)), min_size=3, max_size=14))
def test_no_sequence_lets_a_lead_in_without_a_second_factor(
    two_banks: Programme, settings: object, steps: list[tuple[Step, int]]
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    cache.clear()
    handle = f"two-banks/somebody-{next(_numbers)}"
    keep_seat(SYSTEM, two_banks, handle, "rapporteur", "varenia")
    keep_seat(SYSTEM, two_banks, handle, "counterpart lead", "varenia")
    world = World(two_banks, Account.objects.get(handle=handle))
    for step, at in steps:
        step(world, at)
        world.account.refresh_from_db()
        for number, client in enumerate(world.browsers):
            if not is_in(client):
                continue
            travels = world.account.travels_until
            assert not travels or travels < timezone.localdate(), "in while travelling"
            assert factors.has_credential(world.account), "in with nothing to sign in with"
            if needs_second_factor(world.account):
                assert factors.has_second_factor(world.account), (
                    f"{step.__name__}: in without a second factor"
                )
                assert world.proved[number], f"{step.__name__}: in, but this browser proved no second factor"


def test_the_steps_can_get_a_lead_in(two_banks: Programme) -> None:
    """Else the rule above would hold of a door that never opens."""
    keep_seat(SYSTEM, two_banks, "two-banks/lead", "counterpart lead", "varenia")
    world = World(two_banks, Account.objects.get())
    for way in (
        [open_link, choose_passphrase, set_up],
        [reset, open_link, add_passkey],
        [sign_out, use_passkey],
        [
            reset,
            open_link,
            choose_passphrase,
            set_up,
            make_codes,
            sign_out,
            type_passphrase,
            type_recovery_code,
        ],
        [sign_out, type_passphrase, type_code],
    ):
        for step in way:
            step(world, 0)
        assert is_in(world.browsers[0]), [step.__name__ for step in way]
