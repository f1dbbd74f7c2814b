from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "sightline.datasets"
    label = "datasets"
    verbose_name = "Datasets"

    def ready(self) -> None:
        from sightline.platform import jobs

        from .refusals import forget_old

        jobs.duty("forget-refused-files", forget_old)
