"""Starts the engine: every declared link is resolved."""

from django.apps import AppConfig
from django.core.checks import Error, Tags, register


class EngineConfig(AppConfig):
    name = "sightline.engine"
    label = "engine"
    verbose_name = "Engine"

    def ready(self) -> None:
        register(links_resolve, Tags.models)


def links_resolve(app_configs: object, **kwargs: object) -> list[Error]:
    """Every process that a step opens, and every rule that a clock follows, exists."""
    from sightline.platform.settings.rules import rules
    from sightline.vocabulary.checks import link_faults
    from sightline.vocabulary.process import PROCESSES

    return [Error(fault, id="sightline.E001") for fault in link_faults(PROCESSES, {rule.id for rule in rules()})]
