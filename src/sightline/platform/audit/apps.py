from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sightline.platform.audit"
    label = "audit"
    verbose_name = "Audit"
