from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "sightline.processes.assurance"
    label = "assurance"
    verbose_name = "Assurance"
