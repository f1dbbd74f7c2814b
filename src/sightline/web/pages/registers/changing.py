"""Proposing a change to a register: the questions, a check of the answers, and the matter that it becomes."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path

from sightline.engine.matter import begin, registers_of
from sightline.engine.perform import open_case
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.platform import calendar
from sightline.registers.entries import Change
from sightline.registers.reading import history
from sightline.vocabulary.process import process_named
from sightline.vocabulary.register import Register
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.check_answers import answer_rows
from sightline.web.components.shell import shell
from sightline.web.errors import NotForYou
from sightline.web.form_key import key_of
from sightline.web.held_text import returned
from sightline.web.pages.cases.opening import Opened, View
from sightline.web.pages.registers.change_form import ChangeForm
from sightline.web.pages.registers.reader import Reader, register_for
from sightline.web.pages.registers.register import NAV
from sightline.web.pages.registers.wording import entry_words, roles_words

HEADINGS = {
    Change.Kind.NEW: "Propose a new {}",
    Change.Kind.CHANGE: "Propose a change",
    Change.Kind.END: "Propose an end",
}
AT_ONCE = {Change.Kind.NEW: "Add a {}", Change.Kind.CHANGE: "Change it", Change.Kind.END: "End it"}


@dataclass
class Asked:
    """What the page is about: whose register, which entry (none: a new one), and what is to happen to it."""

    request: HttpRequest
    reader: Reader
    register: type[Register]
    kind: str
    address: str
    row: Any

    @property
    def heading(self) -> str:
        said = HEADINGS if self.register.approved_by else AT_ONCE
        return said[Change.Kind(self.kind)].format(self.register.one)

    @property
    def about(self) -> str:
        """The entry's name, above the heading."""
        return entry_words(self.register, self.row) if self.row is not None else self.register.label

    @property
    def back(self) -> str:
        if self.row is None:
            return self.reader.address("register", self.register.key)
        return self.reader.address("register-entry", self.register.key, self.address)

    def form(self, data: QueryDict | None = None, *, quiet: bool = False) -> ChangeForm:
        process = process_named(self.register.process_key())
        partnership = self.reader.partnership
        matter = begin(process, partnership, calendar.now(), "", registers=registers_of(partnership))
        opened = Opened(self.request, self.reader.actor, matter, View.WHOLE)
        step = process.opening_step()
        return ChangeForm(opened, step, self.register, self.kind, self.address, self.row, data=data, quiet=quiet)


@login_required
def change(request: HttpRequest, key: str, kind: str, address: str = "") -> HttpResponse:
    """Ask; then show the answers to be checked; then open the matter. What was typed is kept throughout."""
    asked = _asked(request, key, kind, address)
    if request.method != "POST":
        text = returned(request)
        return _draw(asked, asked.form(text.fields() if text else None, quiet=True))
    data = request.POST
    form = asked.form(data, quiet="edit" in data)
    if "edit" in data:
        return _draw(asked, form)
    answers = form.checked()
    if answers is None:
        return _draw(asked, form)
    return _open(asked, form, answers) if "confirmed" in data else _check(asked, form)


def _asked(request: HttpRequest, key: str, kind: str, address: str) -> Asked:
    reader, register = register_for(request, key)
    if not register.change or (kind == Change.Kind.END and register.over):
        raise Http404
    if not reader.may_propose(register):
        raise NotForYou(
            f"change the register of {register.label.lower()}", f"It is done by {roles_words(register.changed_by)}."
        )
    versions = history(register, reader.actor, reader.partnership, address) if address else []
    if address and not versions:
        raise Http404
    return Asked(request, reader, register, kind, address, versions[0].row if versions else None)


def _draw(asked: Asked, form: ChangeForm) -> HttpResponse:
    context = {
        **_around(asked, asked.heading),
        "page": form,
        "step": form.step,
        "key": asked.request.POST.get("idempotency_key") or uuid4(),
        "page_problems": form.problems(),
    }
    return render(asked.request, "registers/change.jinja", context)


def _around(asked: Asked, heading: str) -> dict[str, Any]:
    around = shell(asked.request, heading, back=asked.back, back_words=f"Back to {asked.about}", nav=NAV)
    return {**around, "about": asked.about, "action": asked.request.get_full_path()}


def _check(asked: Asked, form: ChangeForm) -> HttpResponse:
    data = asked.request.POST
    held = [(name, value) for name, values in data.lists() for value in values if name != "csrfmiddlewaretoken"]
    context = {
        **_around(asked, "Check before you go on"),
        "rows": answer_rows(form.form, leave_out=() if form.form.cleaned_data.get("backdated") else ("backdated",)),
        "held": held,
        "effects": _effects(asked, form),
        "button": asked.heading,
    }
    return render(asked.request, "registers/check.jinja", context)


def _effects(asked: Asked, form: ChangeForm) -> list[str]:
    """What follows, in sentences."""
    day = words.plain_date(form.form.cleaned_data["effective_from"])
    register = asked.register
    said = []
    if register.approved_by:
        said.append(f"Nothing changes until it is approved by {roles_words(register.approved_by)}.")
    if asked.kind == Change.Kind.END:
        said.append(f"From {day} this {register.one} is no longer in force. Its history stays.")
    elif asked.kind == Change.Kind.CHANGE:
        said.append(f"From {day} the register says this. What it said until then is kept.")
    else:
        said.append(f"From {day} this {register.one} is in the register.")
    return [*said, "It is recorded in your name."]


def _open(asked: Asked, form: ChangeForm, answers: dict[str, Any]) -> HttpResponse:
    process = asked.register.process_key()
    partnership, by = asked.reader.partnership, asked.reader.actor
    try:
        row = open_case(process, by=by, partnership=partnership, answers=answers, key=key_of(asked.request.POST))
    except NotAllowed as refusal:
        raise NotForYou(refusal.what, refusal.why) from refusal
    except AnswersRefused as refusal:
        for name, said in refusal.errors.items():
            form.say(name, said)
        return _draw(asked, form)
    if asked.register.approved_by:
        waits = f"It waits to be approved by {roles_words(asked.register.approved_by)}."
        messages.success(asked.request, f"Proposed, as {row.case.reference}. {waits}")
        return redirect(case_href(row.case_id))
    messages.success(asked.request, f"Recorded, as {row.case.reference}.")
    return redirect(asked.reader.address("register", asked.register.key))


urlpatterns = [
    path("registers/<slug:key>/new/", change, {"kind": "new"}, name="register-new"),
    path("registers/<slug:key>/<str:address>/change/", change, {"kind": "change"}, name="register-change"),
    path("registers/<slug:key>/<str:address>/end/", change, {"kind": "end"}, name="register-end"),
]
