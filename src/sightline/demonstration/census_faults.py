"""Faults that can be planted in an invented census: each changes one child and says what the check should find."""

from __future__ import annotations

from collections.abc import Callable

from sightline.demonstration.census_xml import TABLES, Element

Fault = Callable[[Element, str], bool]
"""Spoils a child of a year's census. False, and nothing changed, where the child has not what it takes."""


def _spoil(group: Element | None, name: str, text: str, rule: str) -> bool:
    item = group.find(name) if group else None
    if group is None or item is None:
        return False
    item.text = text
    (item if name in TABLES else group).faults.append((rule, (name,), text))
    return True


def date_with_the_day_first(child: Element, year: str) -> bool:
    return _spoil(child.find("CINdetails"), "CINreferralDate", "03/09/2025", "type.date")


def date_that_never_was(child: Element, year: str) -> bool:
    return _spoil(child.find("CINdetails", "Assessments"), "AssessmentActualStartDate", "2025-02-30", "type.date")


def neither_true_nor_false(child: Element, year: str) -> bool:
    return _spoil(child.find("CINdetails"), "ReferralNFA", "perhaps", "type.boolean")


def pupil_number_too_short(child: Element, year: str) -> bool:
    return _spoil(child.find("ChildIdentifiers"), "UPN", "A12345", "type.upn")


def count_in_words(child: Element, year: str) -> bool:
    plan = child.find("CINdetails", "ChildProtectionPlans")
    return _spoil(plan, "NumberOfPreviousCPP", "two", "type.number")


def unknown_ethnicity(child: Element, year: str) -> bool:
    return _spoil(child.find("ChildCharacteristics"), "Ethnicity", "WELSH", "code.unknown")


def unknown_factor(child: Element, year: str) -> bool:
    factors = child.find("CINdetails", "Assessments", "FactorsIdentifiedAtAssessment")
    return _spoil(factors, "AssessmentFactors", "99Z", "code.unknown")


def unknown_closure(child: Element, year: str) -> bool:
    return _spoil(child.find("CINdetails"), "ReasonForClosure", "RC77", "code.unknown")


def unknown_element(child: Element, year: str) -> bool:
    identifiers = child.find("ChildIdentifiers")
    if identifiers is None:
        return False
    identifiers.within.append(Element("ShoeSize", "34"))
    identifiers.faults.append(("structure.unknown_element", ("ShoeSize",), None))
    return True


def element_of_another_year(child: Element, year: str) -> bool:
    identifiers = child.find("ChildIdentifiers")
    if identifiers is None:
        return False
    stranger = Element("Sex", "F") if year == "2023-24" else Element("GenderCurrent", "2")
    identifiers.within.append(stranger)
    identifiers.faults.append(("structure.other_year", (stranger.name,), None))
    return True


def element_twice(child: Element, year: str) -> bool:
    characteristics = child.find("ChildCharacteristics")
    if characteristics is None:
        return False
    characteristics.within.insert(1, Element("Ethnicity", "NOBT"))
    characteristics.faults.append(("structure.repeated", ("Ethnicity",), None))
    return True


def out_of_order(child: Element, year: str) -> bool:
    episode = child.find("CINdetails")
    if episode is None or [each.name for each in episode.within[:2]] != ["CINreferralDate", "ReferralSource"]:
        return False
    episode.within[:2] = reversed(episode.within[:2])
    episode.faults.append(("structure.order", ("CINreferralDate",), None))
    return True


def no_number_of_the_council(child: Element, year: str) -> bool:
    identifiers = child.find("ChildIdentifiers")
    number = identifiers.find("LAchildID") if identifiers else None
    if identifiers is None or number is None:
        return False
    identifiers.within.remove(number)
    identifiers.faults.append(("structure.missing", ("LAchildID",), None))
    return True


def stray_text(child: Element, year: str) -> bool:
    episode = child.find("CINdetails")
    if episode is None:
        return False
    episode.text = "see notes"
    episode.faults.append(("structure.text", (), "see notes"))
    return True


def element_inside_a_value(child: Element, year: str) -> bool:
    ethnicity = child.find("ChildCharacteristics", "Ethnicity")
    if ethnicity is None:
        return False
    ethnicity.within.append(Element("Note", "as told"))
    ethnicity.faults.append(("structure.nested", ("Ethnicity",), "Note"))
    return True


def attribute(child: Element, year: str) -> bool:
    episode = child.find("CINdetails")
    if episode is None:
        return False
    episode.attributes = ' open="yes"'
    child.faults.append(("structure.attribute", ("CINdetails",), "yes"))
    return True


KINDS: tuple[Fault, ...] = (
    date_with_the_day_first,
    unknown_ethnicity,
    neither_true_nor_false,
    unknown_element,
    unknown_factor,
    out_of_order,
    pupil_number_too_short,
    element_twice,
    element_of_another_year,
    date_that_never_was,
    unknown_closure,
    stray_text,
    no_number_of_the_council,
    element_inside_a_value,
    attribute,
)


def plant(child: Element, year: str, turn: int) -> None:
    """Spoil one child in one way: the kind whose turn it is, or the next that this child has what it takes for."""
    if turn % 2 and count_in_words(child, year):  # few have a plan, so its turn would seldom meet one
        return
    for step in range(len(KINDS)):
        if KINDS[(turn + step) % len(KINDS)](child, year):
            return
    raise AssertionError("every child has an ethnicity, so one kind always fits")


def contradict(header: Element) -> None:
    """Make the header's Year say another year than its reference date."""
    details = header.find("CollectionDetails")
    year = details.find("Year") if details else None
    if year is not None:
        year.text = str(int(year.text) - 1)
        header.faults.append(("year.contradicts", ("Year", "ReferenceDate"), year.text))
