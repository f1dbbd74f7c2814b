"""How information governance names a record that it may not read, and a sealed one not at all.

A case by its reference; a person, whose name it is not told, by the beginning of the key of their page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sightline.vocabulary.process import process_named


@dataclass(frozen=True)
class NamedRecord:
    """A record's reference and what kind of matter it is; nobody whom it is about."""

    case_id: UUID
    reference: str
    process: str
    partnership_id: UUID

    @property
    def label(self) -> str:
        """What kind of matter it is."""
        return process_named(self.process).label


def named_for_oversight(cases: Iterable[UUID]) -> dict[UUID, NamedRecord]:
    """The records among these of the partnerships whose reads the asker looks at; empty for anybody else.

    The database works it out by itself, because the site's own role cannot see the records either.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_named_for_oversight(%s)", [list(cases)])
        return {row[0]: NamedRecord(*row) for row in cursor.fetchall()}


@dataclass(frozen=True)
class NamedPerson:
    """Somebody on record, without a name: enough to know them again in another line."""

    person_id: UUID
    partnership_id: UUID

    @property
    def label(self) -> str:
        """What they are called."""
        return f"A person on record ({str(self.person_id)[:8]})"


def people_for_oversight(people: Iterable[UUID]) -> dict[UUID, NamedPerson]:
    """The people among these whose page may be named to the asker, as `named_for_oversight` for cases."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_people_for_oversight(%s)", [list(people)])
        return {row[0]: NamedPerson(*row) for row in cursor.fetchall()}
