from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sightline.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        from sightline.people.managers import register_sight

        from .models import Draft, see_drafts

        register_sight(Draft, see_drafts)
