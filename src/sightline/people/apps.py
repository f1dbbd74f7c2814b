from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sightline.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from sightline.platform import jobs, notices

        from .scheduled_work import clockwork_account
        from .telling import recipients

        jobs.works_as(clockwork_account)
        notices.reaches(recipients)
