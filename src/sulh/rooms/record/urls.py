"""Sessions, the rapporteur's page, minutes, the parking lot."""

from django.urls import path

from sulh.rooms.record.views import minutes, points, sessions

_S = "<uuid:session_id>/"
_M = _S + "minutes/<uuid:minutes_id>/"

urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("begin/", sessions.begin, name="begin-session"),
    path("parking-lot/", sessions.parking_lot, name="parking-lot"),
    path(_S, sessions.session, name="session"),
    path(_S + "correct/", sessions.correct, name="correct-session"),
    path(_S + "state/", sessions.state, name="session-state"),
    path(_S + "level/", sessions.level, name="session-level"),
    path(_S + "remove/", sessions.remove, name="remove-session"),
    path(_S + "hand-over/", sessions.hand_over, name="hand-over"),
    path(_S + "write/", points.page, name="write-session"),
    path(_S + "points/", points.points, name="session-points"),
    path(_S + "points/<uuid:point_id>/override/", points.override, name="override-point"),
    path(_S + "lint/", points.lint, name="session-lint"),
    path(_S + "minutes/", minutes.begin, name="begin-minutes"),
    path(_M, minutes.page, name="minutes"),
    path(_M + "send/", minutes.send, name="send-minutes"),
    path(_M + "read/", minutes.read, name="read-minutes"),
    path(_M + "clear/", minutes.clear, name="clear-minutes"),
    path(_M + "override/", minutes.override, name="override-minutes"),
    path(_M + "text/", minutes.take_out, name="minutes-text"),
]
