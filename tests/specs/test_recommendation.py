"""A recommendation is closed by a difference for children, and by the partners who answer for it; by nothing less."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.told import inbox_of
from sightline.engine.amend import override
from sightline.engine.perform import open_case, perform
from sightline.engine.refusals import AnswersRefused, GateUnmet, NotAllowed
from sightline.parts import figures
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.processes.improvement import chain
from tests.recommending import FIGURE, QUORACY, Recommending


@pytest.fixture
def journey(world, acting):
    return Recommending(world, acting)


@pytest.fixture
def one_figure():
    before = figures._Finders.find
    figures.cite_with(lambda partnership: [FIGURE])
    yield FIGURE
    figures._Finders.find = before


class TestImpact:
    """The work was done ten days ago. What shows a difference, from when?"""

    @pytest.mark.parametrize(
        ("kind", "grade", "days_ago", "shows"),
        [
            ("audit", "outcome", 9, True),
            ("audit", "outcome", 0, True),
            ("voice", "outcome", 1, True),
            ("audit", "outcome", 10, False),  # the very day it was done is not after it
            ("audit", "outcome", 11, False),
            ("voice", "outcome", 300, False),
            ("audit", "output", 1, False),
            ("audit", "activity", 1, False),
            ("document", "outcome", 1, False),
            ("document", "output", 1, False),
            ("observation", "outcome", 1, False),
        ],
    )
    def test_only_an_audit_or_a_voice_from_after_the_work_shows_it(self, journey, kind, grade, days_ago, shows):
        case = journey.reviewed(None, journey.evidence(kind, grade, days_ago))
        asked = {"impact_statement": "Children are seen sooner"}
        if shows:
            journey.take(case, "hub", "ask_sign_off", **asked)
            assert journey.stage(case) == "impact_shown"
            return
        with pytest.raises(GateUnmet, match="difference for children, dated after the action was done"):
            journey.take(case, "hub", "ask_sign_off", **asked)
        assert journey.stage(case) == "reviewed"

    def test_a_measure_counts_from_the_end_of_its_own_period(self, journey, one_figure):
        with calendar.frozen(date(2026, 11, 2)):
            measure = {"kind": "data", "grade": "outcome", "says": "It rose", "figure": FIGURE.reference}
            days = (calendar.today() - FIGURE.period_end).days
            late = journey.reviewed(None, measure, days_ago=days)
            with pytest.raises(GateUnmet, match="The newest is from 30 September 2026"):
                journey.take(late, "hub", "ask_sign_off", impact_statement="It rose")
            early = journey.reviewed(None, measure, days_ago=days + 1)
            journey.take(early, "hub", "ask_sign_off", impact_statement="It rose")
            assert journey.stage(early) == "impact_shown"

    def test_an_action_done_after_the_output_moves_the_day_on(self, journey):
        case = journey.delivered(end_actions=False)
        with journey.acting(journey.world.hub):
            action = case.actions.get()
        journey.take(case, "hub", "end_actions", finished_actions=[{"action": action.pk, "evidence": "The rota runs"}])
        yesterday = journey.evidence(days_ago=1)
        said = {"evidence_review": "Sooner", "confidence": "high", "evidence": [yesterday]}
        journey.take(case, "hub", "review_evidence", **said)
        with pytest.raises(GateUnmet, match="The work was done on"):
            journey.take(case, "hub", "ask_sign_off", impact_statement="Sooner")

    def test_an_action_that_is_neither_done_nor_dropped_holds_it_back(self, journey):
        case = journey.reviewed(None, journey.evidence(), end_actions=False)
        with pytest.raises(GateUnmet, match="Action 1 is not yet done or dropped: Agree a rota"):
            journey.take(case, "hub", "ask_sign_off", impact_statement="Sooner")

    def test_a_lead_partner_may_override_it_with_a_reason_that_is_kept(self, journey):
        case = journey.reviewed(None, journey.evidence("document"))
        chief = journey.world.police_chief
        with journey.acting(chief):
            override(case.pk, "ask_sign_off", "impact", by=chief, reason="The service no longer exists")
        journey.take(case, "hub", "ask_sign_off", impact_statement="It cannot be measured any more")
        with journey.acting(chief):
            kept = case.steps.get(step="override")
        assert kept.overrides == [{"gate": "impact", "reason": "The service no longer exists"}]

    @pytest.mark.parametrize("who", ["hub", "council_partner", "scrutineer"])
    def test_nobody_else_may_override_it(self, journey, who):
        case = journey.reviewed(None, journey.evidence("document"))
        actor = getattr(journey.world, who)
        with journey.acting(actor), pytest.raises(NotAllowed, match="Lead safeguarding partner"):
            override(case.pk, "ask_sign_off", "impact", by=actor, reason="It is time")


class TestSigning:
    def test_the_partner_addressed_signs_and_the_others_are_not_asked(self, journey):
        case = journey.asked()
        with pytest.raises(NotAllowed, match="It is signed by: Council"):
            journey.take(case, "police_chief", "sign")
        journey.take(case, "council_chief", "sign")
        journey.take(case, "hub", "close_it")
        assert journey.stage(case) == "closed"

    def test_it_is_not_closed_until_every_partner_addressed_has_signed(self, journey):
        case = journey.asked(to=[{"to": "partnership"}])
        journey.take(case, "council_chief", "sign")
        with pytest.raises(NotAllowed, match="Not yet signed by: Police, NHS"):
            journey.take(case, "hub", "close_it")
        journey.take(case, "police_chief", "sign")
        journey.take(case, "nhs_chief", "sign")
        journey.take(case, "hub", "close_it")
        assert journey.stage(case) == "closed"

    def test_where_no_statutory_partner_is_addressed_all_three_sign(self, journey):
        case = journey.asked(to=[{"to": "outside", "outside": "A government department"}])
        with pytest.raises(NotAllowed, match="Not yet signed by: Council, Police, NHS"):
            journey.take(case, "hub", "close_it")

    def test_nobody_signs_twice_for_the_same_partner(self, journey):
        case = journey.asked(to=[{"to": "partnership"}])
        journey.take(case, "council_chief", "sign")
        with pytest.raises(NotAllowed, match="already signed for: Council"):
            journey.take(case, "council_chief", "sign")

    def test_one_person_cannot_sign_for_two_partners(self, journey):
        world = journey.world
        case = journey.asked(to=[{"to": "partnership"}])
        journey.take(case, "council_chief", "sign")
        RoleHeld.objects.filter(worker=world.council_chief.worker).update(agency=world.agency("ardenvale-police"))
        with pytest.raises(NotAllowed, match="different person"):
            journey.take(case, "council_chief", "sign")

    @pytest.mark.parametrize("step", ["raised", "asked for it to be signed"])
    def test_whoever_raised_it_or_asked_for_it_may_not_sign_it(self, journey, step):
        world = journey.world
        held = RoleHeld.objects.get(worker=world.council_chief.worker)
        more = RoleHeld.objects.create(
            worker=held.worker,
            role="safeguarding-partner",
            agency=held.agency,
            partnership=world.partnership,
            valid_from=held.valid_from,
        )
        if step == "raised":
            case = journey.asked(journey.raised("council_chief"))
        else:
            case = journey.reviewed(None, journey.evidence())
            journey.take(case, "council_chief", "ask_sign_off", impact_statement="Sooner")
        more.delete()
        with pytest.raises(NotAllowed, match="proposed it|raised it"):
            journey.take(case, "council_chief", "sign")

    def test_a_delegated_partner_signs_only_as_the_lead_s_deputy(self, journey):
        world = journey.world
        case = journey.asked()
        with pytest.raises(NotAllowed, match="Lead safeguarding partner"):
            journey.take(case, "council_partner", "sign")
        lead = RoleHeld.objects.get(worker=world.council_chief.worker)
        RoleHeld.objects.create(
            worker=world.council_partner.worker,
            role="lead-partner",
            agency=lead.agency,
            partnership=world.partnership,
            valid_from=lead.valid_from,
            deputy_for=lead,
        )
        journey.take(case, "council_partner", "sign")
        journey.take(case, "hub", "close_it")

    @pytest.mark.parametrize(
        ("to", "told"),
        [("ardenvale-council", ["council_chief"]), ("", ["council_chief", "police_chief", "nhs_chief"])],
    )
    def test_the_partners_whose_signature_is_wanted_are_told_and_no_other(self, journey, to, told):
        journey.asked(to=[journey.to(to) if to else {"to": "partnership"}])
        chiefs = ("council_chief", "police_chief", "nhs_chief")
        found = {who: self.notices(journey, who) for who in chiefs}
        assert [who for who in chiefs if "Sign off a recommendation" in found[who]] == told

    def notices(self, journey, who):
        actor = getattr(journey.world, who)
        with journey.acting(actor):
            waiting = inbox_of(actor)
            return [notice.says for notice in waiting]

    def test_sending_it_back_asks_for_every_signature_again(self, journey):
        case = journey.asked(to=[{"to": "partnership"}])
        journey.take(case, "council_chief", "sign")
        journey.take(case, "police_chief", "send_back", sent_back_because="Which children?")
        journey.take(case, "hub", "ask_sign_off", impact_statement="Children under five")
        with pytest.raises(NotAllowed, match="Not yet signed by: Council, Police, NHS"):
            journey.take(case, "hub", "close_it")

    @pytest.mark.parametrize("step", ["accept", "ask_sign_off", "sign", "close_it", "check_at_6", "not_accept"])
    def test_the_scrutineer_says_what_they_see_and_decides_nothing(self, journey, step):
        case = journey.asked()
        journey.take(case, "scrutineer", "scrutinise", scrutineer_view="I saw two meetings without health")
        actor = journey.world.scrutineer
        with journey.acting(actor), pytest.raises(NotAllowed):
            perform(case, step, by=actor, answers={})


class TestStillTrue:
    def test_it_is_checked_in_the_weeks_before_six_months_and_not_sooner(self, journey):
        case = journey.closed()
        with pytest.raises(NotAllowed, match="It can be checked from"):
            journey.take(case, "hub", "check_at_6", evidence=[])
        with calendar.frozen(calendar.end_of_day(calendar.add_months(calendar.today(), 6)) - timedelta(days=3)):
            journey.take(case, "hub", "check_at_6", evidence=[journey.evidence()])
            assert journey.stage(case) == "still_true"

    def test_saying_that_it_is_still_true_needs_evidence_from_after_closing(self, journey):
        case = journey.closed()
        with calendar.frozen(calendar.end_of_day(calendar.add_months(calendar.today(), 6)) - timedelta(days=3)):
            with pytest.raises(GateUnmet, match="cannot say that it is still true"):
                journey.take(case, "hub", "check_at_6", evidence=[journey.evidence("document")])
            assert journey.stage(case) == "closed"

    def test_both_checks_run_from_closing(self, journey):
        case = journey.closed()
        with journey.acting(journey.world.hub):
            due = {clock.key: calendar.local_date(clock.due_at) for clock in case.clocks.filter(stopped_at=None)}
        today = calendar.today()
        assert due == {
            "sustained_at_6": calendar.add_months(today, 6),
            "sustained_at_12": calendar.add_months(today, 12),
        }

    def test_what_is_no_longer_true_is_reopened_at_once_and_planned_again(self, journey):
        case = journey.closed()
        journey.take(case, "analyst", "reopen", reopened_because="Half of them were not quorate in March")
        assert journey.stage(case) == "reopened"
        with journey.acting(journey.world.hub):
            assert set(case.clocks.filter(stopped_at=None).values_list("key", flat=True)) == {"plan_in_time"}
        by = calendar.today() + timedelta(days=60)
        with pytest.raises(AnswersRefused, match="Add at least one action"):
            journey.take(case, "hub", "agree_plan", success_test="More", impact_by=by)

    def test_what_was_shown_before_it_was_reopened_does_not_close_it_again(self, journey):
        case = journey.closed()
        journey.take(case, "hub", "reopen", reopened_because="Half of them were not quorate in March")
        by = calendar.today() + timedelta(days=60)
        journey.take(case, "hub", "agree_plan", success_test="More", impact_by=by, actions=[journey.action()])
        long_ago = calendar.today() - timedelta(days=100)
        journey.take(case, "hub", "deliver", output="The rota again", delivered_on=long_ago)
        journey.drop_actions(case)
        journey.take(case, "hub", "review_evidence", evidence_review="As before", confidence="low")
        with pytest.raises(GateUnmet, match="difference for children"):
            journey.take(case, "hub", "ask_sign_off", impact_statement="As before")
        hub = journey.world.hub
        with journey.acting(hub):
            assert chain.of_case(hub, case.pk).showing_impact == []


class TestPlan:
    """Twenty working days from receipt, whatever day it is accepted on."""

    def plan_clocks(self, journey, case):
        with journey.acting(journey.world.hub):
            return [(clock.started_by.step, clock.ended) for clock in case.clocks.filter(key="plan_in_time")]

    def test_accepting_does_not_begin_it_again(self, journey):
        case = journey.raised()
        journey.take(case, "hub", "accept", response="We agree")
        assert self.plan_clocks(journey, case) == [("receive", "")]
        with journey.acting(journey.world.hub):
            clock = case.clocks.get()
        assert calendar.local_date(clock.due_at) == calendar.add_working_days(calendar.today(), 20)

    def test_accepting_what_was_not_accepted_begins_it(self, journey):
        case = journey.raised()
        journey.take(case, "council_partner", "not_accept", not_accepted_reason="It is the department's to do")
        journey.take(case, "hub", "accept", response="We agree after all")
        assert self.plan_clocks(journey, case) == [("receive", "met"), ("accept", "")]


class TestCounts:
    def expected(self, journey):
        outside = {"to": "outside", "outside": "A government department", "count": 1}
        council = {**journey.to("ardenvale-council"), "count": 9}
        return outside, council, {"to": "partnership", "count": 6}

    def test_one_that_is_missing_is_named_with_whose_it_is(self, journey):
        document = journey.document(*self.expected(journey))
        journey.raised(source=document, to=[{"to": "outside", "outside": "a government department "}])
        for _ in range(9):
            journey.raised(source=document)
        for _ in range(5):
            journey.raised(source=document, to=[{"to": "partnership"}, journey.to("ardenvale-council")])
        world = journey.world
        with journey.acting(world.hub):
            (found,) = chain.by_source(world.hub, world.partnership)
        assert found.count.sentence == ("Commissioner 2023: 16 expected, 15 entered. 1 for the partnership is missing.")
        assert not found.count.agrees
        journey.raised(source=document, to=[{"to": "partnership"}])
        with journey.acting(world.hub):
            (found,) = chain.by_source(world.hub, world.partnership)
        assert found.count.sentence == "Commissioner 2023: 16 expected, 16 entered."
        assert found.count.agrees

    def test_what_was_entered_in_error_does_not_count(self, journey):
        document = journey.document({**journey.to("ardenvale-council"), "count": 1})
        wrong = journey.raised(source=document)
        journey.raised(source=document)
        journey.take(wrong, "hub", "remove", error_reason="Entered twice")
        with journey.acting(journey.world.hub):
            (found,) = chain.by_source(journey.world.hub, journey.world.partnership)
        assert found.count.agrees
        assert len(found.recommendations) == 1

    def test_what_came_from_a_document_since_withdrawn_is_still_listed_under_it(self, journey):
        document = journey.document()
        journey.raised(source=document)
        journey.take(document, "hub", "withdraw", withdrawn_because="Entered twice")
        with journey.acting(journey.world.hub):
            (found,) = chain.by_source(journey.world.hub, journey.world.partnership)
        assert (found.title, len(found.recommendations)) == ("Commissioner 2023", 1)

    def test_a_later_count_takes_the_place_of_the_earlier(self, journey):
        document = journey.document({**journey.to("ardenvale-council"), "count": 9})
        journey.take(document, "hub", "expect", expected=[{"to": "partnership", "count": 2}])
        with journey.acting(journey.world.hub):
            (found,) = chain.by_source(journey.world.hub, journey.world.partnership)
        assert found.count.expected == 2


class TestWhatOthersRead:
    def test_a_duplicate_is_linked_both_ways_and_counted_separately(self, journey):
        first, second = journey.raised(), journey.raised(source=journey.document(title="Panel 2022"))
        journey.take(second, "hub", "link_duplicate", same_as=first.reference.lower())
        hub = journey.world.hub
        with journey.acting(hub):
            assert [case.pk for case in chain.of_case(hub, first.pk).same_as] == [second.pk]
            assert [case.pk for case in chain.of_case(hub, second.pk).same_as] == [first.pk]
            assert len(chain.recommendations(hub)) == 2

    def test_a_reference_of_nothing_or_of_itself_is_refused(self, journey):
        case = journey.raised()
        for reference in ("R-000000", case.reference):
            with pytest.raises(AnswersRefused, match="no other recommendation"):
                journey.take(case, "hub", "link_duplicate", same_as=reference)

    def test_a_figure_leads_to_what_comes_from_it_and_to_what_it_is_evidence_for(self, journey, one_figure):
        hub = journey.world.hub
        with journey.acting(hub):
            given = {"title": "Quorate", "exact_words": FIGURE.words, "figure_cited": [{"figure": FIGURE.reference}]}
            said = {**given, "addressees": [{"to": "partnership"}]}
            case = open_case("recommendation", by=hub, partnership=journey.world.partnership, answers=said).case
        other = journey.delivered()
        measure = {"kind": "data", "grade": "output", "says": "It rose", "figure": FIGURE.reference}
        journey.take(other, "hub", "add_evidence", evidence=[measure])
        with journey.acting(hub):
            found = chain.recommendations_citing(QUORACY, hub)
            assert {one.case.pk for one in found} == {case.pk, other.pk}
            assert chain.of_case(hub, case.pk).source_words == f"{FIGURE.name}, {FIGURE.period}"

    def test_it_comes_from_a_document_or_a_figure(self, journey):
        with pytest.raises(AnswersRefused, match="Select the document it comes from"):
            journey._open("recommendation", "hub", title="T", exact_words="W", addressees=[{"to": "partnership"}])

    def test_done_without_impact_and_overdue_by_agency(self, journey):
        done = journey.reviewed()
        journey.closed()
        late = journey.planned(None, journey.action(days=-3), journey.action("ardenvale-icb", days=5))
        hub = journey.world.hub
        with journey.acting(hub):
            assert [one.case.pk for one in chain.without_impact(hub)] == [done.pk]
            ((agency, actions),) = chain.overdue_actions_by_agency(hub)
        assert (agency, [action.case_id for action in actions]) == ("Ardenvale Police", [late.pk])

    def test_addressed_agencies_see_it_and_its_document_and_others_do_not(self, journey):
        case = journey.raised(to=[journey.to("millbrook-school")])
        school, other = journey.world.school, journey.world.other_school
        with journey.acting(school):
            (seen,) = chain.recommendations(school)
            assert seen.case.pk == case.pk
            assert seen.source_words == "Commissioner 2023"
            (source,) = chain.by_source(school, journey.world.partnership)
            assert source.count is None
        with journey.acting(other):
            assert chain.recommendations(other) == []

    def test_an_agency_with_an_action_reads_where_it_comes_from(self, journey):
        case = journey.planned()
        police = journey.world.police_lead
        with journey.acting(police):
            assert chain.of_case(police, case.pk).source_words == "Commissioner 2023"

    def test_reading_many_asks_as_often_as_reading_one(self, journey):
        hub, partnership = journey.world.hub, journey.world.partnership
        document = journey.document()
        journey.delivered(source=document)

        def asked():
            with (
                journey.acting(hub),
                CaptureQueriesContext(
                    connection,
                ) as queries,
            ):
                chain.by_source(hub, partnership)
            return len(queries)

        one = asked()
        for _ in range(3):
            journey.delivered(source=document)
        assert asked() == one
