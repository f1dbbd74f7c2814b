"""That a place is kept from somebody is recorded on a case, holds at once, shows without the address, and is ended."""

from datetime import date

import pytest

from sightline.engine.models import CaseStep
from sightline.outgoing.fragments import Outgoing, Recipient, Standing, plain_fragments
from sightline.outgoing.gate import Blocked, Passed, pass_out
from sightline.people.models import HouseholdMembership, PersonAddress, ProtectedFrom
from sightline.platform.audit.models import AuditRow
from tests.contacts import signed_in, text_of
from tests.families import lives, together
from tests.journey import CHILD, MOTHER, Journey, boxes, page_of
from tests.scenarios.test_fields_revealed import revealed_to
from tests.world import PASSWORD

MOVED = date(2026, 11, 2)

FATHER = {"kind": "adult", "given_names": "Dan", "family_name": "Dunne", "relation": "father"}
WHERE = {
    "kind": "temporary",
    "lines": "12 Larkmoor Road",
    "postcode": "AV7 4QX",
    "gives_away": "Larkmoor Primary School",
}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    return journey.logged(journey.contact(people=[CHILD, MOTHER, FATHER]))


@pytest.fixture
def people(journey, case):
    with journey.acting(journey.world.worker):
        return {s.given_names: s.person for s in case.subjects.select_related("person")}


def ids(people, *names):
    return [str(people[name].pk) for name in names]


def kept(journey, case, people, who="worker", **changed):
    """The form sent by somebody, in a browser without JavaScript."""
    answers = {
        "lives_there": ids(people, "Kim", "Maya"),
        "kept_from": ids(people, "Dan"),
        "basis": "non-molestation",
        "source": "Kim, by phone",
        **WHERE,
    }
    address = f"{page_of(case)}protected-places/add/"
    return signed_in(journey.world, who).post(address, {**answers, **changed}, follow=True)


def told_to(journey, case, people, name, words="They are at 12 Larkmoor Rd"):
    with journey.acting(journey.world.worker):
        to = Recipient(Standing.FAMILY, name, person_id=people[name].pk)
        about = frozenset(person.pk for person in people.values())
        return pass_out(Outgoing("family-copy", to, "copy", plain_fragments([words], "Minutes", about), about))


def test_what_is_recorded_is_kept_in_from_then_on(journey, case, people):
    assert isinstance(told_to(journey, case, people, "Dan"), Passed)
    done = kept(journey, case, people)
    assert "Recorded. The place is left out of whatever leaves from now on." in text_of(done.text)
    for said in ("They are at 12 Larkmoor Rd", "av74qx", "Larkmoor Primary"):
        assert isinstance(told_to(journey, case, people, "Dan", said), Blocked), said


def test_the_case_says_whose_place_is_kept_from_whom_and_why(journey, case, people):
    kept(journey, case, people)
    page = text_of(signed_in(journey.world, "manager").get(page_of(case)).text)
    assert "Kept from Dan Dunne. Non-molestation order. Told by Kim, by phone" in page
    assert "The place of Kim Dunne, Maya Dunne is kept from Dan Dunne. Why: Non-molestation order" in page


def test_where_it_is_stands_on_no_page_of_the_case_and_not_on_its_timeline(journey, case, people):
    kept(journey, case, people)
    for who in ("worker", "second_worker", "service_manager"):
        for page in (page_of(case), f"{page_of(case)}timeline"):
            shown = signed_in(journey.world, who).get(page).text
            assert "Dan Dunne" in shown
            assert "Larkmoor" not in shown
    with journey.acting(journey.world.worker):
        steps = str(list(CaseStep.objects.filter(case=case).values_list("answers", flat=True)))
    assert "is kept from Dan Dunne" in steps
    assert "Larkmoor" not in steps


def test_it_is_audited_with_whom_it_is_about_and_without_the_place(journey, case, people):
    kept(journey, case, people)
    row = AuditRow.objects.filter(action="keep place").latest("at")
    assert (row.subject, row.detail) == ("people.Person", {"basis": "non-molestation"})
    assert set(row.object_ids) == {people[name].pk for name in ("Kim", "Maya", "Dan")}


def test_whoever_moved_there_has_left_the_home_and_the_household_of_whom_it_is_kept_from(journey, case, people):
    with journey.acting(journey.world.worker):
        lives(people["Kim"], "3 Quarry Lane", "AV1 1AA")
        lives(people["Dan"], "3 Quarry Lane", "AV1 1AA")
        together(journey.world.partnership, people["Kim"], people["Dan"])
    kept(journey, case, people, **boxes("since", MOVED))
    with journey.acting(journey.world.worker):
        assert PersonAddress.objects.get(person=people["Kim"], lines="3 Quarry Lane").valid_to == MOVED
        assert HouseholdMembership.objects.get(person=people["Kim"]).valid_to == MOVED
        assert PersonAddress.objects.get(person=people["Dan"], lines="3 Quarry Lane").valid_to is None
    assert isinstance(told_to(journey, case, people, "Dan"), Blocked)
    assert not isinstance(told_to(journey, case, people, "Kim"), Blocked)


def test_an_address_that_is_held_already_becomes_protected_and_is_not_written_twice(journey, case, people):
    with journey.acting(journey.world.worker):
        lives(people["Kim"], "12 Larkmoor Rd.", "av7 4qx")
    kept(journey, case, people)
    kept(journey, case, people)
    with journey.acting(journey.world.worker):
        row = PersonAddress.objects.get(person=people["Kim"])
        assert (row.protected, row.valid_to) == (True, None)
        assert ProtectedFrom.objects.filter(address=row).count() == 1


def test_the_same_form_sent_twice_is_recorded_once(journey, case, people):
    key = "0b9f2a1e-8a44-4f9e-9c60-0f1f6f6e1c11"
    for _ in range(2):
        kept(journey, case, people, idempotency_key=key)
    with journey.acting(journey.world.worker):
        assert CaseStep.objects.filter(case=case, step="keep-place").count() == 1


def test_with_nobody_named_it_is_kept_from_all_the_family_who_do_not_live_there(journey, case, people):
    kept(journey, case, people, kept_from=[], lives_there=ids(people, "Maya"))
    assert "kept from all the family who do not live there" in text_of(
        signed_in(journey.world, "manager").get(page_of(case)).text
    )
    for name in ("Kim", "Dan"):
        assert isinstance(told_to(journey, case, people, name), Blocked), name


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"lives_there": []}, "Select who lives, learns or can be reached there"),
        ({"basis": ""}, "Select why it is protected"),
        ({"lines": "", "postcode": "", "gives_away": ""}, "Enter the address, or words that would give the place away"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_recorded(journey, case, people, changed, says):
    answer = kept(journey, case, people, **changed)
    assert answer.status_code == 422
    assert says in text_of(answer.text)
    with journey.acting(journey.world.worker):
        assert not ProtectedFrom.objects.exists()


def test_nobody_is_kept_from_where_they_live(journey, case, people):
    answer = kept(journey, case, people, lives_there=ids(people, "Kim", "Dan"))
    assert "Somebody who lives there cannot be who it is kept from" in text_of(answer.text)


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("support", 403), ("police", 404), ("school", 403)])
def test_others_do_not_record_one(journey, case, people, who, status):
    assert kept(journey, case, people, who=who).status_code == status
    with journey.acting(journey.world.worker):
        assert not ProtectedFrom.objects.exists()


def end_of(journey, case, who, **answers):
    """The page that ends the one protected place, for somebody who has just proved who they are; sent with answers."""
    client = signed_in(journey.world, who)
    client.post("/sign-in/again", {"password": PASSWORD})
    with journey.acting(journey.world.worker):
        row = PersonAddress.objects.filter(protected=True).order_by("valid_from", "id").first()
    address = f"{page_of(case)}protected-places/{row.pk}/end/"
    return client.post(address, answers, follow=True) if answers else client.get(address)


def test_a_manager_ends_it_with_a_reason_and_it_holds_from_then_on(journey, case, people):
    kept(journey, case, people)
    page = end_of(journey, case, "manager")
    assert "The place will no longer be protected." in text_of(page.text)
    done = end_of(journey, case, "manager", persons=ids(people, "Dan"), reason="The order has ended; Kim agrees")
    assert "Ended. It holds from now on." in text_of(done.text)
    assert "The place of Kim Dunne, Maya Dunne is no longer kept from Dan Dunne. Why: The order has ended" in text_of(
        done.text
    )
    assert isinstance(told_to(journey, case, people, "Dan"), Passed)
    assert AuditRow.objects.filter(action="end kept place").latest("at").detail == {"still_from": 0}


def test_ending_it_for_one_keeps_it_from_the_other(journey, case, people):
    kept(journey, case, people, lives_there=ids(people, "Maya"), kept_from=ids(people, "Dan", "Kim"))
    end_of(journey, case, "manager", persons=ids(people, "Kim"), reason="Kim has it from the court")
    assert isinstance(told_to(journey, case, people, "Dan"), Blocked)
    assert not isinstance(told_to(journey, case, people, "Kim"), Blocked)


def test_a_refuge_stays_protected_from_all_who_do_not_live_there(journey, case, people):
    kept(journey, case, people, kind="refuge")
    end_of(journey, case, "manager", persons=ids(people, "Dan"), reason="No order in force")
    assert isinstance(told_to(journey, case, people, "Dan"), Blocked)
    refused = end_of(journey, case, "manager", reason="They have moved")
    assert "A refuge is always protected" in text_of(refused.text)


def test_a_worker_does_not_end_it(journey, case, people):
    kept(journey, case, people)
    refused = end_of(journey, case, "worker", persons=ids(people, "Dan"), reason="He asked")
    assert refused.status_code == 403
    assert "A manager has to do it." in text_of(refused.text)
    assert isinstance(told_to(journey, case, people, "Dan"), Blocked)


APART = "Kept apart: where somebody is kept safe. Ask the worker who holds the case, or a manager of the front door"


@pytest.fixture
def at_school(journey, case, people):
    """Maya's school was told of before where she lives became protected; where Dan learns is nobody's secret."""
    with journey.acting(journey.world.worker):
        case.subjects.filter(given_names="Maya").update(school="Larkmoor Primary School")
        case.subjects.filter(given_names="Dan").update(school="Tollgate Academy")
    return case


def test_a_school_is_shown_until_it_gives_a_protected_place_away(journey, at_school, people):
    assert "Larkmoor Primary School" in journey.browser("officer").case(at_school).text
    kept(journey, at_school, people)
    for who in ("officer", "second_worker", "support"):
        page = journey.browser(who).case(at_school).text
        assert "Larkmoor" not in page, who
        assert APART in page, who
        assert "Tollgate Academy" in page, "his is not protected"


def test_those_who_may_know_the_place_read_the_school_and_that_is_written_down(journey, at_school, people):
    kept(journey, at_school, people)
    for who in ("worker", "manager", "service_manager", "team_manager"):
        assert "Larkmoor Primary School" in journey.browser(who).case(at_school).text, who
        assert "protected-place" in revealed_to(journey, who, at_school)
    assert "protected-place" not in revealed_to(journey, "second_worker", at_school)


def test_an_agency_that_is_asked_or_invited_does_not_read_the_school(journey, at_school, people):
    kept(journey, at_school, people)
    journey.take(
        at_school, "worker", "ask_agencies", agencies=[{"agency": journey.world.agency("ardenvale-police").pk}]
    )
    enquiry = journey.enquiry(at_school, "ardenvale-police")
    for page in (journey.browser("police").case(enquiry), journey.browser("police").step(enquiry, "reply")):
        assert page.status_code == 200
        assert "Maya" in page.text
        assert "Larkmoor" not in page.text
        assert APART in page.text


def test_whoever_told_us_where_a_child_is_reads_it_on_their_page_until_it_is_protected(journey):
    told = {**CHILD, "address": "12 Larkmoor Road", "postcode": "AV7 4QX", "school": "Larkmoor Primary School"}
    contact = journey.logged(journey.contact(people=[told, MOTHER, FATHER]))
    school = signed_in(journey.world, "school")
    assert "12 Larkmoor Road, AV7 4QX, Larkmoor Primary School" in text_of(school.get(f"/sent/{contact.pk}/").text)
    with journey.acting(journey.world.worker):
        PersonAddress.objects.filter(lines="12 Larkmoor Road").update(protected=True)
    page = text_of(school.get(f"/sent/{contact.pk}/").text)
    assert "Maya Dunne" in page
    assert "kept apart: where somebody is kept safe" in page
    assert "Larkmoor" not in page
    assert "AV7" not in page
