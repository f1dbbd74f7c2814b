"""The independent scrutineer never chairs, counts, endorses, signs or agrees, by whatever way they come to it."""

import re

import pytest
from django.core.exceptions import ValidationError
from governing import Sittings

from sightline.engine.models import Case
from sightline.engine.refusals import AnswersRefused
from sightline.outgoing.kinds import KINDS
from sightline.people.group_seats import deputies_on
from sightline.people.models import Group, GroupMembership, RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, SCRUTINEER
from tests.journey import Journey

DECIDES = re.compile(r"\b(sign|signs|signed|approve|agree|endorse|moderate|ratify|ratified|accept)\b", re.I)
"""Words of steps by which somebody puts their name to what others did."""


def deciding_roles():
    """Every role that a declaration lets endorse, sign, agree, approve, override, moderate or chair."""
    found = {key for kind in KINDS.values() for key in kind.agreed_by} | {INFORMATION_GOVERNANCE.key, "group-chair"}
    for process in PROCESSES.values():
        for step in process.steps.values():
            found |= {role.key for gate in step.gates for role in gate.override_by}
            said = f"{step.key.replace('_', ' ')} {step.label} {step.done}"
            if step.endorses or "chaired_by" in step.asks or DECIDES.search(said):
                found |= {role.key for role in step.by}
    return found


def test_a_scrutineer_holds_no_role_that_any_declaration_lets_endorse_sign_agree_or_chair():
    roles = deciding_roles()
    assert {"support-hub", "data-analyst", "moderator", "agency-signatory", "lead-partner", "team-manager"} <= roles
    assert roles <= set(SCRUTINEER.never_with)


@pytest.mark.parametrize("role", ["support-hub", "data-analyst", "moderator", "agency-signatory", "lead-worker"])
def test_the_model_and_the_database_refuse_it(world, role):
    from django.db import IntegrityError, transaction

    held = RoleHeld(
        **{"worker": world.accounts["scrutineer"].worker, "role": role, "agency": world.agency("ardenvale-council")},
        **{"partnership": world.partnership, "valid_from": calendar.today()},
    )
    with pytest.raises(ValidationError, match="the scrutineer is independent"):
        held.full_clean()
    with pytest.raises(IntegrityError, match="scrutineer_is_independent"), transaction.atomic():
        held.save()


def test_a_scrutineer_on_a_deputy_list_stands_for_nobody_and_chairs_nothing(world, acting):
    sittings = Sittings(world, acting)
    group, worker = Group.objects.get(key="executive"), world.accounts["scrutineer"].worker
    seat = GroupMembership(group=group, worker=worker, capacity="deputy", valid_from=calendar.today())
    seat.agency = world.agency("ardenvale-council")
    with pytest.raises(ValidationError, match="never chairs, counts or stands in"):
        seat.full_clean()
    seat.save()
    assert worker not in [one for one, _ in deputies_on(group, calendar.today())]
    case = sittings.with_papers(sittings.planned())
    with pytest.raises(AnswersRefused, match="The independent scrutineer never chairs"):
        sittings.held(case, chaired_by=worker)
    GroupMembership(group=group, worker=worker, capacity="adviser", valid_from=calendar.today()).full_clean()


@pytest.mark.parametrize("who", ["scrutineer", "support", "police", "analyst"])
def test_a_hand_made_form_records_nobody_as_chair_of_a_strategy_discussion_who_may_not_chair(world, acting, who):
    journey = Journey(world, acting)
    case, browser = journey.strategy(), journey.browser("team_manager")
    form = browser.step(case, "record_meeting")
    assert world.accounts[who].worker.display_name not in form.text
    chair = str(world.accounts[who].worker.pk)
    answer = browser.send(form, chaired_by=chair, decision="s47-joint")
    assert "Select a social care manager: nobody else may chair" in answer.text
    with acting(world.clockwork):
        assert case.declared.record.objects.get(pk=case.pk).chaired_by is None
        assert Case.objects.get(pk=case.pk).stage == "need_identified"


def test_a_social_care_manager_is_offered_and_recorded_as_chair_and_a_correction_changes_no_chair(world, acting):
    journey = Journey(world, acting)
    case, browser = journey.strategy(), journey.browser("team_manager")
    form = browser.step(case, "record_meeting")
    assert "Edda Marsh" in form.text
    answer = browser.send(form, chaired_by=str(world.accounts["service_manager"].worker.pk), decision="s47-joint")
    assert "nobody else may chair" not in answer.text
    assert "chaired_by" in case.declared.fixed
