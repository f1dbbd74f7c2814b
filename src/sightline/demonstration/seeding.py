"""The same seed gives the same rows, keys and references: while a block lasts, keys are drawn and not invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.apps import apps

from sightline.engine import effects, perform
from sightline.engine.references import ALPHABET, LENGTH

SEED = "ardenvale 1"
MADE_BY_STEPS = ("engine", "notices", "people")
"""Apps whose rows a step may make; their keys are drawn. Audit rows keep keys of their own."""

REFERRERS = (effects, perform)
"""Modules of the engine that give out references."""

_PLACES = len(ALPHABET) ** LENGTH
_STRIDE = 148_531_609
"""Shares no factor with the number of references there are, so every number gives a different one."""


def key_of(*words: object) -> UUID:
    """The key that these words always have in the demonstration."""
    return uuid5(NAMESPACE_URL, "sightline demonstration " + " ".join(str(word) for word in words))


def chance(*words: object) -> Random:
    """A source of chance that these words always start in the same way."""
    return Random(f"{SEED} {' '.join(str(word) for word in words)}")  # noqa: S311 - seeded on purpose, guards nothing


class Keys:
    """Keys and references for the rows of one story, drawn one after another for each table."""

    def __init__(self, story: str, number: int) -> None:
        self._story = story
        self._number = number * 64
        self._chances: dict[str, Random] = {}

    def next_key(self, table: str) -> UUID:
        if table not in self._chances:
            self._chances[table] = chance(self._story, table)
        return UUID(int=self._chances[table].getrandbits(128), version=4)

    def next_reference(self, prefix: str) -> str:
        """A reference that no other story's numbers reach: 64 of them a story."""
        rest, self._number = (self._number * _STRIDE) % _PLACES, self._number + 1
        letters = ""
        for _ in range(LENGTH):
            rest, place = divmod(rest, len(ALPHABET))
            letters += ALPHABET[place]
        return f"{prefix}-{letters}"


@contextmanager
def drawn() -> Iterator["Drawing"]:
    """While the block lasts, rows that steps make take keys and references from `drawing.keys`.

    Changes what this process makes in every thread, so it belongs to a process that loads the demonstration.
    """
    drawing = Drawing()
    fields = [_key_field(model) for app in MADE_BY_STEPS for model in apps.get_app_config(app).get_models()]
    fields = [field for field in fields if field is not None]
    held = [(field, field.__dict__.get("_get_default")) for field in fields]
    for field in fields:
        field.__dict__["_get_default"] = drawing.for_table(field.model._meta.db_table)
    invented = [vars(module)["new_reference"] for module in REFERRERS]
    for module in REFERRERS:
        vars(module)["new_reference"] = drawing.reference
    try:
        yield drawing
    finally:
        for module, before in zip(REFERRERS, invented, strict=True):
            vars(module)["new_reference"] = before
        for field, before in held:
            field.__dict__.pop("_get_default") if before is None else field.__dict__.update(_get_default=before)


class Drawing:
    """Whose keys are being drawn at the moment."""

    keys: Keys

    def for_table(self, table: str) -> Any:
        return lambda: self.keys.next_key(table)

    def reference(self, prefix: str, choose: object = None) -> str:
        return self.keys.next_reference(prefix)


def _key_field(model: Any) -> Any:
    field = model._meta.pk
    return field if field.has_default() and field.remote_field is None else None
