"""A partnership's name and telephone numbers, remembered so that a page without its database still shows them."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from sightline.platform import calendar
from sightline.platform.settings.environment import environment

_KEPT_FOR_SECONDS = 60


@dataclass(frozen=True)
class ContactDetails:
    """What every page says about a partnership. Empty strings where it is not known."""

    key: str = ""
    name: str = "Safeguarding Children Partnership"
    invented: bool = False
    front_door_phone: str = ""
    out_of_hours_phone: str = ""


class _Remembered:
    """The last details read by this process, and when."""

    rows: tuple[ContactDetails, ...] = ()
    read_at: float = 0.0


def contact_details(key: str = "", *, offline: bool = False) -> ContactDetails:
    """The details of the partnership with this key, else of the first one hosted.

    Read from the database at most once a minute; from what was last seen when it is away or `offline` says so.
    """
    rows = _Remembered.rows if offline else _rows()
    rows = rows or _from_file()
    return next((row for row in rows if row.key == key), rows[0] if rows else _from_environment())


def forget() -> None:
    """Read the details afresh next time: after they were changed, and between tests."""
    _Remembered.rows, _Remembered.read_at = (), 0.0


def _rows() -> tuple[ContactDetails, ...]:
    from sightline.people.hosted import hosted_partnerships

    now = calendar.now().timestamp()
    if _Remembered.rows and abs(now - _Remembered.read_at) < _KEPT_FOR_SECONDS:
        return _Remembered.rows
    with suppress(DatabaseError):
        rows = tuple(_details(partnership) for partnership in hosted_partnerships())
        if rows and rows != _Remembered.rows:
            _to_file(rows)
        _Remembered.rows, _Remembered.read_at = rows, now
    return _Remembered.rows


def _details(partnership: Any) -> ContactDetails:
    return ContactDetails(
        key=partnership.key,
        name=partnership.name,
        invented=partnership.invented,
        front_door_phone=partnership.front_door_phone,
        out_of_hours_phone=partnership.out_of_hours_phone,
    )


def _from_environment() -> ContactDetails:
    given = environment()
    return ContactDetails(
        name=given.sightline_partnership_name or ContactDetails.name,
        front_door_phone=given.sightline_front_door_phone,
        out_of_hours_phone=given.sightline_out_of_hours_phone,
    )


def _path() -> Path:
    return Path(settings.SIGHTLINE_HOME) / "contact-details.json"


def _to_file(rows: tuple[ContactDetails, ...]) -> None:
    # A server started while its database is away has nothing but this file to show a telephone number from.
    with suppress(OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(json.dumps([asdict(row) for row in rows]))


def _from_file() -> tuple[ContactDetails, ...]:
    with suppress(OSError, ValueError, TypeError):
        return tuple(ContactDetails(**row) for row in json.loads(_path().read_text()))
    return ()
