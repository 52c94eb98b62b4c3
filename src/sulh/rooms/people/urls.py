"""Seats, keys and the audit log."""

from django.urls import path

from sulh.rooms.people.views import audit, keys, seats, sign_in

urlpatterns = [
    path("audit/", audit.log, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
    path("audit/heads/", audit.heads, name="audit-heads"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:proposal_id>/", keys.answer, name="answer-proposal"),
    path("seats/", seats.seats, name="seats"),
    path("seats/<int:seat_id>/end/", seats.end, name="end-seat"),
    path("seats/<int:seat_id>/account/", sign_in.account, name="seat-account"),
]
