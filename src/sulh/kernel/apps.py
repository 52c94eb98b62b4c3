"""The kernel as a Django app: accounts and the audit log live here."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "sulh.kernel"
    label = "kernel"
