"""Starts the application's wall: who may see the rows of each of the engine's models."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "sightline.access"
    label = "access"
    verbose_name = "Who may see what"

    def ready(self) -> None:
        from sightline.engine.permission import speaks_against
        from sightline.platform import notices
        from sightline.platform.jobs import duty

        from . import closeness, oversight, sight
        from .interests import match_everybody
        from .told import readers
        from .verdict import under_glass

        speaks_against.add(under_glass)
        sight.register()
        closeness.register()
        oversight.register()
        notices.read_by(readers)
        duty("match-workers-to-people", match_everybody, when="20 2 * * *")
