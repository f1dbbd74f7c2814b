"""A register changed through its pages: proposed by the Support Hub, approved by a partner, read by whoever may."""

import re
from datetime import date

import pytest
from django.test import Client
from independent import purpose_said
from registers import TARGET, TERMS, a_group, approve, priority, propose

from sightline.datasets.extract import load_shipped_extract
from sightline.engine.models import Case
from sightline.people.models import GroupMembership
from sightline.registers.models import Priority, Target
from sightline.registers.targets import target_of

TARGETS, NEW = "/registers/targets/", "/registers/targets/new/"
KEY = "assessments_within_45_working_days"
ENTRY = f"/registers/targets/{KEY}/"
JUNE = date(2026, 6, 1)


@pytest.fixture
def sign_in(world):
    def as_(who):
        client = Client()
        client.force_login(world.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


@pytest.fixture
def hub(sign_in):
    return sign_in("hub")


@pytest.fixture
def made(world, acting):
    """`made(register, answers)`: a change proposed and approved."""

    def change(register, answers, **also):
        with acting(world.hub):
            approve(world, propose(world, register, answers, **also))

    return change


@pytest.fixture
def the_case(world, acting):
    """`the_case()`: the one matter that is there, or that is `open`; None where there is none."""

    def find(**which):
        with acting(world.hub):
            found = list(Case.objects.filter(**which))
        assert len(found) < 2
        return found[0] if found else None

    return find


def day(on, name="effective_from"):
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def typed(**differently):
    return {**TARGET, "indicator": KEY, **day(date(2026, 4, 1)), "backdated": "Agreed in March.", **differently}


def problems_of(response):
    text = response.content.decode()
    box = re.search(r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', text, re.DOTALL)
    return re.findall(r">\s*([^<>]+?)\s*</a>", box[1]) if box else []


def test_a_target_is_proposed_checked_approved_and_then_in_force(world, hub, sign_in, the_case):
    page = hub.get(NEW)
    assert "Propose a new target" in page.content.decode()
    checked = hub.post(NEW, typed())
    text = checked.content.decode()
    assert "Check before you go on" in text
    assert (
        "Nothing changes until it is approved by a delegated safeguarding partner or a lead safeguarding partner"
        in text
    )
    assert the_case() is None
    sent = hub.post(NEW, typed(confirmed="1"), follow=True)
    assert "It waits to be approved by" in sent.content.decode()
    case = the_case()
    assert (case.process, case.stage, case.concerns) == ("change-to-targets", "proposed", "partnership")
    assert target_of(world.partnership, KEY, JUNE) is None

    chief = sign_in("council_chief")
    assert "Waiting for approval (1)" in chief.get(TARGETS).content.decode()
    approving = f"/cases/{case.pk}/do/approve/"
    assert "85" in chief.get(approving).content.decode()
    chief.post(approving, {"note": "Minute 6."})
    done = chief.post(f"{approving}check/", {}, follow=True)
    assert done.status_code == 200
    assert target_of(world.partnership, KEY, JUNE).value == 85
    entry = chief.get(ENTRY).content.decode()
    assert "Wyn Ash" in entry
    assert "Bea Wold" in entry
    assert "Minute 6." in entry
    assert f"{ENTRY}?in=ardenvale" in chief.get(f"/cases/{case.pk}/").content.decode()


def test_a_mistake_is_said_beside_its_question_and_nothing_typed_is_lost(hub):
    page = hub.post(NEW, typed(value="plenty", backdated="", source="The minute of March"))
    assert problems_of(page) == ["Enter a number.", "1 April 2026 has passed. Say why it is recorded only now"]
    assert 'value="plenty"' in page.content.decode()
    assert "The minute of March" in page.content.decode()


def test_everything_that_is_missing_is_named_at_once(hub):
    said = problems_of(hub.post("/registers/priorities/new/", {"title": "Neglect", **day(date(2030, 4, 1))}))
    assert "Say what is measured and where it stood at the start. A priority has a baseline" in said
    assert "Select the indicator that shows it" in said
    assert "Select the sponsor&#39;s agency" in said or "Select the sponsor&#x27;s agency" in said
    assert not Priority.objects.exists()


def test_answers_can_be_changed_after_they_were_checked(hub):
    page = hub.post(NEW, typed(edit="1", value="77")).content.decode()
    assert 'value="77"' in page
    assert "There is a problem" not in page


def test_a_form_sent_twice_makes_one_change(hub, the_case):
    answers = typed(confirmed="1", idempotency_key="7f1e2a34-0000-4000-8000-000000000001")
    hub.post(NEW, answers)
    hub.post(NEW, answers)
    assert the_case()


@pytest.mark.parametrize("who", ["council_chief", "scrutineer", "analyst", "chair", "manager"])
def test_who_may_not_propose_is_told_who_may(world, sign_in, who):
    if who == "scrutineer":
        purpose_said(world)
    client = sign_in(who)
    page = client.get(NEW)
    assert page.status_code == 403
    assert "It is done by the Support Hub." in page.content.decode()
    assert "Propose a new" not in client.get(TARGETS).content.decode()


def test_the_scrutineer_reads_everything_and_approves_nothing(world, acting, sign_in):
    with acting(world.hub):
        case = propose(world, "targets", TARGET)
    purpose_said(world, case)
    purpose_said(world)
    client = sign_in("scrutineer")
    assert client.get(TARGETS).status_code == client.get(f"/cases/{case.pk}/").status_code == 200
    refused = client.post(f"/cases/{case.pk}/do/approve/", {"note": ""})
    assert refused.status_code == 403
    assert "You cannot approve the change" in refused.content.decode()


def test_a_register_is_read_as_it_stood_on_a_day(made, hub):
    made("targets", {**TARGET, "indicator": KEY})
    changed = {"kind": "change", "entry": KEY, "reason": "Reviewed.", "effective_from": date(2026, 10, 1)}
    made("targets", {**TARGET, "indicator": KEY, "value": 90}, **changed)

    def shown(**query):
        text = hub.get(TARGETS, query).content.decode()
        return re.findall(r'data-label="Target">([^<]+)<', text), text

    assert shown()[0] == ["90"]
    values, text = shown(**day(JUNE, "on"))
    assert values == ["85", "90"]  # in force, and coming
    assert "As it stood on 1 June 2026" in text
    assert "After that day (1)" in text
    assert "No target is in force on that day" in shown(**day(date(2025, 1, 1), "on"))[1]
    assert problems_of(hub.get(TARGETS, {"on-day": "31", "on-month": "2", "on-year": "2026"}))


def test_an_entry_tells_its_whole_history_what_changed_and_why(made, hub):
    made("targets", {**TARGET, "indicator": KEY})
    changed = {"kind": "change", "entry": KEY, "reason": "It was met for a year.", "effective_from": date(2026, 10, 1)}
    made("targets", {**TARGET, "indicator": KEY, "value": 90}, **changed)
    text = hub.get(ENTRY).content.decode()
    assert "In force: from 1 October 2026" in text
    assert "from 1 April 2026 to 30 September 2026" in text
    assert "Target: 90 (it was 85)" in text
    assert "It was met for a year." in text
    assert "Agreed then, typed up now." in text


def test_a_group_that_ended_says_so_and_where_its_work_went(world, made, hub):
    group = {"name": "Missing children task group", "sort": "task", "purpose": "To learn why.", "state": "active"}
    group["decision"] = "Executive group, minute 4"
    made("groups", group)
    ended = {**group, "state": "ended", "why": "It reported.", "work_goes_to": a_group(world)}
    entry = {"kind": "change", "entry": "missing-children-task-group", "reason": "Done."}
    made("groups", ended, **entry, effective_from=date(2026, 10, 1))
    text = hub.get("/registers/groups/").content.decode()
    assert "Ended (1)" in text
    page = hub.get("/registers/groups/missing-children-task-group/").content.decode()
    assert "Ended: from 1 October 2026" in page
    assert "Its open work goes to: Front door steering group (it was empty)" in page
    assert "Propose a change" not in page


def test_a_change_starts_from_what_is_in_force_and_asks_where_the_decision_is_afresh(made, hub):
    made("targets", {**TARGET, "indicator": KEY})
    page = hub.get(f"{ENTRY}change/").content.decode()
    assert 'value="85.000"' in page or 'value="85"' in page
    assert TARGET["source"] not in page
    said = problems_of(hub.post(f"{ENTRY}change/", {**typed(), "reason": "Reviewed.", **day(date(2025, 1, 1))}))
    assert said == ["The target begins on 1 April 2026. Give that day or a later one"]


def test_an_end_is_proposed_approved_and_kept_in_the_history(world, made, hub, sign_in, the_case):
    made("targets", {**TARGET, "indicator": KEY})
    answers = {**day(date(2026, 9, 1)), "reason": "The indicator is no longer used.", "backdated": "Agreed then."}
    assert "no longer in force" in hub.post(f"{ENTRY}end/", answers).content.decode()
    hub.post(f"{ENTRY}end/", {**answers, "confirmed": "1"})
    case = the_case(closed_at=None)
    chief = sign_in("nhs_chief")
    chief.post(f"/cases/{case.pk}/do/approve/", {"note": ""})
    chief.post(f"/cases/{case.pk}/do/approve/check/", {})
    assert target_of(world.partnership, KEY, date(2026, 9, 1)) is None
    assert "It is not in force today. Its history is below." in hub.get(ENTRY).content.decode()
    assert Target.objects.count() == 1


def test_priorities_and_terms_are_proposed_on_their_forms(world, hub, acting):
    agency = str(world.agency("ardenvale-council").pk)
    answers = {**priority(world), "sponsor_agency": agency, "indicator": KEY, **day(date(2026, 4, 1))}
    answers = {**answers, "backdated": "Agreed in March.", "confirmed": "1"}
    assert hub.post("/registers/priorities/new/", answers).status_code == 302
    group = a_group(world)
    terms = {k: v for k, v in TERMS.items() if k != "review_on"} | day(TERMS["review_on"], "review_on")
    terms |= {"group": str(group.pk), **day(date(2026, 4, 1)), "backdated": "Agreed in March.", "confirmed": "1"}
    assert hub.post("/registers/terms-of-reference/new/", terms).status_code == 302
    with acting(world.hub):
        titles = set(Case.objects.values_list("title", flat=True))
    assert titles == {"New priority: Neglect seen early", "New terms of reference: Front door steering group"}


def test_a_local_limit_is_chosen_among_the_rules_that_may_be_changed(hub, the_case):
    page = hub.get("/registers/local-limits/new/").content.decode()
    assert "Front-door decision, green (3 working days)" in page
    assert "CK-01~" not in page
    answers = {"rule_id": "front-door-decision~green", "limit": "2", "unit": "working days", **day(date(2030, 4, 1))}
    answers = {**answers, "decided_by": "Executive group", "source": "Minute 8", "confirmed": "1"}
    assert hub.post("/registers/local-limits/new/", answers).status_code == 302
    assert "Front-door decision, green" in the_case().title


def test_an_agency_reads_of_the_groups_it_sits_on_and_of_no_others(world, made, sign_in):
    on, off = a_group(world), a_group(world, "executive", "Executive group")
    made("terms-of-reference", {**TERMS, "group": on})
    made("terms-of-reference", {**TERMS, "group": off})
    police = sign_in("police_lead")
    assert police.get("/registers/terms-of-reference/").status_code == 403
    GroupMembership.objects.create(group=on, agency=world.agency("ardenvale-police"), valid_from=date(2021, 9, 1))
    text = police.get("/registers/terms-of-reference/").content.decode()
    assert "Front door steering group" in text
    assert "Executive group" not in text
    assert police.get("/registers/terms-of-reference/executive/").status_code == 404
    assert police.get("/registers/targets/").status_code == 403


@pytest.mark.parametrize("address", ["/registers/nothing/", "/registers/targets/nothing/", "/registers/targets/?in=x"])
def test_what_there_is_not_is_not_found(hub, address):
    assert hub.get(address).status_code == 404


def test_the_catalogue_says_what_each_register_is_for_and_who_changes_it(hub):
    text = hub.get("/registers/").content.decode()
    labels = ["Priorities", "Groups", "Terms of reference", "Targets", "Local limits", "Neighbour sets"]
    places = [text.index(f">{label}</a>") for label in labels]
    assert places == sorted(places)
    assert "The Support Hub proposes a change; a lead safeguarding partner approves it." in text
    assert "It comes by loading a published file." in text


def test_a_neighbour_set_shows_its_source_its_days_and_an_area_s_neighbours(world, sign_in):
    load_shipped_extract()
    client = sign_in("scrutineer")
    listed = client.get("/registers/neighbour-sets/").content.decode()
    assert "30 April 2025" in listed
    page = client.get("/registers/neighbour-sets/2025-05/", {"area": "E08000029"}).content.decode()
    assert "Neighbours of Solihull" in page
    assert len(re.findall(r'data-label="How close"', page)) == 10
    assert problems_of(client.get("/registers/neighbour-sets/2025-05/", {"area": "E99999999"}))
    assert client.get("/registers/neighbour-sets/1999-01/").status_code == 404
    assert sign_in("hub").get("/registers/neighbour-sets/new/").status_code == 404


def test_nobody_reads_a_register_without_signing_in(world, client):
    assert client.get("/registers/", follow=False).status_code == 302


def test_a_proposal_waits_in_the_worklist_of_those_who_may_approve_it(world, acting, sign_in):
    with acting(world.hub):
        propose(world, "targets", {**TARGET, "indicator": KEY})
    assert "Assessments within 45 working days" in sign_in("council_partner").get("/work/").content.decode()
    purpose_said(world)
    assert "Assessments within 45 working days" not in sign_in("scrutineer").get("/work/").content.decode()


def test_whoever_approves_sees_what_would_change_beside_what_holds_now(world, made, acting, sign_in):
    made("targets", {**TARGET, "indicator": KEY})
    with acting(world.hub):
        changed = {"kind": "change", "entry": KEY, "reason": "Met all year.", "effective_from": date(2030, 4, 1)}
        case = propose(world, "targets", {**TARGET, "indicator": KEY, "value": 90}, **changed)
    chief = sign_in("council_chief")
    for address in (f"/cases/{case.pk}/", f"/cases/{case.pk}/do/approve/"):
        text = chief.get(address).content.decode()
        assert "90 (now: 85)" in text
        assert "Met all year." in text
        assert "Indicator, Decided by and Decision" in text


def test_a_change_is_not_started_from_a_bare_form(hub):
    assert hub.get("/start/change-to-targets/").status_code == 404


def test_the_public_page_shows_the_priorities_of_the_one_list(world, made, client):
    made("priorities", priority(world, first_year="2024-25", last_year="2039-40"))
    assert "Neglect seen early" in client.get("/").content.decode()
