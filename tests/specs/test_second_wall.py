"""What the database's own wall lets be read, without the application: of every role, tier, part, glass and conflict."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from story import Story
from walls import asked, held_as, ids, keep_from, of_cases, opened
from world import WORKERS

from sightline.access.models import Glass, Interest, OwnDetails
from sightline.access.sight import as_actor, cases_of
from sightline.engine.models import Case, CaseStep, CaseSubject, Involvement, Link
from sightline.people.models import Account, Person, PersonName
from sightline.platform import calendar
from sightline.platform.notices.models import Notice
from sightline.web.models import Draft


@pytest.fixture
def story(world, acting):
    told = Story(world, acting)
    told.first, told.second, told.strategy_discussion = told.several()
    return told


TIERS = ["open", "team", "restricted", "sealed"]


@pytest.mark.parametrize("tier", TIERS)
def test_without_the_application_s_filter_every_role_sees_the_same_at_every_tier(story, acting, world, tier):
    with acting(world.manager):
        part = dict(part="named", basis="Named", starts_at=calendar.now())
        Involvement.objects.create(case=story.first, worker=world.second_worker.worker, **part)
        Involvement.objects.create(case=story.first, agency=world.agency("ardenvale-icb"), **part)
    held_as(world, acting, story.first, tier=tier)
    for compartment, concerns in (
        ("statutory-partners", "partnership"),
        ("allegations", "child"),
        ("scrutineer", "child"),
    ):
        other = Case(
            partnership=world.partnership,
            process="contact",
            stage="new",
            opened_at=calendar.now(),
            tier=tier,
            reference=f"A-{compartment}"[:20],
            compartment=compartment,
            concerns=concerns,
        )
        with acting(world.manager):
            other.save(force_insert=True)
    seeing = set()
    for who in WORKERS:
        actor = getattr(world, who)
        with acting(actor):
            for model in (Case, Person):
                assert ids(model.objects.all()) == ids(model.visible_to(actor)), (who, model)
            if Case.objects.filter(pk=story.first.pk).exists():
                seeing.add(who)
    assert "second_worker" in seeing
    assert ("support" in seeing) == (tier == "open")
    assert ("second_manager" in seeing) == (tier in ("open", "team"))
    assert ("health" in seeing) == (tier in ("open", "team"))


def test_a_row_of_a_case_is_seen_with_its_case_and_the_application_shows_less_only_to_who_told(story, acting, world):
    compared = 0
    for who in WORKERS:
        actor = getattr(world, who)
        with acting(actor):
            cases = ids(Case.objects.all())
            within = ids(Case.objects.filter(cases_of(as_actor(actor), within=True)))
            for model in of_cases():
                rows = dict(model.objects.values_list("pk", "case_id"))
                shown = ids(model.visible_to(actor))
                assert shown <= rows.keys(), (who, model)
                assert set(rows.values()) <= cases | {None}, (who, model)
                assert {rows[pk] for pk in rows.keys() - shown} <= cases - within, (who, model)
                compared += len(rows)
    assert compared > 400


def test_an_agency_sees_of_a_person_what_it_sees_the_person_by(story, acting, world):
    with acting(world.police):
        known = ids(Person.objects.all())
        assert known
        assert set(PersonName.objects.values_list("person_id", flat=True)) == known
    with acting(world.school):
        assert PersonName.objects.count() == Person.objects.count() == 0


def test_a_part_opens_a_case_from_its_first_moment_to_its_last_and_no_longer(story, acting, world):
    now = calendar.now()
    with acting(world.manager):
        case, other = story.first, story.second
        given = dict(worker=world.analyst.worker, part="named", basis="Named")
        Involvement.objects.create(
            case=case, **given, starts_at=now - timedelta(days=2), ends_at=now - timedelta(hours=1)
        )
        row = Involvement.objects.create(case=other, **given, starts_at=now + timedelta(hours=1))
    with acting(world.analyst):
        assert Case.objects.count() == 0
    with acting(world.manager):
        row.starts_at, row.ends_at = now - timedelta(hours=1), now + timedelta(hours=1)
        row.save()
    with acting(world.analyst):
        assert ids(Case.objects.all()) == {other.pk}
        assert ids(Case.objects.all()) == ids(Case.visible_to(world.analyst))


def test_glass_opens_one_case_to_one_account_until_its_end(story, acting, world):
    held_as(world, acting, story.second, tier="restricted")
    with acting(world.worker):
        assert not Case.objects.filter(pk=story.second.pk).exists()
        opened(world, story.second, "worker", hours=1e-9)
        assert not Case.objects.filter(pk=story.second.pk).exists(), "it ended a moment ago"
        opened(world, story.second, "worker")
        assert Case.objects.filter(pk=story.second.pk).exists()
        assert CaseStep.objects.filter(case=story.second).exists()
    with acting(world.second_worker):
        assert not Case.objects.filter(pk=story.second.pk).exists()
    held_as(world, acting, story.second, tier="sealed")
    with acting(world.worker):
        assert not Case.objects.filter(pk=story.second.pk).exists(), "glass never opens what is sealed"


def test_a_case_about_somebody_close_is_not_there_until_a_reviewer_clears_it(story, acting, world, reviewer):
    hit = keep_from(world, acting, "manager", story.second)
    with acting(world.manager):
        assert not Case.objects.filter(pk=story.second.pk).exists()
        assert not Person.objects.filter(pk=hit.person_id).exists()
        assert not PersonName.objects.filter(person=hit.person_id).exists()
        assert Interest.objects.count() == 0, "nor are they told"
    with acting(reviewer):
        assert ids(Interest.objects.all()) == {hit.pk}
        hit.cleared_at, hit.cleared_by = calendar.now(), reviewer.account
        hit.save()
    with acting(world.manager):
        assert Case.objects.filter(pk=story.second.pk).exists()


@pytest.fixture
def reviewer(world):
    from world import START

    from sightline.people.actor import actor_for
    from sightline.people.models import RoleHeld, Worker

    if "governance" in world.accounts:
        return world.governance
    worker = Worker.objects.create(given_name="Ula", family_name="Penhale", email="ula@ardenvale.example")
    RoleHeld.objects.create(
        worker=worker,
        role="information-governance",
        agency=world.agency("ardenvale-icb"),
        partnership=world.partnership,
        valid_from=START,
    )
    return actor_for(Account.objects.create_account("ula", worker=worker))


def test_a_reviewer_sees_and_reviews_every_glass_but_their_own(story, acting, world, reviewer):
    with acting(world.worker):
        glass = opened(world, story.first, "worker")
    with acting(reviewer):
        assert ids(Glass.objects.all()) == {glass.pk}
        assert Case.objects.count() == 0
        assert Glass.objects.update(finding="justified", reviewed_at=calendar.now()) == 1
    with acting(world.manager):
        assert Glass.objects.count() == 0
    with acting(world.worker), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Glass.objects.filter(pk=glass.pk).update(finding="justified", reviewed_at=calendar.now())


def test_a_reviewer_about_whom_a_match_is_sees_nothing_of_it(story, acting, world, reviewer):
    world.accounts["governance"] = reviewer.account
    keep_from(world, acting, "governance", story.second)
    with acting(reviewer):
        assert Interest.objects.count() == 0
        assert Interest.objects.update(cleared_at=None) == 0


def test_own_details_are_the_writer_s_the_matcher_s_and_the_reviewer_s(story, acting, world, reviewer):
    with acting(world.worker):
        row = OwnDetails.objects.create(worker=world.worker.worker, given_names="Kay", family_name="Obi")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            OwnDetails.objects.create(worker=world.manager.worker, given_names="Priya", family_name="Shah")
    for actor, count in ((world.worker, 1), (reviewer, 1), (world.clockwork, 1), (world.manager, 0), (world.police, 0)):
        with acting(actor):
            assert OwnDetails.objects.filter(pk=row.pk).count() == count


def test_a_sealed_person_is_known_only_to_those_named_on_their_case(story, acting, world):
    with acting(world.clockwork):
        person = CaseSubject.objects.filter(case=story.second, person__isnull=False).first().person
        Person.objects.filter(pk=person.pk).update(sealed=True)
    held_as(world, acting, story.second, tier="sealed")
    held_as(world, acting, story.strategy_discussion, tier="sealed")
    for who in ("support", "second_manager", "police", "other_school"):
        with acting(getattr(world, who)):
            assert not Person.objects.filter(pk=person.pk).exists(), who
            assert not PersonName.objects.filter(person=person.pk).exists(), who
            assert not Link.objects.filter(source=story.second).exists(), who
            assert not Notice.objects.filter(case_id=story.second.pk, worker_id__isnull=True).exists(), who
    with acting(world.clockwork):
        Involvement.objects.create(
            case=story.second, worker=world.support.worker, part="named", basis="Named", starts_at=calendar.now()
        )
    with acting(world.support):
        assert Person.objects.filter(pk=person.pk).exists()


def test_a_draft_is_its_writer_s_alone_and_that_it_was_begun_is_told_to_who_sees_the_case(story, acting, world):
    with acting(world.worker):
        draft = Draft.objects.create(account=world.worker.account, case=story.first, step="x", saved_at=calendar.now())
        alone = Draft.objects.create(account=world.worker.account, step="y", saved_at=calendar.now())
    begun = "select account_id, case_id, step from wall_draft_begun"
    said = [(world.worker.account.pk, story.first.pk, "x")]
    for who, told in (("worker", said), ("manager", said), ("school", []), ("analyst", [])):
        with acting(getattr(world, who)):
            assert asked(begun) == told, who
    with acting(world.manager):
        assert not Draft.objects.exists()
        assert not Draft.visible_to(world.manager).exists()
        assert Draft.objects.update(data={"a": ["b"]}) == 0
        assert Draft.objects.filter(pk=draft.pk).delete()[0] == 0
    with acting(world.worker):
        assert Draft.objects.filter(pk__in=[draft.pk, alone.pk]).delete()[0] == 2


def test_the_application_by_itself_keeps_a_draft_to_its_writer(story, acting, world):
    with acting(world.worker):
        Draft.objects.create(account=world.worker.account, case=story.first, step="x", saved_at=calendar.now())
        assert not Draft.visible_to(world.manager).exists()
        assert Draft.visible_to(world.worker).count() == 1


def test_notices_are_for_whom_they_name_while_they_see_the_case(story, acting, world):
    with acting(world.manager):
        said = {
            "partnership_id": world.partnership.pk,
            "reference": "C-1",
            "created_at": calendar.now(),
            "says": "Look",
        }
        Notice.objects.create(case_id=story.second.pk, role="front-door-manager", **said)
        Notice.objects.create(case_id=story.second.pk, worker_id=world.police.worker.pk, **said)
        Notice.objects.create(case_id=story.second.pk, worker_id=world.worker.worker.pk, **said)
        Notice.objects.create(page="/work/", worker_id=world.police.worker.pk, **said)
    looks = {}
    for tier in ("open", "restricted"):
        held_as(world, acting, story.second, tier=tier)
        for who in ("second_manager", "worker", "police", "health", "clockwork"):
            with acting(getattr(world, who)):
                looks[tier, who] = Notice.objects.filter(says="Look").count()
    of_no_case = 1
    assert list(looks.values()) == [1, 1, 0 + of_no_case, 0, 4, 0, 0, 0 + of_no_case, 0, 4]
