"""A Section 11 return: who answers, who signs, what the scores need, and what is kept when somebody disagrees."""

from datetime import timedelta

import pytest
from section_11 import (
    INSTRUMENT,
    VOICE,
    a_cycle,
    add_agency,
    add_thornmere,
    add_worker,
    answer,
    answer_all,
    moderate_all,
    return_of,
    sign_and_send,
)

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.instruments.models import Answer, Asking, Moderation
from sightline.parts.models import Evidence
from sightline.people.telling import recipients
from sightline.platform import calendar
from sightline.platform.notices.models import Notice


@pytest.fixture
def cycle(world, acting):
    return a_cycle(world, acting, "ardenvale-council", "ardenvale-police", "ardenvale-icb")


@pytest.fixture
def police(world, acting, cycle):
    return return_of(world, acting, cycle, "ardenvale-police")


def test_asking_opens_a_return_for_each_agency_with_closing_day_as_its_clock(world, acting, cycle):
    with acting(world.hub):
        returns = Case.objects.filter(parent=cycle)
        assert sorted(case.answering.key for case in returns) == [
            "ardenvale-council",
            "ardenvale-icb",
            "ardenvale-police",
        ]
        clock = returns[0].clocks.get(key="return_in_time")
        assert calendar.local_date(clock.due_at) == calendar.today() + timedelta(weeks=9)
        assert returns.get(answering__key="ardenvale-police").title == "Section 11 2026: Ardenvale Police"


def test_a_school_is_not_a_section_11_body(world, acting):
    with acting(world.hub):
        opens = calendar.today()
        answers = {"title": "Section 11 2026", "opens_on": opens, "closes_on": opens + timedelta(weeks=9)}
        case = open_case("section-11-cycle", by=world.hub, partnership=world.partnership, answers=answers).case
        rows = [{"body": world.agency("millbrook-school").pk, "invited": "yes"}]
        with pytest.raises(
            AnswersRefused, match="Millbrook School is not asked. Schools and colleges are not section 11"
        ):
            perform(case, "issue", by=world.hub, answers={"bodies": rows})


def test_a_bound_agency_is_left_out_only_with_a_reason(world, acting):
    with acting(world.hub):
        opens = calendar.today()
        answers = {"title": "Section 11 2026", "opens_on": opens, "closes_on": opens + timedelta(weeks=9)}
        case = open_case("section-11-cycle", by=world.hub, partnership=world.partnership, answers=answers).case
        police, council = world.agency("ardenvale-police").pk, world.agency("ardenvale-council").pk
        rows = [{"body": council, "invited": "yes"}, {"body": police, "invited": "no"}]
        with pytest.raises(AnswersRefused, match="Ardenvale Police is bound by section 11: say why"):
            perform(case, "issue", by=world.hub, answers={"bodies": rows})
        rows[1]["reason"] = "Answered in the national return this year"
        perform(case, "issue", by=world.hub, answers={"bodies": rows})
        assert Asking.objects.get(agency__key="ardenvale-police").asked is False
        assert [child.answering.key for child in Case.objects.filter(parent=case)] == ["ardenvale-council"]


@pytest.mark.parametrize("weeks", [7, 11])
def test_agencies_get_eight_to_ten_weeks(world, acting, weeks):
    opens = calendar.today()
    answers = {"title": "Section 11 2026", "opens_on": opens, "closes_on": opens + timedelta(weeks=weeks)}
    with acting(world.hub), pytest.raises(AnswersRefused, match="Agencies need 8 to 10 weeks to answer"):
        open_case("section-11-cycle", by=world.hub, partnership=world.partnership, answers=answers)


def test_the_highest_score_needs_evidence_of_the_last_24_months(world, acting, police):
    lead = world.police_lead
    with acting(lead):
        wanted = "3 Met and evidenced needs evidence dated in the last 24 months"
        with pytest.raises(AnswersRefused, match=wanted):
            answer(police, lead, "4.2", 3)
        old = {**VOICE, "dated_on": calendar.today() - timedelta(days=800)}
        with pytest.raises(AnswersRefused, match=wanted):
            answer(police, lead, "4.2", 3, old)
        answer(police, lead, "4.2", 3, VOICE)
        assert Answer.objects.get(case=police).score == 3
        assert Evidence.objects.get(case=police).about == "4.2"


def test_not_applicable_needs_a_reason(world, acting, police):
    lead = world.police_lead
    with acting(lead):
        with pytest.raises(AnswersRefused, match="Say why it does not apply to you"):
            answer(police, lead, "12.1", "na")
        answer(police, lead, "12.1", "na", reason="We commission nothing for children")
        assert Answer.objects.get(case=police).score is None
        with pytest.raises(AnswersRefused, match=r"12.2 does not apply"):
            answer(police, lead, "12.2", 2)


def test_a_return_is_signed_only_when_every_question_that_applies_is_answered(world, acting, police):
    with acting(world.police_lead):
        answer(police, world.police_lead, "1.1", 2)
    with acting(world.police_signatory), pytest.raises(NotAllowed, match="26 questions are not answered yet: 1.2, 2.1"):
        perform(police, "sign_off", by=world.police_signatory, answers={})
    answer_all(police, world.police_lead, acting, {})
    with acting(world.police_signatory):
        perform(police, "sign_off", by=world.police_signatory, answers={})
        police.refresh_from_db()
        assert police.stage == "signed_off"


def test_whoever_answered_cannot_sign_even_with_the_role(world, acting, cycle):
    both = add_worker(
        world, "both", "Ida Both", "ardenvale-police", "agency-lead", "agency-signatory", job="Chief Officer"
    )
    case = return_of(world, acting, cycle, "ardenvale-police")
    with acting(both):
        answer(case, both, "1.1", 2)
    answer_all(case, world.police_lead, acting)
    with acting(both), pytest.raises(NotAllowed, match="You answered this, so someone else has to sign it: Art Voss"):
        perform(case, "sign_off", by=both, answers={})
    with acting(both):
        case.refresh_from_db()
        assert case.stage == "in_progress"


def test_after_sending_the_scores_stay_and_a_clarification_adds_versions(world, acting, police):
    lead, signatory, moderator = world.police_lead, world.police_signatory, world.moderator
    answer_all(police, lead, acting)
    sign_and_send(police, lead, signatory, acting)
    with acting(lead), pytest.raises(NotAllowed, match="at the stage 'sent'"):
        answer(police, lead, "1.1", 3, VOICE)
    with acting(moderator):
        perform(police, "ask_to_clarify", by=moderator, answers={"clarification": "1.1: which board?"})
    with acting(lead):
        answer(police, lead, "1.1", 1, step="clarify")
    with acting(lead), pytest.raises(NotAllowed):
        perform(police, "send_clarified", by=lead, answers={"clarified": "The board of 2025"})
    with acting(signatory):
        perform(police, "send_clarified", by=signatory, answers={"clarified": "The board of 2025"})
        assert list(Answer.objects.filter(case=police, item="1.1").values_list("version", "score")) == [(1, 2), (2, 1)]


def test_the_moderated_score_stands_beside_the_agency_s_own(world, acting, police):
    answer_all(police, world.police_lead, acting, {"3.1": 3})
    sign_and_send(police, world.police_lead, world.police_signatory, acting)
    with acting(world.moderator):
        row = {"item": "3.1", "score": "2"}
        with pytest.raises(AnswersRefused, match="Give the reason where your score differs"):
            perform(police, "moderate", by=world.moderator, answers={"moderated_items": [row]})
        with pytest.raises(NotAllowed, match=r"Not moderated yet: 1.1, 1.2"):
            perform(police, "finish_moderation", by=world.moderator, answers={})
    moderate_all(police, world.moderator, acting, {"3.1": 2})
    with acting(world.moderator):
        kept = Moderation.objects.get(case=police, item="3.1")
        assert (kept.score, kept.answer.score, kept.reason) == (2, 3, "The evidence is about something else")
        assert Answer.objects.get(case=police, item="3.1").score == 3


def test_the_hub_moderates_only_where_there_is_no_moderator(world, acting, police):
    answer_all(police, world.police_lead, acting)
    sign_and_send(police, world.police_lead, world.police_signatory, acting)
    with acting(world.hub):
        rows = {"moderated_items": [{"item": "1.1", "score": "2"}]}
        with pytest.raises(NotAllowed, match="The moderator here is Fay Lund"):
            perform(police, "moderate_as_hub", by=world.hub, answers=rows)
        world.moderator.worker.roles_held.update(valid_to=calendar.today())
        perform(police, "moderate_as_hub", by=world.hub, answers=rows)


def test_last_cycle_s_answer_is_used_only_by_confirming_it(world, acting):
    opened = calendar.today() - timedelta(days=700)
    with calendar.frozen(opened):
        before = a_cycle(world, acting, "ardenvale-police", title="Section 11 2024", opens_on=opened)
        first = return_of(world, acting, before, "ardenvale-police")
        dated = {**VOICE, "dated_on": opened - timedelta(days=9)}
        with acting(world.police_lead):
            for item in INSTRUMENT.items[:26]:
                score = 3 if item.key in ("4.1", "4.2") else 1
                answer(first, world.police_lead, item.key, score, *([dated] if score == 3 else []), difference="Said")
        sign_and_send(first, world.police_lead, world.police_signatory, acting)
    now = return_of(world, acting, a_cycle(world, acting, "ardenvale-police"), "ardenvale-police")
    with acting(world.police_lead):
        lead = world.police_lead
        assert not Answer.objects.filter(case=now).exists()
        perform(now, "confirm_last", by=lead, answers={"confirmed_items": [{"item": "1.1"}]})
        carried = Answer.objects.get(case=now)
        assert (carried.score, carried.origin, carried.from_reference) == (1, "confirmed", first.reference)
        assert carried.from_on == opened
        perform(now, "confirm_last", by=lead, answers={"confirmed_items": [{"item": "4.1"}]})
        assert Evidence.objects.get(case=now).dated_on == opened - timedelta(days=9)
    later = calendar.now() + timedelta(days=40)
    older = pytest.raises(AnswersRefused, match="last time's is older. Answer again")
    with calendar.frozen(later), acting(world.police_lead), older:
        perform(now, "confirm_last", by=lead, answers={"confirmed_items": [{"item": "4.2"}]})


def test_regional_questions_are_answered_once_for_two_partnerships(world, acting, police):
    thornmere = add_thornmere(world)
    there = return_of(
        world, acting, a_cycle(world, acting, "ardenvale-police", partnership=thornmere), "ardenvale-police"
    )
    lead = world.police_lead
    regional = [item.key for item in INSTRUMENT.items if item.scope == "regional"]
    local = [item.key for item in INSTRUMENT.items if item.scope == "local"]
    with acting(lead), pytest.raises(AnswersRefused, match="nothing to take over"):
        perform(there, "use_shared", by=lead, answers={})
    answer_all(police, lead, acting, {"3.2": 3})
    with acting(lead):
        perform(there, "use_shared", by=lead, answers={})
        taken = Answer.objects.filter(case=there)
        assert sorted(row.item for row in taken) == sorted(regional)
        assert {(row.origin, row.from_reference, row.from_partnership) for row in taken} == {
            ("shared", police.reference, "Ardenvale Safeguarding Children Partnership")
        }
        assert Evidence.objects.get(case=there).about == "3.2"
        for item in local:
            answer(there, lead, item, 1)
    sign_and_send(there, lead, world.police_signatory, acting)
    with acting(world.hub):
        perform(there, "moderate_as_hub", by=world.hub, answers={"moderated_items": [{"item": "1.1", "score": "2"}]})
        assert Moderation.objects.filter(case=there).count() == 1
        assert not Moderation.objects.filter(case=police).exists()


def test_an_agency_s_answers_are_its_own(world, acting, police):
    answer_all(police, world.police_lead, acting)
    with acting(world.council_lead):
        assert not Case.visible_to(world.council_lead).filter(pk=police.pk).exists()
        assert not Answer.visible_to(world.council_lead).filter(case=police).exists()
        with pytest.raises(Case.DoesNotExist):
            answer(police, world.council_lead, "1.1", 2)
    with acting(world.school):
        assert not Case.visible_to(world.school).exists()


def test_voluntary_bodies_are_offered_and_schools_are_not(world, acting):
    from sightline.engine.matter import load
    from sightline.instruments.asking import AgenciesAsked, not_asked

    add_agency(world, "kitefield", "vcs", "Kitefield Family Centre")
    opens = calendar.today()
    answers = {"title": "Section 11 2026", "opens_on": opens, "closes_on": opens + timedelta(weeks=9)}
    with acting(world.hub):
        case = open_case("section-11-cycle", by=world.hub, partnership=world.partnership, answers=answers).case
        matter = load(case.pk)
        rows = {row["called"]: row["invited"] for row in AgenciesAsked().initial(matter)}
        assert rows == {
            "Ardenvale Council": "yes",
            "Ardenvale Police": "yes",
            "NHS Ardenvale Integrated Care Board": "yes",
            "Kitefield Family Centre": "",
        }
        why = {agency.name: reason for agency, reason in not_asked(matter)}
        assert why["Millbrook School"].startswith("Schools and colleges are not section 11 bodies")


def readers_of(world, acting, case, says):
    """Accounts that the one notice with these words about a matter reaches, as whoever sends it finds them."""
    with acting(world.clockwork):
        return [one.account_id for one in recipients(Notice.objects.get(case_id=case.pk, says=says))]


def test_whoever_answers_for_the_agency_is_told_and_its_front_door_is_not(world, acting, police):
    told = readers_of(world, acting, police, "Section 11 return to answer")
    assert world.police_lead.account.pk in told
    assert world.police.account.pk not in told


def test_whoever_signs_is_told_once_the_last_question_is_answered(world, acting, police):
    answer_all(police, world.police_lead, acting)
    assert readers_of(world, acting, police, "A return is ready for you to sign") == [world.police_signatory.account.pk]


def test_nobody_moderates_the_return_of_their_own_agency(world, acting, cycle):
    board = return_of(world, acting, cycle, "ardenvale-icb")
    lead = add_worker(world, "board_lead", "Ida Both", "ardenvale-icb", "assurance-lead")
    signatory = add_worker(world, "board_signs", "Ola Reed", "ardenvale-icb", "agency-signatory")
    answer_all(board, lead, acting)
    sign_and_send(board, lead, signatory, acting)
    rows = {"moderated_items": [{"item": "1.1", "score": "2"}]}
    with acting(world.moderator), pytest.raises(NotAllowed, match="You work for NHS Ardenvale Integrated Care Board"):
        perform(board, "moderate", by=world.moderator, answers=rows)
    with acting(world.hub):
        perform(board, "moderate_as_hub", by=world.hub, answers=rows)
        assert Moderation.objects.get(case=board).score == 2
