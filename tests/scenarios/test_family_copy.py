"""The family's copy of a strategy discussion: one for each person, without what that person may not have."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from sightline.engine.models import CaseSubject
from sightline.outgoing.models import Export
from sightline.people.models import Person, PersonAddress, ProtectedFrom
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from tests.contacts import text_of
from tests.journey import CHILD, MOTHER, Journey
from tests.scenarios.test_strategy_discussion import agreed, boxes, here
from tests.taking import freshly, proved
from tests.walls import held_as, keep_from

FATHER = {"kind": "adult", "given_names": "Dan", "family_name": "Marsh", "relation": "father"}
GRAN = {"kind": "adult", "given_names": "Joy", "family_name": "Dunne", "relation": "grandmother"}
SAID = {
    "decision": "s47-joint",
    "rationale": "A mark on a child who says little",
    "child_voice": "She does not like Saturdays",
    "risk_analysis": "Likely to happen again",
    "safe_tonight": "She stays with her mother",
    "information_shared": "Health: seen in May.\nPolice: two call-outs.\nOne was on a Saturday.\nSchool: often late.",
    "interview_plan": "By two officers on Monday",
}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def minuted(journey, world, acting):
    """A discussion with minutes about a family whose people are known; what was said can be changed."""

    def made(told=None, **changed):
        case = journey.logged(journey.contact(people=[CHILD, MOTHER, FATHER, GRAN], **(told or {})))
        journey.take(case, "worker", "hold_strategy_now")
        with acting(world.manager):
            links = {"process": "strategy-discussion", "links_in__source": case}
            strategy = case.__class__.visible_to(world.manager).get(**links)
        browser = journey.browser("team_manager")
        page = browser.step(strategy, "record_meeting")
        browser.send(page, **{**SAID, **changed}, **here(page), **boxes("held_at", calendar.now()), **agreed(world))
        support = journey.browser("support")
        support.send(support.step(strategy, "send_minutes"))
        with acting(world.manager):
            subjects = CaseSubject.objects.filter(case=strategy, person__isnull=False)
            strategy.people = dict(subjects.values_list("given_names", "person_id"))
            _protect(strategy.people)
        return strategy

    return made


def _protect(people):
    kim = Person.objects.get(pk=people["Kim"])
    refuge = PersonAddress.objects.create(
        person=kim, kind="refuge", lines="12 Larkmoor Road", postcode="AV7 4QX", protected=True
    )
    ProtectedFrom.objects.create(address=refuge, person_id=people["Dan"], basis="refuge")


def copies(journey, strategy, who="team_manager"):
    return freshly(journey.world, who).get(f"/cases/{strategy.pk}/family-copy/")


def copy(journey, strategy, given, key="html", who="team_manager"):
    address = f"/cases/{strategy.pk}/family-copy/{strategy.people[given]}/{key}"
    return freshly(journey.world, who).get(address)


def test_each_adult_has_a_copy_without_what_police_said(journey, minuted):
    strategy = minuted()
    made = copy(journey, strategy, "Kim")
    text = made.content.decode()
    assert made["Content-Disposition"].startswith("attachment")
    assert "For Kim Dunne alone" in text
    assert "seen in May" in text
    assert "often late" in text
    for kept in ("call-outs", "on a Saturday", "two officers", "She does not like Saturdays"):
        assert kept not in text, kept
    assert "police-sensitive" in text_of(copies(journey, strategy).text)


@pytest.mark.parametrize("key", ["html", "pdf", "docx"])
def test_it_comes_in_three_formats(journey, minuted, key):
    made = copy(journey, minuted(), "Dan", key)
    assert made.status_code == 200
    if key == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages)
        assert "For Dan Marsh alone" in text


def test_a_place_in_the_words_stops_the_copy_of_the_person_it_is_kept_from(journey, minuted):
    strategy = minuted(safe_tonight="She is at 12 Larkmoor Rd with her mother")
    page = text_of(copies(journey, strategy).text)
    assert "This copy may not leave as it is." in page
    assert "Safe tonight" in page or "What keeps each child safe tonight?" in page
    assert "Take the place out of what is written there, and try again." in page
    refused = copy(journey, strategy, "Dan")
    assert refused.status_code == 409
    assert "Larkmoor" not in refused.text


def test_a_relative_who_is_no_risk_waits_for_a_second_person(journey, minuted):
    strategy = minuted(safe_tonight="She is at 12 Larkmoor Rd with her mother")
    assert copy(journey, strategy, "Joy").status_code == 409
    asking = freshly(journey.world, "team_manager")
    page = asking.post(f"/cases/{strategy.pk}/family-copy/", {"person": strategy.people["Joy"]}, follow=True)
    at = page.redirect_chain[-1][0]
    assert "It waits for a second person." in text_of(page.text)
    second = freshly(journey.world, "manager")
    second.post(at, {"agreed": "yes", "words": "She collects her from there"})
    assert copy(journey, strategy, "Joy").status_code == 200
    assert copy(journey, strategy, "Joy", who="manager").status_code == 409, "the yes was to whoever asked"
    assert copy(journey, strategy, "Dan").status_code == 409


def test_who_told_us_is_named_to_nobody_of_the_family(journey, minuted):
    told = {"referrer_name": "Una Pell", "stay_anonymous": "yes"}
    strategy = minuted(told, risk_analysis="Mrs Pell heard shouting twice")
    for given in ("Kim", "Dan", "Joy"):
        assert copy(journey, strategy, given).status_code == 409, given
    assert "This names somebody who told us" in text_of(copies(journey, strategy).text)


def test_the_copy_is_not_recorded_as_sent_while_nobody_may_have_it(journey, minuted):
    strategy = minuted({"referrer_name": "Una Pell", "stay_anonymous": "yes"}, risk_analysis="Una Pell heard shouting")
    browser = journey.browser("team_manager")
    page = browser.step(strategy, "decide_family_copy")
    refused = browser.send(page, **{"family_copy-0-decision": "sent"})
    words = text_of(refused.text)
    assert "No adult of the family may have it as it is." in words


def test_agencies_and_strangers_have_no_page_of_the_family_s_copies(journey, minuted):
    strategy = minuted()
    assert copies(journey, strategy, "police").status_code == 404
    assert copy(journey, strategy, "Kim", who="police").status_code == 404


@pytest.fixture
def waiting(journey, minuted):
    """A discussion of which a relative's copy waits for a second person, and the address where it does."""
    strategy = minuted(safe_tonight="She is at 12 Larkmoor Rd with her mother")
    asking = freshly(journey.world, "service_manager")
    answer = asking.post(f"/cases/{strategy.pk}/family-copy/", {"person": strategy.people["Joy"]})
    return strategy, answer["Location"]


def shown(journey, who, strategy, at):
    """The list of files, the one file and the notices, as far as they speak of the family's copy."""
    client = journey.browser(who).client
    listed, one, notices = (client.get(address) for address in ("/exports/", at, "/notices"))
    return strategy.reference in listed.text, one.status_code, at in notices.text


@pytest.mark.parametrize("who", ["service_manager", "manager"])
def test_what_was_asked_for_goes_with_the_record(world, acting, journey, waiting, who):
    strategy, at = waiting
    assert shown(journey, who, strategy, at) == (True, 200, who == "manager")
    held_as(world, acting, strategy, tier="sealed")
    assert shown(journey, who, strategy, at) == (False, 404, False)


def test_a_manager_whose_own_family_it_is_about_is_not_shown_what_waits_for_a_yes(world, acting, journey, waiting):
    keep_from(world, acting, "manager", waiting[0])
    assert shown(journey, "manager", *waiting) == (False, 404, False)


@pytest.mark.parametrize("of", ["the list", "the file"])
def test_whose_copies_somebody_was_shown_stands_in_the_audit(world, acting, journey, waiting, of):
    strategy, at = waiting
    said = journey.browser("manager").client.get("/exports/" if of == "the list" else at).text
    assert "The family’s copy for Joy Dunne" in said.replace("&#39;", "’")
    with acting(world.manager):
        rows = AuditRow.objects.filter(action="read", subject="engine.Case", object_ids=[strategy.pk])
        of_page = rows.filter(detail__page="exports" if of == "the list" else "export")
        assert [row.account_id for row in of_page] == [world.manager.account.pk]


def test_a_copy_is_asked_for_and_taken_after_a_fresh_sign_in_alone(journey, minuted, acting, world):
    strategy = minuted()
    client = journey.browser("team_manager").client
    page = f"/cases/{strategy.pk}/family-copy/"
    for turned in (
        client.get(page),
        client.get(f"{page}{strategy.people['Kim']}/html"),
        client.post(page, {"person": strategy.people["Joy"]}),
    ):
        assert turned.status_code == 302
        assert turned["Location"].startswith("/sign-in/again")
    with acting(world.team_manager):
        assert not Export.objects.exists()
    back = proved(client).get(page)
    assert str(strategy.people["Joy"]) not in text_of(back.text), "a button is pressed again; nothing was typed"
    assert client.get(f"{page}{strategy.people['Kim']}/html").status_code == 200
