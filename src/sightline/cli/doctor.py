"""`sightline doctor`: says what is wrong with this installation, and how to mend it."""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.platform.settings.doctor import Finding
    from sightline.platform.settings.environment import Environment

NEEDED_BY_DATABASE = ("PostgreSQL", "Secret key", "State folder")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The doctor needs nothing."""


def run(args: argparse.Namespace) -> int:
    """Print one line for each check; 1 when there is any fault."""
    from pydantic import ValidationError

    from sightline.platform.settings.environment import environment, setting_faults

    try:
        given = environment()
    except ValidationError as refused:
        print("\n".join(f"FAULT  Environment: {fault}" for fault in setting_faults(refused)))
        return 1
    return 1 if _report(given) else 0


def _report(given: "Environment") -> int:
    from sightline.cli.database import database_ready
    from sightline.platform.settings.doctor import CHECKS, DATABASE_CHECKS, findings

    first = list(findings(given, CHECKS))
    faults = sum(_print(finding) for finding in first)
    if any(not finding.right and finding.check in NEEDED_BY_DATABASE for finding in first):
        print("The database was not looked at: mend the faults above first.", file=sys.stderr)
        return faults
    with database_ready(migrated=False):
        from sightline.access.reviewers import reviewed_from_outside

        checks = {**DATABASE_CHECKS, "Reviewers": reviewed_from_outside, "Own details": _own_details}
        return faults + sum(_print(finding) for finding in findings(given, checks))


def _own_details(environment: "Environment") -> str:
    """How many workers have not answered; each is asked at their next page, so it is no fault."""
    from sightline.access.own_name import not_answered

    people = not_answered()
    who = f"{people} of those who read" if people else "Nobody who reads"
    return f"{who} children's records {'have' if people else 'has'} yet to say who they and their family are"


def _print(finding: "Finding") -> int:
    print(f"{'right' if finding.right else 'FAULT'}  {finding.check}: {finding.said}", flush=True)
    return 0 if finding.right else 1
