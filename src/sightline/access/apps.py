"""Starts the application's wall: who may see the rows of each of the engine's models."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "sightline.access"
    label = "access"
    verbose_name = "Who may see what"

    def ready(self) -> None:
        from sightline.platform.jobs import duty

        from . import closeness, oversight, sight
        from .interests import match_everybody

        sight.register()
        closeness.register()
        oversight.register()
        duty("match-workers-to-people", match_everybody, when="20 2 * * *")
