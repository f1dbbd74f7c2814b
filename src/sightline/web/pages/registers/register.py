"""The catalogue of registers, one register on a day, and one entry with its history."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.platform import calendar
from sightline.registers.reading import Listing, history, listing, waiting_for
from sightline.vocabulary.register import Register
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.inputs import DateInputField
from sightline.web.components.shell import shell
from sightline.web.pages.registers.reader import Reader, readable, reader_of, register_for
from sightline.web.pages.registers.wording import entry_words, is_over, list_row, roles_words, version_words

NAV = "registers"
NOT_NOW = ("Past", "Coming", "Never in force")


class AsAt(forms.Form):
    """The day as at which a register is read."""

    on = DateInputField(label="Day", required=False, help_text="For example, 27 3 2024. Leave it empty for today.")


@login_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every register, in plain words: what it is for, how much is in it, who changes it."""
    reader = reader_of(request)
    found = readable(reader)
    context = {
        **shell(request, "Registers", nav=NAV),
        "reader": reader,
        "choices": reader.choices("registers"),
        "registers": [_in_catalogue(reader, register) for register in found],
    }
    return render(request, "registers/catalogue.jinja", context)


def _in_catalogue(reader: Reader, register: type[Register]) -> dict[str, Any]:
    found = listing(register, reader.actor, reader.partnership, calendar.today()) if register.change else Listing()
    return {
        "label": register.label,
        "says": register.says,
        "href": reader.address("register", register.key),
        "count": len(found.in_force) if register.change else None,
        "waiting": len(found.waiting),
        "who": who_changes(register),
    }


def who_changes(register: type[Register]) -> str:
    """Who may change a register and who approves, in a sentence."""
    if not register.change:
        return "It comes by loading a published file. Nobody changes it by hand."
    proposing = roles_words(register.changed_by)
    changed = f"{proposing[:1].upper()}{proposing[1:]}"
    if not register.approved_by:
        return f"{changed} changes it, at once."
    return f"{changed} proposes a change; {roles_words(register.approved_by)} approves it."


@login_required
def register(request: HttpRequest, key: str) -> HttpResponse:
    """One register: in force on a day, coming, past, and what waits for approval."""
    reader, declared = register_for(request, key)
    asked = AsAt(request.GET if any(name.startswith("on") for name in request.GET) else None)
    on = (asked.cleaned_data["on"] if asked.is_bound and asked.is_valid() else None) or calendar.today()
    found = listing(declared, reader.actor, reader.partnership, on)
    context = {
        **shell(
            request,
            declared.label,
            back=reader.address("registers"),
            back_words="All registers",
            nav=NAV,
            forms=(asked,),
        ),
        "reader": reader,
        "declared": declared,
        "choices": reader.choices("register", key),
        "who": who_changes(declared),
        "asked": asked,
        "in_name": reader.partnership.key if reader.others else "",
        "on": on,
        "today": on == calendar.today(),
        "parts": _parts(reader, declared, found, on),
        "waiting": [waiting_words(change) for change in found.waiting] if on == calendar.today() else [],
        "new": reader.address("register-new", key) if reader.may_propose(declared) else "",
        "heads": [
            declared.one.capitalize(),
            *(declared.columns[name] for name in declared.listed),
            "As it is since",
            "Until",
        ],
    }
    return render(request, "registers/register.jinja", context)


def _parts(reader: Reader, declared: type[Register], found: Listing, on: date) -> list[dict[str, Any]]:
    """The lists of the page: heading, rows and the sentence where there are none."""
    today = on == calendar.today()
    now = "In force now" if today else f"As it stood on {words.plain_date(on)}"
    one = declared.one
    empty = f"No {one} is in force{'' if today else ' on that day'}. One appears here from its first day."
    parts = [{"key": "now", "title": now, "rows": found.in_force, "empty": empty}]
    if found.coming:
        later = "Coming" if today else "After that day"
        parts.append({"key": "coming", "title": later, "rows": found.coming, "empty": ""})
    if found.past:
        parts.append({"key": "past", "title": "Ended", "rows": found.past, "empty": ""})
    for part in parts:
        part["rows"] = [_linked(reader, declared, row) for row in part["rows"]]
    return parts


def _linked(reader: Reader, declared: type[Register], row: Any) -> dict[str, Any]:
    shown = list_row(declared, row)
    return {**shown, "href": reader.address("register-entry", declared.key, shown["entry"])}


def waiting_words(change: Any) -> dict[str, Any]:
    """A proposed change that nobody has settled, with the matter in which it is."""
    case = change.case
    return {
        "text": change.about,
        "href": case_href(case.pk),
        "reference": case.reference,
        "since": words.plain_date(case.opened_at),
        "from": words.plain_date(change.effective_from),
    }


@login_required
def entry(request: HttpRequest, key: str, address: str) -> HttpResponse:
    """One entry: what it says now, what waits, and every version with who changed it and why."""
    reader, declared = register_for(request, key)
    versions = history(declared, reader.actor, reader.partnership, address)
    if not versions:
        raise Http404
    today = calendar.today()
    shown = [version_words(declared, one, _before(versions, place), today) for place, one in enumerate(versions)]
    newest = versions[0].row
    open_ended = newest.valid_to is None and not is_over(declared, newest)
    may = reader.may_propose(declared) and open_ended
    context = {
        **shell(
            request,
            entry_words(declared, newest),
            back=reader.address("register", key),
            back_words=f"Back to {declared.label.lower()}",
            nav=NAV,
        ),
        "declared": declared,
        "versions": shown,
        "now": next((one for one in shown if one["state"] not in NOT_NOW), None),
        "waiting": [waiting_words(one) for one in waiting_for(declared, reader.actor, reader.partnership, address)],
        "change": reader.address("register-change", key, address) if may else "",
        "end": reader.address("register-end", key, address) if may and not declared.over else "",
        "who": who_changes(declared),
    }
    return render(request, "registers/entry.jinja", context)


def _before(versions: list[Any], place: int) -> Any:
    """The version before one in a list that is newest first, without those that never held."""
    return next((one.row for one in versions[place + 1 :] if not one.never), None)


urlpatterns = [
    path("registers/", catalogue, name="registers"),
    path("registers/<slug:key>/", register, name="register"),
    path("registers/<slug:key>/<str:address>/", entry, name="register-entry"),
]
