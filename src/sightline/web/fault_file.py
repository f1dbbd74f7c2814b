"""What is wrong with a file that was sent, as a file to work through beside it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from sightline.datasets.intake import files_held
from sightline.datasets.refusals import kept_faults
from sightline.outgoing.fragments import Outgoing, Recipient, Standing, plain_fragments, with_texts
from sightline.outgoing.gate import Passed, passed_or_kept_in
from sightline.outgoing.spreadsheet import CSV_TYPE, csv_file
from sightline.people.actor import Actor
from sightline.web.leaving import file_answer

KIND = "file-faults"
COLUMNS = ("rule", "severity", "table", "fields", "record", "row", "value", "message")


@dataclass(frozen=True)
class FaultsOfFile:
    """What is wrong with one file, loaded or refused, and about how many people that is."""

    file: str
    faults: list[dict[str, Any]]

    @property
    def people(self) -> int:
        return len({fault["record"] for fault in self.faults if fault["record"]})


def faults_of(actor: Actor, found: UUID) -> FaultsOfFile:
    """Of a file that this person sent, or a revision that they may know of. Raises Http404."""
    refused = kept_faults(actor.account.pk, found)
    if refused:
        return FaultsOfFile(refused.file, [fault.as_json() for fault in refused.faults])
    for receipt in files_held(actor):
        if receipt.id == found:
            return FaultsOfFile(receipt.file_name, receipt.queries)
    raise Http404


def passed_faults(faults: list[dict[str, Any]], to: Recipient, purpose: str) -> tuple[list[list[str]], Passed]:
    """A line of cells for each fault, as the gate passed them."""
    said = [{**fault, "fields": " ".join(fault["fields"])} for fault in faults]
    lines = [["" if fault[column] is None else str(fault[column]) for column in COLUMNS] for fault in said]
    passed = passed_or_kept_in(Outgoing(KIND, to, purpose, plain_fragments(lines, "Faults of a file")))
    return with_texts(lines, str, iter(passed.texts)), passed


def csv_of_faults(name: str, faults: list[dict[str, Any]]) -> HttpResponse:
    """A download of faults in which nobody is."""
    lines, passed = passed_faults(faults, Recipient(Standing.STAFF, "whoever sent the file"), "to correct the file")
    return file_answer(passed, csv_file(COLUMNS, lines), CSV_TYPE, name)
