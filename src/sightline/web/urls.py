"""Every address. A page module lists its own in `urlpatterns` and is found by being in `sightline.web.pages`."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from django.urls import URLPattern, URLResolver

from sightline.web import pages

handler400 = "sightline.web.errors.not_understood"
handler403 = "sightline.web.errors.not_allowed"
handler404 = "sightline.web.errors.not_found"
handler500 = "sightline.web.errors.went_wrong"


def _page_addresses() -> Iterator[URLPattern | URLResolver]:
    for found in walk_packages(pages.__path__, f"{pages.__name__}."):
        yield from getattr(import_module(found.name), "urlpatterns", [])


urlpatterns = list(_page_addresses())
