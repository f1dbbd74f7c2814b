from django.apps import AppConfig


class CinCensusConfig(AppConfig):
    name = "sightline.datasets.cin_census"
    label = "cin_census"
    verbose_name = "Children in need census"

    def ready(self) -> None:
        from . import sight

        sight.register()
