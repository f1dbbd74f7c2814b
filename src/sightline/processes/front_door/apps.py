from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "sightline.processes.front_door"
    label = "front_door"
    verbose_name = "Front door"

    def ready(self) -> None:
        from sightline.platform.jobs import duty

        from .intake import take_in_spool

        duty("take-in-public-concerns", take_in_spool)
