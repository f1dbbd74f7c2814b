"""A return is signed by somebody who gave none of its answers, whatever other role they hold."""

from typing import Any

from sightline.engine.refusals import NotAllowed
from sightline.instruments.standing import answered_by, standing_of
from sightline.people.membership import holders_at
from sightline.platform import calendar
from sightline.vocabulary import roles


def by_a_second_person(deed: Any) -> None:
    """Whoever gave any of the answers may not sign them, whatever other role they hold."""
    matter, worker = deed.matter, deed.by.worker
    if worker is None or worker.pk not in answered_by(matter.steps, standing_of(matter).every):
        return
    raise NotAllowed(deed.step.label[:1].lower() + deed.step.label[1:], someone_else_signs(matter, worker.pk))


def someone_else_signs(matter: Any, worker_id: Any) -> str:
    """Who can sign in place of a worker who answered, by name where the agency has anybody."""
    agency = matter.case.answering
    found = holders_at(agency, matter.case.partnership, [roles.AGENCY_SIGNATORY.key], calendar.today())
    others = [f"{one}, {one.job_title}".removesuffix(", ") for one in found if one.pk != worker_id]
    if others:
        return f"You answered this, so someone else has to sign it: {' or '.join(others)}."
    return f"You answered this, so someone else has to sign it. Nobody else at {agency.name} holds that role today."
