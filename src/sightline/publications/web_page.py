"""A document as HTML: the body for a page of the site, or a whole file that needs nothing else."""

from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from sightline.publications.issue import Issue
from sightline.vocabulary.publication import FRAGMENTS, Document

KIND_OF = {made: kind for kind, made in FRAGMENTS.items()}


def body(document: Document) -> Markup:
    """Headings from level 2 down, for inside a page that has its own title. Every text is escaped."""
    return Markup(_template("body.jinja").render(document=document, kind_of=KIND_OF))  # noqa: S704 - autoescaped


def whole(issue: Issue) -> bytes:
    """A file in UTF-8 that opens and prints anywhere: no script, no style sheet or picture from elsewhere."""
    return _template("document.jinja").render(issue=issue, body=body(issue.document)).encode()


@cache
def _environment() -> Environment:
    places = files(__package__).joinpath("templates")
    sources = {name: places.joinpath(name).read_text("utf-8") for name in ("body.jinja", "document.jinja")}
    return Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)
