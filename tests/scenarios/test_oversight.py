"""Who looked, on what they relied, and who asks whether that was right."""

import json
from datetime import date, datetime, time, timedelta
from html import unescape
from urllib.parse import quote

import pytest
from contacts import bound, rated, signed_in, text_of, told
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from independent import purpose_said

from sightline.access import oversight_sample, oversight_unusual
from sightline.access.models import OwnDetails, SampledRead, UnusualAccess
from sightline.access.oversight_models import Purpose
from sightline.engine.models import Case
from sightline.engine.perform import perform
from sightline.engine.refusals import NotAllowed
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.platform.audit import beside
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs.acting import clockwork
from sightline.platform.notices.models import Notice
from tests.journey import Journey, page_of

SEALED, TEAM = Case.Tier.SEALED, Case.Tier.TEAM
TODAY = calendar.today()
"""Rows of the audit bear the database's own time, which no test can set; so these tests work around today."""


@pytest.fixture
def case(world):
    return rated(world, told(world, at=calendar.now()), "amber", calendar.now())


def page(world, who, address, status=200, **headers):
    response = signed_in(world, who).get(address, headers=headers)
    assert response.status_code == status, response.content.decode()[-1500:]
    return unescape(response.content.decode())


def words(world, who, address):
    return text_of(page(world, who, address))


def posted(world, who, address, **given):
    return signed_in(world, who).post(address, given, follow=True)


def rows(world, **given):
    with bound(world.ig):
        return list(AuditRow.objects.filter(**given).order_by("at"))


def reads_of(world, who, case):
    rows_ = rows(world, action="read", subject="engine.Case", worker_id=world.accounts[who].worker_id)
    return [row for row in rows_ if case.pk in row.object_ids]


def held_as(case, tier):
    """How closely the case is held, as a manager would have said."""
    with clockwork():
        assert Case.objects.filter(pk=case.pk).update(tier=tier)


def looked(case):
    return f"/oversight/looked/cases/{case.pk}/"


# ---------------------------------------------------------------- what a row says


def test_a_read_says_which_page_was_opened_and_what_its_reader_relied_on(world, case):
    page(world, "service_manager", f"/cases/{case.pk}/")
    said = reads_of(world, "service_manager", case)[-1].detail
    assert said["page"] == "case"
    assert said["opened"] == [str(case.pk)]
    assert said["relied_on"] == "role:service-manager"


def test_a_case_that_is_only_listed_was_not_opened(world, case):
    page(world, "manager", "/front-door/")
    assert "opened" not in reads_of(world, "manager", case)[-1].detail


def test_whoever_is_refused_a_record_leaves_a_row_whether_it_is_there_or_not(world, case):
    missing = "00000000-0000-4000-8000-000000000000"
    for key in (str(case.pk), missing):
        page(world, "other_school", f"/cases/{key}/", status=404)
    found = rows(world, action="open a page", outcome="denied")[-2:]
    assert [str(row.object_ids[0]) for row in found] == [str(case.pk), missing]
    assert {row.agency for row in found} == {"tollgate-school"}
    assert all(row.detail == {"page": "case", "status": 404} for row in found)


def test_a_step_that_is_refused_leaves_a_row_though_everything_else_is_rolled_back(world, case):
    officer = world.officer
    with pytest.raises(NotAllowed), transaction.atomic(), bound(officer):
        perform(case, "endorse", by=officer, answers={})
    with bound(officer):
        (row,) = AuditRow.objects.filter(action="refuse step", object_ids__contains=[case.pk])
    assert (row.account_id, row.outcome) == (officer.account.pk, "refused")
    assert row.detail == {"step": "endorse", "why": "NotAllowed"}


def test_every_row_of_a_page_is_kept_in_a_file_beside_the_database_without_what_was_searched_for(
    world, case, settings, tmp_path
):
    settings.AUDIT_FOLDER = tmp_path
    answer = signed_in(world, "manager").get(f"/cases/{case.pk}/")
    sought = {"given_names": "Qwertina", "family_name": "Zyx"}
    assert signed_in(world, "worker").post("/search/", sought, follow=True).status_code == 200
    (file,) = tmp_path.iterdir()
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    line = next(one for one in lines if one["request_id"] == answer["X-Request-Id"] and one["action"] == "read")
    assert str(case.pk) in line["object_ids"]
    assert {"at", "account_id", "agency", "role", "outcome", "code_version"} <= line.keys()
    searched = [one for one in lines if one["action"] == "search"]
    assert searched
    assert "Qwertina" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_noted_and_the_row_in_the_database_still_counts(
    world, case, settings, tmp_path, monkeypatch
):
    settings.AUDIT_FOLDER = tmp_path
    monkeypatch.setattr(beside, "_append", lambda *given: (_ for _ in ()).throw(OSError("full")))
    page(world, "manager", f"/cases/{case.pk}/")
    assert (tmp_path / beside.FAULT).exists()
    assert reads_of(world, "manager", case)


# ---------------------------------------------------------------- who has looked


def test_a_manager_reads_by_day_who_looked_as_what_and_why(world, case):
    page(world, "worker", f"/cases/{case.pk}/")
    page(world, "worker", f"/cases/{case.pk}/")
    said = words(world, "manager", looked(case))
    assert "Kay Obi" in said
    assert "Their role: front-door social worker" in said
    assert "Opened the case, 2 times" in said
    assert "Ardenvale Council" in said
    assert looked(case) in page(world, "manager", f"/cases/{case.pk}/")


def test_that_somebody_read_who_looked_is_audited_once(world, case):
    for who, action in (("manager", "read"), ("ig", "read who looked")):
        page(world, who, looked(case))
        (row,) = rows(world, worker_id=getattr(world, who).worker.pk, object_ids__contains=[case.pk])
        assert (row.action, row.object_ids) == (action, [case.pk]), who


def test_who_has_looked_at_a_person_is_one_reading_of_that_person(world, acting):
    with acting(world.worker):
        child = Journey(world, acting).logged().subjects.exclude(person=None).first().person_id
    page(world, "manager", f"/oversight/looked/people/{child}/")
    (row,) = rows(world, worker_id=world.manager.worker.pk, object_ids__contains=[child])
    assert (row.action, row.detail["page"]) == ("read", "person-looked")


def test_whoever_was_refused_is_listed_as_refused(world, case):
    page(world, "other_school", f"/cases/{case.pk}/", status=404)
    said = words(world, "manager", looked(case))
    assert "Una Frey" in said
    assert "refused" in said


def test_whoever_owns_the_case_may_see_who_looked_and_a_colleague_may_not(world, case):
    with clockwork():
        assert Case.objects.filter(pk=case.pk).update(owner=world.worker.worker)
    assert "Who has looked" in words(world, "worker", looked(case))
    assert "A manager" in page(world, "second_worker", looked(case), status=403)
    assert looked(case) not in page(world, "second_worker", f"/cases/{case.pk}/")


def test_information_governance_reads_who_looked_by_reference_and_sees_no_child(world, case):
    page(world, "worker", f"/cases/{case.pk}/")
    said = page(world, "ig", looked(case))
    assert case.reference in said
    assert "Kay Obi" in said
    assert "Maya" not in said
    assert "Dunne" not in said
    page(world, "ig", f"/cases/{case.pk}/", status=404)


@pytest.mark.parametrize("who", ["manager", "ig", "second_worker"])
def test_of_a_sealed_case_nobody_learns_that_anybody_looked(world, case, who):
    held_as(case, SEALED)
    missing = "00000000-0000-4000-8000-000000000000"
    shown = [page(world, who, f"/oversight/looked/cases/{key}/", status=404) for key in (case.pk, missing)]
    assert [text_of(one) for one in shown][0] == text_of(shown[1])


# ---------------------------------------------------------------- the weekly sample


def next_monday():
    return datetime.combine(TODAY + timedelta(days=7 - TODAY.weekday()), time(6), tzinfo=calendar.now().tzinfo)


@pytest.fixture
def drawn(world, case):
    page(world, "worker", f"/cases/{case.pk}/")
    page(world, "worker", f"/cases/{case.pk}/timeline")
    with calendar.frozen(next_monday()):
        oversight_sample.draw_weeks()
        oversight_sample.draw_weeks()
    with bound(world.ig):
        return list(SampledRead.objects.filter(worker=world.worker.worker))


def drawn_for(world, drawn):
    (row,) = drawn
    return next(name for name in ("manager", "second_manager") if getattr(world, name).worker.pk == row.manager_id)


def test_each_record_that_a_worker_opened_last_week_is_drawn_once_for_a_manager_at_their_agency(world, case, drawn):
    (row,) = drawn
    assert row.case_id == case.pk
    assert drawn_for(world, drawn)


def test_the_manager_is_told_and_has_a_line_in_their_work(world, case, drawn):
    who = drawn_for(world, drawn)
    assert "drawn for you" in words(world, who, "/notices")
    assert "Was this right? 1 read of your workers’ last week to look at" in words(world, who, "/work/")
    assert "Was this right?" in words(world, who, "/")
    said = words(world, who, "/oversight/sample/")
    assert "Kay Obi" in said
    assert case.reference in said


def test_a_yes_is_kept_and_goes_no_further(world, drawn):
    who, (row,) = drawn_for(world, drawn), drawn
    posted(world, who, "/oversight/sample/", **{f"{row.pk}-answer": "right", f"{row.pk}-words": ""})
    with bound(world.ig):
        assert SampledRead.objects.get(pk=row.pk).answer == "right"
    assert "Nothing waits" in words(world, who, "/oversight/sample/")
    assert "No manager has said that they are not sure of a read" in words(world, "ig", "/oversight/")


def test_not_sure_needs_words_and_goes_to_information_governance_which_looks_at_it(world, drawn):
    who, (row,) = drawn_for(world, drawn), drawn
    asked = posted(world, who, "/oversight/sample/", **{f"{row.pk}-answer": "not-sure", f"{row.pk}-words": ""})
    assert "Say what you are not sure of" in asked.content.decode()
    posted(world, who, "/oversight/sample/", **{f"{row.pk}-answer": "not-sure", f"{row.pk}-words": "Not her area"})
    assert "Not her area" in words(world, "ig", "/oversight/")
    assert "A manager is not sure" in words(world, "ig", "/notices")
    posted(world, "ig", f"/oversight/not-sure/{row.pk}/", words="She covered for a colleague")
    assert "Not her area" not in words(world, "ig", "/oversight/")
    with bound(world.ig):
        assert SampledRead.objects.get(pk=row.pk).looked_words == "She covered for a colleague"


def test_another_manager_can_answer_nothing_that_was_not_drawn_for_them(world, drawn):
    (row,) = drawn
    posted(world, "service_manager", "/oversight/sample/", **{f"{row.pk}-answer": "right"})
    with bound(world.ig):
        assert SampledRead.objects.get(pk=row.pk).answer == ""


def test_a_record_that_was_sealed_since_is_not_shown_in_the_sample(world, case, drawn):
    held_as(case, SEALED)
    assert case.reference not in page(world, drawn_for(world, drawn), "/oversight/sample/")


# ---------------------------------------------------------------- unusual access


def find(world, day=TODAY):
    with clockwork():
        return oversight_unusual.find(world.partnership, day)


def lines(world, rule):
    with bound(world.ig):
        return list(UnusualAccess.objects.filter(rule=rule))


def renamed(world, who, family):
    worker = world.accounts[who].worker
    worker.family_name = family
    worker.save()


def test_a_worker_who_opens_a_record_of_their_own_family_name_is_listed_with_the_reason_and_no_name(world, case):
    renamed(world, "second_worker", "Dunne")
    page(world, "second_worker", f"/cases/{case.pk}/")
    page(world, "worker", f"/cases/{case.pk}/")
    assert find(world) == 1
    assert find(world) == 0
    (line,) = lines(world, "same-surname")
    assert line.worker_id == world.accounts["second_worker"].worker_id
    assert line.says == "Opened a record about somebody of their own family name"
    assert "unusual access" in words(world, "ig", "/")


def test_a_line_leads_to_the_reads_and_is_marked_with_words(world, case):
    renamed(world, "second_worker", "Dunne")
    page(world, "second_worker", f"/cases/{case.pk}/")
    find(world)
    (line,) = lines(world, "same-surname")
    address = f"/oversight/unusual/{line.pk}/"
    said = page(world, "ig", address)
    assert case.reference in said
    assert looked(case) in said
    assert "Maya" not in said
    assert "Say what you found" in posted(world, "ig", address, words=" ").content.decode()
    posted(world, "ig", address, words="It was allocated to him")
    assert "It was allocated to him" in words(world, "ig", "/oversight/")
    assert "No line waits" in words(world, "ig", "/oversight/")


def test_a_common_family_name_lists_nobody(world, case, monkeypatch):
    monkeypatch.setitem(oversight_unusual.UNUSUAL["same-surname"], "common_over", -1)
    renamed(world, "second_worker", "Dunne")
    page(world, "second_worker", f"/cases/{case.pk}/")
    find(world)
    assert lines(world, "same-surname") == [] or case.subjects.exclude(person=None).count() == 0


def test_a_record_in_the_worker_s_own_street_is_listed(world, case):
    with bound(world.ig):
        OwnDetails.objects.create(worker=world.worker.worker, given_names="Kay", family_name="Obi", postcode="AV1 2cd")
    with clockwork():
        assert case.subjects.update(postcode="av12CD")
    page(world, "worker", f"/cases/{case.pk}/")
    find(world)
    (line,) = lines(world, "same-street")
    assert "street" in line.says


def test_a_sealed_record_is_in_no_line(world, case):
    renamed(world, "second_worker", "Dunne")
    page(world, "second_worker", f"/cases/{case.pk}/")
    held_as(case, SEALED)
    assert find(world) == 0


def test_a_record_sealed_after_it_was_listed_is_no_longer_shown_by_its_line(world, case):
    renamed(world, "second_worker", "Dunne")
    page(world, "second_worker", f"/cases/{case.pk}/")
    find(world)
    held_as(case, SEALED)
    (line,) = lines(world, "same-surname")
    assert case.reference not in page(world, "ig", f"/oversight/unusual/{line.pk}/")


def test_records_opened_and_left_without_an_action_are_listed_and_those_worked_on_are_not(world, case, monkeypatch):
    rule = oversight_unusual.UNUSUAL["no-action"]
    monkeypatch.setitem(rule, "fewest", 1)
    page(world, "worker", f"/cases/{case.pk}/")
    page(world, "second_worker", f"/cases/{case.pk}/")
    find(world, TODAY + timedelta(days=rule["days"]))
    (line,) = lines(world, "no-action")
    assert line.worker_id == world.accounts["second_worker"].worker_id
    assert "did nothing" in line.says


def test_far_more_than_a_worker_s_own_usual_day_is_listed(world, case, monkeypatch):
    rule = oversight_unusual.UNUSUAL["volume"]
    for name, value in (("fewest", 2), ("days_needed", 1), ("times", 1)):
        monkeypatch.setitem(rule, name, value)
    usual = [(world.worker.worker.pk, case.pk, TODAY - timedelta(days=3))]
    monkeypatch.setattr(oversight_unusual, "days_opened", lambda *given: iter(usual))
    other = told(world, name="Ren", at=calendar.now())
    for one in (case, other):
        page(world, "worker", f"/cases/{one.pk}/")
    find(world)
    (line,) = lines(world, "volume")
    assert line.says.startswith("Opened 2 records in a day")


@pytest.mark.parametrize("who", ["manager", "hub", "scrutineer", "worker", "nhs_chief"])
def test_nobody_but_information_governance_sees_unusual_access(world, who):
    if who == "scrutineer":
        purpose_said(world)
    page(world, who, "/oversight/", status=403)


# ---------------------------------------------------------------- independence


@pytest.fixture
def matter(world, acting):
    from recommending import Recommending

    return Recommending(world, acting).document()


def test_a_scrutineer_says_what_for_before_a_matter_opens_and_each_read_keeps_it(world, matter):
    address, client = f"/cases/{matter.pk}/", signed_in(world, "scrutineer")
    asked = client.get(address)
    assert (asked.status_code, asked["Location"]) == (302, f"/oversight/purpose/{matter.pk}/?next={quote(address, '')}")
    assert "What are you reading it for?" in client.get(asked["Location"]).content.decode()
    assert client.post(asked["Location"], {"reason": "scrutiny-plan", "words": "x"}).status_code == 422
    assert not reads_of(world, "scrutineer", matter)
    opened = client.post(asked["Location"], {"reason": "scrutiny-plan", "words": "Theme two of the plan"}, follow=True)
    assert matter.reference in opened.content.decode()
    assert client.get(address).status_code == 200
    with bound(world.scrutineer):
        kept = Purpose.objects.get()
    assert reads_of(world, "scrutineer", matter)[-1].detail["purpose"] == f"scrutiny-plan:{kept.pk}"


def test_a_purpose_said_in_two_tabs_is_kept_once_and_both_go_on(world, matter):
    scrutineer, asking = signed_in(world, "scrutineer"), f"/oversight/purpose/{matter.pk}/"
    said = {"reason": "meeting", "words": "For the next meeting of the group"}
    for _ in range(2):
        assert scrutineer.post(asking, said)["Location"] == page_of(matter)
    assert scrutineer.get(asking)["Location"] == page_of(matter)
    with bound(world.scrutineer):
        assert Purpose.objects.filter(case=matter).count() == 1


def test_the_next_day_the_purpose_is_asked_again(world, matter):
    with bound(world.scrutineer):
        Purpose.objects.create(
            **{"account": world.accounts["scrutineer"], "case": matter, "day": TODAY, "reason": "meeting"},
            words="For the executive",
            said_at=calendar.now(),
        )
    page(world, "scrutineer", f"/cases/{matter.pk}/")
    with calendar.frozen(calendar.now() + timedelta(days=1)):
        page(world, "scrutineer", f"/cases/{matter.pk}/", status=302)


@pytest.mark.parametrize(
    "address", ["/", "/work/", "/meetings/", "/meetings/decisions/", "/meetings/actions/", "/recommendations/"]
)
def test_before_any_list_opens_a_scrutineer_says_what_for_once_a_day_and_what_was_read_keeps_it(world, matter, address):
    client = signed_in(world, "scrutineer")
    asked = client.get(address)
    assert (asked.status_code, asked["Location"]) == (302, f"/oversight/purpose/?next={quote(address, '')}")
    assert not reads_of(world, "scrutineer", matter)
    assert client.post(asked["Location"], {"reason": "scrutiny-plan", "words": "x"}).status_code == 422
    said = client.post(asked["Location"], {"reason": "scrutiny-plan", "words": "Theme two of the plan"})
    assert said["Location"] == address
    assert client.get(address).status_code == 200
    assert client.get("/recommendations/").status_code == 200
    with bound(world.scrutineer):
        kept = Purpose.objects.get(case=None)
    assert reads_of(world, "scrutineer", matter)[-1].detail["purpose"] == f"scrutiny-plan:{kept.pk}"
    with calendar.frozen(calendar.now() + timedelta(days=1)):
        asked = signed_in(world, "scrutineer").get(address)
        assert asked["Location"].startswith("/oversight/purpose/?next=")


def test_a_purpose_of_lists_opens_no_matter_and_nobody_else_is_asked(world, matter):
    purpose_said(world)
    page(world, "scrutineer", f"/cases/{matter.pk}/", status=302)
    page(world, "scrutineer", "/oversight/purpose/", status=302)
    page(world, "hub", "/oversight/purpose/", status=404)
    page(world, "hub", "/recommendations/")


def test_figures_ask_a_scrutineer_for_no_purpose(world):
    page(world, "scrutineer", "/scorecard/")


def test_a_matter_that_the_scrutineer_may_not_see_asks_for_no_purpose(world, case):
    page(world, "scrutineer", f"/cases/{case.pk}/", status=404)


@pytest.mark.parametrize("role", ["group-chair", "lead-partner", "safeguarding-partner", "front-door-manager"])
def test_a_scrutineer_holds_no_role_that_they_scrutinise(world, role):
    worker, agency = world.accounts["scrutineer"].worker, world.agency("ardenvale-council")
    held = RoleHeld(worker=worker, role=role, agency=agency, partnership=world.partnership, valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="the scrutineer is independent"):
        held.full_clean()
    with pytest.raises(IntegrityError, match="scrutineer_is_independent"), transaction.atomic():
        held.save()


def test_a_chair_whose_time_is_over_may_become_the_scrutineer(world):
    chair = world.accounts["chair"].worker
    RoleHeld.objects.filter(worker=chair).filter(Q(role="group-chair")).update(valid_to=date(2026, 1, 1))
    held = RoleHeld(worker=chair, role="scrutineer", partnership=world.partnership, valid_from=date(2026, 1, 1))
    held.full_clean()
    held.save()
    assert RoleHeld.objects.filter(worker=chair, role="scrutineer").exists()


def test_somebody_told_by_a_notice_is_told_no_more_than_that_something_waits(world, drawn):
    with bound(world.manager):
        for notice in Notice.objects.filter(page="/oversight/sample/"):
            assert notice.case_id is None
            assert "Kay" not in notice.says
