"""`sightline account DEED USERNAME`: who can sign in, and in which roles. Each deed is written in the audit."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sightline.people.models import Account

DONE, REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, to whose account, and for a new one who that is."""
    deeds = parser.add_subparsers(dest="deed", metavar="add|disable|end-sessions|reset|role|cover", required=True)
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
    role, cover = _role_arguments(deeds)
    for deed in (added, closed, opened, ended, role, cover):
        deed.add_argument("username", metavar="USERNAME")


def _role_arguments(deeds: Any) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """`role --give` or `--end`, and `cover`."""
    role = deeds.add_parser("role", help="give an account's worker a role from now on, or end one at once")
    which = role.add_mutually_exclusive_group(required=True)
    which.add_argument("--give", metavar="ROLE", help="key of a role to hold from today")
    which.add_argument("--end", metavar="ROLE", help="key of a role to end now")
    role.add_argument("--agency", default="", help="key of the agency at which")
    role.add_argument("--partnership", default="", help="key of the partnership, where several are hosted")
    role.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day of a role given")
    cover = deeds.add_parser("cover", help="let an account's worker deputise for a role of somebody else's")
    cover.add_argument("--for", dest="covered", required=True, metavar="OTHER", help="user name of who is covered")
    cover.add_argument("--role", required=True, help="key of the role that is covered")
    cover.add_argument("--until", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="the last day")
    return role, cover


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
                return {**deeds, "role": _role, "cover": _cover}[args.deed](args)
        except ValidationError as wrong:
            named = wrong.message_dict if hasattr(wrong, "error_dict") else {"cover": wrong.messages}
            return _refuse("; ".join(f"{name}: {' '.join(said)}" for name, said in named.items()))
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


def _role(args: argparse.Namespace) -> int:
    from sightline.people.accounts import account_named
    from sightline.people.role_changes import end_role, give_role

    account, where = account_named(args.username), {"agency": args.agency, "partnership": args.partnership}
    if args.give:
        give_role(account, args.give, until=args.until, **where)
        print(f"{account.username} holds {args.give} from now on.", file=sys.stderr)
    else:
        end_role(account, args.end, **where)
        print(f"{account.username} no longer holds {args.end}.", file=sys.stderr)
    return DONE


def _cover(args: argparse.Namespace) -> int:
    from sightline.people.accounts import account_named
    from sightline.people.role_changes import cover_role

    deputy, covered = account_named(args.username), account_named(args.covered)
    cover_role(deputy, covered, args.role, until=args.until)
    print(f"{deputy.username} covers {args.role} for {covered.username} until {args.until}.", file=sys.stderr)
    return DONE


def _print_link(account: Account, path: str, done: str) -> None:
    from sightline.platform.settings.environment import environment

    print(f"{account.username} {done}. Give them this link in person or by phone:", file=sys.stderr)
    print(f"{environment().base_url}{path}")
    print("It sets a password once, within 24 hours.", file=sys.stderr)


def _refuse(why: str) -> int:
    print(f"Nothing was done. {why}", file=sys.stderr)
    return REFUSED
