from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "sightline.processes.protection"
    label = "protection"
    verbose_name = "Child protection"
