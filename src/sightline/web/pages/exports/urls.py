"""Addresses of files that are taken away."""

from django.urls import path

from . import asking, files

urlpatterns = [
    path("exports/", files.listed, name="exports"),
    path("exports/faults/<uuid:found>/", asking.ask_for_faults, name="export-faults"),
    path("exports/<uuid:export_id>/", files.one, name="export"),
    path("exports/<uuid:export_id>/file", files.file, name="export-file"),
]
