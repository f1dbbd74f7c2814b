"""One edition of a document on its way out: its content, what state it is in, and who has signed that very content."""

from dataclasses import dataclass, replace
from typing import Any

from sightline.outgoing.fragments import Fragment, plain_fragments, with_texts
from sightline.outgoing.gate import Passed
from sightline.vocabulary.publication import Document, document_from


@dataclass(frozen=True, slots=True)
class Issue:
    """What every format prints. `state`: "Draft, edition 3" or "Published 4 December 2026, edition 3".

    signatures: one sentence for each that counts. sha256: of the content, the same in every format.
    """

    document: Document
    reference: str
    state: str
    signatures: tuple[str, ...]
    draft: bool

    @property
    def sha256(self) -> str:
        return self.document.sha256

    @property
    def provenance(self) -> str:
        """The line at the end of every format."""
        return f"{self.reference}. {self.state}. Records as at {self.document.as_at}. Content {self.sha256}."

    @property
    def file_name(self) -> str:
        """Without its ending; nothing in it but letters, digits and hyphens."""
        plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in self.document.title.lower())
        return "-".join(part for part in f"{plain}-{'draft' if self.draft else 'published'}".split("-") if part)

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """Every text that any format prints, in the order in which `as_passed` takes them back."""
        return plain_fragments(self._texts(), f"{self.document.title}, edition and sections")

    def as_passed(self, passed: Passed) -> "Issue":
        """The same issue with its texts as the gate passed them."""
        made = with_texts(self._texts(), str, iter(passed.texts))
        return replace(
            self, document=_with(self.document, made), state=made["state"], signatures=tuple(made["signatures"])
        )

    def _texts(self) -> dict[str, Any]:
        document = self.document.as_json()
        kept = {key: document[key] for key in ("title", "publisher")}
        sections = [_without_kinds(one) for one in document["sections"]]
        return {**kept, "sections": sections, "state": self.state, "signatures": list(self.signatures)}


def _without_kinds(section: dict[str, Any]) -> dict[str, Any]:
    """A section's texts; what kind of fragment each is, is not one."""
    fragments = [{key: text for key, text in one.items() if key != "kind"} for one in section["fragments"]]
    return {"heading": section["heading"], "fragments": fragments}


def _with(document: Document, made: dict[str, Any]) -> Document:
    """The document with these texts, in the same structure."""
    whole = document.as_json()
    for section, texts in zip(whole["sections"], made["sections"], strict=True):
        section["heading"] = texts["heading"]
        for fragment, words in zip(section["fragments"], texts["fragments"], strict=True):
            fragment.update(words)
    return document_from({**whole, "title": made["title"], "publisher": made["publisher"]})
