"""The requests for files that are taken away, who may see them, and the gate for what is emailed."""

from django.apps import AppConfig


class OutgoingConfig(AppConfig):
    name = "sightline.outgoing"
    label = "outgoing"
    verbose_name = "What leaves"

    def ready(self) -> None:
        from sightline.platform import notices

        from .emails import may_be_sent
        from .exports import register

        register()
        notices.sends_if(may_be_sent)
