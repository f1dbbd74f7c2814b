from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "sightline.processes.improvement"
    label = "improvement"
