"""The catalogue: every kind of artefact that leaves a secure page, what makes it, and how it leaves.

A file either is asked for with a purpose, or a written reason says why it need not be; one that says neither stops
everything from starting. A page, command or renderer that answers with anything but a secure HTML page, and is not in
here, fails the build (`tools/gates/leaving.py`); so does a kind for which the canary test makes nothing
(`tests/evidence/canary.py`).
"""

from dataclasses import dataclass
from enum import StrEnum

from sightline.vocabulary import roles


class Leaves(StrEnum):
    """How a kind of artefact leaves."""

    FILE = "file"
    EMAIL = "email"
    PAGE = "page read by somebody outside the team"
    PRINT = "printed page"
    COMMAND = "command's output"
    ANSWER = "answer to a script of the page"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. made_in: modules of `sightline` that make it. agreed_by: roles whose holders may be the second person.

    asked_for: it is given on a request alone: with a purpose, for a day, marked with who took it, and audited. freely:
    why a file need not be. as_it_is: nobody can read it as fragments; it is given back, unchanged, to those who see
    what it is attached to.
    """

    key: str
    title: str
    leaves: Leaves
    made_in: tuple[str, ...]
    agreed_by: frozenset[str] = frozenset()
    asked_for: bool = False
    freely: str = ""
    as_it_is: bool = False

    def __post_init__(self) -> None:
        if self.leaves is Leaves.FILE and self.asked_for == bool(self.freely):
            raise ValueError(f"{self.key} is a file: either it is asked for with a purpose, or say why it need not be.")
        if self.asked_for and not self.agreed_by:
            raise ValueError(f"{self.key} is asked for: say whose yes it needs where there are many people in it.")


MANAGERS = frozenset(one.key for one in (roles.TEAM_MANAGER, roles.FRONT_DOOR_MANAGER, roles.SERVICE_MANAGER))
KEEPERS = frozenset(one.key for one in (roles.DATA_ANALYST, roles.SUPPORT_HUB, roles.SERVICE_MANAGER))

ALL = (
    Kind("statement", "Statement, as web page, PDF or Word file", Leaves.FILE, (
        *("publications.formats", "publications.pdf", "publications.web_page", "publications.word_file"),
        *("web.pages.statements", "cli.publish"),
    ), freely="Anybody may come to read it: it names nobody but those who sign it, and its signatures are its record."),
    Kind("family-copy", "Family's copy of a meeting's minutes", Leaves.FILE, (
        "web.pages.cases.family_copy",
    ), MANAGERS, freely="It is a letter to one reader, who is named on it: what it is for is what it is. The gate "
        "judges it anew, and audits it, each time that it is taken."),
    Kind("minutes", "Minutes, read by those who were sent them", Leaves.PAGE, (
        *("web.pages.cases.minutes", "web.pages.meetings.minutes_read"),
    )),
    Kind("public-minutes", "Public minutes of a group", Leaves.PAGE, ("web.pages.meetings.minutes_read",)),
    Kind("calendar-entry", "Calendar entry of a planned meeting", Leaves.FILE, (
        *("web.pages.cases.calendar_entry", "outgoing.calendar_file"),
    ), freely="It says that there is a meeting, when, and where to sign in; of a child's matter nothing else."),
    Kind("outcome-told", "Outcome told to a referrer", Leaves.PAGE, ("web.outcome_told",)),
    Kind("notice-email", "Notice by email", Leaves.EMAIL, ("platform.notices.sending",)),
    Kind("file-faults", "What is wrong with a file about children (CSV or XLSX)", Leaves.FILE, (
        "web.fault_file",
    ), KEEPERS, asked_for=True),
    Kind("figure-faults", "What is wrong with a file of figures, as CSV", Leaves.FILE, (
        "web.fault_file",
    ), freely="Its rows are figures of places and codes of rules: no person is in the file that it speaks of."),
    Kind("file-checked", "What is wrong with a file, at the command line", Leaves.COMMAND, ("cli.check", "cli.load")),
    Kind("figures", "Figures as a CSV file, small numbers hidden", Leaves.FILE, (
        "web.figure_file",
    ), freely="Figures of places and periods, each number that could tell of a person hidden: nobody is in it."),
    Kind("section-11", "Section 11 answers, with who answered", Leaves.FILE, (
        "web.section_11_file",
    ), KEEPERS, asked_for=True),
    Kind("section-11-heat-map", "Section 11 scores, agency by standard", Leaves.FILE, (
        "web.section_11_file",
    ), KEEPERS, asked_for=True),
    Kind("scorecard", "Scorecard at the command line, small numbers hidden", Leaves.COMMAND, ("cli.scorecard",)),
    Kind("audit-export", "Sealed audit for an agency to verify", Leaves.COMMAND, (
        *("cli.audit", "platform.audit.proving"),
    )),
    Kind("print-view", "A page printed from the browser", Leaves.PRINT, ("web.templates.layouts.page",)),
    Kind("attached-file", "File that somebody attached", Leaves.FILE, (
        *("web.pages.cases.files", "platform.files.office_files", "platform.files.text_files"),
    ), as_it_is=True, freely="It is read on the case by those who see into it: every reading of it is in the audit."),
    Kind("health", "Whether the site is up", Leaves.ANSWER, ("web.pages.health",)),
    Kind("draft-saved", "When a draft was saved", Leaves.ANSWER, (
        *("web.pages.cases.step", "web.pages.report.professional", "web.pages.section_11.question"),
    )),
)  # fmt: skip
KINDS = {one.key: one for one in ALL}


def kind_named(key: str) -> Kind:
    """The kind with this key. Raises LookupError naming those that there are."""
    try:
        return KINDS[key]
    except KeyError:
        raise LookupError(f"There is no kind of artefact {key!r}. There are: {', '.join(sorted(KINDS))}.") from None
