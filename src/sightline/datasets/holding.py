"""Files as they are held: a revision for each time that one was sent, with its hash, its sender and its queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sightline.datasets.faults import Checked, Fault, UnableToLoad, UnreadableFile
from sightline.datasets.intake import Asked, Origin, Receipt, Taken
from sightline.datasets.models import PublishedFile, Revision
from sightline.platform import audit, calendar


def refuse_contradicted_period(checked: Checked, asked: Asked) -> None:
    """Note a fault where the sender says that the file covers another period than its rows do."""
    if asked.period and checked.period and asked.period != checked.period:
        message = (
            f"You said that the file covers {asked.period}; its rows cover {checked.period}. Check which file it is."
        )
        checked.faults.append(Fault("period.contradicts", "error", "", (), None, None, asked.period, message))


def hold(checked: Checked, origin: Origin, dataset: str, publisher: str) -> tuple[Revision, bool]:
    """The revision for a file without errors, and whether its contents were held already.

    Call within a transaction, which the caller's figures belong to as well. Raises UnableToLoad.
    """
    if checked.errors or checked.dataset is None:
        raise UnableToLoad(checked)
    file, _ = PublishedFile.objects.select_for_update().get_or_create(
        dataset=dataset, period=checked.period, defaults={"publisher": publisher}
    )
    current = file.revisions.filter(superseded=False).first()
    if current and current.sha256 == checked.sha256:
        return current, True
    return _new_revision(file, current, checked, origin), False


def _new_revision(file: PublishedFile, current: Revision | None, checked: Checked, origin: Origin) -> Revision:
    if current:
        current.superseded = True
        current.save(update_fields=["superseded"])
    return Revision.objects.create(
        file=file,
        number=current.number + 1 if current else 1,
        sha256=checked.sha256,
        file_name=checked.file[:255],
        sender=origin.sender or file.publisher,
        loaded_by=origin.loaded_by,
        loaded_at=calendar.now(),
        row_count=sum(checked.rows.values()),
        queries=[fault.as_json() for fault in checked.faults],
    )


def refuse_changed(checked: Checked, again: Checked) -> None:
    """A file is read twice: once to check it, once to save it. Raises UnreadableFile if the two differ."""
    if again.sha256 != checked.sha256:
        raise UnreadableFile(
            f"{checked.file} changed while it was being loaded. Nothing has been saved. Load it again."
        )


def record_load(revision: Revision, checked: Checked) -> None:
    """The audit row of a load."""
    audit.record(
        "load a file",
        subject="published file",
        ids=[revision.id],
        detail={"dataset": checked.dataset, "rows": revision.row_count, "revision": revision.number},
    )


def taken(checked: Checked, revision: Revision, already_held: bool, title: str) -> Taken:
    return Taken(checked, receipt_of(revision, title), already_held)


def receipt_of(revision: Revision, title: str) -> Receipt:
    """A revision, as the command line and the page of files show it."""
    return Receipt(
        id=revision.id,
        dataset=revision.file.dataset,
        title=title,
        period=revision.file.period,
        revision=revision.number,
        file_name=revision.file_name,
        sha256=revision.sha256,
        sender=revision.sender,
        loaded_by=revision.loaded_by,
        loaded_at=revision.loaded_at,
        rows=revision.row_count,
        superseded=revision.superseded,
        queries=revision.queries,
    )


def receipts(titles: Mapping[str, str]) -> list[Receipt]:
    """Every revision of the files of these datasets. Published files are open to whoever may see files at all."""
    held: Iterable[Revision] = Revision.objects.filter(file__dataset__in=titles).select_related("file")
    return [receipt_of(revision, titles[revision.file.dataset]) for revision in held]
