"""What is said of a fault of the layout: the sender's own element names, what is wrong, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from sightline.datasets.cin_census.layout import YEARS
from sightline.datasets.cin_census.tree import Node
from sightline.vocabulary.xml_file import Years


def wrong_root_words(name: str) -> str:
    return (
        f"The file is XML and not a children in need census: its outermost element is “{name[:100]}”, "
        "and a census has “Message”. Check which file you chose."
    )


def unknown_words(name: str, within: Node) -> str:
    known = within.children
    near = [each for each in known if each.lower() == name.lower()] or difflib.get_close_matches(name, known, n=1)
    advice = f"Should it be {near[0]}?" if near else "Remove it, or correct its name."
    return f"the census has no element {name[:100]} in {within.name}. {advice}"


def other_year_words(name: str, years: Years, year: str) -> str:
    return (
        f"{name} is used {years.words}, and this file is read as {year}. "
        "Remove it, or check which year the file is for."
    )


def order_words(node: Node, within: Node, seen: Collection[str]) -> str:
    later = [within.children[name] for name in seen if within.children[name].rank > node.rank]
    first = min(later, key=lambda each: each.rank)
    return f"{node.name} is out of order in {within.name}. Put it before {first.name}."


def repeated_words(name: str, within: str) -> str:
    return f"{name} appears more than once in {within}. Keep one."


def missing_words(name: str, within: str) -> str:
    return f"{name} is missing from {within}. It cannot be left out."


def nested_words(outer: str, inner: str) -> str:
    return f"{outer} has another element, {inner[:100]}, inside it. It should hold a value alone."


def stray_words(text: str, within: str) -> str:
    return f"there is stray text in {within}, outside any element: “{text}”. Remove it."


def attribute_words(attribute: str, name: str) -> str:
    return f"{name} has an attribute, {attribute[:100]}. No element of the census has any. Remove it."


def no_year_words(missing: str) -> str:
    return (
        f"{missing} is missing, so we cannot tell which year this census is for. "
        "Add it, or say the year when you check or load the file."
    )


def year_not_read_words(year: str) -> str:
    return (
        f"this census is for {year}. We can read {', '.join(YEARS[:-1])} and {YEARS[-1]}. "
        "Check ReferenceDate, and which file you chose."
    )


def year_differs_words(stated: object, year: str) -> str:
    ends = int(year[:4]) + 1
    return (
        f"Year says {stated}, and ReferenceDate is in the census year {year}, whose Year is {ends}. "
        "Correct whichever is wrong."
    )


def other_collection_words(collection: str) -> str:
    return (
        f"this file is for another collection, “{collection}”, not the children in need census (CIN). Check the file."
    )


def place_words(record: str | None, table: str, row: int | None) -> str:
    """Where a fault is, to stand before it, such as "Child A1, CINdetails"."""
    if record is not None:
        return f"Child {record}, {table}"
    if row is not None and table != "Header":
        return f"Child without LAchildID, {table} row {row + 1}"
    return table or "The file"


def too_many_words(most: int) -> str:
    return f"We stopped reading after {most:,} faults. Correct these, or how the file is made, then check it again."


def strange_names_words() -> str:
    return "We stopped reading, as most of the file is made of elements that the census does not have. Check the file."
