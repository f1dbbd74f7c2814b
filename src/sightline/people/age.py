"""How old is this person, in the words a page uses?"""

from datetime import date

from sightline.people.models import Person

DAYS_IN_WEEK = 7


def age_years(person: Person, on: date) -> int | None:
    """Whole years on a day: from the date of birth, else from an approximate age carried forward. None: not known."""
    if person.date_of_birth:
        return _years(person.date_of_birth, on)
    if person.approximate_age_years is not None and person.age_recorded_on:
        return person.approximate_age_years + _years(person.age_recorded_on, on)
    return None


def age_in_words(person: Person, on: date) -> str:
    """ "unborn, due March 2027", "3 weeks", "18 months", "8", "about 8" or "age not known"."""
    if person.unborn:
        due = person.expected_date_of_birth
        return f"unborn, due {due:%B %Y}" if due else "unborn, due date not known"
    years = age_years(person, on)
    if years is None:
        return "age not known"
    born = person.date_of_birth
    if born is None or person.date_of_birth_precision != Person.Precision.DAY:
        return f"about {years}"
    if years > 1:
        return str(years)
    months = _months(born, on)
    weeks = max((on - born).days, 0) // DAYS_IN_WEEK
    number, unit = (weeks, "week") if months < 3 else (months, "month")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _years(start: date, on: date) -> int:
    return on.year - start.year - ((on.month, on.day) < (start.month, start.day))


def _months(start: date, on: date) -> int:
    return (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)
