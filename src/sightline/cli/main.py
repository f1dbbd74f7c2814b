"""Where `sightline` starts: finds the command's module, imports that one alone, and runs it.

Each command module offers `add_arguments(parser)`, which must be cheap and free of Django, and
`run(args) -> int`, the exit status. A module that serves several commands reads `args.command`.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

COMMANDS = {
    "working-days": ("sightline.cli.clocks", "the working day that is N working days from a date"),
    "due": ("sightline.cli.clocks", "when a rule's clock runs out, and why"),
    "spc": ("sightline.cli.spc", "an XmR chart of any series of figures"),
    "scorecard": ("sightline.cli.scorecard", "a partnership's figures, small counts hidden"),
    "check": ("sightline.cli.check", "check a file of figures without loading it"),
    "load": ("sightline.cli.load", "check a file of figures and load it"),
    "invent-census": ("sightline.cli.census", "write an invented children in need census to try things with"),
    "publish": ("sightline.cli.publish", "write a published document in every format"),
    "serve": ("sightline.cli.serve", "run the site"),
    "worker": ("sightline.cli.worker", "run the queue of jobs"),
    "migrate": ("sightline.cli.migrate", "bring the database up to date"),
    "account": ("sightline.cli.account", "make, close or open the account of somebody who works here"),
    "audit": ("sightline.cli.audit", "seal the audit, give out its signed heads and proofs, and verify it"),
    "doctor": ("sightline.cli.doctor", "say what is wrong with this installation and how to mend it"),
    "docs": ("sightline.cli.docs", "write the pages that are made from the declarations"),
    "demo": ("sightline.cli.demo", "run the invented demonstration partnership"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; `argv` defaults to the words typed after `sightline`."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser, module = _parser(words)
    args = parser.parse_args(words)
    if module is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        status = int(module.run(args))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has had enough (`| head`); what Python still holds goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _parser(words: list[str]) -> tuple[argparse.ArgumentParser, ModuleType | None]:
    parser = argparse.ArgumentParser(prog="sightline", description=(sys.modules["sightline"].__doc__ or "").strip())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    chosen = next((word for word in words if not word.startswith("-")), None)
    module = None
    for name, (path, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == chosen:
            module = import_module(path)
            module.add_arguments(command)
    return parser, module


if __name__ == "__main__":
    raise SystemExit(main())
