from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "sightline.processes.publishing"
    label = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from sightline.access.sight import through_case
        from sightline.people.managers import register_sight

        from .records import Edition, Signature

        register_sight(Edition, through_case)
        register_sight(Signature, through_case)
