"""What follows moderation, through the pages: the peer challenge, final scores, actions, and the end of the cycle."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from contacts import signed_in
from section_11 import a_cycle, add_worker, answer, answer_all, moderate_all, return_of, sign_and_send

from sightline.platform import calendar


@pytest.fixture
def cycle(world, acting):
    return a_cycle(world, acting, "ardenvale-council", "ardenvale-police")


@pytest.fixture
def moderated(world, acting, cycle):
    """The police's return, moderated."""
    case = return_of(world, acting, cycle, "ardenvale-police")
    answer_all(case, world.police_lead, acting)
    sign_and_send(case, world.police_lead, world.police_signatory, acting)
    moderate_all(case, world.moderator, acting, {"3.1": 1})
    return case


def words(page) -> str:
    main = re.search(r"<main.*?</main>", page.content.decode(), re.S)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group(0))).replace("&#39;", "'")


def take(client, case, step: str, **answers):
    """The step's form, sent; where the step asks for a check of the answers, checked too."""
    address = f"/cases/{case.pk}/do/{step}/"
    sent = client.post(address, {"idempotency_key": uuid4(), **answers})
    if sent.status_code == 302 and sent.url.endswith("/check/"):
        key = re.search(r'name="idempotency_key" value="([^"]+)"', client.get(sent.url).content.decode())
        return client.post(sent.url, {"idempotency_key": key.group(1) if key else ""})
    return sent


def day(name: str, when) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def action(world) -> dict[str, str]:
    return {
        "actions-TOTAL_FORMS": "1",
        "actions-INITIAL_FORMS": "0",
        "actions-0-what": "Ask children in every review what changed for them",
        "actions-0-who": "Cy Dale",
        "actions-0-agency": str(world.agency("ardenvale-police").pk),
        **day("actions-0-due_on", calendar.today() + timedelta(days=90)),
        "actions-0-if_not": "The Support Hub tells the executive group",
    }


def test_a_return_is_challenged_made_final_and_acted_on(world, acting, moderated):
    moderator, hub, lead = (signed_in(world, who) for who in ("moderator", "hub", "police_lead"))
    home = f"/section-11/returns/{moderated.pk}/"
    assert "Enter the day that the peer challenge was held" in words(take(moderator, moderated, "hold_peer_challenge"))
    held = {**day("challenge_on", calendar.today()), "challenge_with": "Two other agencies"}
    assert take(moderator, moderated, "hold_peer_challenge", **held).url == home
    assert take(moderator, moderated, "make_final").url == home
    assert take(hub, moderated, "agree_actions", **action(world)).url == home
    assert "Ask children in every review what changed for them" in words(lead.get(home))
    with acting(world.hub):
        clock = moderated.clocks.get(key="actions_updated")
        assert (clock.limit, clock.clock_class) == ("6 months", "local")
    assert "1 of its actions is still open" in words(take(hub, moderated, "finish"))
    shown = lead.get(f"/cases/{moderated.pk}/do/update_actions/").content.decode()
    open_action = re.search(r'name="finished_actions-0-action" value="([^"]+)"', shown)
    assert open_action
    ended = {
        "finished_actions-TOTAL_FORMS": "1",
        "finished_actions-INITIAL_FORMS": "1",
        "finished_actions-0-action": open_action.group(1),
        "finished_actions-0-evidence": "Ten reviews were read",
        "update_says": "It is done",
    }
    assert take(lead, moderated, "update_actions", **ended).url == home
    assert take(hub, moderated, "finish").url == home
    with acting(world.hub):
        moderated.refresh_from_db()
        assert moderated.stage == "complete"


def test_a_cycle_closes_reports_and_ends_with_the_late_still_named(world, acting, cycle, moderated):
    hub = signed_in(world, "hub")
    home = f"/section-11/{cycle.pk}/"
    assert take(hub, cycle, "chase").url == home
    assert take(hub, cycle, "close_answers").url == home
    assert take(hub, cycle, "finish_moderation").url == home
    assert "Say what themes run through the returns" in words(take(hub, cycle, "report"))
    assert take(hub, cycle, "report", themes="Escalation at night", report_says="Six agencies answered").url == home
    assert take(hub, cycle, "follow_actions").url == home
    assert "Returns still open: Ardenvale Police" in words(take(hub, cycle, "end"))
    shown = words(hub.get(home))
    assert "1 of 2 sent" in shown
    assert "Ardenvale Council Invited" in shown


def test_moderation_is_not_finished_while_a_return_that_was_sent_waits(world, acting, cycle):
    case = return_of(world, acting, cycle, "ardenvale-police")
    answer_all(case, world.police_lead, acting)
    sign_and_send(case, world.police_lead, world.police_signatory, acting)
    hub = signed_in(world, "hub")
    take(hub, cycle, "close_answers")
    assert "Still to be moderated: Ardenvale Police" in words(take(hub, cycle, "finish_moderation"))


def test_a_return_that_is_late_is_sent_with_the_reason(world, acting):
    opened = calendar.today() - timedelta(weeks=10)
    with calendar.frozen(opened):
        cycle = a_cycle(world, acting, "ardenvale-police", opens_on=opened)
        case = return_of(world, acting, cycle, "ardenvale-police")
        answer_all(case, world.police_lead, acting)
    signed_in(world, "police_signatory").post(
        f"/section-11/returns/{case.pk}/sign/", {"idempotency_key": uuid4(), "statement": ""}
    )
    lead = signed_in(world, "police_lead")
    assert "Late by 7 days" in words(lead.get(f"/section-11/returns/{case.pk}/"))
    assert "Select why this is late" in words(take(lead, case, "submit"))
    assert take(lead, case, "submit", late_reason="staff-capacity").status_code == 302
    assert "Sent late" in words(signed_in(world, "hub").get(f"/section-11/{cycle.pk}/"))


def test_a_signature_ends_when_the_answers_are_opened_again(world, acting, cycle):
    case = return_of(world, acting, cycle, "ardenvale-police")
    answer_all(case, world.police_lead, acting)
    signatory, lead = signed_in(world, "police_signatory"), signed_in(world, "police_lead")
    sign = f"/section-11/returns/{case.pk}/sign/"
    signatory.post(sign, {"idempotency_key": uuid4(), "statement": ""})
    assert take(lead, case, "take_back", back_because="One score was wrong").status_code == 302
    refused = take(lead, case, "submit")
    assert refused.status_code == 403
    assert signatory.get(sign).status_code == 200


def test_an_assurance_lead_elsewhere_finds_nothing(world, acting, cycle):
    add_worker(world, "stranger", "Ida Both", "millbrook-school", "assurance-lead")
    case = return_of(world, acting, cycle, "ardenvale-police")
    with acting(world.police_lead):
        answer(case, world.police_lead, "1.1", 2)
    assert signed_in(world, "stranger").get(f"/section-11/returns/{case.pk}/").status_code == 404


def test_a_moderator_is_told_that_another_agency_moderates_their_own_return(world, acting):
    cycle = a_cycle(world, acting, "ardenvale-icb")
    board = return_of(world, acting, cycle, "ardenvale-icb")
    lead = add_worker(world, "board_lead", "Ida Both", "ardenvale-icb", "assurance-lead")
    signatory = add_worker(world, "board_signs", "Ola Reed", "ardenvale-icb", "agency-signatory")
    answer_all(board, lead, acting)
    sign_and_send(board, lead, signatory, acting)
    home, moderator = f"/section-11/returns/{board.pk}/", signed_in(world, "moderator")
    assert "Moderate the scores" not in words(moderator.get(home))
    refused = moderator.get(f"{home}moderate/1/")
    assert refused.status_code == 403
    assert "somebody from another agency has to moderate it" in words(refused)
    hub = signed_in(world, "hub")
    assert "Moderate the scores" in words(hub.get(home))
    assert hub.get(f"{home}moderate/1/").status_code == 200
