"""What leaves: a protected place, a third party or what the police said reaches nobody who may not have it."""

import pytest

from sightline.outgoing.fragments import Form, Fragment, Outgoing, Recipient, Sort, Standing
from sightline.outgoing.gate import Asked, Blocked, Passed, pass_out
from sightline.people.models import HouseholdMembership, PersonAddress, ProtectedFrom
from sightline.platform.audit.models import AuditRow
from tests.families import Fled, lives

HARMLESS = "Kim and Maya are safe and well."


@pytest.fixture(autouse=True)
def worker(world, acting):
    with acting(world.worker):
        yield


@pytest.fixture
def fled(world, worker):
    return Fled(world.partnership)


def out(fled, to, *texts, agreed=""):
    fragments = [Fragment(one, where="Minutes, Safe tonight") if isinstance(one, str) else one for one in texts]
    return pass_out(Outgoing("family-copy", to, "family's copy", tuple(fragments), fled.about), agreed=agreed)


def family(who, **more):
    return Recipient(Standing.FAMILY, str(who), person_id=who.pk, **more)


AT_MEETING = Recipient(Standing.AT_MEETING, "Ardenvale Police", agency_kind="pol")


def place(fled, who=None):
    about = frozenset({(who or fled.kim).pk})
    return Fragment(fled.LINES, Form.PLACE, Sort.PROTECTED_PLACE, about, "Where they live")


def test_a_typed_place_is_left_out_for_whom_it_is_kept_from_and_given_to_who_lives_there(fled):
    assert out(fled, family(fled.dan), HARMLESS, place(fled)).texts == (HARMLESS, None)
    assert out(fled, family(fled.kim), HARMLESS, place(fled)).texts == (HARMLESS, fled.LINES)
    assert out(fled, AT_MEETING, place(fled)).texts == (fled.LINES,)


def test_what_is_left_out_says_where_and_not_what(fled):
    (reason,) = out(fled, family(fled.dan), place(fled)).left_out
    assert reason.where == "Where they live"
    assert "Larkmoor" not in str(reason)


def test_whoever_shares_an_address_with_the_risk_is_the_risk(fled):
    told = f"They are at {fled.LINES}"
    assert isinstance(out(fled, family(fled.ada), told), Blocked)
    assert out(fled, family(fled.ada), place(fled)).texts == (None,)


def test_whoever_lives_in_the_same_household_is_the_risk(fled, world):
    home = HouseholdMembership.objects.create(
        household_id=_household(world, fled.dan), person=fled.gran, valid_from="2020-01-01"
    )
    assert isinstance(out(fled, family(fled.gran), fled.POSTCODE), Blocked)
    home.valid_to = "2021-01-01"
    home.save()
    assert isinstance(out(fled, family(fled.gran), fled.POSTCODE), Asked)


def _household(world, who):
    from tests.families import together

    return together(world.partnership, who).pk


def test_addresses_are_read_again_at_each_sending(fled):
    assert isinstance(out(fled, family(fled.gran), fled.POSTCODE), Asked)
    PersonAddress.objects.filter(person=fled.gran).update(valid_to="2024-01-01")
    lives(fled.gran, "3 Quarry Ln.", "av1 1aa")
    assert isinstance(out(fled, family(fled.gran), fled.POSTCODE), Blocked)


def test_a_letter_sent_to_the_address_of_the_risk_is_sent_to_the_risk(fled):
    gran = family(fled.gran, send_to="Mrs J Dunne, 3 Quarry Lane, Ardenvale AV1 1AA")
    assert isinstance(out(fled, gran, fled.POSTCODE), Blocked)


def test_a_place_that_names_nobody_is_kept_from_all_the_family_but_who_lives_there(world):
    fled = Fled(world.partnership, named=False)
    assert isinstance(out(fled, family(fled.gran), fled.POSTCODE), Blocked)
    assert out(fled, family(fled.dan), place(fled)).texts == (None,)
    assert out(fled, family(fled.kim), place(fled)).texts == (fled.LINES,)


@pytest.mark.parametrize(
    "written",
    [
        "She is at 12 Larkmoor Road now",
        "12, LARKMOOR RD.",
        "12 larkmoor  rd",
        "Flat 4 - 12 Lark\u00admoor Road",
        "av74qx",
        "AV7 4Q X",
        "AV7-4QX",
        "aV7 4qx.",
        "ring 07700900123",
        "+44 (0)7700 900 123",
        "+44 7700-900-123",
        "Larkmoor Primary School",
        "LARKMOOR PRIMARY",
        "l\u00e1rkmoor primary",
    ],
)
def test_free_text_is_found_however_it_is_spaced_capitalised_or_shortened(fled, written):
    assert isinstance(out(fled, family(fled.dan), f"Note: {written}"), Blocked), written


@pytest.mark.parametrize("written", ["112 Larkmoor Road", "AV7 4QZ", "07700 900124", "Lark Rise Primary", HARMLESS])
def test_another_place_is_not_taken_for_it(fled, written):
    assert isinstance(out(fled, family(fled.dan), written), Passed)


def test_a_place_in_two_parts_side_by_side_is_found(fled):
    verdict = out(fled, family(fled.dan), "AV7", "4QX")
    assert isinstance(verdict, Blocked)


def test_a_relative_who_is_no_risk_gets_it_when_a_second_person_has_read_that_very_text(fled):
    asked = out(fled, family(fled.gran), f"They are near {fled.POSTCODE}")
    assert isinstance(asked, Asked)
    assert "Take the place out" in str(asked.reasons[0])
    assert isinstance(out(fled, family(fled.gran), f"They are near {fled.POSTCODE}", agreed=asked.digest), Passed)
    assert isinstance(out(fled, family(fled.gran), f"Now at {fled.POSTCODE}", agreed=asked.digest), Asked)
    assert isinstance(out(fled, family(fled.dan), f"They are near {fled.POSTCODE}", agreed=asked.digest), Blocked)


@pytest.mark.parametrize("standing", [Standing.REFERRER, Standing.PUBLIC, Standing.BY_EMAIL])
def test_outside_the_agencies_that_work_with_them_a_place_is_blocked_whoever_agrees(fled, standing):
    verdict = out(fled, Recipient(standing, "somebody"), fled.POSTCODE)
    assert isinstance(verdict, Blocked)
    assert "Minutes, Safe tonight" in str(verdict.reasons[0])


@pytest.mark.parametrize("sort", [Sort.THIRD_PARTY, Sort.POLICE, Sort.SEXUAL_HEALTH])
def test_what_police_and_third_parties_said_stays_with_the_agencies(fled, sort):
    said = Fragment("Mrs Pell next door", sort=sort, where="What we know")
    council = Recipient(Standing.AT_MEETING, "Ardenvale Council", agency_kind="csc")
    assert out(fled, council, said).texts == ("Mrs Pell next door",)
    for to in (family(fled.kim), Recipient(Standing.REFERRER, "a school"), Recipient(Standing.PUBLIC, "anybody")):
        assert out(fled, to, said).texts == (None,)


def test_sexual_health_is_for_social_care_and_health_alone(fled):
    said = Fragment("Attended a clinic", sort=Sort.SEXUAL_HEALTH)
    assert out(fled, AT_MEETING, said).texts == (None,)
    assert out(fled, Recipient(Standing.AT_MEETING, "A GP", agency_kind="gp"), said).texts == ("Attended a clinic",)


def test_a_small_number_leaves_as_hidden(fled):
    assert out(fled, AT_MEETING, Fragment("3", Form.FIGURE, Sort.SMALL_NUMBER)).texts == ("c",)


def test_each_verdict_is_audited_without_content(fled):
    out(fled, family(fled.dan), fled.POSTCODE)
    row = AuditRow.objects.filter(action="kept in").latest("at")
    assert (row.outcome, row.detail["verdict"], row.detail["to"]) == ("denied", "blocked", "family")
    assert fled.kim.pk in row.object_ids
    assert fled.POSTCODE not in str(row.detail)


def test_a_kind_that_is_not_in_the_catalogue_does_not_leave(fled):
    with pytest.raises(LookupError, match="no kind of artefact"):
        pass_out(Outgoing("leaflet", AT_MEETING, "to tell", ()))


def test_whoever_may_not_see_the_family_gives_out_nothing_of_its_places(fled, world, acting):
    with acting(world.school):
        assert isinstance(out(fled, Recipient(Standing.REFERRER, "a school"), fled.POSTCODE), Blocked)


def test_a_gate_that_cannot_look_lets_nothing_out(fled, world):
    world.accounts["clockwork"].is_active = False
    world.accounts["clockwork"].save()
    verdict = out(fled, family(fled.kim), HARMLESS)
    assert isinstance(verdict, Blocked)
    assert "cannot be checked" in str(verdict.reasons[0])


def test_an_ended_protection_still_protects_the_place(fled):
    fled.refuge.valid_to = "2024-01-01"
    fled.refuge.save()
    assert isinstance(out(fled, family(fled.dan), fled.POSTCODE), Blocked)
    assert ProtectedFrom.objects.get().person == fled.dan
