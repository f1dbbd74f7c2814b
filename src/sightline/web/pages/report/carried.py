"""Answers that travel from page to page with the person who gives them, sealed so that only we can read them.

Nothing is kept on the server or in the browser's storage: no session, no cookie, no draft. So the form works without
the database, and leaving it leaves nothing behind.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import QueryDict

from sightline.platform.sealed import seal, unseal

from .questions import QUESTIONS, Question

_PURPOSE = "public form answers"
FIELD = "carried"


@dataclass
class Carried:
    """One person's way through the form. answers: by question, as they were posted. area: a partnership's key."""

    area: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    checking: bool = False

    @classmethod
    def read(cls, text: str) -> "Carried":
        """Raises sealed.NotOurs."""
        return cls(**unseal(text, _PURPOSE))

    @property
    def sealed(self) -> str:
        return seal({"area": self.area, "id": self.id, "answers": self.answers, "checking": self.checking}, _PURPOSE)

    def put(self, question: Question, posted: QueryDict) -> None:
        """Keep what was posted for a question, right or wrong."""
        self.answers[question.key] = {name: posted.getlist(name) for name in question.names(posted)}

    def given(self, question: Question) -> QueryDict | None:
        """What was posted for a question; None when it has not been reached."""
        if question.key not in self.answers:
            return None
        data = QueryDict(mutable=True)
        for name, values in self.answers[question.key].items():
            data.setlist(name, values)
        return data

    def first_fault(self) -> str:
        """The key of the first question whose answer is missing or wrong; empty when all are right."""
        forms = self.checked()
        return next((key for key, form in forms.items() if not form.is_valid()), "")

    def checked(self) -> dict[str, Any]:
        """Every question's form, bound to what was given; call after each was reached."""
        return {key: question.bound(self.given(question) or QueryDict()) for key, question in QUESTIONS.items()}
