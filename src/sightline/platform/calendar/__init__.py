"""What time is it, and when is something due? The only place in Sightline that asks the clock.

Days are civil dates in Europe/London; instants are aware datetimes in UTC. Working days are Monday to Friday without
the bank holidays of England and Wales, which are dated rows in `bank_holidays.toml`.
"""

from sightline.platform.calendar.bank_holidays import (
    CALENDAR_VERSION,
    OutsideCalendar,
    bank_holiday,
    bank_holidays,
)
from sightline.platform.calendar.days import (
    add_months,
    add_working_days,
    is_working_day,
    last_working_day_before,
    next_working_day,
    working_days_between,
)
from sightline.platform.calendar.hours import Opening, add_hours, add_working_hours
from sightline.platform.calendar.moments import (
    LONDON,
    at_local,
    end_of_day,
    frozen,
    local,
    local_date,
    now,
    start_of_day,
    today,
)
from sightline.platform.calendar.written import DAYS, MONTHS, civil, clock_time, date_and_time, long_date, plain_date

__all__ = [
    "CALENDAR_VERSION",
    "DAYS",
    "LONDON",
    "MONTHS",
    "Opening",
    "OutsideCalendar",
    "add_hours",
    "add_months",
    "add_working_days",
    "add_working_hours",
    "at_local",
    "bank_holiday",
    "bank_holidays",
    "civil",
    "clock_time",
    "date_and_time",
    "end_of_day",
    "frozen",
    "is_working_day",
    "last_working_day_before",
    "local",
    "local_date",
    "long_date",
    "next_working_day",
    "now",
    "plain_date",
    "start_of_day",
    "today",
    "working_days_between",
]
