"""A change to a register on the page of its matter: what it would say, beside what the register says now."""

from sightline.registers.reading import compared_with, register_of
from sightline.vocabulary.register import REGISTERS
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.registers.wording import proposed_rows

from .base import Panel
from .said import HEADLINES

for _register in REGISTERS.values():
    if _register.change:
        HEADLINES[_register.process_key()] = ()  # this panel says it, with what holds now


def register_change_panel(opened: Opened) -> list[Panel]:
    """What is proposed, or was; no panel for a matter of another kind."""
    rows = change_rows(opened)
    return [Panel("register-change", "The change", "rows", rows, "")] if rows else []


def change_rows(opened: Opened) -> list[tuple[str, str]]:
    """Label and answer for the change; nothing for a matter of another kind."""
    register = register_of(opened.case.process)
    if register is None:
        return []
    return proposed_rows(register, opened.record, compared_with(register, opened.matter))
