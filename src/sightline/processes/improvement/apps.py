from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "sightline.processes.improvement"
    label = "improvement"
    verbose_name = "Recommendations and their impact"

    def ready(self) -> None:
        from sightline.access.sight import through_case
        from sightline.people.managers import register_sight

        from .addressees import Addressee, ExpectedCount

        register_sight(Addressee, through_case)
        register_sight(ExpectedCount, through_case)
