"""Sign-off: each statutory partner addressed signs for itself, by a person who neither raised nor owns the matter.

A lead partner may leave it to a delegated partner: who then holds the lead's role as deputy, from a day to a day, and
signs in it (Working Together to Safeguard Children 2023, chapter 2: functions may be delegated, accountability not).
"""

from typing import Any

from sightline.engine.models import CaseStep
from sightline.vocabulary.partners import STATUTORY_PARTNERS
from sightline.vocabulary.roles import LEAD_PARTNER

from .addressees import addressees

NAMES = {partner.kind: partner.titled for partner in STATUTORY_PARTNERS}
ASKED, SIGNED = "ask_sign_off", "sign"


def partner_of(agency: Any) -> str:
    """The statutory partner that an agency is, or an empty string."""
    return NAMES.get(agency.kind, "") if agency else ""


def must_sign(matter: Any) -> list[str]:
    """The partners who sign: those addressed by name; all three where the partnership, or none of them, is."""
    named = {partner_of(row.agency) for row in addressees(matter)} - {""}
    whole = any(row.to == "partnership" for row in addressees(matter))
    return [name for name in NAMES.values() if whole or not named or name in named]


def signatures(matter: Any) -> dict[str, CaseStep]:
    """Who has signed since sign-off was last asked for, by partner."""
    return {partner_of(row.agency): row for row in _round(matter)}


def unsigned(matter: Any) -> list[str]:
    """Partners whose signature is still wanted."""
    there = signatures(matter)
    return [name for name in must_sign(matter) if name not in there]


def ask_partners(deed: Any) -> None:
    """Tell the lead partner of each agency whose signature is wanted, and nobody else's."""
    disciplines = {partner.titled: partner.discipline for partner in STATUTORY_PARTNERS}
    named = {partner_of(row.agency): row.agency for row in addressees(deed.matter) if row.agency}
    for partner in must_sign(deed.matter):
        agency = named.get(partner) or deed.matter.agency_for(disciplines[partner])
        deed.tell("Sign off a recommendation", role=LEAD_PARTNER.key, agency=agency)


def not_all_signed(matter: Any) -> str:
    """Why it cannot be closed yet; empty where every partner addressed has signed."""
    wanted = unsigned(matter)
    return f"Not yet signed by: {', '.join(wanted)}." if wanted else ""


def all_signed(matter: Any) -> str:
    """Why nobody signs any more; empty while a signature is wanted."""
    return "" if unsigned(matter) else "Every partner addressed has signed."


def not_theirs(matter: Any, by: Any) -> str:
    """Why this person's signature would not be a separate person's for a partner that is asked for one."""
    partner, worker = partner_of(by.agency), by.worker.pk
    if partner not in must_sign(matter):
        return f"It is signed by: {', '.join(must_sign(matter))}."
    if partner in signatures(matter):
        return f"It is already signed for: {partner}."
    if any(row.worker_id == worker for row in _round(matter)):
        return "You have signed it for another partner. Each partner's signature is a different person's."
    if worker == matter.case.owner_id or worker in _makers(matter):
        return "You raised it, own it or asked for it to be signed. Somebody else has to sign it."
    return ""


def _round(matter: Any) -> list[CaseStep]:
    asked = matter.last(ASKED)
    since = asked.number if asked else 0
    return [row for row in matter.steps if row.step == SIGNED and row.number > since]


def _makers(matter: Any) -> set[Any]:
    made = [matter.steps[0], matter.last(ASKED)]
    return {row.worker_id for row in made if row}
