"""What is a document put together from records and figures, and who has to sign it?

A document is made of typed fragments, never of marked-up text: each says what it is (a sentence, a quotation, a figure,
a table), so that one content gives every format, carries one hash, and can be checked before it leaves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .partners import STATUTORY_PARTNERS


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure cited by reference, as it stood: its words, the day of its data and where it came from."""

    reference: str
    name: str
    period: str
    words: str
    source: str
    as_at: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are somebody else's, exactly, and whose they are."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short lines."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row of cells heads the columns and whose first cell heads each row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


type Fragment = Paragraph | Quote | Bullets | Table | Figure
FRAGMENTS: Mapping[str, type[Any]] = {
    "paragraph": Paragraph,
    "quote": Quote,
    "bullets": Bullets,
    "table": Table,
    "figure": Figure,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part. `level` 1 is a chapter, 2 a part of one; numbers are worked out, never typed."""

    heading: str
    fragments: tuple[Fragment, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One content of a publication. `as_at`: ISO date of the records. `invented`: everybody in it is invented."""

    title: str
    publisher: str
    as_at: str
    sections: tuple[Section, ...]
    invented: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data in a fixed order, from which the same document can be read again."""
        said = {"title": self.title, "publisher": self.publisher, "as_at": self.as_at, "invented": self.invented}
        return {**said, "sections": [_section_json(section) for section in self.sections]}

    @property
    def sha256(self) -> str:
        """The hash that is signed: of the content alone, the same in every format."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def numbered(self) -> list[tuple[str, Section]]:
        """Each section with its number: "1", "1.1", "2" ..."""
        chapter = part = 0
        found = []
        for section in self.sections:
            chapter, part = (chapter + 1, 0) if section.level == 1 else (chapter, part + 1)
            found.append((str(chapter) if section.level == 1 else f"{chapter}.{part}", section))
        return found


def _section_json(section: Section) -> dict[str, Any]:
    kinds = {made: kind for kind, made in FRAGMENTS.items()}
    fragments = [{"kind": kinds[type(one)], **asdict(one)} for one in section.fragments]
    return {"heading": section.heading, "level": section.level, "fragments": fragments}


def document_from(content: Mapping[str, Any]) -> Document:
    """The document that `as_json` gave. Raises KeyError for a kind of fragment that there is not."""
    sections = tuple(
        Section(one["heading"], tuple(_fragment(each) for each in one["fragments"]), one["level"])
        for one in content["sections"]
    )
    return Document(content["title"], content["publisher"], content["as_at"], sections, content["invented"])


def _fragment(given: Mapping[str, Any]) -> Fragment:
    kept = {name: _tuples(value) for name, value in given.items() if name != "kind"}
    fragment: Fragment = FRAGMENTS[given["kind"]](**kept)
    return fragment


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class Publication:
    """A kind of document. `assemble(actor, partnership, words)`: its content now, from what the actor may see.

    words: what the editor writes, by key ("introduction" ...). signed_by: kinds of agency whose partner must each sign
    (Working Together to Safeguard Children: the local authority, the police and the integrated care board).
    """

    key: str
    title: str
    about: str
    assemble: Callable[[Any, Any, Mapping[str, str]], Document]
    signed_by: tuple[str, ...] = tuple(partner.kind for partner in STATUTORY_PARTNERS)


PUBLICATIONS: dict[str, Publication] = {}


def publish_with(publication: Publication) -> Publication:
    """Declare a publication; its key is what a matter that publishes it names."""
    PUBLICATIONS[publication.key] = publication
    return publication


def publication_named(key: str) -> Publication:
    """The declared publication with this key. Raises LookupError naming the key and what there is."""
    try:
        return PUBLICATIONS[key]
    except KeyError:
        raise LookupError(f"There is no publication {key!r}. There are: {', '.join(sorted(PUBLICATIONS))}.") from None
