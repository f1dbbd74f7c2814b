"""What makes each kind of file that is asked for, at the moment at which it is taken; and where it is asked for."""

from collections.abc import Callable

from sightline.outgoing.models import Export
from sightline.people.actor import Actor
from sightline.web import fault_file, section_11_file
from sightline.web.leaving import Lines

CONTENTS: dict[str, Callable[[Actor, Export], Lines]] = {
    fault_file.KIND: fault_file.asked_for,
    section_11_file.ANSWERS: section_11_file.answers_asked_for,
    section_11_file.HEAT_MAP: section_11_file.heat_map_asked_for,
}
"""By the key of the kind: one for every kind that is `asked_for`, which a test holds it to."""

ASKED_AT: dict[str, Callable[[Export], str]] = {
    fault_file.KIND: fault_file.asked_at,
    section_11_file.ANSWERS: section_11_file.answers_asked_at,
    section_11_file.HEAT_MAP: section_11_file.heat_map_asked_at,
}
"""The address at which each of them is asked for, and asked for again."""
