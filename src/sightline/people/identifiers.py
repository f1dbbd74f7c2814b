"""Are these numbers well formed? NHS number and unique pupil number (UPN), by their published check rules.

A number that fails is kept as it was given and marked not validated: a wrong digit never holds up a concern.
"""

import re
from dataclasses import dataclass

from nhs_number.validate import is_valid

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters a UPN may use (no I, O or S); a letter's place is its value. Source: DfE, UPNs: guide, version 1.2."""

UPN_FORM = re.compile(rf"[{UPN_LETTERS}]\d{{11}}[\d{UPN_LETTERS}]")


@dataclass(frozen=True)
class Checked:
    """An identifier as it is stored: `value` without spaces, `valid`, and when it is not, `fault` for the person."""

    value: str
    valid: bool
    fault: str = ""


def checked_nhs_number(text: str) -> Checked:
    """The NHS number: ten digits, the last a modulus 11 check (NHS Data Dictionary). Spaces and hyphens are allowed."""
    value = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", value):
        return Checked(value, False, f"An NHS number has 10 digits, and {text.strip()!r} does not. Check the number.")
    if value.strip("0") == "" or not is_valid(value):
        return Checked(value, False, f"NHS number {spaced_nhs_number(value)} has a wrong digit. Check each digit.")
    return Checked(value, True)


def spaced_nhs_number(value: str) -> str:
    """3-3-4 as the NHS prints it: "943 476 5919"."""
    return f"{value[:3]} {value[3:6]} {value[6:]}"


def masked_nhs_number(value: str) -> str:
    """All but the last four digits hidden, for lists."""
    return f"••• ••• {value[-4:]}"


def checked_upn(text: str) -> Checked:
    """The UPN: a check letter, 11 digits, and a digit or (temporary UPN) a letter. Source: DfE, UPNs: guide."""
    value = re.sub(r"\s", "", text).upper()
    if not UPN_FORM.fullmatch(value):
        return Checked(value, False, f"A UPN is a letter then 12 characters, and {text.strip()!r} is not. Check it.")
    if value[0] != upn_check_letter(value[1:]):
        return Checked(value, False, f"UPN {value} has a wrong character: its check letter does not agree. Check it.")
    return Checked(value, True)


def upn_check_letter(body: str) -> str:
    """The letter before the 12 characters of `body`: each value times its place (2 to 13), summed, modulo 23."""
    values = (int(sign) if sign.isdigit() else UPN_LETTERS.index(sign) for sign in body)
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


def checked_local(text: str) -> Checked:
    """A local identifier: whatever its owner prints, without the spaces round it. There is no rule to check."""
    value = text.strip()
    return Checked(value, False, "" if value else "Give the number.")


def checked(kind: str, text: str) -> Checked:
    """Check by the identifier's type ("nhs", "upn", "former_upn", else local)."""
    if kind == "nhs":
        return checked_nhs_number(text)
    if kind in {"upn", "former_upn"}:
        return checked_upn(text)
    return checked_local(text)
