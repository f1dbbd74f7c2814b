from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sightline.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from sightline.platform import jobs, notices

        from .held_text import forget_old
        from .scheduled_work import clockwork_account
        from .sessions import forget_ended
        from .sign_in_trail import watch
        from .telling import recipients

        jobs.works_as(clockwork_account)
        notices.reaches(recipients)
        watch()
        jobs.duty("forget-ended-sessions", forget_ended)
        jobs.duty("forget-held-text", forget_old)
