"""The Jinja2 environment behind every page: where templates are found, and the words and components they may use."""

from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from sightline.web.held_text import WRITER, writers_mark

TEMPLATES = Path(__file__).parent / "templates"


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once. `options` are Jinja2's own; the loader is replaced by ours."""
    from sightline.web.components import clock_words, fields, words

    made = Environment(**{**options, "loader": _loader(), "autoescape": True, "trim_blocks": True})  # noqa: S701
    made.globals.update(
        static=static,
        url=_url,
        messages_of=get_messages,
        csrf_field=csrf_field,
        json_data=json_script,
        **fields.TEMPLATE_FUNCTIONS,
    )
    made.filters.update(words.FILTERS, drawing=drawing, clock_words=clock_words.clock_words)
    return made


def _loader() -> ChoiceLoader:
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return ChoiceLoader([FileSystemLoader(TEMPLATES), govuk])


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def csrf_field(request: Any) -> Markup:
    """The hidden inputs that prove a form came from our own page, and whose it is when it comes after time-out."""
    hidden = Markup('<input type="hidden" name="{}" value="{}">')
    proof, writer = hidden.format("csrfmiddlewaretoken", get_token(request)), writers_mark(request)
    return proof + hidden.format(WRITER, writer) if writer else proof


def drawing(svg: str) -> Markup:
    """An SVG made by our own code, without its XML declaration, drawn in the page."""
    return Markup(svg[svg.index("<svg") :])  # noqa: S704


@cache
def engine() -> Environment:
    """The environment that Django's backend made, for components that are rendered from Python."""
    from django.template import engines

    for backend in engines.all():
        if isinstance(getattr(backend, "env", None), Environment):
            return backend.env  # type: ignore[attr-defined]
    return environment()


@cache
def _module(template: str) -> Any:
    return engine().get_template(template).module


def macro(template: str, name: str, *args: Any, **kwargs: Any) -> Markup:
    """What macro `name` of `template` draws, safe to put into a page."""
    return Markup(getattr(_module(template), name)(*args, **kwargs))  # noqa: S704


def govuk(component: str, params: dict[str, Any]) -> Markup:
    """A GOV.UK Frontend component by its folder name ("date-input"), with the parameters of its documentation."""
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    return macro(f"govuk_frontend_jinja/components/{component}/macro.html", name, params)
