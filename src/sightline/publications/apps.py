from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "sightline.publications"
    label = "publications"
