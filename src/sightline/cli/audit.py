"""`sightline audit DEED`: the seal on the audit, its proofs, and content whose time is over."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.platform.audit.sealing import Sealer
    from sightline.platform.audit.verifier import Head

DONE, FAULTS, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the sealed audit."""
    from sightline.cli.typed import whole_number

    deeds = parser.add_subparsers(dest="deed", metavar="key|seal|heads|prove|export|verify|forget", required=True)
    key = deeds.add_parser("key", help="print the public keys that heads are signed with")
    key.add_argument("--make", action="store_true", help="make the sealer's key where there is none")
    seal = deeds.add_parser("seal", help="seal new rows about once a second, until stopped")
    seal.add_argument("--once", action="store_true", help="seal what waits, then stop")
    heads = deeds.add_parser("heads", help="print signed heads, a line of JSON each, for an agency to keep")
    heads.add_argument("--since", type=whole_number, default=0, metavar="N", help="only heads of more than N rows")
    prove = deeds.add_parser("prove", help="print a proof that the log of one head grew into that of another")
    for typed, name, which in (("--from", "first", "older"), ("--to", "second", "newer")):
        rows = f"rows of the {which} head"
        prove.add_argument(typed, dest=name, type=whole_number, required=True, metavar="SIZE", help=rows)
    export = deeds.add_parser("export", help="write rows, heads and the stand-alone verifier; written in the audit")
    export.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder to write them in")
    verify = deeds.add_parser("verify", help="check every row and head, and name what is wrong")
    verify.add_argument("--heads", type=Path, metavar="FILE", help="heads that an agency kept, to check against")
    trusted = "a public key to trust, in place of those beside the sealer's"
    verify.add_argument("--key", action="append", default=[], type=_public_key, metavar="HEX", help=trusted)
    forget = deeds.add_parser("forget", help="remove the content of sealed rows whose time is over; proofs still hold")
    forget.add_argument("--before", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="rows before it")
    forget.add_argument("--why", required=True, metavar="RULE", help="code of the retention rule, kept in the audit")


def _public_key(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text.lower(), re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}” is not a public key. Type the 64 digits that `audit key` prints")
    return text.lower()


def run(args: argparse.Namespace) -> int:
    """0: done, or nothing is wrong. 1: faults, each on a line of stdout. 2: it could not be done."""
    from psycopg import Error, OperationalError
    from pydantic import ValidationError

    from sightline.platform.audit.keys import KeyRefused
    from sightline.platform.audit.sealing import SealerRefused
    from sightline.platform.settings.environment import setting_faults

    deeds = {"key": _key, "seal": _seal, "heads": _heads, "prove": _prove, "export": _export, "verify": _verify}
    deeds["forget"] = _forget
    try:
        with _database(args.deed):
            return deeds[args.deed](args)
    except ValidationError as wrong:
        said = " ".join(setting_faults(wrong))
    except OperationalError as silent:
        said = f"The database does not answer: {silent}. Ask: sightline doctor"
    except (KeyRefused, SealerRefused, Error, OSError, ValueError) as refused:
        said = str(refused)
    print(f"sightline audit: {said}", file=sys.stderr)
    return REFUSED


@contextmanager
def _database(deed: str) -> Iterator[None]:
    """The site's database, made ready, unless there is no need: the sealer's account need hold none of its secrets."""
    from sightline.cli.database import database_ready

    if deed == "key" or (os.environ.get("DATABASE_SEALER_URL") and deed != "export"):
        yield
    else:
        with database_ready():
            yield


def _key(args: argparse.Namespace) -> int:
    from sightline.platform.audit.keys import key_file, make_key, private_key, public_key, published_keys
    from sightline.platform.settings.environment import environment

    path = key_file(environment())
    if args.make and not path.exists():
        make_key(path)
        print(f"The sealer's key is made: {path}. Give each agency the public key below.", file=sys.stderr)
    published = published_keys(path) or [public_key(private_key(path))]
    print("\n".join(published))
    return DONE


def _seal(args: argparse.Namespace) -> int:
    from sightline.platform.audit.sealing import keep_sealing

    if args.once:
        print(f"Rows sealed: {_sealer().seal():,}", file=sys.stderr)
    else:
        keep_sealing(_sealer, lambda said: print(f"sightline audit: {said}", file=sys.stderr, flush=True))
    return DONE


def _sealer() -> Sealer:
    from sightline.platform.audit.keys import key_file, make_key, private_key
    from sightline.platform.audit.reading import connect
    from sightline.platform.audit.sealing import Sealer
    from sightline.platform.settings.environment import environment

    path = key_file(environment())
    if not environment().production and not path.exists():
        make_key(path)
    return Sealer(connect(), private_key(path))


def _heads(args: argparse.Namespace) -> int:
    from sightline.platform.audit.reading import connect, heads

    with connect() as connection:
        for head in heads(connection, args.since):
            print(json.dumps(asdict(head)))
    return DONE


def _prove(args: argparse.Namespace) -> int:
    from sightline.platform.audit.proving import prove
    from sightline.platform.audit.reading import connect

    with connect() as connection:
        print(json.dumps(prove(connection, args.first, args.second), indent=1))
    return DONE


def _export(args: argparse.Namespace) -> int:
    from sightline.cli.writing import cannot_be_written
    from sightline.platform.audit.proving import export

    try:
        count = export(args.out)
    except OSError as refused:
        raise ValueError(cannot_be_written(args.out, refused)) from refused
    print(f"Rows written: {count:,}. In {args.out}: python verifier.py heads.jsonl rows.tsv", file=sys.stderr)
    return DONE


def _kept(path: Path) -> list[Head]:
    """The heads that an agency kept. Raises ValueError where there is none to check against."""
    from sightline.platform.audit.verifier import read_heads

    try:
        found = list(read_heads(path))
    except OSError as refused:
        raise ValueError(f"{path} cannot be read: {refused.strerror}. Check its name and folder.") from refused
    if not found:
        raise ValueError(f"{path} holds no heads. Give the file that the agency kept of: sightline audit heads")
    return found


def _verify(args: argparse.Namespace) -> int:
    from sightline.platform.audit.keys import key_file, published_keys
    from sightline.platform.audit.proving import verify
    from sightline.platform.settings.environment import environment

    kept = _kept(args.heads) if args.heads else []
    keys = frozenset(args.key or published_keys(key_file(environment())))
    if not keys:
        raise ValueError("No public key is known. Name those that you trust: --key HEX")
    check = verify(kept, keys)
    for fault in check.faults:
        print(fault)
    said = [f"Checked {check.tree.size:,} rows{f' against {len(kept)} kept heads' if kept else ''}:"]
    said.append(f"{check.count or 'no'} faults. {check.waiting:,} rows are not sealed yet.")
    if check.emptied:
        said.append(f"The content of {len(check.emptied):,} was removed.")
    print(" ".join(said), file=sys.stderr)
    return FAULTS if check.count else DONE


def _forget(args: argparse.Namespace) -> int:
    from sightline.platform import audit, calendar
    from sightline.platform.audit.retention import remove_before

    if not re.fullmatch(r"[a-z0-9-]{4,60}", args.why):
        raise ValueError("Name the retention rule by its code, such as audit-content-7-years.")
    if args.before > calendar.today():
        raise ValueError(f"{args.before} is still to come. Name today or a day before it.")
    with audit.command_line():
        count = remove_before(args.before, why=args.why)
    print(f"Rows whose content was removed: {count:,}.", file=sys.stderr)
    return DONE
