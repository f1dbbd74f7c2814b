from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "sightline.instruments"
    label = "instruments"
