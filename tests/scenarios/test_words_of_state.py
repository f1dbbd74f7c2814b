"""The words in tags, priorities and clocks are a closed list, or a declaration's: nobody invents a state on a page."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from sightline.engine.models import CaseClock
from sightline.platform import calendar
from sightline.vocabulary.process import PROCESSES
from sightline.web.components.clock_words import clock_words
from sightline.web.templating import TEMPLATES
from tests.journey import STEP_BACK, Journey

pytestmark = pytest.mark.django_db

PRIORITIES = {"Red", "Amber", "Green", "Blue"}
TAGS = {
    *("Waiting", "Answered", "Nothing held", "Refused", "Late"),
    *("Quorate", "Not quorate", "Provisional"),
    *("Restricted", "Emergency access", "Protected address"),
    *("Provided", "Nil", "Not provided", "Not applicable", "c (hidden)"),
    *("Draft", "Proposed", "Endorsed", "Signed", "Published", "Corrected"),
}
TASKS = {"Completed", "Completed (from your account)", "In progress", "Not yet started", "Cannot start yet"}
_TIME = r"(\d{1,2}(:\d\d)?[ap]m|midday|midnight)"
_LENGTH = r"(less than a minute|\d[\d,]* (minute|hour|day|working day|week)s?)"
CLOCK = re.compile(
    rf"(?i:Late by {_LENGTH}|Due by end of today|Due {_TIME}|{_LENGTH} left|Due \d{{1,2}} [a-z]+"
    r"|Met|Met late|Not started|Not known)"
)


def declared() -> set[str]:
    """Stages of every process, and how the engine says that a clock or an action ended."""
    stages = {stage.label for process in PROCESSES.values() for stage in process.stages.values()}
    return {*stages, *CaseClock.Ended.labels, "Done", "Dropped"}


class StateWords(HTMLParser):
    """Gathers, from a page, the words inside each element of a class that marks a state."""

    MARKS = {"govuk-tag": "tag", "app-priority": "priority", "app-clock__words": "clock"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        kind = next((self.MARKS[name] for name in classes if name in self.MARKS), "")
        if kind or self._open:
            self._open.append((kind or ("hidden" if "govuk-visually-hidden" in classes else "inner"), ""))

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] != "hidden":
            kind, words = self._open[0]
            self._open[0] = (kind, words + data)

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            kind, words = self._open.pop()
            if not self._open:
                self.found.append((kind, " ".join(words.split())))


def invented(page: str) -> list[tuple[str, str]]:
    allowed = {"tag": TAGS | TASKS | declared(), "priority": PRIORITIES}
    return [
        (kind, words)
        for kind, words in StateWords(page).found
        if not (CLOCK.fullmatch(words) or words in declared() if kind == "clock" else words in allowed[kind])
    ]


@pytest.fixture
def journey(world: Any, acting: Any) -> Journey:
    return Journey(world, acting)


def addresses(journey: Journey) -> dict[str, list[str]]:
    """Pages by who opens them, with cases in every condition behind them."""
    journey.contact()
    asked = journey.asked()
    with journey.acting(journey.world.police):
        reply = journey.enquiry(asked, "ardenvale-police")
    proposed = journey.logged()
    journey.take(proposed, "worker", "propose", **STEP_BACK)
    strategy = journey.strategy()
    cases = [f"/cases/{case.pk}/" for case in (asked, proposed, strategy)]
    return {
        "worker": ["/", "/work", "/front-door", *cases, *(f"{case}timeline" for case in cases)],
        "manager": ["/", "/work", "/front-door", *cases],
        "police": ["/", "/work", f"/cases/{reply.pk}/"],
        "school": ["/", "/work", "/tell/"],
    }


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=30), timedelta(days=40)])
def test_no_page_shows_a_state_in_words_of_its_own(journey: Journey, later: timedelta) -> None:
    opened, seen = addresses(journey), set()
    with calendar.frozen(calendar.now() + later):
        for who, pages in opened.items():
            client = Client()
            client.force_login(journey.world.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
            for address in pages:
                page = client.get(address, follow=True)
                assert page.status_code == 200, address
                assert invented(page.text) == [], f"{who} at {address}"
                seen |= {kind for kind, _ in StateWords(page.text).found}
    assert seen == {"tag", "priority", "clock"}, "the pages opened must show every kind"


def test_the_reader_finds_what_somebody_invents() -> None:
    page = '<strong class="govuk-tag govuk-tag--red">Overdue!</strong><p class="app-clock__words">Soon</p>'
    assert invented(page) == [("tag", "Overdue!"), ("clock", "Soon")]
    priority = '<strong class="app-priority"><span class="govuk-visually-hidden">Priority </span>Red</strong>'
    assert StateWords(priority).found == [("priority", "Red")]


def test_templates_spell_out_no_state_but_the_listed_ones() -> None:
    spelt = {
        (path.name, words)
        for path in TEMPLATES.rglob("*.jinja")
        for words in re.findall(r"\b(?:tag|priority|stage_tag)\(\s*[\"']([^\"']+)[\"']", path.read_text())
    }
    assert {one for one in spelt if one[1] not in TAGS | PRIORITIES} == set()
    raw = [path.name for path in TEMPLATES.rglob("*.jinja") if 'class="govuk-tag' in path.read_text()]
    assert raw == ["tags.jinja"], "tags are drawn in one place"


@pytest.mark.parametrize("by_the_minute", [True, False])
def test_a_clock_has_listed_words_at_every_moment(by_the_minute: bool) -> None:
    now = calendar.now()
    for hours in range(-400, 400, 7):
        clock = SimpleNamespace(
            **{"name": "Decide", "limit": "1 working day", "clock_class": "statute", "source": "-", "ended": ""},
            **{"by_the_minute": by_the_minute, "started_at": now - timedelta(days=20), "stopped_at": None},
            due_at=now + timedelta(hours=hours),
        )
        assert CLOCK.fullmatch(clock_words(clock, now).state), clock_words(clock, now).state
