"""Rounds."""

from django.urls import path

from sulh.rooms.convene import views

urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("plan/", views.plan, name="plan-round"),
    path("<slug:key>/", views.round_page, name="round"),
    path("<slug:key>/purge/", views.purge, name="purge-round"),
]
