"""Every address of the house, in the words of those who use it."""

from django.urls import include, path
from django.views.i18n import set_language

from sulh.surfaces.web import account, views

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/passkey/", views.sign_in_passkey, name="sign-in-passkey"),
    path("sign-in/second-factor/", views.second_factor, name="second-factor"),
    path("sign-in/second-factor/passkey/", views.second_factor_passkey, name="second-factor-passkey"),
    path("sign-in/<path:token>/", views.sign_in_by_link, name="sign-in-by-link"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/begin/", account.begin, name="begin"),
    path("account/passphrase/", account.passphrase, name="set-passphrase"),
    path("account/second-factor/", account.set_up_factor, name="set-up-factor"),
    path("account/authenticator/", account.authenticator, name="authenticator"),
    path("account/passkeys/add/", account.add_passkey, name="add-passkey"),
    path("account/passkeys/options/", account.passkey_options, name="passkey-options"),
    path("account/factors/<int:factor_id>/remove/", account.remove_factor, name="remove-factor"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/browsers/", account.browsers, name="browsers"),
    path("account/browsers/<uuid:session_id>/end/", account.end_session, name="end-session"),
    path("account/travel/", account.travelling, name="travel"),
    path("language/", set_language, name="set_language"),
    path("health/", views.health, name="health"),
    path("programmes/<slug:slug>/", include("sulh.rooms.programme.urls")),
    path("programmes/<slug:slug>/", include("sulh.rooms.people.urls")),
    path("programmes/<slug:slug>/rounds/", include("sulh.rooms.convene.urls")),
    path("programmes/<slug:slug>/sessions/", include("sulh.rooms.record.urls")),
    path("programmes/<slug:slug>/people/", include("sulh.rooms.people.register_urls")),
    path("programmes/<slug:slug>/", include("sulh.rooms.carry.urls")),
]

handler404 = "sulh.surfaces.web.middleware.not_found"
handler500 = "sulh.surfaces.web.trouble.failed"
