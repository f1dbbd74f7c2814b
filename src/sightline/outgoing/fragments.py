"""What leaves, in typed fragments: whom each is about, what sort of thing it says, and where it is put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class Sort(StrEnum):
    """What sort of thing a fragment says, which decides who may be given it."""

    OPEN = "open"
    THIRD_PARTY = "third-party identity"
    PROTECTED_PLACE = "protected place"
    POLICE = "police-sensitive"
    SEXUAL_HEALTH = "sexual health"
    SMALL_NUMBER = "small number"


class Form(StrEnum):
    """What a fragment is. All but TEXT are typed: no other words are expected in them."""

    TEXT = "text"
    NAME = "name"
    PLACE = "address"
    CONTACT = "contact"
    DAY = "date"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One thing said. `about`: ids of the persons whom it is about; `where`: where in the matter it is put right."""

    text: str
    form: Form = Form.TEXT
    sort: Sort = Sort.OPEN
    about: frozenset[UUID] = frozenset()
    where: str = ""


class Standing(StrEnum):
    """As what somebody is given an artefact."""

    AT_MEETING = "agency at the meeting"
    AGENCY = "other agency"
    STAFF = "worker who takes a file away"
    BY_EMAIL = "worker, by email"
    FAMILY = "family"
    REFERRER = "referrer"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to have it. person_id: of a member of the family; send_to: the postal address that it is sent to."""

    standing: Standing
    name: str
    person_id: UUID | None = None
    agency_kind: str = ""
    send_to: str = ""


PUBLIC = Recipient(Standing.PUBLIC, "the public")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One artefact for one recipient. `kind`: a key of `kinds.KINDS`; `about`: every person of the matter.

    everybody_of: id of a partnership, for what is about nobody and may be read by anybody: the places of all are kept.
    """

    kind: str
    to: Recipient
    purpose: str
    fragments: tuple[Fragment, ...]
    about: frozenset[UUID] = frozenset()
    ids: tuple[UUID, ...] = ()
    everybody_of: UUID | None = None


def leaves[L: (str, Fragment)](content: Any, leaf: type[L]) -> Iterator[L]:
    """Every leaf of a type (texts, or fragments) in mappings and lists, in order."""
    if isinstance(content, leaf):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from leaves(value, leaf)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from leaves(value, leaf)


def with_texts(content: Any, leaf: type[str] | type[Fragment], texts: Iterator[str | None]) -> Any:
    """The same data with each of those leaves replaced by its text as it passed; what was left out is empty."""
    if isinstance(content, leaf):
        return next(texts) or ""
    if isinstance(content, dict):
        return {key: with_texts(value, leaf, texts) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [with_texts(value, leaf, texts) for value in content]
    return content


def plain_fragments(content: Any, where: str, about: frozenset[UUID] = frozenset()) -> tuple[Fragment, ...]:
    """Every text in the data as free text of no special sort."""
    return tuple(Fragment(text, about=about, where=where) for text in leaves(content, str))
