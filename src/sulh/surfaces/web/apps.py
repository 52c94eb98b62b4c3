"""The web surface as a Django app, for its templates, static files and tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sulh.surfaces.web"
    label = "web"
