from django.apps import AppConfig


class ThrottleConfig(AppConfig):
    name = "sightline.platform.throttle"
    label = "throttle"
    verbose_name = "Throttle"

    def ready(self) -> None:
        from sightline.platform.jobs import duty

        from .counting import forget_old

        duty("forget-failures", forget_old, when="17 * * * *")
