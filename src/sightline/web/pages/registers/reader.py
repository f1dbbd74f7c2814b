"""Who reads a register, and of which partnership."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from sightline.datasets.neighbours.register import NeighbourSets
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.registers.sight import may_read
from sightline.vocabulary import roles
from sightline.vocabulary.register import REGISTERS, Register
from sightline.web.components.shell import actor_of
from sightline.web.errors import NotForYou

IN = "in"
"""The part of an address that names the partnership, for whoever works for more than one."""
ORDER = ("priorities", "groups", "terms-of-reference", "targets", "local-limits", NeighbourSets.key)


@dataclass(frozen=True)
class Reader:
    """Who reads, and the partnership whose register it is. `others`: those that they could choose instead."""

    actor: Actor
    partnership: Partnership
    others: tuple[Partnership, ...]

    def may_propose(self, register: type[Register]) -> bool:
        """Whether this person may propose a change to the register of this partnership."""
        proposing = {role.key for role in register.changed_by}
        return any(held.role in proposing and held.partnership_id == self.partnership.pk for held in self.actor.roles)

    def address(self, name: str, *parts: Any) -> str:
        """The address of a page of registers, of the same partnership."""
        chosen = f"?{IN}={self.partnership.key}" if self.others else ""
        return reverse(name, args=parts) + chosen

    def choices(self, name: str, *parts: Any) -> list[dict[str, str]]:
        """A link to the same page of each other partnership."""
        return [{"text": one.name, "href": f"{reverse(name, args=parts)}?{IN}={one.key}"} for one in self.others]


def reader_of(request: HttpRequest) -> Reader:
    """Who reads. Raises NotForYou for somebody without a role, and Http404 for a partnership that is not theirs."""
    actor = actor_of(request)
    if actor is None or not actor.roles:
        raise NotForYou("read the registers", "They are for those who work for the partnership.")
    theirs = {held.partnership_id: held.partnership for held in actor.roles}
    asked = request.GET.get(IN, "")
    chosen: Partnership | None = actor.partnership or next(iter(theirs.values()))
    if asked:
        chosen = next((one for one in theirs.values() if one.key == asked), None)
    if chosen is None:
        raise Http404
    others = sorted((one for one in theirs.values() if one.pk != chosen.pk), key=lambda one: one.name)
    return Reader(actor, chosen, tuple(others))


def readable(reader: Reader) -> list[type[Register]]:
    """The registers that this person may read, in the order of the catalogue."""
    declared = [register for register in REGISTERS.values() if register.__module__.startswith("sightline.")]
    place = {key: number for number, key in enumerate(ORDER)}
    declared.sort(key=lambda register: (place.get(register.key, len(place)), register.label))
    return [register for register in declared if may_read(register, reader.actor)]


def register_for(request: HttpRequest, key: str) -> tuple[Reader, type[Register]]:
    """The register at an address, for whoever may read it. Raises Http404, or NotForYou naming whom to ask."""
    reader, register = reader_of(request), REGISTERS.get(key)
    if register is None:
        raise Http404
    if not may_read(register, reader.actor):
        raise NotForYou(
            f"read the register of {register.label.lower()}",
            "It is for those who work for the whole partnership. Agencies read of the groups on which they sit.",
            f"Ask {roles.SUPPORT_HUB.holder} what you need to know.",
        )
    return reader, register
