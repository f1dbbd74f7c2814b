"""`sightline load FILE --from AGENCY`: check a file and, if it has no errors, load it."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

LOADED, REFUSED, UNREADABLE = 0, 1, 2
LONGEST_SENDER = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that `load` takes."""
    from sightline.datasets.published import DATASETS

    parser.add_argument("file", type=Path, metavar="FILE", help="the file to load")
    parser.add_argument("--as", dest="dataset", choices=sorted(DATASETS), help="read it as this dataset")
    parser.add_argument("--period", type=_period, help="the years it covers, such as 2013-2025")
    parser.add_argument("--from", dest="sender", type=_sender, required=True, metavar="AGENCY", help="who sent it")


def _period(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{4})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}” is not a year or two years with a hyphen, such as 2013-2025")
    return text


def _sender(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_SENDER:
        raise argparse.ArgumentTypeError(f"name the agency that sent the file in 1 to {LONGEST_SENDER} characters")
    return name


def run(args: argparse.Namespace) -> int:
    """Load the file. 0: loaded, or already held. 1: refused, nothing saved. 2: not a file that can be read."""
    from sightline.cli.database import database_ready

    with database_ready():
        return _load(args)


def _load(args: argparse.Namespace) -> int:
    from sightline.cli.check import print_table
    from sightline.datasets.faults import UnableToLoad, UnreadableFile
    from sightline.datasets.loading import Origin, load
    from sightline.datasets.published import DATASETS
    from sightline.platform import audit

    dataset = DATASETS[args.dataset] if args.dataset else None
    try:
        with audit.request(agency=args.sender, role="command line"):
            loaded = load(args.file, Origin(args.sender, "command line"), dataset=dataset, period=args.period or "")
    except UnreadableFile as unreadable:
        print(f"{args.file.name} has not been loaded. {unreadable}", file=sys.stderr)
        return UNREADABLE
    except UnableToLoad as refused:
        print_table(refused.checked, sys.stdout)
        print(f"{refused} Nothing has been saved. Mend the file, then load it again.", file=sys.stderr)
        return REFUSED
    print_table(loaded.checked, sys.stdout)
    held = loaded.revision
    said = "has the same contents as" if loaded.already_held else "is now"
    print(f"{args.file.name} {said} revision {held.number} of {held.file.dataset} {held.file.period}.", file=sys.stderr)
    return LOADED
