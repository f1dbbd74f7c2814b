"""The form of a step that opens a matter: the step's own, and people on record chosen before any are typed."""

from typing import Any

from django.http import QueryDict

from sightline.engine.part import Part
from sightline.parts.declared import PEOPLE
from sightline.vocabulary.process import Step
from sightline.web.components.problems import problems
from sightline.web.pages.cases.known_people import Known
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.step_form import Section, StepForm

JUST_NOW = "Leave it empty if it was just now. For example, 27 3 2018 at 9:30am"


class StartForm(StepForm):
    """A StepForm with `known`, the people on record offered for choice (None: all are typed)."""

    def __init__(
        self, opened: Opened, step: Step, known: Known | None, data: QueryDict | None = None, *, quiet: bool = False
    ) -> None:
        self.known = known if PEOPLE in step.parts else None
        self.people = self.known.form(data) if self.known else None
        super().__init__(opened, step, data, quiet=quiet)
        if self.people is not None:
            self.people.quiet = quiet  # type: ignore[attr-defined]
        if step.happened in self.form.fields:
            self.form.fields[step.happened].help_text = JUST_NOW
        for part in self.parts:
            if part.key == PEOPLE and self.known:
                part.label = "Anybody else?"

    def least(self, part: Part) -> int:
        return 0 if part.key == PEOPLE and self.known else super().least(part)

    @property
    def sections(self) -> list[Section]:
        """As the step has them, with who it is about before everything else."""
        found = super().sections
        for section in found:
            section.pieces.sort(key=lambda piece: getattr(piece, "key", "") != PEOPLE)
        return found

    @property
    def chosen(self) -> list[dict[str, Any]]:
        """Rows of the people on record who were chosen."""
        return self.known.rows(self.people) if self.known and self.people and self.people.is_valid() else []

    def typed(self) -> dict[str, Any]:
        answers = super().typed()
        if self.known:
            answers[PEOPLE] = [*self.chosen, *answers[PEOPLE]]
        return answers

    def say(self, name: str, messages: list[str]) -> None:
        """Messages count the rows from the first one chosen; those on the page from the first one typed."""
        head, _, rest = name.removeprefix(f"{PEOPLE}-").partition("-")
        if name.startswith(f"{PEOPLE}-") and head.isdecimal():
            name = f"{PEOPLE}-{int(head) - len(self.chosen)}-{rest}"
        super().say(name, messages)

    def problems(self) -> list[dict[str, str]]:
        return [*problems(self.people), *super().problems()]
