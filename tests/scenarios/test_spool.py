"""What the public send while the database is away waits, sealed, and is taken in once, with its true time."""

import stat
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from sightline.engine.models import Case
from sightline.platform import calendar, sealed
from sightline.platform.settings.public_form import public_form_limits
from sightline.processes.front_door import intake
from sightline.processes.front_door.receipts import Receipt, Said, receipt_for, receipt_from, said_of

pytestmark = pytest.mark.django_db

TOLD = {
    "in_danger": "no",
    "narrative": "Shouting every night through the wall",
    "people": [{"kind": "child", "given_names": "Maya"}],
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.SIGHTLINE_HOME = tmp_path


def concern(**changes) -> intake.Concern:
    receipt = receipt_from(str(uuid4()))
    made = intake.Concern("", TOLD, calendar.now(), uuid4(), receipt.reference, receipt.digest)
    return replace(made, **changes)


def contact(world, acting, reference):
    with acting(world.worker):
        return Case.visible_to(world.worker).select_related("contactrecord").get(reference=reference)


def test_a_concern_is_kept_private_and_unreadable_on_the_disk():
    intake.keep(concern())
    (path,) = intake.spool().waiting()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Shouting" not in path.read_bytes()
    assert not list(path.parent.glob("*.draft"))


def test_a_waiting_concern_becomes_a_contact_with_its_reference_and_true_time(world, acting):
    sent = concern(at=calendar.now() - timedelta(hours=3))
    intake.keep(sent)
    assert intake.take_in_spool() == 1
    case = contact(world, acting, sent.reference)
    assert case.contactrecord.received_at == sent.at
    assert case.contactrecord.channel == "public"
    assert intake.take_in_spool() == 0


def test_a_concern_taken_in_twice_is_one_contact(world, acting):
    sent = concern()
    first = intake.take_in(sent)
    intake.keep(sent)
    assert intake.take_in_spool() == 1
    with acting(world.worker):
        assert Case.visible_to(world.worker).count() == 1
    assert first.case.reference == sent.reference


def test_one_that_cannot_be_taken_in_waits_and_the_others_are_not_held_up(world, acting, caplog):
    broken, good = concern(answers={"people": []}), concern()
    intake.keep(broken)
    intake.keep(good)
    lines: list[str] = []
    assert intake.take_in_spool(lines.append) == 1
    assert len(intake.spool().waiting()) == 1
    assert "still waits" in caplog.text
    assert "Shouting" not in caplog.text


def test_held_concerns_are_taken_a_few_at_a_time_children_in_danger_first(world, acting):
    many = public_form_limits().held_taken_in_each_time
    for _ in range(many):
        intake.keep(concern(held=True))
    urgent = concern(held=True, answers={**TOLD, "in_danger": "yes"})
    intake.keep(urgent)
    assert intake.take_in_spool() == many
    assert "Held on arrival" in contact(world, acting, urgent.reference).contactrecord.anything_else
    assert intake.take_in_spool() == 1


def test_a_repeat_is_a_step_on_the_first_contact_that_takes_nothing_away(world, acting):
    first = concern()
    intake.take_in(first)
    again = intake.take_in(concern(repeats=first.reference))
    case = contact(world, acting, first.reference)
    assert again.case_id == case.pk
    assert "Sent again in the same words" in case.contactrecord.anything_else
    assert case.contactrecord.narrative == TOLD["narrative"]


def test_a_reference_that_another_contact_has_still_becomes_a_contact(world, acting):
    first, second = concern(), concern()
    intake.take_in(first)
    taken = intake.take_in(replace(second, reference=first.reference))
    assert taken.case.reference != first.reference
    case = contact(world, acting, taken.case.reference)
    assert first.reference in case.contactrecord.anything_else


def test_a_receipt_says_received_then_read_and_never_more(world, acting):
    sent = concern()
    intake.take_in(sent)
    receipt = receipt_for(sent.reference)
    with intake.as_intake(world.partnership) as by:
        assert said_of(receipt, by) is Said.RECEIVED
        typed = Receipt(sent.reference.removeprefix("C-").lower(), receipt.code.replace("-", " ").lower())
        assert said_of(typed, by) is Said.RECEIVED
        assert said_of(Receipt(sent.reference, "2222-2222"), by) is None
        assert said_of(Receipt("C-222222", receipt.code), by) is None


def test_what_was_changed_or_sealed_for_another_use_is_refused():
    token = sealed.seal({"a": 1}, "one use")
    assert sealed.unseal(token, "one use") == {"a": 1}
    for text, purpose in ((token, "another use"), (token[:-6] + "AAAA==", "one use"), ("né", "one use")):
        with pytest.raises(sealed.NotOurs):
            sealed.unseal(text, purpose)


def test_a_former_secret_key_still_opens_what_it_sealed(settings):
    token = sealed.seal("kept", "one use")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new invented key"
    assert sealed.unseal(token, "one use") == "kept"
