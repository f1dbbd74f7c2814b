from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "sightline.platform.settings"
    label = "limits"
    verbose_name = "Local limits and guidance versions"
