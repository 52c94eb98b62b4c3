"""The vault page, as a lead uses it, from no keys at all to a recovery."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session

from sulh.kernel.vault import attempts, holding, unlocked
from sulh.kernel.vault.models import Keyring, SideVault
from sulh.rooms.people.models import Person, Role
from tests.rooms.people.conftest import PHRASE

BASE = "/programmes/two-banks/people/"


def said(client) -> str:
    """What the vault page says now."""
    return unescape(client.get(BASE + "vault/").content.decode())


def send(client, where: str, **told):
    """Send a form from the vault page, as a browser does."""
    return client.post(BASE + where, told, headers={"referer": f"http://testserver{BASE}vault/"})


def shares_on(page: str) -> list[str]:
    return [" ".join(re.findall(r"<li>(\w+)</li>", paper)) for paper in page.split('class="words"')[1:]]


def test_from_first_keys_to_recovery(programme, client_for):
    client = client_for("convener", "varenia")
    assert "Make my keys" in said(client)
    send(client, "vault/keys/", passphrase=PHRASE, again=PHRASE)
    assert "Unlocked in this session" in said(client)

    # The vault is set up; its shares are shown once.
    answer = send(client, "vault/set-up/", threshold=2, labels="Cedar\nWillow\nPlane")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.content.decode()
    shares = shares_on(page)
    assert [len(share.split()) for share in shares] == [20, 20, 20]
    assert "Varenia" not in page
    assert "Two Banks" not in page
    assert "never rehearsed" in said(client)

    # Somebody is entered and read.
    client.post(BASE + "keep/", {"category": "delegate", "name": "Tahmina Lorel", "contacts": "+00 1"})
    assert "Tahmina Lorel" in client.get(BASE).content.decode()

    # Locked, the register shows a code; a wrong passphrase says one sentence.
    send(client, "vault/lock/")
    code = Person.objects.get().code
    register = client.get(BASE).content.decode()
    assert code in register
    assert "Lorel" not in register
    assert "locked" in register
    assert client.get(BASE + "keep/").headers["Location"] == BASE + "vault/"
    send(client, "vault/unlock/", passphrase="not the passphrase")
    assert "This passphrase does not open your keys. Nothing was opened." in said(client)
    send(client, "vault/unlock/", passphrase=PHRASE)
    assert "Tahmina Lorel" in client.get(BASE).content.decode()

    # Rehearsed while locked, and not unlocked by it; one share is not enough.
    send(client, "vault/lock/")
    send(client, "vault/rehearse/", shares=shares[0])
    assert "2 different shares are needed; you entered 1" in said(client)
    send(client, "vault/rehearse/", shares="\n".join(shares[1:]))
    page = said(client)
    assert "Nothing was unlocked" in page
    assert "Rehearsed on" in page
    assert unlocked.sweep() == 0

    # The passphrase is forgotten: new keys open nothing, the shares let the lead in again.
    send(client, "vault/keys/", passphrase="another phrase of words", again="another phrase of words")
    assert "Tick the box" in said(client)
    send(
        client,
        "vault/keys/",
        passphrase="another phrase of words",
        again="another phrase of words",
        sure="yes",
    )
    assert "they do not open this vault" in said(client)
    assert "Lorel" not in client.get(BASE).content.decode()
    send(client, "vault/recover/", shares=f"{shares[0]}\n{shares[2]}")
    assert "The vault is recovered" in said(client)
    assert "Tahmina Lorel" in client.get(BASE).content.decode()

    # Signing out locks.
    client.post("/sign-out/")
    assert unlocked.sweep() == 0


def test_the_passphrase_is_changed_with_the_old_one_only(programme, client_for):
    client = client_for("convener", "varenia")
    send(client, "vault/keys/", passphrase=PHRASE, again=PHRASE)
    new = "four wells on the old road"
    send(client, "vault/passphrase/", now="something else entirely", passphrase=new, again=new)
    assert "does not open" in said(client)
    send(client, "vault/passphrase/", now=PHRASE, passphrase=new, again=new)
    page = said(client)
    assert "passphrase is changed" in page
    assert "Unlocked in this session" not in page
    send(client, "vault/unlock/", passphrase=new)
    assert "Unlocked in this session" in said(client)


@pytest.mark.parametrize(
    ("passphrase", "again", "why"),
    [("short", "short", "shorter than 12"), (PHRASE, PHRASE + "x", "differ"), ("", "", "required")],
)
def test_a_bad_new_passphrase_makes_no_keys_and_is_not_sent_back(
    passphrase, again, why, programme, client_for
):
    client = client_for("convener", "varenia")
    send(client, "vault/keys/", passphrase=passphrase, again=again)
    page = said(client)
    assert why in page
    assert PHRASE not in page
    assert not Keyring.objects.exists()


def test_wrong_passphrases_are_limited_by_rate_with_one_clear_sentence(
    programme, client_for, account_for, lead_of
):
    lead = lead_of("varenia")
    client = client_for("convener", "varenia")
    for _try in range(attempts.TRIES):
        send(client, "vault/unlock/", passphrase="not the passphrase")
    send(client, "vault/unlock/", passphrase="not the passphrase")
    assert "Too many tries. Try again in 15 minutes." in said(client)
    assert unlocked.sweep() == 0
    assert lead.account.is_active


def test_wrong_shares_are_limited_too(programme, vault_of, browser_of):
    client = browser_of(vault_of("varenia").lead)
    for _try in range(attempts.TRIES):
        send(client, "vault/rehearse/", shares="not a share")
    send(client, "vault/rehearse/", shares="not a share")
    assert "Too many tries" in said(client)


def test_a_holder_is_let_in_after_the_codes_were_compared(programme, vault_of, lead_of, browser_of):
    vault, officer = vault_of("varenia"), lead_of("varenia", "programme officer")
    client, theirs = browser_of(vault.lead), browser_of(officer)
    assert "they do not open this vault" in said(theirs)
    send(client, "vault/holders/add/", handle=officer.account.handle)
    assert "Compare the code" in said(client)
    send(client, "vault/holders/add/", handle="somebody/else", compared="yes")
    assert "Choose somebody of your side" in said(client)
    send(client, "vault/holders/add/", handle=officer.account.handle, compared="yes")
    assert "Let in." in said(client)
    assert "they do not open this vault" not in said(theirs)
    row = holding.holders_of(vault.row)[1]
    send(client, "vault/holders/remove/", holder=str(row.id))
    assert "they do not open this vault" in said(theirs)
    send(client, "vault/holders/remove/", holder="x")
    assert "not there any more" in said(client)


def test_new_shares_are_shown_once_to_who_has_the_vault_open(programme, vault_of, browser_of):
    vault = vault_of("varenia")
    client = browser_of(vault.lead)
    answer = send(client, "vault/shares/", threshold=3, labels="Elm\nAsh\nFir\nOak")
    assert len(shares_on(answer.content.decode())) == 4
    assert SideVault.objects.get().threshold == 3
    locked = browser_of(vault.lead, locked=True)
    send(locked, "vault/shares/", threshold=2, labels="Elm\nAsh")
    assert "The vault is locked" in said(locked)
    assert SideVault.objects.get().threshold == 3


@pytest.mark.parametrize("labels", ["", "Cedar", "Cedar\ncedar"])
def test_a_bad_split_is_refused_before_anything_is_made(labels, programme, lead_of, browser_of):
    client = browser_of(lead_of("varenia"))
    send(client, "vault/set-up/", threshold=2, labels=labels)
    assert "message-error" in said(client)
    assert not SideVault.objects.exists()


def test_another_session_of_the_same_account_stays_locked(programme, vault_of, browser_of):
    lead = vault_of("varenia").lead
    browser_of(lead)
    assert "Unlocked in this session" not in said(browser_of(lead, locked=True))


def test_no_key_and_no_passphrase_stands_in_a_session(programme, client_for):
    client = client_for("convener", "varenia")
    send(client, "vault/keys/", passphrase=PHRASE, again=PHRASE)
    for one in Session.objects.all():
        told = str(one.get_decoded())
        assert "AGE-SECRET" not in told
        assert PHRASE not in told


@pytest.mark.parametrize(
    "role", sorted(set(Role.values) - {"convener", "counterpart lead", "programme officer"})
)
def test_other_roles_read_the_page_and_do_nothing_there(role, programme, client_for):
    client = client_for(role, "varenia")
    page = said(client)
    assert "who can read what" in page
    assert "Make my keys" not in page
    for where in ("keys", "unlock", "passphrase", "set-up", "shares", "rehearse", "recover"):
        answer = client.post(f"{BASE}vault/{where}/", {"passphrase": PHRASE, "again": PHRASE})
        assert answer.status_code == 403
    assert not Keyring.objects.exists()


@pytest.mark.parametrize("role", ["convener", "programme officer"])
def test_without_a_side_there_is_nothing_to_unlock(role, programme, client_for):
    client = client_for(role)
    assert "nothing for you to unlock" in said(client)
    assert client.post(BASE + "vault/keys/", {"passphrase": PHRASE, "again": PHRASE}).status_code == 403
