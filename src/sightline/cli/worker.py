"""`sightline worker`: the queue of jobs, which sends notices and does whatever a page must not wait for."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to go on for ever."""
    parser.add_argument("--once", action="store_true", help="do the jobs that wait, then stop")


def run(args: argparse.Namespace) -> int:
    """Do jobs until told to stop, or until none waits (`--once`)."""
    from sightline.cli.database import database_ready

    with database_ready():
        from django.core.management import call_command

        call_command("procrastinate", "worker", *(["--one-shot"] if args.once else []))
    return 0
