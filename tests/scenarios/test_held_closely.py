"""A record held closely: what it opened and will open is held with it, and only those named keep a part in it."""

import re

import pytest

from sightline.access.tiering import Holding, HoldingRefused, hold
from sightline.engine.models import Case, Involvement, Link
from sightline.people.models import Person
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from tests.journey import Journey, page_of
from tests.recommending import Recommending
from tests.world import PASSWORD

OUTSIDERS = ("second_worker", "officer", "support", "manager", "second_manager")
ASKED = {"police": "ardenvale-police", "health": "ardenvale-icb"}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


def named(journey, *names):
    return [getattr(journey.world, name).worker for name in names]


def ids(journey, *names):
    return [worker.pk for worker in named(journey, *names)]


def held(journey, case, tier, *names, by="service_manager", **more):
    manager = getattr(journey.world, by)
    with journey.acting(manager):
        return hold(case.pk, Holding(tier, "Threats to the mother", named(journey, *names), **more), by=manager)


def page(journey, who):
    """A browser in which somebody has just shown again that it is they."""
    browser = journey.browser(who)
    assert browser.client.post("/sign-in/again", {"password": PASSWORD}).status_code == 302
    return browser


def holding_of(browser, case, **typed):
    """Fill in the page that says how closely a case is held, and send it."""
    got = browser.client.get(page_of(case, "held"))
    return browser.send(got, **{"why": "Threats to the mother", "persons": "false", **typed})


def named_now(journey, case):
    """Who is named on a case now, by the world's names, as scheduled work sees it."""
    with journey.acting(journey.world.clockwork):
        rows = Involvement.objects.filter(case=case, worker__isnull=False, ends_at__isnull=True)
        found = {(row.part, row.worker_id) for row in rows}
    whose = {account.worker_id: name for name, account in journey.world.accounts.items()}
    return {(part, whose[worker]) for part, worker in found}


def tier_of(journey, case):
    with journey.acting(journey.world.clockwork):
        return Case.objects.get(pk=case.pk).tier


def shown_nowhere(journey, who, case, words):
    """Nothing of a case stands on its page, the work list, the search or the page of its reference."""
    browser = journey.browser(who)
    assert browser.case(case).status_code in (403, 404)
    for address, asked in (("/work/", {}), ("/search/", {"q": words}), ("/search/", {"q": case.reference})):
        text = browser.client.get(address, asked, follow=True).text
        assert page_of(case) not in text, (who, address)
    return True


def test_what_was_asked_of_agencies_is_sealed_with_the_contact(journey):
    contact = journey.asked()
    enquiries = [journey.enquiry(contact, agency) for agency in ASKED.values()]
    held(journey, contact, "sealed", "worker", "team_manager")
    for enquiry in enquiries:
        assert all(shown_nowhere(journey, who, enquiry, "Dunne") for who in OUTSIDERS)
        assert journey.browser("worker").case(enquiry).status_code == 200
    for who, enquiry in zip(ASKED, enquiries, strict=True):
        assert journey.browser(who).case(enquiry).status_code == 404


def test_what_it_opened_is_held_too_though_the_manager_does_not_see_it(journey):
    contact = journey.asked("ardenvale-police")
    enquiry = journey.enquiry(contact, "ardenvale-police")
    journey.take(contact, "worker", "hold_strategy_now", rationale="She said that he hit her")
    strategy = strategy_of(journey, "manager")
    held(journey, strategy, "restricted", "team_manager", "second_worker")
    held(journey, contact, "sealed", "worker", "lead_worker")
    assert [tier_of(journey, one) for one in (contact, enquiry, strategy)] == ["sealed"] * 3
    only = {("named", "worker"), ("named", "lead_worker"), ("owner", "worker")}
    assert [named_now(journey, one) for one in (contact, enquiry, strategy)] == [only] * 3
    with journey.acting(journey.world.clockwork):
        rows = AuditRow.objects.filter(action="hold case", detail__tier="sealed")
        assert {key for row in rows for key in row.object_ids} == {contact.pk, enquiry.pk, strategy.pk}


def strategy_of(journey, who):
    actor = getattr(journey.world, who)
    with journey.acting(actor):
        return Case.visible_to(actor).get(process="strategy-discussion")


def test_it_goes_on_from_what_was_opened_to_what_that_opened_and_not_to_what_is_only_repeated(journey):
    first, second, third, repeated = (journey.logged() for _ in range(4))
    with journey.acting(journey.world.worker):
        for source, target, kind in ((first, second, "opened"), (second, third, "said"), (third, repeated, "repeats")):
            Link.objects.create(source=source, target=target, step=source.steps.first(), kind=kind)
    held(journey, first, "sealed", "worker", "lead_worker")
    tiers = [tier_of(journey, one) for one in (first, second, third, repeated)]
    assert tiers == ["sealed", "sealed", "sealed", "open"]


def test_what_is_opened_from_a_sealed_case_is_sealed_with_the_same_people(journey):
    contact = journey.logged()
    held(journey, contact, "sealed", "worker", "service_manager", until=calendar.now().replace(year=2099))
    journey.take(contact, "worker", "ask_agencies", agencies=[{"agency": journey.world.agency("ardenvale-police").pk}])
    journey.take(contact, "worker", "hold_strategy_now", rationale="She said that he hit her")
    with journey.acting(journey.world.clockwork):
        opened = list(Case.objects.filter(links_in__source=contact))
        parts = list(Involvement.objects.filter(case__in=opened, worker__isnull=False, part="named"))
    assert {one.process for one in opened} == {"agency-enquiry", "strategy-discussion"}
    assert all(part.basis == "Named: Threats to the mother" and part.ends_at.year == 2099 for part in parts)
    assert {part.granted_by_id for part in parts} == {journey.world.service_manager.worker.pk}
    for one in opened:
        assert all(shown_nowhere(journey, who, one, "Dunne") for who in (*OUTSIDERS, "team_manager", "police"))
        assert all(journey.browser(who).case(one).status_code == 200 for who in ("worker", "service_manager"))
        assert {("owner", "worker")} == named_now(journey, one) - {("started", "worker")}


def test_what_the_team_holds_opens_what_the_team_holds(journey):
    contact = journey.logged()
    held(journey, contact, "team")
    journey.take(contact, "worker", "ask_agencies", agencies=[{"agency": journey.world.agency("ardenvale-police").pk}])
    assert tier_of(journey, journey.enquiry(contact, "ardenvale-police")) == "team"
    assert journey.browser("support").case(journey.enquiry(contact, "ardenvale-police")).status_code == 403


def test_loosened_it_is_loosened_alone_and_the_page_says_what_stays_held(journey):
    contact = journey.asked("ardenvale-police", "ardenvale-icb")
    police, health = (journey.enquiry(contact, agency) for agency in ASKED.values())
    held(journey, contact, "restricted", "worker", "service_manager")
    held(journey, health, "sealed", "worker", "lead_worker")
    got = holding_of(page(journey, "service_manager"), contact, tier="open")
    assert got.status_code == 200
    assert [tier_of(journey, one) for one in (contact, police, health)] == ["open", "restricted", "sealed"]
    assert "These stay held as they were" in got.text
    assert f'href="{page_of(police)}">Agency enquiry {police.reference}: named people only</a>' in got.text
    assert health.reference not in got.text.partition("</main>")[0].partition("stay held")[2].partition("</p>")[0]


def test_what_is_held_as_closely_already_keeps_the_people_named_on_it(journey):
    contact = journey.asked("ardenvale-police")
    enquiry = journey.enquiry(contact, "ardenvale-police")
    held(journey, enquiry, "restricted", "worker", "police")
    held(journey, contact, "restricted", "worker")
    assert ("named", "police") in named_now(journey, enquiry)


def test_a_named_person_of_an_agency_reads_and_answers_what_it_is_asked(journey):
    contact = journey.logged()
    held(journey, contact, "sealed", "worker", "service_manager")
    asking = page(journey, "service_manager")
    assert "cannot see it, and so cannot answer" in journey.browser("worker").step(contact, "ask_agencies").text
    journey.take(contact, "worker", "ask_agencies", agencies=[{"agency": journey.world.agency("ardenvale-police").pk}])
    enquiry = journey.enquiry(contact, "ardenvale-police")
    assert f'href="{page_of(enquiry, "held")}">Name somebody of Ardenvale Police</a>' in asking.case(contact).text
    told = journey.browser("worker").case(contact).text
    assert "Ardenvale Police cannot see what it is asked, until somebody of theirs is named" in told
    assert "Ask a front-door manager or a service manager" in told
    assert f'href="{page_of(enquiry, "held")}"' not in told
    assert journey.browser("police").case(enquiry).status_code == 404
    people = ids(journey, "worker", "service_manager", "police")
    assert holding_of(asking, enquiry, tier="sealed", named=people).status_code == 200
    assert journey.browser("police").case(enquiry).status_code == 200
    journey.take(enquiry, "police", "reply_nothing_held", searched_by="Rae Cox")
    assert "cannot see what it is asked" not in asking.case(contact).text
    assert journey.browser("police").case(contact).status_code == 404


def test_a_meeting_that_nobody_could_come_to_says_so_and_where_they_are_named(journey):
    strategy = journey.strategy()
    assert "cannot see this" not in journey.browser("team_manager").case(strategy).text
    held(journey, strategy, "restricted", "team_manager", "service_manager", "health")
    text = page(journey, "service_manager").case(strategy).text
    assert "Ardenvale Police and Millbrook School cannot see this, and so cannot come, until somebody of theirs" in text
    assert f'href="{page_of(strategy, "held")}">Name somebody of theirs</a>' in text
    assert "until somebody of theirs is named" in journey.browser("team_manager").step(strategy, "call").text


@pytest.mark.parametrize("tier", ["restricted", "sealed"])
def test_whoever_is_not_named_keeps_no_part_of_their_own(tier, journey):
    strategy = journey.strategy()
    assert journey.browser("worker").case(strategy).status_code == 200
    assert ("started", "worker") in named_now(journey, strategy)
    held(journey, strategy, tier, "team_manager", "service_manager")
    assert named_now(journey, strategy) == {
        ("owner", "team_manager"),
        ("named", "team_manager"),
        ("named", "service_manager"),
    }
    assert journey.browser("worker").case(strategy).status_code == (403 if tier == "restricted" else 404)


def test_whoever_has_a_part_is_ticked_beforehand(journey):
    strategy = journey.strategy()
    browser = page(journey, "service_manager")
    got = browser.client.get(page_of(strategy, "held"))
    assert "Noor Kell, Ardenvale Council (owns it)" in got.text
    assert "Kay Obi, Ardenvale Council (has a part in it: started this strategy discussion)" in got.text
    holding_of(browser, strategy, tier="restricted", named=ids(journey, "worker", "team_manager", "service_manager"))
    assert {("named", "worker"), ("started", "worker"), ("named", "team_manager")} < named_now(journey, strategy)


def test_those_with_a_part_and_the_managers_stand_open_and_everybody_else_is_folded_away_by_kind_of_agency(journey):
    case = journey.logged()
    text = page(journey, "service_manager").client.get(page_of(case, "held")).text
    open_ones, *folded = text.split('<details class="govuk-details"')
    named = {
        who: f'value="{getattr(journey.world, who).worker.pk}"' for who in ("worker", "manager", "school", "police")
    }
    assert [who for who, box in named.items() if box in open_ones] == ["worker", "manager"]
    (school,) = [group for group in folded if named["school"] in group]
    assert "School, college or early years setting (2)" in school
    assert named["police"] not in school
    marks = re.findall(r'\bid="([^"]+)"', text)
    assert len(marks) == len(set(marks)), "each label belongs to one box"
    browser = page(journey, "service_manager")
    got = holding_of(browser, case, tier="team", named=ids(journey, "worker", "school"), why="")
    (school,) = [one for one in got.text.split('<details class="govuk-details"') if named["school"] in one]
    assert school.split(">")[0].strip() == "open", "what is ticked is in sight"
    assert "Are the people in it known" not in got.text.split("There is a problem")[1].split("</div>")[0]


def test_whoever_is_unticked_loses_their_part(journey):
    strategy = journey.strategy()
    people = ids(journey, "team_manager", "service_manager")
    got = holding_of(page(journey, "service_manager"), strategy, tier="restricted", named=people)
    assert got.request["PATH_INFO"] == page_of(strategy)
    assert journey.browser("worker").case(strategy).status_code == 403


def test_whoever_has_a_part_only_in_what_it_opened_is_ticked_too(journey):
    contact = journey.logged()
    journey.take(contact, "worker", "hold_strategy_now", rationale="She said that he hit her")
    strategy = strategy_of(journey, "manager")
    got = page(journey, "service_manager").client.get(page_of(contact, "held")).text
    assert f"Noor Kell, Ardenvale Council (has a part in Strategy discussion {strategy.reference})" in got
    assert f'href="{page_of(strategy)}">Strategy discussion {strategy.reference}: open to whoever works in' in got


def test_the_owner_has_to_be_among_those_named_or_hand_it_over_first(journey):
    contact = journey.logged()
    browser = page(journey, "service_manager")
    people = ids(journey, "second_worker", "service_manager")
    refused = holding_of(browser, contact, tier="restricted", named=people)
    assert refused.status_code == 422
    assert "Kay Obi owns it. Name them too, or hand it over to somebody who is named first" in refused.text
    assert tier_of(journey, contact) == "open"
    journey.take(contact, "manager", "allocate", allocated_to=journey.world.second_worker.worker.pk)
    assert holding_of(browser, contact, tier="restricted", named=people).status_code == 200
    assert journey.browser("worker").case(contact).status_code == 403
    assert journey.browser("second_worker").case(contact).status_code == 200


@pytest.mark.parametrize("tier", ["restricted", "sealed"])
def test_a_manager_who_can_say_again_how_closely_it_is_held_is_among_those_named(tier, journey):
    case, browser = journey.logged(), page(journey, "service_manager")
    got = holding_of(browser, case, tier=tier, named=ids(journey, "worker", "second_worker"))
    assert got.status_code == 422
    assert "Name yourself, or another manager who can say again how closely it is held" in got.text
    assert tier_of(journey, case) == "open"
    holding_of(browser, case, tier=tier, named=ids(journey, "worker", "manager"))
    assert tier_of(journey, case) == tier
    holding_of(page(journey, "manager"), case, tier="open", named=[])
    assert tier_of(journey, case) == "open"


def test_people_are_known_again_only_when_no_sealed_case_is_left_with_them(journey, world):
    first = journey.logged()
    journey.take(first, "worker", "hold_strategy_now", rationale="She said that he hit her")
    second = strategy_of(journey, "manager")

    def known():
        with journey.acting(world.support):
            return Person.visible_to(world.support).exists()

    held(journey, first, "sealed", "worker", "service_manager", persons=True)
    assert not known()
    held(journey, first, "restricted", "worker", "service_manager")
    assert not known()
    held(journey, second, "restricted", "worker")
    assert known()


def test_only_a_sealed_case_hides_its_people(journey):
    contact = journey.logged()
    named = ids(journey, "worker", "manager")
    got = holding_of(page(journey, "service_manager"), contact, tier="restricted", persons="true", named=named)
    assert got.status_code == 422
    assert "Answer No, or seal it" in got.text


def test_a_recommendation_is_held_as_its_document_is_and_by_whoever_says_so(world, acting):
    journey = Recommending(world, acting)
    document = journey.document()
    with pytest.raises(HoldingRefused, match="Name yourself too"):
        held(journey, document, "restricted", "second_hub", by="hub")
    held(journey, document, "restricted", "hub", "second_hub", by="hub")
    raised = journey.raised(source=document)
    assert journey.browser("hub").case(raised).status_code == 200
    assert journey.browser("second_hub").case(raised).status_code == 200
    assert journey.browser("analyst").case(raised).status_code == 404
