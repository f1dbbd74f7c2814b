"""`sightline account add | disable | end-sessions | reset USERNAME`: who can sign in. Each is written in the audit."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.people.models import Account

DONE, REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, to whose account, and for a new one who that is."""
    deeds = parser.add_subparsers(dest="deed", metavar="add|disable|end-sessions|reset", required=True)
    added = deeds.add_parser("add", help="a new worker with an account; prints a link that sets the password")
    for name, words in (
        ("--given-name", "given name"),
        ("--family-name", "family name"),
        ("--email", "email address, for notices"),
        ("--agency", "key of their agency"),
        ("--role", "key of the role they hold from today, such as front-door-worker"),
    ):
        added.add_argument(name, required=True, help=words)
    added.add_argument("--partnership", default="", help="key of the partnership, where several are hosted")
    added.add_argument(
        "--work-account",
        metavar="SUBJECT",
        help="sign in with the agency's identity provider (OIDC_SERVER_URL), which knows them by this subject",
    )
    closed = deeds.add_parser("disable", help="close an account and end its sessions at once")
    opened = deeds.add_parser("reset", help="open an account (again); prints a link that sets a new password")
    opened.add_argument("--second-factor", action="store_true", help="forget its authenticator app and passkeys too")
    ended = deeds.add_parser("end-sessions", help="sign an account out everywhere; it can sign in again")
    for deed in (added, closed, opened, ended):
        deed.add_argument("username", metavar="USERNAME")


def run(args: argparse.Namespace) -> int:
    """Do it, or say why not. The link, valid once and for 24 hours, is all that goes to stdout."""
    from sightline.cli.database import database_ready

    with database_ready():
        from django.core.exceptions import ValidationError
        from django.db import transaction

        from sightline.people.accounts import NoSuchThing, NothingToReset
        from sightline.platform import audit

        try:
            with transaction.atomic(), audit.command_line():
                deeds = {"add": _add, "disable": _disable, "end-sessions": _end_sessions, "reset": _reset}
                return deeds[args.deed](args)
        except ValidationError as wrong:
            return _refuse("; ".join(f"{name}: {' '.join(said)}" for name, said in wrong.message_dict.items()))
        except (NoSuchThing, NothingToReset) as wrong:
            return _refuse(str(wrong))


def _add(args: argparse.Namespace) -> int:
    from sightline.people.accounts import Newcomer, add, password_path

    names = ("username", "given_name", "family_name", "email", "agency", "role", "partnership")
    account = add(Newcomer(**{name: getattr(args, name) for name in names}, work_account=_work_account(args)))
    if args.work_account:
        print(f"{account.username} is added and signs in with their work account.", file=sys.stderr)
    else:
        _print_link(account, password_path(account), "is added")
    return DONE


def _work_account(args: argparse.Namespace) -> tuple[str, str] | None:
    from sightline.people.accounts import NoSuchThing
    from sightline.platform.settings.environment import environment
    from sightline.platform.settings.web_settings import work_account_key

    if not args.work_account:
        return None
    server = environment().oidc_server_url
    if not server:
        raise NoSuchThing("No identity provider is named. Set OIDC_SERVER_URL, or leave out --work-account.")
    return work_account_key(server), args.work_account


def _disable(args: argparse.Namespace) -> int:
    from sightline.people.accounts import account_named, close

    account = account_named(args.username)
    print(f"{account.username} is closed; {close(account)} of its sessions were ended.", file=sys.stderr)
    return DONE


def _end_sessions(args: argparse.Namespace) -> int:
    from sightline.people.accounts import account_named, end_sessions

    account = account_named(args.username)
    print(f"{account.username} is signed out; {end_sessions(account)} of its sessions were ended.", file=sys.stderr)
    return DONE


def _reset(args: argparse.Namespace) -> int:
    from sightline.people.accounts import account_named, reset

    account = account_named(args.username)
    _print_link(account, reset(account, second_factor=args.second_factor), "is open and its sessions are ended")
    return DONE


def _print_link(account: Account, path: str, done: str) -> None:
    from sightline.platform.settings.environment import environment

    print(f"{account.username} {done}. Give them this link in person or by phone:", file=sys.stderr)
    print(f"{environment().base_url}{path}")
    print("It sets a password once, within 24 hours.", file=sys.stderr)


def _refuse(why: str) -> int:
    print(f"Nothing was done. {why}", file=sys.stderr)
    return REFUSED
