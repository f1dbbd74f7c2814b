"""What came before: earlier matters of the same kind about the same people.

`every_earlier` is what a step's rules count, of all that the database lets be read. What a page draws is `earlier`:
those that whoever looks may see, each noted as shown.
"""

from datetime import datetime
from typing import Any

from sightline.engine.models import Case, CaseSubject, Link
from sightline.platform import calendar

LOOKED_BACK_MONTHS = 24
AS_TOLD = (
    *("kind", "given_names", "family_name", "date_of_birth", "age"),
    *("relation", "address", "postcode", "school", "nhs_number"),
)
"""Columns of a subject that say what was told of them."""


def earlier(matter: Any, by: Any) -> list[Any]:
    """Those of `every_earlier` in the last two years that `by` may see."""
    found = [record.pk for record in every_earlier(matter)]
    if not found:
        return []
    seen = matter.process.record.visible_to(by).filter(pk__in=found).select_related("case", "case__owner")
    return list(seen.order_by("-case__opened_at"))


def every_earlier(matter: Any, months: int = LOOKED_BACK_MONTHS) -> list[Any]:
    """Records of earlier matters of this process about any of the same people, newest first, each with `.case`.

    A matter made in memory brings its own, so that made history and lived history agree.
    """
    if "earlier" in matter.facts:
        made: list[Any] = matter.facts["earlier"]
        return made
    opened_at = matter.case.opened_at
    if "looked_back" not in matter.facts:
        people = {s.person_id for s in matter.subjects if s.person_id}
        since = months_before(opened_at, LOOKED_BACK_MONTHS)
        matter.facts["looked_back"] = _look_up(matter, people, since) if people else []
    since = months_before(opened_at, months)
    return [record for record in matter.facts["looked_back"] if record.case.opened_at >= since]


def months_before(at: datetime, months: int) -> datetime:
    """The first moment of the London day that lies so many calendar months before a moment."""
    return calendar.start_of_day(calendar.add_months(calendar.local_date(at), -months))


def _look_up(matter: Any, people: set[Any], since: Any) -> list[Any]:
    cases = (
        CaseSubject.objects.filter(person_id__in=people, case__process=matter.case.process, swept=False)
        .filter(case__opened_at__gte=since, case__opened_at__lt=matter.case.opened_at)
        .values("case_id")
    )
    record = matter.process.record
    found = record.objects.filter(case_id__in=cases.distinct()).select_related("case", "case__owner")
    return list(found.order_by("-case__opened_at"))


def other_with_reference(matter: Any, reference: str) -> Case | None:
    """Another matter of this process, in this partnership, by its reference."""
    found: Case | None = (
        Case.objects.filter(
            partnership=matter.case.partnership, process=matter.case.process, reference=reference.strip().upper()
        )
        .exclude(pk=matter.case.pk)
        .first()
    )
    return found


def link_repeated(deed: Any, reference: str) -> None:
    """Tie this matter to the one that it repeats, so that each is shown on the other's page."""
    deed.add(Link(source=deed.case, target=other_with_reference(deed.matter, reference), step=deed.row, kind="repeats"))


def handed_on(matter: Any) -> list[dict[str, Any]]:
    """The people of this matter as rows for one that it opens; nothing is asked twice."""
    columns = (*AS_TOLD, "person_id", "swept", "disposition", "reason")
    return [{name: getattr(s, name) for name in columns} for s in matter.subjects]
