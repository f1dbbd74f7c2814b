"""The tables that shared parts keep, and who may see their rows."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "sightline.parts"
    label = "parts"
    verbose_name = "Shared parts"

    def ready(self) -> None:
        from sightline.access.sight import through_case
        from sightline.people.managers import register_sight
        from sightline.platform.jobs import duty

        from .files import check_waiting
        from .models import Evidence, File
        from .new_calendar import recount

        register_sight(Evidence, through_case)
        register_sight(File, through_case)
        duty("check-files", check_waiting)
        duty("recount-limits", recount, when="7 * * * *")
