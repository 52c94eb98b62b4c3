"""The programme's own pages."""

from django.urls import path

from sulh.rooms.programme import views

urlpatterns = [
    path("", views.home, name="programme-home"),
    path("themes/", views.themes, name="themes"),
    path("removed/", views.removed, name="removed"),
    path("removed/<uuid:report_id>/", views.report, name="purge-report"),
]
