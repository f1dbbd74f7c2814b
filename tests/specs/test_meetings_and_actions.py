"""Meetings are quorate by rule, disagreement is kept, and an action names a person, a day and what happens if not."""

from datetime import timedelta

import pytest
from story import Story

from sightline.engine.amend import override
from sightline.engine.models import Action, Case, Circulation, HarmView, Meeting, Seat
from sightline.engine.refusals import AnswersRefused, GateUnmet
from sightline.parts.actions import hint_for
from sightline.platform import calendar
from sightline.platform.notices.models import Notice
from sightline.vocabulary.meeting import DISCIPLINES, Quorum, discipline_of

pytestmark = pytest.mark.usefixtures("read_as_scheduled_work")
NO_ENQUIRY = {
    "decision": "no-s47",
    "rationale": "The explanation fits",
    "child_voice": "She is not afraid",
    "risk_analysis": "No harm found",
    "safe_tonight": "At home with her mother, the health visitor calls",
}


@pytest.fixture
def story(world, acting):
    return Story(world, acting)


@pytest.fixture
def discussion(story):
    case = story.strategy(story.logged(story.told()))
    story.take(case, "support", "call", planned_for=calendar.now() + timedelta(hours=4))
    return case


def seats(story, case):
    with story.acting(story.world.manager):
        return {seat.discipline: seat for seat in case.meetings.last().seats.all()}


def attendance(story, case, **presence):
    """Rows of attendance by discipline; what is not named gives no answer."""
    named = {word.replace("_", " "): how for word, how in presence.items()}
    return [{"seat": seat.pk, "presence": named.get(word, "")} for word, seat in seats(story, case).items()]


ALL_HERE = {"social_care": "here", "police": "here", "health": "here"}


def views(story, case, **view):
    with story.acting(story.world.manager):
        children = [subject for subject in case.subjects.all() if subject.is_child]
    found = seats(story, case)
    return [
        {"seat": found[word.replace("_", " ")].pk, "subject": child.pk, "view": given}
        for child in children
        for word, given in view.items()
    ]


def record(story, case, who="team_manager", **answers):
    return story.take(case, who, "record_meeting", held_at=calendar.now(), **answers)


def action(world, **changed):
    agreed = {
        "what": "Visit Maya at school and speak to her alone",
        "who": "Sol Ames",
        "agency": world.agency("ardenvale-council").pk,
        "due_on": calendar.today() + timedelta(days=2),
        "if_not": "The team manager visits the next day",
    }
    return agreed | changed


# ---------------------------------------------------------------- the quorum rule by itself


def test_every_kind_of_health_organisation_stands_for_health():
    assert {kind for kind, word in DISCIPLINES.items() if word == "health"} >= {"icb", "hth", "gp", "cmh"}
    assert discipline_of("an agency of no known kind") == "other"


def test_a_quorum_names_who_is_missing_in_the_order_of_the_rule():
    rule = Quorum(("social care", "police", "health"), "local procedures")
    assert rule.missing(["education", "health"]) == ["social care", "police"]
    assert rule.missing(["health", "police", "social care"]) == []


# ---------------------------------------------------------------- quorum in a strategy discussion


def test_the_required_agencies_and_whoever_told_are_invited_from_the_start(story, discussion):
    found = seats(story, discussion)
    assert {word for word, seat in found.items() if seat.required} == {"social care", "police", "health"}
    assert found["education"].why == "Told the front door"


def test_a_meeting_with_every_required_agency_there_or_in_writing_is_quorate(story, discussion):
    there = attendance(story, discussion, social_care="here", police="here", health="wrote-in")
    record(story, discussion, decision="s47-joint", attendance=there)
    meeting = Meeting.objects.get(case=discussion)
    assert meeting.quorate
    assert meeting.missing == []


def test_an_invitation_or_an_apology_is_not_attendance(story, discussion):
    there = attendance(story, discussion, social_care="here", police="apologies")
    record(story, discussion, decision="s47-joint", attendance=there)
    meeting = Meeting.objects.get(case=discussion)
    assert not meeting.quorate
    assert meeting.missing == ["police", "health"]


def test_a_meeting_that_is_not_quorate_steps_back_only_with_a_reason_and_a_day_to_meet_again(story, discussion):
    there = attendance(story, discussion, social_care="here", health="here")
    seen = views(story, discussion, social_care="none", health="none")
    with pytest.raises(AnswersRefused) as refused:
        record(story, discussion, **NO_ENQUIRY, attendance=there, views=seen)
    assert set(refused.value.errors) == {"without_quorum", "reconvene_at"}
    more = {"without_quorum": "Waiting leaves her at home", "reconvene_at": calendar.now() + timedelta(days=1)}
    record(story, discussion, **NO_ENQUIRY, attendance=there, views=seen, **more)


def test_an_enquiry_starts_whoever_is_missing(story, discussion):
    step = record(story, discussion, decision="s47-single")
    assert {"rationale", "child_voice", "safe_tonight"} <= set(step.left_for_later)
    assert not Meeting.objects.get(case=discussion).quorate


def test_a_meeting_that_could_not_go_ahead_is_called_again_with_the_same_invitations(story, discussion):
    again = calendar.now() + timedelta(days=1)
    story.take(discussion, "team_manager", "reconvene", reconvene_reason="No police", reconvene_at=again)
    first, second = Meeting.objects.filter(case=discussion)
    assert first.held_at is None
    assert second.planned_for == again
    assert {s.agency_id for s in first.seats.all()} == {s.agency_id for s in second.seats.all()}
    with story.acting(story.world.manager):
        assert Case.objects.get(pk=discussion.pk).stage == "called"


def test_an_agency_answers_its_own_invitation_and_nobody_else_s(story, discussion):
    written = [{"answer": "wrote-in", "wrote": "Two call-outs this year"}]
    story.take(discussion, "police", "answer_invitation", answered_invitation=written)
    found = seats(story, discussion)
    assert (found["police"].presence, found["police"].wrote) == ("wrote-in", "Two call-outs this year")
    assert found["health"].presence == ""


# ---------------------------------------------------------------- views and dissent


def test_each_agency_s_view_of_each_child_is_kept(story, discussion):
    there = attendance(story, discussion, **ALL_HERE)
    seen = views(story, discussion, social_care="some", police="significant", health="unable")
    record(story, discussion, decision="s47-joint", attendance=there, views=seen)
    kept = HarmView.objects.filter(seat__meeting__case=discussion)
    assert {(view.seat.discipline, view.view) for view in kept} == {
        ("social care", "some"),
        ("police", "significant"),
        ("health", "unable"),
    }


def test_stepping_back_asks_what_each_agency_thinks(story, discussion):
    with pytest.raises(AnswersRefused) as refused:
        record(story, discussion, **NO_ENQUIRY, attendance=attendance(story, discussion, **ALL_HERE))
    assert "views" in refused.value.errors


def test_disagreement_is_kept_in_the_agency_s_own_words_and_changes_nothing(story, discussion):
    found = seats(story, discussion)
    words = "We think that an enquiry should start: he has been violent before"
    record(
        story,
        discussion,
        **NO_ENQUIRY,
        attendance=attendance(story, discussion, **ALL_HERE),
        views=views(story, discussion, social_care="none", police="significant", health="none"),
        dissent=[{"seat": found["police"].pk, "dissent": words}],
    )
    assert Seat.objects.get(pk=found["police"].pk).dissent == words
    with story.acting(story.world.manager):
        assert Case.objects.get(pk=discussion.pk).strategydiscussionrecord.decision == "no-s47"


def test_disagreement_is_printed_in_the_minutes(story, discussion):
    found = seats(story, discussion)
    words = "We think that an enquiry should start"
    record(story, discussion, decision="s47-joint", dissent=[{"seat": found["police"].pk, "dissent": words}])
    story.take(discussion, "support", "send_minutes")
    assert words in str(Meeting.objects.get(case=discussion).minutes)


# ---------------------------------------------------------------- actions


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("what", "", "Say what will be done"),
        ("who", "", "Name a person for this action"),
        ("who", "All professionals", "Name a person. 'All professionals' is not a person"),
        ("who", "TBC", "Name a person. 'TBC' is not a person"),
        ("who", "the family", "Name a person. 'the family' is not a person"),
        ("agency", "", "Select the agency of the person who will do it"),
        ("due_on", "", "Enter a date for this action"),
        ("due_on", "ASAP", "Enter a valid date."),
        ("if_not", "", "Say what happens if it is not done by then"),
    ],
)
def test_an_action_says_what_who_by_when_and_what_if_not(story, discussion, field, value, message):
    with pytest.raises(AnswersRefused) as refused:
        record(story, discussion, decision="s47-joint", actions=[action(story.world, **{field: value})])
    assert refused.value.errors[f"actions-0-{field}"] == [message]


@pytest.mark.parametrize("word", ["Monitor", "support", "Liaise", "Engage", "encourage"])
def test_wording_that_cannot_be_checked_gets_a_nudge_and_is_not_refused(story, discussion, word):
    assert hint_for(f"{word} with the family").startswith(f"'{word.capitalize()}' is hard to check")
    record(story, discussion, decision="s47-joint", actions=[action(story.world, what=f"{word} with the family")])
    assert Action.objects.filter(case=discussion).exists()


def test_wording_that_can_be_checked_gets_none():
    assert hint_for("Visit Maya at school") == ""


def test_an_action_s_agency_is_told_without_the_action_s_words(story, discussion):
    record(story, discussion, decision="s47-joint", actions=[action(story.world)])
    told = Notice.objects.get(case_id=discussion.pk, says__startswith="Action to do")
    assert told.agency_id == story.world.agency("ardenvale-council").pk
    assert "Maya" not in told.says


def test_an_action_ends_with_evidence_or_with_the_reason_it_was_dropped(story, discussion):
    agreed = [action(story.world), action(story.world, what="Ring the GP")]
    record(story, discussion, decision="s47-joint", actions=agreed)
    done, dropped = Action.objects.filter(case=discussion)
    ended = [
        {"action": done.pk, "evidence": "Seen at school at 10am, notes on file"},
        {"action": dropped.pk, "dropped": "The GP rang us"},
    ]
    story.take(discussion, "support", "finish_actions", finished_actions=ended)
    done.refresh_from_db()
    dropped.refresh_from_db()
    assert done.done_at
    assert done.ended_by.step == "finish_actions"
    assert dropped.done_at is None
    assert dropped.dropped == "The GP rang us"


# ---------------------------------------------------------------- who is sent the record


def circulated(story, case, **answers):
    record(story, case, decision="s47-joint", **answers)
    story.take(case, "support", "send_minutes")
    return case


def test_everybody_invited_is_sent_the_record_whether_or_not_they_came(story, discussion):
    circulated(story, discussion, attendance=attendance(story, discussion, social_care="here", police="here"))
    agencies = Circulation.objects.filter(case=discussion, family=False)
    assert all(row.sent_at for row in agencies)
    assert {row.why for row in agencies} == {"Attended", "Invited"}
    assert agencies.count() == len(seats(story, discussion))


def test_the_matter_closes_only_when_record_family_copy_and_actions_are_settled(story, discussion):
    circulated(story, discussion, actions=[action(story.world)])
    with pytest.raises(GateUnmet) as held:
        story.take(discussion, "team_manager", "close")
    assert {gate.gate for gate in held.value.unmet} == {"family-copy", "actions-ended"}
    family = Circulation.objects.get(case=discussion, family=True)
    withheld = [{"circulation": family.pk, "decision": "withheld", "withheld": "It names where she is"}]
    story.take(discussion, "team_manager", "decide_family_copy", family_copy=withheld)
    one = Action.objects.get(case=discussion)
    story.take(discussion, "support", "finish_actions", finished_actions=[{"action": one.pk, "evidence": "Done"}])
    story.take(discussion, "team_manager", "close")


def test_withholding_the_family_s_copy_needs_a_reason(story, discussion):
    circulated(story, discussion)
    family = Circulation.objects.get(case=discussion, family=True)
    rows = [{"circulation": family.pk, "decision": "withheld"}]
    with pytest.raises(AnswersRefused) as refused:
        story.take(discussion, "team_manager", "decide_family_copy", family_copy=rows)
    assert refused.value.errors == {"family_copy-0-withheld": ["Say why the family copy is withheld"]}


def test_a_chair_may_close_before_every_action_has_ended_with_a_reason(story, discussion):
    circulated(story, discussion, actions=[action(story.world)])
    with story.acting(story.world.team_manager):
        for gate in ("family-copy", "actions-ended"):
            override(discussion.pk, "close", gate, by=story.world.team_manager, reason="Goes on in the enquiry")
    story.take(discussion, "team_manager", "close")
