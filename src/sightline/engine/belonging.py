"""Do the agencies and workers that an answer names belong to the case's partnership?

A form offers only those that do; a request made by hand could name any. Naming one gives it sight of the case.
"""

from collections.abc import Iterator
from typing import Any

from sightline.people.models import Agency, Partnership, PartnershipMembership, RoleHeld, Worker
from sightline.platform import calendar

from .refusals import AnswersRefused


def refuse_strangers(partnership: Partnership, answers: dict[str, Any]) -> None:
    """Raises AnswersRefused for each agency or worker of another partnership. No query where none is named."""
    named = list(_named(answers))
    agencies = {row.pk for _, row in named if isinstance(row, Agency)}
    workers = {row.pk for _, row in named if isinstance(row, Worker)}
    today = calendar.today()
    if agencies:
        here = PartnershipMembership.objects.on(today).filter(partnership=partnership, agency__in=agencies)
        agencies -= set(here.values_list("agency_id", flat=True))
    if workers:
        held = RoleHeld.objects.on(today).filter(partnership=partnership, worker__in=workers)
        workers -= set(held.values_list("worker_id", flat=True))
    errors = {
        name: [f"{row} does not belong to {partnership.name}. Choose one that does"]
        for name, row in named
        if row.pk in agencies or row.pk in workers
    }
    if errors:
        raise AnswersRefused(errors)


def _named(answers: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every agency and worker, by column, or by `part-index-field` as messages about rows are."""
    for name, value in answers.items():
        if isinstance(value, Agency | Worker):
            yield name, value
        elif isinstance(value, list):
            for index, row in enumerate(value):
                yield from (
                    (f"{name}-{index}-{key}", each) for key, each in _of(row) if isinstance(each, Agency | Worker)
                )


def _of(row: Any) -> list[tuple[str, Any]]:
    return list(row.items()) if isinstance(row, dict) else []
