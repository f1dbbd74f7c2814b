"""Notices: what somebody has to be told, without a name or anything that was said in it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.access.told import inbox_of
from sightline.platform.notices.inbox import mark_read
from sightline.web.components.shell import actor_of, shell

MOST = 100


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The newest hundred, newest first; those not seen before say so. Opening the list is what reads them."""
    actor = actor_of(request)
    found = list(inbox_of(actor)[:MOST]) if actor else []
    rows = [_row(notice) for notice in found]
    if actor:
        mark_read(found, actor.account.pk)
    return render(request, "account/notices.jinja", {**shell(request, "Notices", nav="work"), "notices": rows})


def _row(notice: Any) -> dict[str, Any]:
    return {
        "says": notice.says,
        "reference": notice.reference,
        "href": notice.path,
        "at": notice.created_at,
        "due_at": notice.due_at,
        "new": not notice.has_been_read,
    }


urlpatterns = [path("notices", notices, name="notices")]
