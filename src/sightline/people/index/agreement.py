"""How does each thing we were told agree with the record? In words for people, never a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sightline.people.age import age_years
from sightline.people.index.spelling import near, paired, parts, plain
from sightline.people.models import Person, PersonAddress, PersonName
from sightline.platform.calendar import plain_date

if TYPE_CHECKING:
    from sightline.people.index.described import Described

OUTWARD_UNIT = 3
"""A postcode ends with three characters for the street; what comes before is its area."""


class Word(StrEnum):
    """The only words a match card may use."""

    SAME = "Same"
    VERY_CLOSE = "Very close"
    CLOSE = "Close"
    DIFFERENT = "Different"
    NOT_KNOWN = "Not known"
    NOT_GIVEN = "You did not give one"


@dataclass(frozen=True)
class Agreement:
    """One line of a match card: `label` "Birth", `word` Close, `note` "you gave age only: fits"."""

    field: str
    label: str
    word: Word
    note: str = ""


def agreements(described: "Described", person: Person, on: date) -> tuple[Agreement, ...]:
    """Every line of the card. Reads names, addresses and identifiers of the person: prefetch them."""
    return (
        name_agreement(described, list(person.names.all())),
        birth_agreement(described, person, on),
        address_agreement(described.postcode, list(person.addresses.all())),
        _number(described.nhs_number, {row.value for row in person.identifiers.all() if row.type == "nhs"}),
    )


_CLOSEST_FIRST = (Word.SAME, Word.VERY_CLOSE, Word.CLOSE, Word.DIFFERENT)


def name_agreement(described: "Described", recorded: Iterable[PersonName]) -> Agreement:
    """The best agreement of any name given with any name recorded, current, former or alias, in any order."""
    if not described.names:
        return Agreement("name", "Name", Word.NOT_GIVEN)
    compared = [_two_names(given, name) for given in described.names for name in recorded]
    if not compared:
        return Agreement("name", "Name", Word.NOT_KNOWN)
    word, note = min(compared, key=lambda found: _CLOSEST_FIRST.index(found[0]))
    return Agreement("name", "Name", word, note)


def _two_names(given: str, recorded: PersonName) -> tuple[Word, str]:
    told, held = parts(given), parts(recorded.full)
    told_as, held_as = plain(given), plain(recorded.full)
    of_alias = "" if recorded.kind == "current" else f"{recorded.get_kind_display().lower()}: {recorded.full}"
    if told_as.replace(" ", "") == held_as.replace(" ", ""):
        return Word.SAME, of_alias
    if sorted(told) == sorted(held):
        return Word.SAME, of_alias or "names in another order"
    if len(told) == 1 or len(held) == 1:
        one_name = any(near(word, other) for word in told for other in held)
        return (Word.CLOSE, of_alias or "one name only") if one_name else (Word.DIFFERENT, "")
    if paired(told, held) >= min(len(told), len(held)):
        return Word.VERY_CLOSE, of_alias or f"{given} / {recorded.full}"
    return _partly(told, recorded, of_alias)


def _partly(told: list[str], recorded: PersonName, of_alias: str) -> tuple[Word, str]:
    # Brothers and sisters share a family name, so a family name alone is no agreement.
    if paired(parts(recorded.given_names), told):
        return Word.CLOSE, of_alias or f"given name agrees; recorded as {recorded.full}"
    if paired(parts(recorded.family_name), told):
        return Word.DIFFERENT, "family name agrees, given name does not"
    return Word.DIFFERENT, ""


def birth_agreement(described: "Described", person: Person, on: date) -> Agreement:
    word, note = _birth(described, person, on)
    return Agreement("birth", "Birth", word, note)


def _birth(described: "Described", person: Person, on: date) -> tuple[Word, str]:
    told = described.date_of_birth or described.expected_date_of_birth
    held = person.date_of_birth or person.expected_date_of_birth
    if told and held:
        return _two_dates(told, held, person, described)
    age, recorded_age = described.approximate_age_years, age_years(person, described.age_given_on or on)
    if told:
        age = on.year - told.year - ((on.month, on.day) < (told.month, told.day))
        recorded_age = age_years(person, on)
    if age is None:
        return Word.NOT_GIVEN, ""
    if recorded_age is None:
        return Word.NOT_KNOWN, ""
    told_how = "the record has an age only" if told else "you gave age only"
    fits = abs(age - recorded_age) <= (1 if age < 10 else 2)
    return (Word.CLOSE, f"{told_how}: fits") if fits else (Word.DIFFERENT, f"{told_how}: does not fit")


def _two_dates(told: date, held: date, person: Person, described: "Described") -> tuple[Word, str]:
    if person.unborn or described.expected_date_of_birth:
        return (Word.CLOSE, "expected date") if abs((told - held).days) <= 42 else (Word.DIFFERENT, "")
    if told == held:
        return Word.SAME, "" if person.date_of_birth_precision == "day" else "the recorded date is approximate"
    if (told.year, told.month, told.day) == (held.year, held.day, held.month):
        return Word.VERY_CLOSE, "day and month the other way round"
    same = [told.year == held.year, told.month == held.month, told.day == held.day]
    if sum(same) == 2:
        return Word.VERY_CLOSE, f"recorded as {plain_date(held)}"
    close = same[0] and person.date_of_birth_precision != "day"
    return (Word.CLOSE, "the recorded date is approximate") if close else (Word.DIFFERENT, "")


def address_agreement(postcode: str, recorded: Iterable[PersonAddress]) -> Agreement:
    """By postcode, over every address that is not protected: a protected one must not be found by guessing."""
    told = postcode_key(postcode)
    held: dict[bool, set[str]] = {True: set(), False: set()}
    for row in recorded:
        if row.postcode and not row.protected:
            held[row.valid_to is None].add(postcode_key(row.postcode))
    if not told:
        return Agreement("address", "Address", Word.NOT_GIVEN)
    if told in held[True]:
        return Agreement("address", "Address", Word.SAME, "same postcode")
    if told in held[False]:
        return Agreement("address", "Address", Word.VERY_CLOSE, "a past address has this postcode")
    if any(told[:-OUTWARD_UNIT] == other[:-OUTWARD_UNIT] for other in held[True]):
        return Agreement("address", "Address", Word.CLOSE, "same postcode area")
    known = held[True] or held[False]
    return Agreement("address", "Address", Word.DIFFERENT if known else Word.NOT_KNOWN)


def postcode_key(postcode: str) -> str:
    """Capitals without spaces, as `PersonAddress.postcode_key` is stored."""
    return "".join(postcode.split()).upper()


def _number(told: str, held: set[str]) -> Agreement:
    digits = "".join(told.split()).replace("-", "")
    if not digits:
        word = Word.NOT_GIVEN
    elif not held:
        word = Word.NOT_KNOWN
    else:
        word = Word.SAME if digits in held else Word.DIFFERENT
    return Agreement("nhs_number", "NHS number", word)
