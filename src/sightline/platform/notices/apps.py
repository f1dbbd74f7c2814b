from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "sightline.platform.notices"
    label = "notices"
    verbose_name = "Notices"
