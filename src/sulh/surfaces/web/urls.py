"""Every address of the house, in the words of those who use it."""

from django.urls import include, path
from django.views.i18n import set_language

from sulh.surfaces.web import views

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<path:token>/", views.sign_in_by_link, name="sign-in-by-link"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", set_language, name="set_language"),
    path("health/", views.health, name="health"),
    path("programmes/<slug:slug>/", include("sulh.rooms.programme.urls")),
    path("programmes/<slug:slug>/rounds/", include("sulh.rooms.convene.urls")),
    path("programmes/<slug:slug>/people/", include("sulh.rooms.people.urls")),
    path("programmes/<slug:slug>/", include("sulh.rooms.carry.urls")),
]

handler404 = "sulh.surfaces.web.middleware.not_found"
