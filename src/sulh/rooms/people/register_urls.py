"""Addresses of the register, the vault and the sealed records. No address names a person or a record."""

from django.urls import path

from sulh.rooms.people.views import register, sealed, vault

urlpatterns = [
    path("", register.register, name="people"),
    path("keep/", register.keep, name="keep-person"),
    path("forget/", register.forget, name="forget-person"),
    path("vault/", vault.vault, name="vault"),
    path("vault/keys/", vault.keys, name="vault-keys"),
    path("vault/unlock/", vault.unlock, name="vault-unlock"),
    path("vault/lock/", vault.lock, name="vault-lock"),
    path("vault/passphrase/", vault.passphrase, name="vault-passphrase"),
    path("vault/set-up/", vault.set_up, name="vault-set-up"),
    path("vault/shares/", vault.new_shares, name="vault-shares"),
    path("vault/rehearse/", vault.rehearse, name="vault-rehearse"),
    path("vault/recover/", vault.recover, name="vault-recover"),
    path("vault/holders/add/", vault.add_holder, name="vault-add-holder"),
    path("vault/holders/remove/", vault.remove_holder, name="vault-remove-holder"),
    path("sealed/", sealed.sealed, name="sealed-records"),
    path("sealed/ask/", sealed.ask, name="ask-opening"),
    path("sealed/step/", sealed.step, name="opening-step"),
]
