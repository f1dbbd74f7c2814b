"""The faults of a file that was refused: kept for a day, for the one who sent it, so that they can be worked through.

The file itself is kept nowhere. What is wrong in a cell is often somebody's number or date of birth, so the faults are
sealed as text held past time-out is, and open for nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sightline.datasets.faults import Checked, Fault
from sightline.datasets.models import RefusedFile
from sightline.platform import audit, calendar, sealed

KEPT_FOR = timedelta(hours=24)
FAULTS_A_PIECE = 2_000
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused file as its sender comes back to it."""

    id: UUID
    file: str
    sha256: str
    dataset: str
    rows: int
    refused_at: datetime
    faults: list[Fault]


def keep_faults(account_id: UUID, checked: Checked) -> UUID:
    """Keep what was wrong with a file; the id by which its sender finds it again. The audit row has counts only."""
    head = [checked.file, checked.sha256, checked.dataset or "", sum(checked.rows.values())]
    listed = [_clipped(asdict(fault)) for fault in checked.faults]
    pieces = [listed[start : start + FAULTS_A_PIECE] for start in range(0, len(listed), FAULTS_A_PIECE)]
    purpose = _for(account_id)
    text = "\n".join(sealed.seal(each, purpose) for each in (head, *pieces))
    row = RefusedFile.objects.create(account_id=account_id, sealed=text, refused_at=calendar.now())
    detail = {"dataset": checked.dataset or "", "errors": len(checked.errors), "faults": len(checked.faults)}
    audit.record("refuse a file", subject="refused file", ids=[row.id], detail=detail, outcome="refused")
    return row.id


def kept_faults(account_id: UUID, refused: UUID) -> Refused | None:
    """What this account's file was refused for; None for another's, an old one, or none."""
    since = calendar.now() - KEPT_FOR
    row = RefusedFile.objects.filter(account_id=account_id, id=refused, refused_at__gte=since).first()
    if row is None:
        return None
    pieces = _opened(row)
    file, sha256, dataset, rows = next(pieces)
    faults = [Fault(**{**each, "fields": tuple(each["fields"])}) for piece in pieces for each in piece]
    return Refused(row.id, file, sha256, dataset, rows, row.refused_at, faults)


def forget_old() -> None:
    """Delete the faults of files that were refused more than a day ago."""
    RefusedFile.objects.filter(refused_at__lt=calendar.now() - KEPT_FOR).delete()


def _clipped(fault: dict[str, Any]) -> dict[str, Any]:
    """A cell may hold a whole book; what is shown of it need not."""
    return {name: each[:LONGEST_TEXT] if isinstance(each, str) else each for name, each in fault.items()}


def _opened(row: RefusedFile) -> Iterator[Any]:
    return (sealed.unseal(piece, _for(row.account_id)) for piece in row.sealed.split("\n"))


def _for(account_id: UUID) -> str:
    return f"faults of a file sent by {account_id}"
