from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "sightline.processes.governance"
    label = "governance"
    verbose_name = "Groups and their meetings"

    def ready(self) -> None:
        from sightline.access.sight import through_case
        from sightline.people.managers import register_sight

        from .agenda_items import AgendaItem, Decision, Interest, PaperRead
        from .who_reads import see_items, see_of_items

        register_sight(AgendaItem, see_items)
        register_sight(Decision, see_of_items)
        register_sight(PaperRead, through_case)
        register_sight(Interest, through_case)
