from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "sightline.registers"
    label = "registers"
