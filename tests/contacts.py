"""Contacts told and worked on through the one write path, and pages fetched as somebody, for scenarios."""

import re
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.platform import audit, calendar
from sightline.platform.database import as_account

BACKEND = "django.contrib.auth.backends.ModelBackend"
MONDAY = datetime(2026, 11, 16, 9, 6, tzinfo=UTC)


def bound(actor: Any) -> Any:
    """Binds who acts, for the database's wall and for the audit."""
    stack = ExitStack()
    stack.enter_context(as_account(actor.account.pk))
    stack.enter_context(audit.request(account_id=actor.account.pk))
    return stack


def told(world: Any, name: str = "Maya", at: datetime = MONDAY, who: str = "school", **answers: Any) -> Case:
    """A contact told at a moment by a school's lead."""
    child = {"kind": "child", "given_names": name, "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
    actor = getattr(world, who)
    with calendar.frozen(at), bound(actor):
        given = {"narrative": "A bruise on the cheek", "people": [child], "channel": "portal", "in_danger": "no"}
        return open_case("contact", by=actor, partnership=world.partnership, answers={**given, **answers}).case


def take(world: Any, case: Case, who: str, step: str, at: datetime = MONDAY, **answers: Any) -> None:
    """A step on a contact by one of the world's workers."""
    actor = getattr(world, who)
    with calendar.frozen(at), bound(actor):
        perform(case, step, by=actor, answers=answers)


def rated(world: Any, case: Case, rag: str, at: datetime = MONDAY) -> Case:
    """The contact with a priority, and so with a named worker."""
    take(world, case, "worker", "set_priority", at, rag=rag, rag_reason="As told")
    return case


def signed_in(world: Any, who: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(world.accounts[who], backend=BACKEND)
    return client


def get(world: Any, who: str, address: str, at: datetime = MONDAY, status: int = 200) -> str:
    """The page that somebody gets at a moment."""
    with calendar.frozen(at):
        response = signed_in(world, who).get(address)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def text_of(page: str) -> str:
    """The words of a page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
