"""Who said a line of a discussion, and so of what sort it is: what police said, what health marked as sexual health."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sightline.outgoing.fragments import Fragment, Sort
from sightline.outgoing.marked import Marked, answers_marked

POLICE = "pol"
SHARED = "information_shared"
_SPEAKER = re.compile(r"\s*([\w’' ]{2,60}):")
_HEALTH = re.compile(r"\b(health|nurs\w*|midwi\w*|doctor|dr|gp|clinic|hospital|paediatric\w*)\b", re.IGNORECASE)
"""Words by which whoever speaks for health is written down."""


def marked_of(matter: Any) -> Marked:
    """What an agency marked as sexual health about the people of the matter: looked up once for a matter in memory."""
    if "marked" not in matter.facts:
        about = {subject.person_id for subject in matter.subjects if subject.person_id}
        matter.facts["marked"] = answers_marked(Sort.SEXUAL_HEALTH, about, matter.case.pk)
    found: Marked = matter.facts["marked"]
    return found


def spoken(text: str, matter: Any) -> Iterator[tuple[str, Sort]]:
    """Each line with its sort: from a line that begins with somebody until the next one's, theirs.

    Where a health agency marked an answer, whatever is written down as said by health is taken to be of it.
    """
    marked, sort = marked_of(matter), Sort.OPEN
    police = ("police", *(s.agency.name.casefold() for s in matter.seats_now if s.agency.kind == POLICE))
    for line in text.splitlines():
        speaker, plain = _SPEAKER.match(line), line.strip().casefold()
        if plain.startswith(police):
            sort = Sort.POLICE
        elif marked and (plain.startswith(marked.names) or (speaker and _HEALTH.search(speaker[1]))):
            sort = Sort.SEXUAL_HEALTH
        elif speaker:
            sort = Sort.OPEN
        yield line, sort


def sort_of_written(agency: Any, matter: Any) -> Sort:
    """Of what an agency wrote instead of coming, or beside it."""
    if agency.kind == POLICE:
        return Sort.POLICE
    return Sort.SEXUAL_HEALTH if agency.name.casefold() in marked_of(matter).names else Sort.OPEN


def minutes_in_fragments(sections: Any, matter: Any, about: frozenset[UUID]) -> Any:
    """Minutes as they are kept, with each text as a fragment; what each agency knows stands line by line."""
    label = f"{matter.record._meta.get_field(SHARED).verbose_name} "
    marked = marked_of(matter)

    def fragment(text: str, sort: Sort = Sort.OPEN) -> Fragment:
        found = Sort.SEXUAL_HEALTH if sort is Sort.OPEN and marked.said_in(text) else sort
        return Fragment(text, sort=found, about=about, where="Minutes")

    def made(content: Any) -> Any:
        if isinstance(content, str):
            return fragment(content)
        if isinstance(content, dict):
            return {key: paragraphs(value) if key == "paragraphs" else made(value) for key, value in content.items()}
        if not isinstance(content, list):
            return content
        theirs = bool(content) and isinstance(content[0], str) and content[0].casefold() in marked.names
        return [fragment(one, Sort.SEXUAL_HEALTH) if theirs and place > 2 else made(one)  # what they wrote
                for place, one in enumerate(content)]  # fmt: skip

    def paragraphs(texts: list[str]) -> list[Fragment]:
        found = []
        for text in texts:
            shared = marked and text.startswith(label)
            lines = list(spoken(text.removeprefix(label), matter)) if shared else [(text, Sort.OPEN)]
            found += [
                fragment(label + line if shared and not at else line, sort) for at, (line, sort) in enumerate(lines)
            ]
        return found

    return made(sections)
