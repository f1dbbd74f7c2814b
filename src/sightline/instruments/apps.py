from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "sightline.instruments"
    label = "instruments"
    verbose_name = "Instruments"

    def ready(self) -> None:
        from sightline.access.sight import through_case
        from sightline.people.managers import register_sight

        from .models import Answer, Asking, Moderation

        for model in (Answer, Asking, Moderation):
            register_sight(model, through_case)
