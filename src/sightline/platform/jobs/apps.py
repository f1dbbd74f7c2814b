from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "sightline.platform.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        from sightline.platform.jobs import abandoned
        from sightline.platform.jobs.schedule import duty
        from sightline.platform.notices import send_waiting

        abandoned.register()
        duty("send-notices", send_waiting)
