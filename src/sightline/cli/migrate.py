"""`sightline migrate`: brings the database up to date as its owner."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to look only."""
    parser.add_argument("--check", action="store_true", help="list the migrations that wait; exit 1 when there are any")


def run(args: argparse.Namespace) -> int:
    """Apply the migrations that wait, or list them on standard output (`--check`)."""
    from sightline.cli.database import bring_up_to_date, database_ready

    with database_ready(migrated=False):
        from sightline.platform.database import waiting_migrations
        from sightline.platform.database.roles import RolesWrong

        if args.check:
            waiting = waiting_migrations()
            print("\n".join(waiting), end="\n" if waiting else "")
            return 1 if waiting else 0
        try:
            bring_up_to_date(verbosity=1)
        except RolesWrong as fault:
            print(f"sightline: {fault}", file=sys.stderr)
            return 1
        print("The database is up to date.", file=sys.stderr)
    return 0
