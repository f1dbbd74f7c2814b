"""Who acts where somebody runs a command: the machine knows its own users, and we know none of them."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import UUID, uuid4

from .log import Acting, named, request

ROLE = "command line"


@contextmanager
def command_line(
    *, account_id: UUID | None = None, worker_id: UUID | None = None, agency: str = ""
) -> Iterator[Acting]:
    """`request()` for a command: its rows say which user of the machine ran it, and share the run's own id.

    account_id, worker_id: in whose sight the command reads. agency: who sent what it brings.
    """
    with (
        named(_run(), run_by=_user()),
        request(account_id=account_id, worker_id=worker_id, agency=agency, role=ROLE) as who,
    ):
        yield who


@cache
def _run() -> str:
    """One id for all that one run of a command does."""
    return f"cli-{uuid4()}"


def _user() -> str:
    """The user that the process runs as, which no setting of theirs changes; and who became them, as sudo says."""
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = f"user {number}"
    before = os.environ.get("SUDO_USER", "")[:32]
    return f"{name} (sudo by {before})" if before else name
