"""On which weekdays is England and Wales on holiday?

The days come from `bank_holidays.toml`, beside this file. The `holidays` library holds the same days, but importing it
costs more processor time than a whole plain command may take; it and the official list check these in the tests.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

_TEXT = files(__package__).joinpath("bank_holidays.toml").read_text("utf-8")
_DATA = tomllib.loads(_TEXT)

CALENDAR_VERSION = f"england-and-wales {_DATA['version']} {sha256(_TEXT.encode()).hexdigest()[:8]}"
"""Which calendar a deadline was worked out with: the file's version and the start of its fingerprint."""

SATURDAY = 5


class OutsideCalendar(ValueError):
    """A date outside the years whose bank holidays are held."""


def bank_holiday(day: date) -> str | None:
    """The name of the bank holiday kept on `day`, or None. Raises OutsideCalendar."""
    return bank_holidays(day.year).get(day)


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """The weekdays of one year that are bank holidays, by date, with their names. Raises OutsideCalendar."""
    first, last = _DATA["first_year"], _DATA["last_year"]
    if not first <= year <= last:
        raise OutsideCalendar(f"Bank holidays are held for the years {first} to {last}, not for {year}.")
    found: dict[date, str] = {}
    standing = [(_standing_date(row, year), str(row["name"])) for row in _DATA["standing"]]
    for day, name in sorted(standing, key=lambda kept: kept[0].weekday() >= SATURDAY):
        found[day if day.weekday() < SATURDAY else _free_weekday(day, found)] = name
    for row in _DATA["day"]:
        if row["date"].year == year:
            found.pop(row.get("instead_of"), None)
            found[row["date"]] = row["name"]
    return dict(sorted(found.items()))


def _standing_date(row: Mapping[str, Any], year: int) -> date:
    if "from_easter" in row:
        return easter_sunday(year) + timedelta(days=row["from_easter"])
    if "monday" in row:
        return _monday_of_month(year, row["month"], row["monday"])
    return date(year, row["month"], row["day"])


def _monday_of_month(year: int, month: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=-first.weekday() % 7 + 7 * (which - 1))
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=last.weekday() + 7 * (-which - 1))


def _free_weekday(day: date, taken: Mapping[date, str]) -> date:
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


def easter_sunday(year: int) -> date:
    """Easter Sunday of the western churches, by the Gregorian reckoning printed in Nature in 1876."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    full_moon = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - full_moon - year_rest) % 7
    late = (golden + 11 * full_moon + 22 * weekday) // 451
    month, day = divmod(full_moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
