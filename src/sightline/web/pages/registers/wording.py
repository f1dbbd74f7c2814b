"""Entries of a register in words: answers, dates, what changed from one version to the next."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sightline.indicators.declared import INDICATORS
from sightline.registers.entries import Change
from sightline.registers.limits import changeable_rules
from sightline.registers.proposal import address_of
from sightline.registers.reading import Told, Version
from sightline.vocabulary.register import Register
from sightline.vocabulary.roles import Role
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.pages.cases.wording import recorded_words

WHY = {"reason": "Why", "backdated": "Why it is recorded after its day", "note": "Approval", "why_not": "Why not"}
LONG = 300
"""Answers longer than so many letters are named as changed, not quoted twice."""


def indicator_choices() -> list[tuple[str, str]]:
    """Key and name of each indicator, in the scorecard's order."""
    return [(one.key, one.name) for one in INDICATORS]


def rule_choices() -> list[tuple[str, str]]:
    """Each rule that may have a local limit: its id and variant, and what it is with the limit that ships."""
    return [(f"{rule.id}~{rule.variant}", f"{rule.name} ({rule.in_words})") for rule in changeable_rules()]


def value_words(row: Any, name: str) -> str:
    """What an entry, or a proposed change to one, says in a column; empty where it says nothing."""
    column, value = row._meta.get_field(name), getattr(row, name)
    if name == "indicator":
        return dict(indicator_choices()).get(value, value)
    if name == "rule_id":
        return dict(rule_choices()).get(f"{value}~{row.variant}", value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return recorded_words(value, getattr(column, "offered", None) or column.flatchoices)


def entry_words(register: type[Register], row: Any) -> str:
    """What an entry is called on a page."""
    return value_words(row, "indicator") if register.identity == ("indicator",) else register.called(row)


def entry_rows(register: type[Register], row: Any) -> list[tuple[str, str]]:
    """Label and answer for every column that has one."""
    return [(label, said) for name, label in register.columns.items() if (said := value_words(row, name))]


def differences(register: type[Register], row: Any, before: Any) -> list[str]:
    """What changed from the version before, a sentence a column; nothing for the first version."""
    if before is None:
        return []
    found = []
    for name, label in register.columns.items():
        was, now = value_words(before, name), value_words(row, name)
        if was != now:
            found.append(_change(label, was, now))
    return found


def proposed_rows(register: type[Register], change: Any, now: Any) -> list[tuple[str, str]]:
    """A proposed change in words: what would be different first, each with what holds now; then when and why."""
    rows = [("Takes effect on", words.plain_date(change.effective_from))] if change.effective_from else []
    rows += [(said, getattr(change, name)) for name, said in WHY.items() if getattr(change, name)]
    if change.kind == Change.Kind.END:
        return [
            *rows,
            ("From that day", f"This {register.one} is no longer in force"),
            *entry_rows(register, now or change),
        ]
    if now is None:
        return [*rows, *entry_rows(register, change)]
    different, same = [], []
    for name, label in register.columns.items():
        was, would_be = value_words(now, name), value_words(change, name)
        if was != would_be:
            different.append((label, f"{would_be or 'Nothing'} (now: {was or 'nothing'})"))
        else:
            same.append(label)
    return [*rows, *different, *([("Stays as it is", words.joined(same))] if same else [])]


def _change(label: str, was: str, now: str) -> str:
    if len(was) > LONG or len(now) > LONG:
        return f"{label}: changed. The whole of both is in the versions below"
    return f"{label}: {now.rstrip('.') or 'nothing'} (it was {was.rstrip('.') or 'empty'})"


def dates_words(row: Any) -> str:
    """ "From 1 April 2026", "From 1 April 2026 to 30 September 2026"; the last day is the one before `valid_to`."""
    since = f"From {words.plain_date(row.valid_from)}"
    if row.valid_to == row.valid_from:
        return f"{since}, replaced before it held for a day"
    return f"{since} to {last_day(row)}" if row.valid_to else since


def last_day(row: Any) -> str:
    """The last day on which a version holds; empty where none is set."""
    return words.plain_date(row.valid_to - timedelta(days=1)) if row.valid_to else ""


def roles_words(roles: tuple[Role, ...]) -> str:
    """Roles inside a sentence: "a lead safeguarding partner or a delegated safeguarding partner"."""
    return words.joined(role.holder for role in roles).replace(" and ", " or ")


def told_words(told: Told | None) -> dict[str, Any] | None:
    """Who did what about a change, why, and the matter that holds all of it."""
    if told is None:
        return None
    change = told.change
    return {
        "acts": [f"{act.says}: {act.by}, {act.role}, {words.plain_date(act.step.recorded_at)}" for act in told.acts],
        "why": change.reason,
        "backdated": change.backdated,
        "note": change.note,
        "reference": change.case.reference,
        "href": case_href(change.case.pk),
    }


def version_words(register: type[Register], version: Version, before: Any, on: date) -> dict[str, Any]:
    """One version of an entry for the page of its history."""
    row = version.row
    return {
        "dates": dates_words(row),
        "state": _state(register, version, on),
        "differences": differences(register, row, before),
        "rows": entry_rows(register, row),
        "told": told_words(version.begun),
        "ended": told_words(version.ended) if version.ended and version.ended.change.made is None else None,
    }


def _state(register: type[Register], version: Version, on: date) -> str:
    row = version.row
    if version.never:
        return "Never in force"
    if row.valid_from > on:
        return "Coming"
    if row.valid_to and row.valid_to <= on:
        return "Past"
    return value_words(row, register.state) if is_over(register, row) else "In force"


def is_over(register: type[Register], row: Any) -> bool:
    """Whether the entry's life is at its end, by the state that it is in."""
    return bool(register.state) and getattr(row, register.state) in register.over


def list_row(register: type[Register], row: Any) -> dict[str, Any]:
    """One line of the list."""
    return {
        "name": entry_words(register, row),
        "entry": address_of(register, row),
        "cells": [(register.columns[name], value_words(row, name)) for name in register.listed],
        "since": words.short_date(row.valid_from),
        "until": last_day(row),
    }
