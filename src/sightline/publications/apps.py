"""Declares every publication at start-up, so that a statement can name it."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "sightline.publications"
    label = "publications"
    verbose_name = "Publications"

    def ready(self) -> None:
        from . import position_statement  # noqa: F401 - declares itself
