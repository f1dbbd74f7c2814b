"""The first matcher: a few ways in (numbers, birth, names, postcode), then agreement field by field."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest

from sightline.people.families import Tie, ties
from sightline.people.identifiers import checked_nhs_number, checked_upn
from sightline.people.index.agreement import Agreement, Word, agreements, postcode_key
from sightline.people.index.described import Candidate, Candidates, Described, Flag
from sightline.people.index.spelling import parts
from sightline.people.models import Identifier, Partnership, Person, PersonAddress, PersonName
from sightline.people.models.persons import plain_name
from sightline.platform import calendar

WAY_IN_LIMIT = 120
"""Persons taken from one way in, so that a common name cannot make a search slow."""

BIRTH_FITS = 0.3
"""What a fitting year of birth adds to a likeness of names between 0 and 1, when choosing whom to compare."""

type Keys = Iterable[UUID]

_WEIGHT = {Word.SAME: 4, Word.VERY_CLOSE: 3, Word.CLOSE: 2, Word.DIFFERENT: -2}
_IMPORTANCE = {"name": 2, "birth": 2, "address": 1, "nhs_number": 4}


class PlainMatcher:
    """Exact numbers, dates and postcodes, and names by trigram. What was given alone decides how many queries."""

    def candidates(self, described: Described, partnership: Partnership, *, by: Any, limit: int = 8) -> Candidates:
        """At most `limit` people whom `by` may see, closest first. An empty description finds nobody."""
        today = calendar.today()
        seen_by = Person.visible_to(by).filter(partnership=partnership)
        if described.kind:
            seen_by = seen_by.filter(kind=described.kind)
        keys = {key for way_in in _ways_in(described, seen_by, today) for key in way_in}
        # Compared through `objects`, so that the audit of reads has who was shown and not who was passed over; every
        # key came through `seen_by`, and so does everybody shown.
        people = Person.objects.filter(id__in=keys).prefetch_related("names", "addresses", "identifiers")
        compared = [Candidate(person, agreements(described, person, today)) for person in people]
        likely = sorted(filter(_worth_showing, compared), key=_closeness)
        shown = {person.id for person in seen_by.filter(id__in=[each.person.id for each in likely[:limit]])}
        nearest = [each for each in likely[:limit] if each.person.id in shown]
        return Candidates(_flagged(nearest, today, by), too_many=len(likely) > limit)


def _ways_in(described: Described, seen_by: QuerySet[Person], today: date) -> Iterator[Keys]:
    names = PersonName.objects.filter(person__in=seen_by)
    years = _birth_years(described, today)
    if numbers := _numbers(described):
        yield Identifier.objects.filter(numbers, person__in=seen_by).values_list("person_id", flat=True)[:WAY_IN_LIMIT]
    if described.date_of_birth:
        yield seen_by.filter(_birth_dates(described.date_of_birth)).values_list("id", flat=True)[:WAY_IN_LIMIT]
    if described.names:
        yield _alike(names, described.names, years)
    if key := postcode_key(described.postcode):
        there = PersonAddress.objects.filter(postcode_key=key, protected=False, person__in=seen_by)
        yield there.values_list("person_id", flat=True)[:WAY_IN_LIMIT]


def _numbers(described: Described) -> Q:
    wanted = Q()
    if described.nhs_number:
        wanted |= Q(type="nhs", value=checked_nhs_number(described.nhs_number).value)
    if described.upn:
        wanted |= Q(type__in=["upn", "former_upn"], value=checked_upn(described.upn).value)
    return wanted


def _birth_dates(born: date) -> Q:
    """The date given, and the same with day and month the other way round where that is a date."""
    dates = {born}
    if born.day <= 12:
        dates.add(date(born.year, born.day, born.month))
    return Q(date_of_birth__in=dates)


def _birth_years(described: Described, today: date) -> tuple[int, int] | None:
    """Years of birth near what was said, so that the right child is not lost among a hundred of the same name."""
    if described.date_of_birth:
        return described.date_of_birth.year - 1, described.date_of_birth.year + 1
    if described.approximate_age_years is None:
        return None
    about = (described.age_given_on or today).year - described.approximate_age_years
    return about - 3, about + 2


def _alike(rows: QuerySet[PersonName], names: tuple[str, ...], years: tuple[int, int] | None) -> Keys:
    """Names that share enough runs of three letters with any name given, or contain it; order does not matter.

    Nearest first, and those born in `years` before others as near: a hundred people may have one name.
    """
    wanted = sought(names)
    told = [plain_name(Value(name)) for name in wanted]
    # Asked of a function of the database, whose wall would otherwise be asked of every name before its likeness.
    alike = Q(pk__in=RawSQL("select wall_names_like(%s)", [wanted]))  # noqa: S611 - no text of anybody's is in the words
    likeness = [TrigramSimilarity(F("normalised"), name) for name in told]  # type: ignore[arg-type]
    nearest: Any = Greatest(*likeness) if len(likeness) > 1 else likeness[0]
    if years:
        fits = When(person__date_of_birth__year__range=years, then=Value(BIRTH_FITS))
        nearest = nearest + Case(fits, default=Value(0.0))
    return rows.filter(alike).order_by(nearest.desc(), "person_id").values_list("person_id", flat=True)[:WAY_IN_LIMIT]


def sought(names: tuple[str, ...]) -> list[str]:
    """What to look names up by: each name, and the first and last part of a long one, which may be all we hold."""
    long = [told for name in names if len(told := parts(name)) > 2]
    return [*names, *(f"{told[0]} {told[-1]}" for told in long)]


def _worth_showing(candidate: Candidate) -> bool:
    """Keep who could be meant; somebody who only shares a birthday or a street is noise that hides the right child."""
    name, birth, address, number = (agreement.word for agreement in candidate.agreements)
    if number is Word.SAME or name in {Word.SAME, Word.VERY_CLOSE}:
        return True
    if name is Word.CLOSE:
        return birth is not Word.DIFFERENT
    same_home = address in {Word.SAME, Word.VERY_CLOSE}
    if name is Word.DIFFERENT:
        return same_home and birth in {Word.SAME, Word.VERY_CLOSE}
    return same_home or birth in {Word.SAME, Word.VERY_CLOSE}


def _closeness(candidate: Candidate) -> tuple[int, str]:
    points = sum(_points(agreement) for agreement in candidate.agreements)
    return -points, str(candidate.person.id)


def _points(agreement: Agreement) -> int:
    return _WEIGHT.get(agreement.word, 0) * _IMPORTANCE[agreement.field]


def _flagged(candidates: list[Candidate], today: date, by: Any) -> list[Candidate]:
    """Each candidate with the twins and brothers and sisters they could be taken for."""
    found = ties([candidate.person for candidate in candidates], today, by=by)
    return [Candidate(each.person, each.agreements, _flags(each.person, found)) for each in candidates]


def _flags(person: Person, found: list[Tie]) -> tuple[Flag, ...]:
    flags: dict[UUID, Flag] = {}
    for tie in found:
        related = tie.kind == "sibling" or (tie.kind == "household" and tie.other.is_child and person.is_child)
        if tie.person.id != person.id or not related:
            continue
        flag = _flag(person, tie)
        if tie.other.id not in flags or tie.kind == "sibling":
            flags[tie.other.id] = flag
    return tuple(sorted(flags.values(), key=lambda flag: flag.kind != "twin"))


def _flag(person: Person, tie: Tie) -> Flag:
    name = tie.other.name_on()
    called = name.full_with_capitals if name else tie.other.display_name
    born = person.date_of_birth
    if born and born == tie.other.date_of_birth and not _same_given_name(person, tie.other):
        return Flag("twin", tie.other, f"Has a twin, {called}")
    relation = tie.how if tie.kind == "sibling" else "child in the same household"
    return Flag("sibling", tie.other, f"Has a {relation}, {called}")


def _same_given_name(one: Person, another: Person) -> bool:
    """The same first name to the letter: twins' names are often one letter apart, so a near name is another child."""
    names = [person.name_on() for person in (one, another)]
    first = [parts(name.given_names)[:1] for name in names if name]
    return len(first) == 2 and first[0] == first[1] and first[0] != []
