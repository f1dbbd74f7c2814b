"""In whose name does scheduled work act? The service account that holds the role "clockwork", which people know of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from sightline.platform import audit
from sightline.platform.database import as_account

ROLE = "clockwork"

Finder = Callable[[], UUID | None]


class _Known:
    """Who finds the account; the layer of people says, at start-up."""

    find: Finder | None = None


def works_as(find: Finder) -> None:
    """Say how the service account of scheduled work is found."""
    _Known.find = staticmethod(find)


def account() -> UUID | None:
    """The service account of scheduled work, None where there is none."""
    return _Known.find() if _Known.find else None


@contextmanager
def clockwork() -> Iterator[UUID | None]:
    """A transaction in the name of scheduled work, for the database's wall and for the audit.

    Without a service account it is in nobody's name, and the wall shows it no case and no person.
    """
    acting_as = account()
    request_id = f"job-{uuid4().hex}"
    with as_account(acting_as), audit.request(account_id=acting_as, role=ROLE, request_id=request_id):
        yield acting_as
