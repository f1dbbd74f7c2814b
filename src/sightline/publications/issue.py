"""One edition of a document on its way out: its content, what state it is in, and who has signed that very content."""

from dataclasses import dataclass

from sightline.vocabulary.publication import Document


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
