"""`sightline working-days` and `sightline due`: what a count or a rule says, and why."""

import argparse
import re
import sys
from datetime import date, datetime, time

from sightline.platform.calendar import add_working_days, at_local, local
from sightline.platform.settings.due import due, working_days_why
from sightline.platform.settings.rules import Rule, UnknownRule, rule, rules

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    if parser.prog.endswith("working-days"):
        parser.add_argument("date", metavar="DATE", type=_date, help="day 0, for example 2026-04-02")
        parser.add_argument("count", metavar="N", type=_whole_number, help="how many working days; -5 counts back")
        return
    parser.add_argument("rule", metavar="RULE", nargs="?", help="a rule's id, for example CK-08")
    parser.add_argument("--from", dest="start", metavar="DATE[THH:MM]", type=_start, help="when the clock started")
    parser.add_argument("--variant", default="", help="which of a rule's variants, for example red")
    parser.add_argument("--list", action="store_true", help="list the rules instead")


def run(args: argparse.Namespace) -> int:
    """Print the ISO date (for an hours limit, the moment in London) on the first line, then why; 2 when refused."""
    try:
        return _working_days(args) if args.command == "working-days" else _due(args)
    except UnknownRule as refused:
        return _refuse(args.command, f"{refused} See: sightline due --list")
    except OverflowError:
        return _refuse(args.command, "That count ends after the year 9999 or before the year 1. Choose another day")
    except ValueError as refused:
        return _refuse(args.command, str(refused))


def _working_days(args: argparse.Namespace) -> int:
    print(add_working_days(args.date, args.count).isoformat())
    print(working_days_why(args.date, args.count))
    return 0


def _due(args: argparse.Namespace) -> int:
    if args.list:
        return _list()
    if not args.rule:
        return _refuse(
            "due", "Name a rule, for example: sightline due CK-08 --from 2026-04-02. See: sightline due --list"
        )
    if args.start is None:
        return _refuse("due", f"Say when it started, for example: sightline due {args.rule} --from 2026-04-02")
    started = local(args.start).date() if isinstance(args.start, datetime) else args.start
    chosen = rule(args.rule, args.variant, on=started)
    found = due(chosen, args.start)
    print(local(found.at).isoformat(timespec="minutes") if chosen.by_the_minute else found.on.isoformat())
    print(f"{chosen.id}{_variant(chosen)}: {chosen.name}")
    print(found.why)
    return 0


def _variant(row: Rule) -> str:
    return f" {row.variant}" if row.variant else ""


def _list() -> int:
    for row in rules():
        until = row.effective_to.isoformat() if row.effective_to else ""
        columns = (row.id, row.variant, row.in_words, row.clock_class, row.effective_from.isoformat(), until, row.name)
        print("\t".join(columns))
    return 0


def _refuse(command: str, message: str) -> int:
    print(f"sightline {command}: {message}", file=sys.stderr)
    return 2


def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a date. Type it like 2026-04-02")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"There is no {text} in the calendar. Type a date like 2026-04-02") from None


def _start(text: str) -> date | datetime:
    found = _DATE_AND_TIME.fullmatch(text)
    if not found:
        return _date(text)
    day = _date(found[1])
    try:
        clock = time.fromisoformat(found[2])
    except ValueError:
        raise argparse.ArgumentTypeError(f"There is no {found[2]} on a clock. Type a time like T09:30") from None
    try:
        return at_local(day, clock)
    except ValueError as never_was:
        raise argparse.ArgumentTypeError(str(never_was)) from None


def _whole_number(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text):
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a whole number of days. Type one like 15, or -5 to count back"
        )
    return int(text)
