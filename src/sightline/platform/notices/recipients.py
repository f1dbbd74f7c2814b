"""Whom does a notice reach, and may they know of it? Layers that know give their answers at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from sightline.platform.notices.models import Notice


@dataclass(frozen=True)
class Recipient:
    """An account that a notice is for, and the email address it is sent to (empty: none, in-app only)."""

    account_id: UUID
    email: str


type Finder = Callable[["Notice"], list[Recipient]]
type Check = Callable[["Notice"], bool]
type Sieve = Callable[["Notice", list[Recipient]], list[Recipient]]


class _Known:
    """Who finds the recipients, who says which of them may know of it, and who says whether it may go by email."""

    find: Finder | None = None
    sieve: Sieve | None = None
    check: Check | None = None


def reaches(find: Finder) -> None:
    """Say how the recipients of a notice are found."""
    _Known.find = staticmethod(find)


def recipients_of(notice: "Notice") -> list[Recipient]:
    """Accounts that the notice is for today. Raises RuntimeError where nobody has said how to find them."""
    if _Known.find is None:
        raise RuntimeError("Nobody has said whom notices reach: call notices.reaches(find) at start-up.")
    return _Known.find(notice)


def read_by(sieve: Sieve) -> None:
    """Say how those are found who may know of a notice's matter now."""
    _Known.sieve = staticmethod(sieve)


def who_may_read(notice: "Notice", recipients: list[Recipient]) -> list[Recipient]:
    """Those of the recipients who may know of its matter now. Raises RuntimeError where nobody has said who may."""
    if _Known.sieve is None:
        raise RuntimeError("Nobody has said who may read a notice: call notices.read_by(sieve) at start-up.")
    return _Known.sieve(notice, recipients)


def sends_if(check: Check) -> None:
    """Say what decides whether a notice's words may leave by email."""
    _Known.check = staticmethod(check)


def may_leave(notice: "Notice") -> bool:
    """Whether the notice may be emailed. Raises RuntimeError where nobody has said what decides."""
    if _Known.check is None:
        raise RuntimeError("Nobody has said what may leave by email: call notices.sends_if(check) at start-up.")
    return _Known.check(notice)
