"""What is wrong with a file that was sent, as a file to work through beside it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from sightline.datasets.intake import files_held
from sightline.datasets.refusals import kept_faults
from sightline.outgoing.fragments import Outgoing, Recipient, Standing, plain_fragments, with_texts
from sightline.outgoing.gate import passed_or_kept_in
from sightline.outgoing.models import Export
from sightline.outgoing.spreadsheet import CSV_TYPE, csv_file
from sightline.people.actor import Actor
from sightline.web.leaving import Lines, file_answer

KIND = "file-faults"
OF_FIGURES = "figure-faults"
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


def asked_at(export: Export) -> str:
    """Where it is asked for."""
    return reverse("export-faults", args=[export.source])


def asked_for(actor: Actor, export: Export) -> Lines:
    """What of the file that was asked for is wrong, as it may be taken away now."""
    found = faults_of(actor, export.source)
    to = Recipient(Standing.STAFF, actor.name)
    return _lines(KIND, "to-correct", found, to, export.purpose, [export.source])


def csv_of_faults(name: str, faults: list[dict[str, Any]]) -> HttpResponse:
    """A download of faults in which nobody is."""
    to = Recipient(Standing.STAFF, "whoever sent the file")
    said = _lines(OF_FIGURES, name, FaultsOfFile(name, faults), to, "to correct the file", [])
    return file_answer(said.passed, csv_file(said.columns, said.lines), CSV_TYPE, f"{name}.csv")


def _lines(kind: str, name: str, found: FaultsOfFile, to: Recipient, purpose: str, ids: list[UUID]) -> Lines:
    """A line of cells for each fault, as the gate passed them."""
    said = [{**fault, "fields": " ".join(fault["fields"])} for fault in found.faults]
    lines = [["" if fault[column] is None else str(fault[column]) for column in COLUMNS] for fault in said]
    passed = passed_or_kept_in(Outgoing(kind, to, purpose, plain_fragments(lines, "Faults of a file")))
    return Lines(passed, COLUMNS, with_texts(lines, str, iter(passed.texts)), ids, name, found.people)
