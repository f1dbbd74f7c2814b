from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "sightline.registers"
    label = "registers"
    verbose_name = "Registers"

    def ready(self) -> None:
        from . import sight

        sight.register()
