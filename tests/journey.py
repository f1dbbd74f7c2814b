"""A case brought along step by step, and pages of it opened and sent as a browser without JavaScript would."""

from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.platform import calendar

CHILD = {"kind": "child", "given_names": "Maya", "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
MOTHER = {"kind": "adult", "given_names": "Kim", "family_name": "Dunne", "relation": "mother"}
TOLD = {
    "narrative": "A bruise on the cheek",
    "child_words": "I don't like Saturdays",
    "people": [CHILD, MOTHER],
    "channel": "portal",
    "in_danger": "no",
}
STEP_BACK = {
    "decision": "nfa",
    "history_summary": "Nothing before",
    "lived_experience": "Settled at home",
    "agreement": "given",
    "rationale": "Explained and seen",
    "voice_effect": "She was heard alone",
}


def boxes(name: str, when: date) -> dict[str, str]:
    """A day, or a moment where it is one, as it is typed into the boxes of a form."""
    day = calendar.local(when) if isinstance(when, datetime) else when
    typed = {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return typed | ({f"{name}-time": f"{day:%H:%M}"} if isinstance(when, datetime) else {})


class Journey:
    """The small world's people taking steps. `who` is a name in the world: "worker", "police" ..."""

    def __init__(self, world: Any, acting: Any) -> None:
        self.world, self.acting = world, acting

    def contact(self, **answers: Any) -> Case:
        """A concern that a school has just sent."""
        with self.acting(self.world.school):
            told = {**TOLD, **answers}
            step = open_case("contact", by=self.world.school, partnership=self.world.partnership, answers=told)
            return step.case

    def logged(self, case: Case | None = None) -> Case:
        """A contact that is logged and has a priority."""
        case = case or self.contact()
        with self.acting(self.world.officer):
            waiting = [{"subject": s.pk, "is_person": "new"} for s in case.subjects.all()]
        self.take(case, "officer", "log", source="2A", concerns=["physical"], identified=waiting)
        self.take(case, "worker", "set_priority", rag="amber", rag_reason="Injury, explained")
        return case

    def asked(self, *agencies: str) -> Case:
        """A contact about which agencies have been asked."""
        case = self.logged()
        rows = [{"agency": self.world.agency(key).pk} for key in agencies or ("ardenvale-police", "ardenvale-icb")]
        self.take(case, "worker", "ask_agencies", agencies=rows)
        return case

    def enquiry(self, case: Case, agency: str) -> Case:
        with self.acting(self.world.worker):
            return Case.visible_to(self.world.worker).get(parent=case, answering=self.world.agency(agency))

    def strategy(self) -> Case:
        """A strategy discussion started straight from a contact."""
        case = self.contact()
        self.take(case, "worker", "hold_strategy_now")
        with self.acting(self.world.manager):
            return Case.visible_to(self.world.manager).get(process="strategy-discussion")

    def take(self, case: Case, who: str, step: str, **answers: Any) -> Any:
        actor = getattr(self.world, who)
        with self.acting(actor):
            return perform(case, step, by=actor, answers=answers)

    def now(self, case: Case, who: str = "manager") -> Case:
        """The case as it stands."""
        with self.acting(getattr(self.world, who)):
            return Case.visible_to(getattr(self.world, who)).get(pk=case.pk)

    def record(self, case: Case, who: str = "manager") -> Any:
        """The case's record as it stands."""
        with self.acting(getattr(self.world, who)):
            return case.declared.record.objects.get(pk=case.pk)

    def browser(self, who: str) -> "Browsing":
        client = Client()
        client.force_login(self.world.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return Browsing(client)


class Browsing:
    """One signed-in person's browser."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def case(self, case: Case, *more: str) -> Any:
        return self.client.get(page_of(case, *more))

    def step(self, case: Case, step: str) -> Any:
        return self.client.get(page_of(case, "do", step))

    def send(self, page: Any, button: str = "", follow: bool = True, **typed: Any) -> Any:
        """Send the page's main form with what it holds, changed by `typed`; dates as "box-day" and so on."""
        action, fields = form_of(page)
        for name, value in typed.items():
            fields[name.replace("__", "-")] = value
        if button:
            fields[button] = fields.get(button) or "1"
        return self.client.post(action or page.request["PATH_INFO"], fields, follow=follow)


def page_of(case: Case, *more: str) -> str:
    """The address of a page of a case."""
    return f"/cases/{case.pk}/" + "".join(f"{part}/" for part in more)


def form_of(page: Any) -> tuple[str, dict[str, Any]]:
    """Where the page's main form goes, and what it holds before anybody types."""
    reader = _FormReader()
    reader.feed(page.text)
    return reader.action, reader.fields


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self._inside, self._typing, self._choosing = "", {}, False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and "app-form" in (given.get("class") or ""):
            self._inside, self.action = True, given.get("action") or ""
        if not self._inside:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name:
            if given.get("type") not in ("radio", "checkbox"):
                self.fields[name] = value
            elif "checked" in given:
                self.fields.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._typing, self.fields[name] = name, ""
        elif tag == "select":
            self._choosing = name
        elif tag == "option" and "selected" in given:
            self.fields[self._choosing] = value

    def handle_data(self, data: str) -> None:
        if self._typing:
            self.fields[self._typing] += data.removeprefix("\n") if not self.fields[self._typing] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._typing = ""
