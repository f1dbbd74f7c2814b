"""What a case page shows of other records, brothers and sisters and earlier contacts, is on those records too."""

from datetime import date

import pytest

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.outgoing.kept_places import every_kept_place, kept_places
from sightline.parts.family import every_other_child, other_children
from sightline.parts.history import earlier, every_earlier
from sightline.people.models import Person, ProtectedFrom, Relationship
from tests.contacts import signed_in
from tests.families import lives, person
from tests.journey import Journey, page_of


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    return journey.logged()


@pytest.fixture
def of_case(journey, case):
    """The child and the mother of the case, as they are on record."""
    with journey.acting(journey.world.worker):
        return {s.kind: s.person for s in case.subjects.select_related("person")}


@pytest.fixture
def brother(journey, of_case):
    """Ayaan lives elsewhere; only his mother ties him to the child of the case."""
    with journey.acting(journey.world.worker):
        made = person(journey.world.partnership, "Ayaan", "Khan", kind="child")
        Person.objects.filter(pk=made.pk).update(date_of_birth=date(2015, 1, 1))
        Relationship.objects.create(person_a=of_case["adult"], person_b=made, type="mother")
    return made


@pytest.fixture
def again(journey, case, of_case):
    """A second contact about the same child, which waits for a decision."""
    known = {"child": str(of_case["child"].pk), "adult": str(of_case["adult"].pk)}
    second = journey.contact(narrative="She was not collected")
    with journey.acting(journey.world.officer):
        found = [{"subject": s.pk, "is_person": known[s.kind]} for s in second.subjects.all()]
    journey.take(second, "officer", "log", source="2A", concerns=["neglect"], identified=found)
    journey.take(second, "worker", "set_priority", rag="amber", rag_reason="Not collected")
    return second


def who_has_looked(journey, what, key):
    return signed_in(journey.world, "manager").get(f"/oversight/looked/{what}/{key}/?show=all").text


def seal(journey, *people):
    """These are known only by a sealed matter about them, which scheduled work alone reads."""
    sealed = journey.contact(people=[{"kind": "child", "person": one.pk} for one in people])
    with journey.acting(journey.world.clockwork):
        Case.objects.filter(pk=sealed.pk).update(tier="sealed")
        Person.objects.filter(pk__in=[one.pk for one in people]).update(sealed=True)


@pytest.mark.parametrize("more", [(), ("do", "propose")])
def test_a_brother_who_is_shown_beside_a_case_has_it_in_who_has_looked(more, journey, case, brother):
    assert "Kay Obi" not in who_has_looked(journey, "people", brother.pk)
    assert "Ayaan Khan" in journey.browser("worker").case(case, *more).text
    assert "Kay Obi" in who_has_looked(journey, "people", brother.pk)


def test_an_earlier_contact_shown_beside_a_decision_has_it_in_who_has_looked(journey, case, again):
    assert "Ivo Brand" not in who_has_looked(journey, "cases", case.pk)
    assert "A bruise on the cheek" in journey.browser("second_worker").step(again, "propose").text
    assert "Ivo Brand" in who_has_looked(journey, "cases", case.pk)


def test_whoever_a_place_is_kept_from_has_it_in_who_has_looked(journey, case, of_case):
    with journey.acting(journey.world.worker):
        elsewhere = person(journey.world.partnership, "Dan", "Marsh")
        place = lives(of_case["adult"], "12 Larkmoor Road", "AV7 4QX", protected=True)
        ProtectedFrom.objects.create(address=place, person=elsewhere, basis="refuge")
    assert "Dan Marsh" in journey.browser("worker").case(case).text
    assert "Kay Obi" in who_has_looked(journey, "people", elsewhere.pk)


def test_the_page_names_only_those_its_reader_may_see_though_the_database_would_let_all_be_read(
    journey, case, of_case, brother, again
):
    world = journey.world
    with journey.acting(world.worker):
        hidden = person(world.partnership, "Dan", "Marsh")
        place = lives(of_case["adult"], "12 Larkmoor Road", "AV7 4QX", protected=True)
        ProtectedFrom.objects.create(address=place, person=hidden, basis="refuge")
    seal(journey, brother, hidden)
    with journey.acting(world.clockwork):
        Case.objects.filter(pk=case.pk).update(tier="sealed")
        matter = load(again.pk)
        assert [child.pk for child, _ in every_other_child(matter)] == [brother.pk]
        assert other_children(matter, world.second_worker) == []
        assert [record.pk for record in every_earlier(matter)] == [case.pk]
        assert earlier(matter, world.second_worker) == []
        assert [place.from_whom for place in every_kept_place(matter)] == [[hidden]]
        (place,) = kept_places(matter, world.second_worker)
        assert (place.from_whom, place.more) == ([], 1)


def test_a_place_stays_kept_from_somebody_whom_whoever_ends_it_may_not_see(journey, case, of_case):
    world = journey.world
    with journey.acting(world.worker):
        shown, hidden = (person(world.partnership, name, "Marsh") for name in ("Dan", "Ned"))
        place = lives(of_case["adult"], "12 Larkmoor Road", "AV7 4QX", protected=True)
        for one in (shown, hidden):
            ProtectedFrom.objects.create(address=place, person=one, basis="refuge")
    seal(journey, hidden)
    manager = signed_in(world, "second_manager")
    manager.post("/sign-in/again", {"password": "a long invented password"})
    end = f"{page_of(case)}protected-places/{place.pk}/end/"
    done = manager.post(end, {"persons": [str(shown.pk)], "reason": "The order has ended"}, follow=True)
    assert "Ended. It holds from now on." in done.text
    assert "Kept from somebody" in done.text
    refused = manager.post(end, {"reason": "All of it has ended"})
    assert "It is kept from somebody, and stays protected" in refused.text
    with journey.acting(world.worker):
        place.refresh_from_db()
        assert place.protected
