from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "sightline.datasets"
    label = "datasets"
    verbose_name = "Datasets"
