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
    from sightline.cli.check import add_asked

    parser.add_argument("file", type=Path, metavar="FILE", help="the file to load")
    add_asked(parser)
    parser.add_argument("--period", type=_period, help="the years or the month it covers, such as 2013-2025 or 2025-05")
    parser.add_argument("--from", dest="sender", type=_sender, required=True, metavar="AGENCY", help="who sent it")


def _period(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}|-\d{4})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}” is not a year, two years such as 2013-2025, or a month, 2025-05")
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
    from sightline.datasets.intake import Asked, Origin, load_file
    from sightline.platform import audit

    asked = Asked(dataset=args.dataset or "", period=args.period or "", year=args.year or "")
    try:
        with audit.command_line(agency=args.sender):
            loaded = load_file(args.file, Origin(args.sender, "the command line"), asked)
    except UnreadableFile as unreadable:
        print(f"{args.file.name} has not been loaded. {unreadable}", file=sys.stderr)
        return UNREADABLE
    except UnableToLoad as refused:
        print_table(refused.checked, sys.stdout)
        print(f"{refused} Nothing has been saved. Mend the file, then load it again.", file=sys.stderr)
        return REFUSED
    print_table(loaded.checked, sys.stdout)
    held = loaded.receipt
    said = "has the same contents as" if loaded.already_held else "is now"
    print(f"{args.file.name} {said} revision {held.revision} of {held.dataset} {held.period}.", file=sys.stderr)
    return LOADED
