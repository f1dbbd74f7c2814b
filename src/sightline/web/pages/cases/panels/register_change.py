"""A change to a register on the page of its matter: what it would say, beside what the register says now."""

from django.urls import reverse

from sightline.registers.entries import Change
from sightline.registers.reading import compared_with, register_of
from sightline.vocabulary.register import REGISTERS, Register
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.registers.reader import IN
from sightline.web.pages.registers.wording import proposed_rows

from .base import Panel
from .said import HEADLINES

for _register in REGISTERS.values():
    if _register.change:
        HEADLINES[_register.process_key()] = ()  # this panel says it, with what holds now


def register_change_panel(opened: Opened) -> list[Panel]:
    """What is proposed, or was; no panel for a matter of another kind."""
    register, rows = register_of(opened.case.process), change_rows(opened)
    if register is None or not rows:
        return []
    shown = Panel("register-change", "The change", "rows", rows, "")
    shown.links.append({"text": f"See the register: {register.label.lower()}", "href": _address(opened, register)})
    return [shown]


def _address(opened: Opened, register: type[Register]) -> str:
    """The entry's page, or the register's while the entry is only proposed."""
    chosen = {IN: opened.case.partnership.key}
    record = opened.record
    if record.made or record.ended or record.kind != Change.Kind.NEW:
        return reverse("register-entry", args=[register.key, record.entry], query=chosen)
    return reverse("register", args=[register.key], query=chosen)


def change_rows(opened: Opened) -> list[tuple[str, str]]:
    """Label and answer for the change; nothing for a matter of another kind."""
    register = register_of(opened.case.process)
    if register is None:
        return []
    return proposed_rows(register, opened.record, compared_with(register, opened.matter))
