from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "sightline.processes.publishing"
    label = "publishing"
