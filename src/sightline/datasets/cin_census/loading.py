"""Take a census in: all of it as a new revision of its council's year, or nothing and every reason why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sightline.datasets.cin_census.checking import check, check_asked, refusals
from sightline.datasets.cin_census.faults import CheckedCensus
from sightline.datasets.cin_census.intake import KEY, TITLE
from sightline.datasets.cin_census.models import CensusReturn
from sightline.datasets.cin_census.saving import Saving
from sightline.datasets.cin_census.senders import NoSuchSender, loads_as, partnership_of, sender_named
from sightline.datasets.faults import Fault, Severity, UnableToLoad
from sightline.datasets.holding import refuse_changed, refuse_contradicted_period
from sightline.datasets.intake import Asked, Origin, Receipt, Taken
from sightline.people.models import Agency, Partnership
from sightline.platform import audit, calendar
from sightline.platform.database import as_account

INVENTED_COUNCIL = "999"


def load_asked(path: Path, origin: Origin, asked: Asked) -> Taken:
    """Load a census from the council that `origin.sender` names by name or key, in one transaction.

    Raises UnreadableFile, or UnableToLoad with every fault; in both cases nothing is saved. Business-rule errors and
    queries do not stop a load: they are kept with the revision.
    """
    checked = check_asked(path, asked)
    refuse_contradicted_period(checked, asked)
    if refusals(checked):
        raise UnableToLoad(checked)
    try:
        council = sender_named(origin.sender)
        partnership = partnership_of(council, origin.actor)
        account = loads_as(partnership, origin.actor)
    except NoSuchSender as unknown:
        _note(checked, unknown.rule, "error", origin.sender, str(unknown))
        raise UnableToLoad(checked) from unknown
    if partnership.invented and checked.council != INVENTED_COUNCIL:
        _query_real_council(checked)
    with as_account(account):
        return _load(path, checked, council, partnership, origin, asked)


def _note(checked: CheckedCensus, rule: str, severity: Severity, value: str, message: str) -> None:
    checked.faults.append(Fault(rule, severity, "", (), None, None, value, message))


def _query_real_council(checked: CheckedCensus) -> None:
    """A demonstration holds invented children alone, and the number of a council that exists is a sign of others."""
    message = (
        f"This is a demonstration, and LEA says that the file is from council {checked.council or 'not named'}, not "
        f"{INVENTED_COUNCIL}, which no council has. Check that every child in it is invented."
    )
    _note(checked, "demonstration.council", "query", checked.council, message)


def _load(
    path: Path, checked: CheckedCensus, council: Agency, partnership: Partnership, origin: Origin, asked: Asked
) -> Taken:
    Agency.objects.select_for_update().get(pk=council.pk)  # one load of a council at a time, so revisions follow on
    held = CensusReturn.objects.filter(agency=council, partnership=partnership, year=checked.year)
    current = held.filter(superseded=False).first()
    if current and current.sha256 == checked.sha256:
        return Taken(checked, _receipt(current, council.name), already_held=True)
    if current:
        current.superseded = True
        current.save(update_fields=["superseded"])
    census = _new_revision(checked, council, partnership, origin, current)
    saving = Saving(census)
    refuse_changed(checked, check(path, year=asked.year, keep=saving.keep))
    saving.flush()
    audit.record(
        "load a file",
        subject=CensusReturn._meta.label,
        ids=[census.pk],
        detail={"dataset": KEY, "rows": sum(checked.rows.values()), "revision": census.revision, "year": census.year},
    )
    return Taken(checked, _receipt(census, council.name), already_held=False)


def _new_revision(
    checked: CheckedCensus, council: Agency, partnership: Partnership, origin: Origin, current: CensusReturn | None
) -> CensusReturn:
    return CensusReturn.objects.create(
        agency=council,
        partnership=partnership,
        year=checked.year,
        reference_date=checked.reference_date,
        revision=current.revision + 1 if current else 1,
        sha256=checked.sha256,
        file_name=checked.file[:255],
        loaded_at=calendar.now(),
        loaded_by=origin.loaded_by,
        rows=checked.rows,
        faults=[fault.as_json() for fault in checked.faults],
    )


def censuses_held(actor: Any) -> list[Receipt]:
    """Every revision of every census that this actor may see."""
    rows = CensusReturn.visible_to(actor).select_related("agency").prefetch_related("agency__names")
    return [_receipt(census, census.agency.name) for census in rows]


def _receipt(census: CensusReturn, sender: str) -> Receipt:
    return Receipt(
        id=census.pk,
        dataset=KEY,
        title=TITLE,
        period=census.year,
        revision=census.revision,
        file_name=census.file_name,
        sha256=census.sha256,
        sender=sender,
        loaded_by=census.loaded_by,
        loaded_at=census.loaded_at,
        rows=sum(census.rows.values()),
        superseded=census.superseded,
        queries=census.faults,
    )
