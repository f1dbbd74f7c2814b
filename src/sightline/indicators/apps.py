from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "sightline.indicators"
    label = "indicators"
    verbose_name = "Figures"

    def ready(self) -> None:
        from sightline.indicators import duties, sight
        from sightline.indicators.citing import figures_to_cite
        from sightline.parts.figures import cite_with
        from sightline.platform.jobs import duty

        sight.register()
        cite_with(figures_to_cite)
        duty("work-out-figures", duties.keep_figures_fresh, when=duties.EVERY_FIVE_MINUTES)
