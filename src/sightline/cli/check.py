"""`sightline check FILE`: every fault of a file, without loading it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from sightline.datasets.faults import Checked, Fault

CLEAN, ERRORS, UNREADABLE = 0, 1, 2
FAULT_COLUMNS = ("rule", "severity", "table", "fields", "record", "row", "value", "message")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that `check` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to check")
    add_asked(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to print the faults")


def add_asked(parser: argparse.ArgumentParser) -> None:
    """The words that say what the file is, for whoever knows better than its contents do."""
    from sightline.datasets.intake import dataset_titles

    parser.add_argument("--as", dest="dataset", choices=sorted(dataset_titles()), help="read it as this dataset")
    parser.add_argument("--year", type=_year, help="the reporting year to read it as, such as 2025-26")


def _year(text: str) -> str:
    if not re.fullmatch(r"20\d{2}(-\d{2})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}” is not a reporting year, such as 2025-26")
    return text


def run(args: argparse.Namespace) -> int:
    """Print the faults on stdout. 0: none, or queries only. 1: errors. 2: not a file that can be read."""
    from sightline.datasets.faults import UnreadableFile, count_words
    from sightline.datasets.intake import Asked, check_file

    try:
        checked = check_file(args.file, Asked(dataset=args.dataset or "", year=args.year or ""))
    except UnreadableFile as unreadable:
        if args.format == "json":
            json.dump(_unreadable_json(args.file, unreadable), sys.stdout, ensure_ascii=False, indent=2)
            print()
        print(f"{args.file.name}: {unreadable}", file=sys.stderr)
        return UNREADABLE
    PRINTERS[args.format](checked, sys.stdout)
    print(f"{args.file.name}: {count_words(checked.faults)}.", file=sys.stderr)
    return ERRORS if checked.errors else CLEAN


def _unreadable_json(path: Path, unreadable: Exception) -> dict[str, object]:
    from sightline.datasets.faults import Checked, Fault

    rule = getattr(unreadable, "rule", "file.unreadable")
    fault = Fault(rule, "error", "", (), None, None, None, str(unreadable))
    return Checked(path.name, "", None, faults=[fault]).as_json()


def print_json(checked: Checked, out: TextIO) -> None:
    """One JSON object: the file, its rows and every fault."""
    json.dump(checked.as_json(), out, ensure_ascii=False, indent=2)
    out.write("\n")


def print_csv(checked: Checked, out: TextIO) -> None:
    """A row for each fault. Cells that a spreadsheet would run as a formula are made text."""
    from sightline.outgoing.spreadsheet import csv_file

    out.write(csv_file(FAULT_COLUMNS, map(_cells, checked.faults)).decode().replace("\r\n", "\n"))


def _cells(fault: Fault) -> list[str]:
    said = {**fault.as_json(), "fields": " ".join(fault.fields)}
    return ["" if said[column] is None else str(said[column]) for column in FAULT_COLUMNS]


def print_table(checked: Checked, out: TextIO) -> None:
    """What the file was taken for, then a line for each fault, errors and queries alike."""
    rows = ", ".join(f"{count:,} rows of {table}" for table, count in checked.rows.items())
    out.write(f"{checked.file}  {checked.dataset or 'not recognised'}  {rows or 'no rows read'}\n")
    out.write(f"sha256 {checked.sha256}\n")
    for fault in checked.faults:
        out.write(f"{fault.severity:<6} {fault.rule:<26} {fault.message}\n")


PRINTERS = {"table": print_table, "json": print_json, "csv": print_csv}
