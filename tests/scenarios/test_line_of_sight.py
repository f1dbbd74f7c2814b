"""One thread from a figure to a published statement, and back: the line of sight that Sightline is named for."""

import re
from datetime import date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from governing import CHILDREN, Sittings
from independent import purpose_said

from sightline.demonstration.census import invent_census
from sightline.engine.models import Case
from sightline.indicators.models import ChildPopulation
from sightline.indicators.refreshing import refresh
from sightline.platform import calendar
from tests.journey import Journey, boxes

CHIEFS = ("council_chief", "police_chief", "nhs_chief")
MEASURE = "/scorecard/assessments-within-45-working-days/"


def on(year: int, month: int, day: int) -> datetime:
    return calendar.at_local(date(year, month, day), time(10))


class Thread:
    """The small world's people following one figure, each in their own browser, at the times given."""

    def __init__(self, world: Any, acting: Any, folder: Path) -> None:
        self.world, self.acting, self.folder = world, acting, folder
        self.journey = Journey(world, acting)

    def get(self, who: str, address: str) -> Any:
        return self.journey.browser(who).client.get(address)

    def do(self, who: str, case: Case, step: str, **typed: Any) -> str:
        browser = self.journey.browser(who)
        page = browser.send(browser.step(case, step), **typed)
        assert page.status_code == 200
        return str(page.text)

    def upload(self, year: str, planted: int = 0) -> str:
        """What the analyst reads after uploading an invented census; figures are then worked out as by night."""
        path = self.folder / f"census-{year}-{planted}.xml"
        invent_census(path, year, children=200, seed=7, plant_faults=planted)
        file = SimpleUploadedFile(path.name, path.read_bytes())
        given = {"file": file, "sender": "ardenvale-council", "dataset": "contents"}
        page = self.journey.browser("analyst").client.post("/returns/send/", given, follow=True).text
        with self.acting(self.world.analyst):
            refresh(self.world.partnership, "a census was loaded")
        return str(page)

    def one(self, process: str) -> Case:
        with self.acting(self.world.hub):
            found: Case = Case.visible_to(self.world.hub).get(process=process)
            return found


@pytest.fixture
def thread(world: Any, acting: Any, tmp_path: Path) -> Thread:
    for middle_of in (2024, 2025):
        ChildPopulation.objects.create(
            partnership=world.partnership, middle_of=middle_of, children=48_000, source="Invented"
        )
    return Thread(world, acting, tmp_path)


def raised(thread: Thread) -> Case:
    """The figure's page leads the Support Hub to a recommendation that already cites it."""
    page = thread.get("hub", MEASURE).text
    address = unescape(re.search(r'href="(/recommendations/new/\?figure=[^"]+)"', page)[1])  # type: ignore[index]
    form = thread.get("hub", address)
    told = {"title": "Assessments finish while they still help", "addressees-0-to": "partnership"}
    thread.journey.browser("hub").send(form, **told)
    return thread.one("recommendation")


def agreed(thread: Thread, case: Case) -> None:
    """Accepted, with a plan whose action is the council's."""
    today = calendar.today()
    thread.do("hub", case, "accept", response="We agree", accepted_where="Executive group")
    action = {"what": "Managers look at every assessment at day 30", "who": "Ann Tor", "if_not": "The executive hears"}
    plan = {
        "success_test": "Nine in ten finish in time",
        **boxes("impact_by", today + timedelta(days=400)),
        **{f"actions-0-{name}": text for name, text in action.items()},
        **boxes("actions-0-due_on", today + timedelta(days=30)),
        "actions-0-agency": str(thread.world.agency("ardenvale-council").pk),
    }
    thread.do("hub", case, "agree_plan", **plan)


def taken_to_a_meeting(thread: Thread, sittings: Sittings, case: Case) -> Case:
    """The executive group receives the recommendation and the page of the scorecard that it came from."""
    meeting = sittings.planned()
    page = thread.journey.browser("hub").step(meeting, "issue_agenda")
    reference = re.search(r'value="(assessments[^"]+:\d+)"', page.text)[1]  # type: ignore[index]
    item = {"kind": "assurance", "title": "Are assessments on time?", "about": str(case.pk)}
    typed = {f"agenda-0-{name}": text for name, text in item.items()}
    thread.journey.browser("hub").send(page, **typed, **{"agenda-0-figures": [reference]})
    papers = [
        {"item": item.pk, "paper_title": item.title, "children_told_us": CHILDREN} for item in sittings.items(meeting)
    ]
    sittings.take(meeting, "hub", "issue_papers", papers=papers)
    return meeting


def delivered(thread: Thread, case: Case) -> None:
    done = {"finished_actions-0-evidence": "Seen in twenty files"}
    thread.do("council_lead", case, "record_progress", progress="Every manager does it", **done)
    said = thread.do("hub", case, "deliver", output="Day 30 reviews", **boxes("delivered_on", calendar.today()))
    assert "Done, impact not yet shown" in said


def shown(thread: Thread, case: Case) -> str:
    """The hub asks for sign-off with a figure of a later period as evidence."""
    browser = thread.journey.browser("hub")
    thread.do("hub", case, "review_evidence", evidence_review="The measure moved", confidence="medium")
    page = browser.step(case, "ask_sign_off")
    later = re.search(r'value="(assessments[^"]*:2026-03:\d+)"', page.text)[1]  # type: ignore[index]
    evidence = {"kind": "data", "grade": "outcome", "says": "More finish in time", "figure": later}
    typed = {f"evidence-0-{name}": text for name, text in evidence.items()}
    return str(browser.send(page, impact_statement="Fewer children wait for help", **typed).text)


def test_from_a_figure_to_a_published_statement_and_back(thread: Thread, world: Any, acting: Any) -> None:
    sittings = Sittings(world, acting)
    with calendar.frozen(on(2025, 6, 2)):
        assert "need fixing before it can load. Nothing has been saved." in thread.upload("2024-25", planted=5)
        assert "Loaded" in thread.upload("2024-25")
        assert "Assessments finished within 45 working days" in thread.get("council_partner", "/scorecard/").text
        case = raised(thread)
        agreed(thread, case)
        meeting = taken_to_a_meeting(thread, sittings, case)
    with calendar.frozen(on(2025, 6, 17)):
        sittings.held(meeting, decisions=[], actions=[])
        item = thread.get("council_partner", f"/meetings/{meeting.pk}/items/1/").text
        assert case.title in item
        assert "Assessments finished within 45 working days" in item
    with calendar.frozen(on(2025, 9, 1)):
        delivered(thread, case)
    with calendar.frozen(on(2026, 6, 1)):
        thread.upload("2025-26")
        assert "Impact shown, waiting for sign-off" in shown(thread, case)
        for who in CHIEFS:
            thread.do(who, case, "sign")
        chain = thread.do("hub", case, "close_it")
        assert "NHS: signed by Sal Munro" in chain
        assert f"/cases/{meeting.pk}/" in chain or f"/meetings/{meeting.pk}/" in chain
        assert MEASURE in chain
        words = {"publication": "position-statement", "name": "Position statement", "introduction": "What changed."}
        browser = thread.journey.browser("hub")
        browser.send(browser.client.get("/start/statement/"), **words, assurance="It made a difference.")
        statement = thread.one("statement")
        thread.do("hub", statement, "offer")
        for who in CHIEFS:
            thread.do(who, statement, "sign", has_read="True")
        thread.do("hub", statement, "publish")
        purpose_said(thread.journey.world, statement)
        page = unescape(thread.get("scrutineer", f"/statements/{statement.pk}/").text)
        assert "Published 1 June 2026, edition 1" in page
        assert "Assessments finish while they still help" in page
        assert "Of 1 recommendation, 1 has been shown to make a difference." in page
        assert "March 2026" in page
        assert case.reference in thread.get("hub", MEASURE).text
