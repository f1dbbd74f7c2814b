"""What waits for information governance: records opened without a part, workers on record, unusual access, doubts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.access import glass, interests
from sightline.access.oversight_models import SampledRead, UnusualAccess
from sightline.access.oversight_rules import OVERSEEING_ROLES, UNUSUAL
from sightline.access.oversight_sample import not_sure
from sightline.access.oversight_unusual import unusual
from sightline.access.own_name import not_answered
from sightline.people.actor import Actor
from sightline.platform import audit
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, ROLES
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.pages.oversight.glasses import alone_words, reviewing

DONE_SHOWN = 25
GOVERNORS = {INFORMATION_GOVERNANCE.key}
_LEFT_OUT = words.joined(sorted({ROLES[key].name.lower() for key in OVERSEEING_ROLES}))
NO_ACTION_RULE = (
    f"“{UNUSUAL['no-action']['name']}” is asked of everybody whose role reads children’s records, but of {_LEFT_OUT}: "
    "it is their work to read what others do."
)


@login_required
def oversight(request: HttpRequest) -> HttpResponse:
    """Everything that waits, and what was looked at lately."""
    actor = reviewing(request)
    done = unusual(actor, looked_at=True, most=DONE_SHOWN)
    audit.seen(UnusualAccess._meta.label, [row.pk for row in done])
    context = {
        **shell(request, "How records are opened", nav="oversight"),
        **waiting(actor),
        "done": [unusual_row(row) for row in done],
    }
    return render(request, "oversight/start.jinja", context)


def waiting(actor: Actor) -> dict[str, Any]:
    """What waits, in a sentence and in lists; for this page and for the first page."""
    glasses, matches = len(glass.to_review(actor)), len(interests.to_review(actor))
    lines, doubts = unusual(actor), not_sure(actor)
    audit.seen(UnusualAccess._meta.label, [row.pk for row in lines])
    audit.seen(SampledRead._meta.label, [row.pk for row in doubts])
    parts = (
        (glasses, words.plural(glasses, "record opened without a part in it", "records opened without a part in them")),
        (matches, words.plural(matches, "worker who may be on record", "workers who may be on record")),
        (len(lines), words.plural(len(lines), "line of unusual access", "lines of unusual access")),
        (
            len(doubts),
            words.plural(len(doubts), "read that a manager is not sure of", "reads that managers are not sure of"),
        ),
    )
    waits = [said for count, said in parts if count]
    return {
        "summary": f"To look at: {words.joined(waits)}." if waits else "Nothing waits to be looked at.",
        "glasses": {"count": glasses, "href": reverse("glasses"), "alone": alone_words(actor)},
        "interests": {"count": matches, "href": reverse("interests")},
        "not_answered": not_answered(
            {held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key}
        ),
        "unusual": [unusual_row(row) for row in lines],
        "no_action": NO_ACTION_RULE,
        "doubts": [doubt_row(row) for row in doubts],
    }


def unusual_row(row: UnusualAccess) -> dict[str, Any]:
    """A line as its table draws it."""
    return {
        "rule": UNUSUAL[row.rule]["name"] if row.rule in UNUSUAL else row.rule,
        "href": reverse("unusual-access", args=[row.pk]),
        "who": row.worker.display_name,
        "says": row.says,
        "day": row.day,
        "looked_at": row.looked_at,
        "found": row.looked_words,
    }


def doubt_row(row: SampledRead) -> dict[str, Any]:
    """A read that a manager is not sure of."""
    return {
        "who": row.worker.display_name,
        "manager": row.manager.display_name,
        "words": row.words,
        "read_at": row.read_at,
        "href": reverse("sample-doubt", args=[row.pk]),
    }


urlpatterns = [path("oversight/", oversight, name="oversight")]
