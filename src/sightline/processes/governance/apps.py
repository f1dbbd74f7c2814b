from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "sightline.processes.governance"
    label = "governance"
