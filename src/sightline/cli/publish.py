"""`sightline publish KEY --as USERNAME --out DIR`: the newest published edition of a document, in every format."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.engine.models import Case
    from sightline.people.actor import Actor
    from sightline.publications.issue import Issue

WRITTEN, REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which publication, in whose sight, and where to."""
    parser.add_argument("key", metavar="KEY", help="key of the publication, such as position-statement")
    parser.add_argument("--as", dest="username", required=True, metavar="USERNAME", help="whose sight it is read with")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument("--draft", action="store_true", help="the newest edition, signed or not, marked as a draft")


def run(args: argparse.Namespace) -> int:
    """Write the files and name them on stdout. 1, with the reason, where there is nothing to write or nobody may."""
    from sightline.cli.database import database_ready

    with database_ready():
        from sightline.cli.writing import cannot_be_written
        from sightline.people.actor import actor_for
        from sightline.people.models import Account
        from sightline.platform import audit
        from sightline.platform.database import as_account
        from sightline.vocabulary.publication import PUBLICATIONS

        if args.key not in PUBLICATIONS:
            return _refuse(f"There is no publication {args.key}. There are: {', '.join(sorted(PUBLICATIONS))}.")
        account = Account.objects.filter(username=args.username, is_active=True).first()
        if account is None:
            return _refuse(f"Nobody signs in as {args.username}.")
        with as_account(account.pk), audit.command_line(account_id=account.pk, worker_id=account.worker_id):
            found = _newest(actor_for(account), args.key, draft=args.draft)
            if found is None:
                wanted = "edition" if args.draft else "published edition"
                return _refuse(f"{args.username} sees no {wanted} of {PUBLICATIONS[args.key].title.lower()}.")
            try:
                return _write(*found, args.out)
            except OSError as refused:
                return _refuse(cannot_be_written(args.out, refused))


def _newest(actor: Actor, key: str, *, draft: bool) -> tuple[Issue, Case] | None:
    from sightline.engine.matter import load
    from sightline.processes.publishing.records import StatementRecord
    from sightline.processes.publishing.statement import edition_of
    from sightline.publications.issuing import issue_of

    rows = StatementRecord.visible_to(actor).filter(publication=key)
    rows = rows if draft else rows.filter(published_edition__gt=0)
    record = rows.order_by("-case__opened_at" if draft else "-published_at").first()
    if record is None:
        return None
    matter = load(record.pk)
    edition = edition_of(matter, 0 if draft else record.published_edition)
    return (issue_of(matter, edition, actor), matter.case) if edition else None


def _write(issue: Issue, case: Case, folder: Path) -> int:
    from sightline.outgoing.gate import Passed
    from sightline.platform import audit
    from sightline.publications.formats import FORMATS, drawn
    from sightline.publications.issuing import statement_out

    verdict = statement_out(issue, case)
    if not isinstance(verdict, Passed):
        return _refuse(" ".join(map(str, verdict.reasons)))
    folder.mkdir(parents=True, exist_ok=True)
    for key in FORMATS:
        made = drawn(issue, verdict, key)
        file = folder / made.name
        file.write_bytes(made.body)
        print(file)
    said = {"formats": sorted(FORMATS), "sha256": issue.sha256}
    audit.record("took a statement away", subject="engine.Case", ids=[case.pk], detail=said)
    return WRITTEN


def _refuse(why: str) -> int:
    print(f"Nothing has been written. {why}", file=sys.stderr)
    return REFUSED
