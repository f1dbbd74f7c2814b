"""On what did each read rely? Worked out once a request, for the row that it leaves in the audit.

The order is that of `verdict`, which says the same in words on the page.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from sightline.engine.models import Case
from sightline.people.actor import Actor, actor_for
from sightline.people.models import Account, Person
from sightline.platform import calendar
from sightline.platform.audit import Acting, ReliedOn
from sightline.vocabulary.compartments import compartments_of, tiers_of
from sightline.vocabulary.roles import CLOCKWORK, SCRUTINEER, Reach, role_named

from .oversight_models import Purpose
from .sight import OPEN_TO_AGENCIES, answers_for, seen_through_glass

BY_CASE, ASKED, GLASS, AGENCY = "case", "asked", "glass", "agency"
PARTS = """
select case_id, part, worker_id from engine_involvement
where case_id = any (%s) and (agency_id = any (%s) or worker_id = any (%s))
  and starts_at <= %s and (ends_at is null or ends_at > %s)
order by worker_id, starts_at"""
"""What `sight.live_parts` asks: at the end of every page of an agency's, where putting it together would take longer
than the answer.
"""


def relied_on(who: Acting, subject: str, ids: set[UUID]) -> dict[ReliedOn, set[UUID]]:
    """What lets this reader be shown each of these cases or persons. One query, two where no role explains a case."""
    if subject not in (Case._meta.label, Person._meta.label) or who.account_id is None:
        return {}
    if who.role == CLOCKWORK.key:
        return {ReliedOn(f"role:{CLOCKWORK.key}"): ids}
    actor = who.actor or actor_for(Account.objects.select_related("worker").get(pk=who.account_id))
    keys = (_of_cases if subject == Case._meta.label else _of_persons)(actor, ids, who.whole)
    purposes = _purposes(actor, ids) if actor.holds(SCRUTINEER.key) else {}
    found: dict[ReliedOn, set[UUID]] = {}
    for one, key in keys.items():
        found.setdefault(ReliedOn(key, purposes.get(one, "")), set()).add(one)
    return found


def _facts(model: type[Case | Person], ids: set[UUID], whole: dict[UUID, Any], *names: str) -> list[tuple[Any, ...]]:
    """The key and these columns of each record: of those read whole as they were shown, of the rest by one query."""
    rows = [whole[one].__dict__ for one in ids & whole.keys()]
    known = [(row["id"], *(row[name] for name in names)) for row in rows if row.keys() >= set(names)]
    rest = ids - {row[0] for row in known}
    return [*known, *model.objects.filter(pk__in=rest).values_list("pk", *names)] if rest else known


def _of_cases(actor: Actor, ids: set[UUID], whole: dict[UUID, Any]) -> dict[UUID, str]:
    rows = _facts(Case, ids, whole, "partnership_id", "compartment", "tier", "answering_id", "concerns")
    found, rest = {}, {}
    for key, partnership, compartment, tier, answering, concerns in rows:
        role = _role_reading(actor, partnership, compartment, tier)
        if role:
            found[key] = f"role:{role}"
        elif tier in OPEN_TO_AGENCIES and answering in answers_for(actor, concerns):
            found[key] = ASKED
        else:
            rest[key] = tier
    return found | _by_part_or_glass(actor, rest) if rest else found


def _role_reading(actor: Actor, partnership: UUID, compartment: str, tier: str) -> str:
    for held in actor.roles:
        reads = compartment in compartments_of(held.role) and tier in tiers_of(held.role)
        if reads and held.partnership_id == partnership:
            return held.role
    return ""


def _by_part_or_glass(actor: Actor, tiers: dict[UUID, str]) -> dict[UUID, str]:
    """Of cases by their tier: an agency's part shows those that are open to agencies, one's own any."""
    myself, now = list({held.worker_id for held in actor.roles}), calendar.now()
    first: dict[UUID, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [list(tiers), list(answers_for(actor, "child")), myself, now, now])
        for case, part, worker in cursor.fetchall():
            if worker in myself or tiers[case] in OPEN_TO_AGENCIES:
                first.setdefault(case, part)
    opened = tiers.keys() & set(seen_through_glass(actor))
    return {key: f"part:{first[key]}" if key in first else GLASS if key in opened else AGENCY for key in tiers}


def _of_persons(actor: Actor, ids: set[UUID], whole: dict[UUID, Any]) -> dict[UUID, str]:
    wide = {held.partnership_id: held.role for held in reversed(actor.roles) if _wide(held.role)}
    rows = _facts(Person, ids, whole, "partnership_id", "sealed")
    return {
        key: f"role:{wide[partnership]}" if partnership in wide and not sealed else BY_CASE
        for key, partnership, sealed in rows
    }


def _wide(role: str) -> bool:
    return role_named(role).reach is Reach.PARTNERSHIP


def _purposes(actor: Actor, ids: set[UUID]) -> dict[UUID, str]:
    """What was logged for each case today, or for lists: the purpose chosen, and the key of the row with the words."""
    said = Purpose.objects.filter(Q(case_id__in=ids) | Q(case=None), account=actor.account, day=calendar.today())
    rows = {case: f"{reason}:{key}" for case, reason, key in said.values_list("case_id", "reason", "pk")}
    of_lists = rows.pop(None, "")
    return {**dict.fromkeys(ids, of_lists), **rows}
