"""The tables that shared parts keep, and who may see their rows."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "sightline.parts"
    label = "parts"
    verbose_name = "Shared parts"

    def ready(self) -> None:
        from sightline.engine.sight import through_case
        from sightline.people.managers import register_sight

        from .models import Evidence

        register_sight(Evidence, through_case)
