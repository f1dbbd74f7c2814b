"""The three statutory safeguarding partners (Children Act 2004, section 16E): council, police and NHS."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Partner:
    """kind: of the agency that it is. discipline: what it stands for in a meeting. name: after "the", "the council"."""

    kind: str
    discipline: str
    name: str

    @property
    def titled(self) -> str:
        """At the start of a line: "Council", "NHS"."""
        return self.name[:1].upper() + self.name[1:]


STATUTORY_PARTNERS = (
    Partner("csc", "social care", "council"),
    Partner("pol", "police", "police"),
    Partner("icb", "health", "NHS"),
)
