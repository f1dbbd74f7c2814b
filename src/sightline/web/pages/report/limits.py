"""How much one address, or everybody, may send before it is held to be read in its turn. Nothing is ever turned away.

Addresses are counted by a keyed digest that changes each day, in files of their own, and are never kept beside an
answer. A fault of the counting lets a concern through.
"""

import shutil
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from sightline.platform import calendar
from sightline.platform.sealed import keyed_digest
from sightline.platform.settings.public_form import public_form_limits
from sightline.web.network import address_of

_PURPOSE = "public form counting"
_EVERYBODY = "everybody"


def too_fast(request: HttpRequest) -> bool:
    """Count one concern; whether its address, or everybody together, has sent more than the limit."""
    limits = public_form_limits()
    one = _over(_digest(calendar.today(), address_of(request)), limits.from_one_address)
    everybody = _over(_EVERYBODY, limits.from_everybody)
    return one or everybody


def too_many_tries(request: HttpRequest) -> bool:
    """Count one look at a receipt; whether its address has tried too often."""
    name = _digest(calendar.today(), f"status:{address_of(request)}")
    return _over(name, public_form_limits().status_tries_from_one_address)


def sent_before(request: HttpRequest, content: str) -> tuple[str, datetime] | None:
    """The reference and moment of the same words from the same address, where they came within the limit's hours."""
    today = calendar.today()
    for day in (today, today - timedelta(days=1)):
        with suppress(OSError, ValueError):
            reference, at = _sent(request, content, day).read_text(encoding="ascii").split()
            moment = datetime.fromisoformat(at)
            if calendar.now() - moment <= public_form_limits().repeats_within:
                return reference, moment
    return None


def note_sent(request: HttpRequest, content: str, reference: str, at: datetime) -> None:
    """Remember by a digest that these words were sent from this address."""
    path = _sent(request, content, calendar.today())
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(f"{reference} {at.isoformat()}", encoding="ascii")


def _digest(day: date, text: str) -> str:
    return keyed_digest(f"{day.isoformat()}:{text}", _PURPOSE)


def _folder(day: date) -> Path:
    return Path(settings.SIGHTLINE_HOME) / "public-form" / day.isoformat()


def _sent(request: HttpRequest, content: str, day: date) -> Path:
    return _folder(day) / f"sent-{_digest(day, f'{address_of(request)}:{content}')}"


def _over(name: str, limit: int) -> bool:
    """Add a moment to a tally, unless it is already over; whether it is."""
    since = (calendar.now() - public_form_limits().window).timestamp()
    path = _folder(calendar.today()) / name
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _forget_earlier(path.parent)
        seen = path.read_text(encoding="ascii").split() if path.exists() else []
        if sum(float(moment) >= since for moment in seen) >= limit:
            return True
        with path.open("a", encoding="ascii") as tally:
            tally.write(f"{calendar.now().timestamp():.0f}\n")
    except (OSError, ValueError):
        return False
    return False


def _forget_earlier(today: Path) -> None:
    yesterday = (calendar.today() - timedelta(days=1)).isoformat()
    for folder in today.parent.iterdir():
        if folder.name < yesterday:
            shutil.rmtree(folder, ignore_errors=True)
