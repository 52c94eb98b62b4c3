"""The vault: who a person is, readable by one side only; and sealed records, readable by both sides together only.

No cryptography of our own. Envelopes are age (X25519, ChaCha20-Poly1305; ``pyrage``), passphrases go through Argon2id
(``argon2-cffi``), signatures are Ed25519 and wrapped keys ChaCha20-Poly1305 (``cryptography``), recovery shares are
SLIP-39 (``shamir-mnemonic``), marks are HMAC-SHA-256 (``hmac``). ``docs/protect.md`` says who can read what.

``phrases``   passphrases: rule and maker        ``wrapping``  a secret under a passphrase
``keyring``   the keys of one account            ``sides``     the key of one side of a programme
``fields``    envelopes bound to row and field   ``holding``   who holds the key of a side
``recovery``  k of n shares                      ``unlocked``  opened keys, in memory only
``signing``   signatures of leads                ``names``     keyed hashes of names for the lint
``nested``    records for which both sides are needed; ``ceremony`` their opening, step by step
"""
