"""Who gets in with what: passphrases, links, codes, passkeys, and what leads need besides."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from sulh.kernel import signin
from sulh.kernel.access import SYSTEM
from sulh.kernel.models import Account, AuditEntry
from sulh.rooms.people.actions import keep_seat
from sulh.rooms.programme.models import Programme
from tests.surfaces.conftest import (
    PASSPHRASE,
    browser,
    by_link,
    by_passphrase,
    code_of,
    is_in,
    recovery_codes,
    set_passphrase,
    set_up_authenticator,
)
from tests.surfaces.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
Seated = Callable[..., Account]


def add_passkey(client: Client, passkey: SoftPasskey) -> int:
    options = client.get("/account/passkeys/options/").json()
    return client.post("/account/passkeys/add/", {"credential": passkey.make(options)}).status_code


def by_passkey(client: Client, passkey: SoftPasskey, address: str = "/sign-in/passkey/") -> int:
    options = client.get(address).json()
    return client.post(address, {"credential": passkey.sign(options)}).status_code


# Invitations


def test_an_invited_member_chooses_a_passphrase_and_is_in(seated: Seated) -> None:
    client, account = browser(), seated("rapporteur")
    by_link(client, account)
    assert not is_in(client)
    assert client.get("/").headers["Location"] == "/account/begin/"
    assert set_passphrase(client) == 302
    assert is_in(client)


def test_an_invited_member_may_choose_a_passkey_instead(seated: Seated) -> None:
    client, account, passkey = browser(), seated("rapporteur"), SoftPasskey()
    by_link(client, account)
    assert add_passkey(client, passkey) == 302
    assert is_in(client)
    again = browser()
    assert by_passkey(again, passkey) == 302
    assert is_in(again)
    assert not Account.objects.get(pk=account.pk).has_usable_password()


def test_setting_a_passphrase_lets_unused_links_lapse(seated: Seated) -> None:
    account = seated("rapporteur")
    client = browser()
    by_link(client, account)
    account.refresh_from_db()
    second = signin.make_token(account)
    set_passphrase(client)
    assert browser().post(f"/sign-in/{second}/").status_code == 404


def test_two_who_open_one_link_at_once_are_not_both_in(seated: Seated) -> None:
    account = seated("rapporteur")
    first, second = Account.objects.get(pk=account.pk), Account.objects.get(pk=account.pk)
    assert signin.use_up(first)
    assert not signin.use_up(second)


@pytest.mark.parametrize(
    "passphrase",
    [
        "short",
        "elevenchars",
        "1qaz2wsx3edc",
        "q1w2e3r4t5y6",
        "two-banks/rapporteur-varenia",
        "x" * 201,
    ],
)
def test_a_passphrase_that_is_short_common_the_handle_or_endless_is_refused(
    seated: Seated, passphrase: str
) -> None:
    client = browser()
    by_link(client, seated("rapporteur"))
    assert set_passphrase(client, passphrase) == 422
    assert not is_in(client)


def test_a_passphrase_in_any_language_without_figures_or_capitals_will_do(seated: Seated) -> None:
    client, account = browser(), seated("rapporteur")
    by_link(client, account)
    assert set_passphrase(client, "چار پرندے دریا کنارے") == 302
    assert by_passphrase(browser(), account, "چار پرندے دریا کنارے") == 302


def test_passphrases_are_kept_as_argon2id(seated: Seated) -> None:
    assert seated("rapporteur", passphrase=PASSPHRASE).password.startswith("argon2$argon2id$")


# Leads


def test_a_lead_reaches_only_the_setting_up_of_a_second_factor(seated: Seated) -> None:
    client, account = browser(), seated(passphrase=PASSPHRASE)
    assert by_passphrase(client, account) == 302
    for address in ("/", "/programmes/two-banks/", "/programmes/no-such/", "/account/", "/account/browsers/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/second-factor/")
    part = client.get("/programmes/two-banks/ledger/", headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (204, b"")
    set_up_authenticator(client)
    assert is_in(client)


@pytest.mark.parametrize("role", ["convener", "counterpart lead", "security lead"])
@pytest.mark.parametrize("side", ["varenia", ""])
def test_every_lead_needs_one_neutral_or_not(seated: Seated, role: str, side: str) -> None:
    client = browser()
    by_passphrase(client, seated(role, side, PASSPHRASE))
    assert not is_in(client)


def test_a_demonstration_lead_needs_none_and_the_page_says_why(seated: Seated) -> None:
    client, account = browser(), seated(demo=True)
    address = f"/sign-in/{signin.make_token(account)}/"
    assert b"no second factor is asked for" in client.get(address).content
    client.post(address)
    assert is_in(client)
    assert b"opens nothing that is not public" in client.get("/account/").content


def test_nobody_changes_a_demonstration_account(seated: Seated) -> None:
    client, account = browser(), seated(demo=True)
    client.post(f"/sign-in/{signin.make_token(account)}/")
    for address in (
        "/account/passphrase/",
        "/account/authenticator/",
        "/account/travel/",
        "/account/browsers/",
    ):
        assert client.post(address, {"passphrase": PASSPHRASE, "until": "2099-01-01"}).headers[
            "Location"
        ] == ("/account/")
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert account.travels_until is None


def test_who_becomes_a_lead_is_led_to_the_second_factor_at_once(seated: Seated, two_banks: Programme) -> None:
    client, account = browser(), seated("rapporteur", passphrase=PASSPHRASE)
    by_passphrase(client, account)
    assert is_in(client)
    keep_seat(SYSTEM, two_banks, account.handle, "counterpart lead", "varenia")
    assert not is_in(client)


def test_a_lead_cannot_remove_the_last_factor(seated: Seated) -> None:
    client, account = browser(), seated(passphrase=PASSPHRASE)
    by_passphrase(client, account)
    set_up_authenticator(client)
    factor = account.authenticator_set.get(type="totp")
    client.post(f"/account/factors/{factor.pk}/remove/")
    assert account.authenticator_set.filter(pk=factor.pk).exists()
    add_passkey(client, SoftPasskey())
    client.post(f"/account/factors/{factor.pk}/remove/")
    assert not account.authenticator_set.filter(pk=factor.pk).exists()
    assert is_in(client)


def test_nobody_removes_the_factor_of_another(seated: Seated) -> None:
    client, member, lead = (
        browser(),
        seated("rapporteur", passphrase=PASSPHRASE),
        seated(passphrase=PASSPHRASE),
    )
    other = browser()
    by_passphrase(other, lead)
    set_up_authenticator(other)
    by_passphrase(client, member)
    factor = lead.authenticator_set.get(type="totp")
    client.post(f"/account/factors/{factor.pk}/remove/")
    assert lead.authenticator_set.filter(pk=factor.pk).exists()


# The second factor


@pytest.fixture
def lead(seated: Seated) -> tuple[Account, str, list[str]]:
    """A lead with passphrase, authenticator application and recovery codes."""
    client, account = browser(), seated(passphrase=PASSPHRASE)
    by_passphrase(client, account)
    secret = set_up_authenticator(client)
    return account, secret, recovery_codes(client)


def test_a_passphrase_alone_opens_nothing_but_the_second_step(lead: tuple[Account, str, list[str]]) -> None:
    client = browser()
    by_passphrase(client, lead[0])
    assert "_auth_user_id" not in client.session
    assert not is_in(client)
    assert client.get("/sign-in/second-factor/").status_code == 200


def test_a_code_opens_and_opens_no_second_time(lead: tuple[Account, str, list[str]]) -> None:
    account, secret, _codes = lead
    code = code_of(secret, 1)
    first, second = browser(), browser()
    for client in (first, second):
        by_passphrase(client, account)
        client.post("/sign-in/second-factor/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_the_code_that_set_the_application_up_opens_nothing_more(seated: Seated) -> None:
    client, other, account = browser(), browser(), seated(passphrase=PASSPHRASE)
    by_passphrase(client, account)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', client.get("/account/authenticator/").content.decode())
    assert secret
    code = code_of(secret[1])
    client.post("/account/authenticator/", {"code": code})
    by_passphrase(other, account)
    other.post("/sign-in/second-factor/", {"code": code})
    assert is_in(client)
    assert not is_in(other)


def test_a_recovery_code_opens_once(lead: tuple[Account, str, list[str]]) -> None:
    account, _secret, codes = lead
    assert len(codes) == 10
    for number, expected in ((0, True), (0, False), (1, True)):
        client = browser()
        by_passphrase(client, account)
        client.post("/sign-in/second-factor/", {"code": codes[number]})
        assert is_in(client) is expected


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(lead: tuple[Account, str, list[str]]) -> None:
    account, _secret, old = lead
    client = browser()
    by_passphrase(client, account)
    client.post("/sign-in/second-factor/", {"code": old[0]})
    page = client.get("/account/recovery-codes/").content.decode()
    assert not any(code in page for code in old)
    new = recovery_codes(client)
    other = browser()
    by_passphrase(other, account)
    other.post("/sign-in/second-factor/", {"code": old[1]})
    assert not is_in(other)
    other.post("/sign-in/second-factor/", {"code": new[0]})
    assert is_in(other)


def test_after_five_wrong_codes_a_right_one_waits_but_a_passkey_does_not(
    lead: tuple[Account, str, list[str]],
) -> None:
    account, _secret, codes = lead
    setting_up, passkey = browser(), SoftPasskey()
    by_passphrase(setting_up, account)
    setting_up.post("/sign-in/second-factor/", {"code": codes[0]})
    add_passkey(setting_up, passkey)
    client = browser()
    by_passphrase(client, account)
    for _time in range(5):
        client.post("/sign-in/second-factor/", {"code": "000000"})
    client.post("/sign-in/second-factor/", {"code": codes[1]})
    assert not is_in(client)
    assert by_passkey(client, passkey, "/sign-in/second-factor/passkey/") == 302
    assert is_in(client)


def test_half_signed_in_lapses(lead: tuple[Account, str, list[str]]) -> None:
    account, _secret, codes = lead
    client = browser()
    by_passphrase(client, account)
    session = client.session
    session["entering"] = session["entering"] | {"at": session["entering"]["at"] - 601}
    session.save()
    assert client.post("/sign-in/second-factor/", {"code": codes[0]}).headers["Location"] == "/sign-in/"
    assert not is_in(client)


def test_half_signed_in_ends_with_the_passphrase_it_began_with(lead: tuple[Account, str, list[str]]) -> None:
    account, _secret, codes = lead
    client = browser()
    by_passphrase(client, account)
    account.set_password("another one altogether, chosen since")
    account.save()
    client.post("/sign-in/second-factor/", {"code": codes[0]})
    assert not is_in(client)


def test_secrets_lie_encrypted_in_the_database(lead: tuple[Account, str, list[str]]) -> None:
    from allauth.mfa.utils import decrypt

    account, secret, _codes = lead
    kept = account.authenticator_set.get(type="totp").data["secret"]
    assert secret not in json.dumps(list(account.authenticator_set.values_list("data", flat=True)))
    assert decrypt(kept) == secret


def test_an_offered_secret_lies_encrypted_in_the_session_too(seated: Seated) -> None:
    client = browser()
    by_passphrase(client, seated(passphrase=PASSPHRASE))
    page = client.get("/account/authenticator/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert secret
    assert secret[1] not in json.dumps(dict(client.session))


# Passkeys


def test_a_passkey_alone_is_enough_for_a_lead(seated: Seated) -> None:
    client, account, passkey = browser(), seated(), SoftPasskey()
    by_link(client, account)
    add_passkey(client, passkey)
    other = browser()
    by_passkey(other, passkey)
    assert is_in(other)


def test_a_passkey_that_asks_for_no_pin_or_finger_is_refused(seated: Seated) -> None:
    client, account, passkey = browser(), seated(), SoftPasskey(verifies=False)
    by_link(client, account)
    assert add_passkey(client, passkey) == 422
    strict = SoftPasskey()
    add_passkey(client, strict)
    strict.flags = SoftPasskey(verifies=False).flags
    other = browser()
    assert by_passkey(other, strict) == 422
    assert not is_in(other)


def test_a_signature_counts_for_its_own_challenge_only(seated: Seated) -> None:
    client, account, passkey = browser(), seated(), SoftPasskey()
    by_link(client, account)
    add_passkey(client, passkey)
    stolen = passkey.sign(browser().get("/sign-in/passkey/").json())
    other = browser()
    other.get("/sign-in/passkey/")
    assert other.post("/sign-in/passkey/", {"credential": stolen}).status_code == 422


def test_the_passkey_of_one_account_is_no_second_factor_of_another(
    seated: Seated, lead: tuple[Account, str, list[str]]
) -> None:
    member, passkey = seated("rapporteur"), SoftPasskey()
    own = browser()
    by_link(own, member)
    add_passkey(own, passkey)
    client = browser()
    by_passphrase(client, lead[0])
    by_passkey(client, passkey, "/sign-in/second-factor/passkey/")
    assert "_auth_user_id" not in client.session


def test_a_passkey_of_a_closed_account_opens_nothing(seated: Seated) -> None:
    client, account, passkey = browser(), seated("rapporteur"), SoftPasskey()
    by_link(client, account)
    add_passkey(client, passkey)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert by_passkey(browser(), passkey) == 422
    assert not is_in(client)


@pytest.mark.parametrize(
    "answer",
    [
        *(
            "",
            "{}",
            "[]",
            "null",
            "3",
            '"x"',
            '{"response": {}}',
            '{"response": {"userHandle": "x"}}',
            "{" * 5000,
        ),
        "[" * 100_000,
        '{"id": 1, "rawId": 2, "type": 3, "response": {"userHandle": "AAAA", "signature": []}}',
    ],
)
def test_no_answer_of_a_false_passkey_breaks_the_page(seated: Seated, answer: str) -> None:
    client = browser()
    client.get("/sign-in/passkey/")
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 422
    by_link(client, seated("rapporteur"))
    client.get("/account/passkeys/options/")
    assert client.post("/account/passkeys/add/", {"credential": answer}).status_code == 422


def test_no_device_is_told_the_handle(seated: Seated) -> None:
    """A passkey list or a telephone must not say which programme and role its owner has."""
    client, account = browser(), seated()
    by_link(client, account)
    set_passphrase(client)
    user = client.get("/account/passkeys/options/").json()["publicKey"]["user"]
    assert account.handle not in json.dumps(user)
    from sulh.kernel.factor_adapter import label_of

    assert "two-banks" not in label_of(account)


# Links of those who have a credential


def test_a_link_never_passes_the_second_factor(lead: tuple[Account, str, list[str]]) -> None:
    account, _secret, codes = lead
    client = browser()
    by_link(client, account)
    assert "_auth_user_id" not in client.session
    assert not is_in(client)
    client.post("/sign-in/second-factor/", {"code": codes[0]})
    assert client.get("/").headers["Location"] == "/account/begin/"
    set_passphrase(client, "a new passphrase, not the old one")
    assert is_in(client)
    assert by_passphrase(browser(), account) == 422


def test_a_link_does_not_open_a_lead_who_has_a_passphrase_and_no_second_factor_yet(seated: Seated) -> None:
    account = seated(passphrase=PASSPHRASE)
    address = f"/sign-in/{signin.renew_token(account)}/"
    assert browser().get(address).status_code == 404
    client = browser()
    assert client.post(address).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_link_that_replaces_a_passphrase_ends_it_so_that_the_owner_notices(seated: Seated) -> None:
    account = seated("rapporteur", passphrase=PASSPHRASE)
    owner, finder = browser(), browser()
    by_passphrase(owner, account)
    by_link(finder, account)
    assert not is_in(owner)
    assert by_passphrase(browser(), account) == 422


def test_an_address_of_a_link_says_nothing_of_programme_or_role(seated: Seated) -> None:
    token = signin.make_token(seated("rapporteur"))
    assert "two-banks" not in token
    assert "rapporteur" not in token


# Going on


@pytest.mark.parametrize(
    ("to", "there"),
    [
        ("/programmes/two-banks/ledger/", "/programmes/two-banks/ledger/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_goes_on_to_where_one_wanted_but_never_elsewhere(seated: Seated, to: str, there: str) -> None:
    account = seated("rapporteur", passphrase=PASSPHRASE)
    told = {"handle": account.handle, "passphrase": PASSPHRASE, "next": to}
    assert browser().post("/sign-in/", told).headers["Location"] == there


def test_what_an_account_does_with_itself_stands_in_the_audit_log(seated: Seated) -> None:
    client, account = browser(), seated()
    by_link(client, account)
    set_passphrase(client)
    set_up_authenticator(client)
    done = list(
        AuditEntry.objects.filter(chain__programme="").order_by("id").values_list("action", flat=True)
    )
    assert done == ["account.sign_in", "account.set_passphrase", "account.set_authenticator"]
