"""Somebody at work with a browser, who sends a thing again under the same key until the site has answered it."""

import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import requests

from tests.faults.journal import Journal, Read, Sent

PASSWORD = "a long invented password"
GIVES_UP = 90.0
"""Seconds for which one thing is sent again: far longer than any part of the site takes to come back."""
IMPATIENT = 0.02
"""Seconds after which a client that loses the answer on purpose hangs up."""
CASE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
IDENTIFIED = re.compile(r"identified-\d+-is_person")
CHILD = {
    "children-TOTAL_FORMS": "1",
    "children-INITIAL_FORMS": "0",
    "children-0-age": "7",
    "in_danger": "no",
}


class GaveUp(RuntimeError):
    """The site did not answer for a minute and a half."""


@dataclass
class Client:
    """One person's session. `cases` is shared with the others, so that two of them come to edit one case."""

    who: str
    address: str
    journal: Journal
    cases: list[str]
    over: threading.Event
    seed: int
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.drawn = random.Random(f"{self.seed} {self.who}")
        self.marks = 0

    def work(self) -> None:
        """Work until it is over; what was begun is brought to an answer."""
        self.sign_in()
        deeds = (self.tell, self.log, self.set_priority, self.add_information, self.open_page)
        while not self.over.is_set():
            deed = self.tell if len(self.cases) < 4 else self.drawn.choices(deeds, (3, 2, 2, 3, 5))[0]
            deed()
            if self.drawn.random() < 0.01:
                self.sign_in()

    def sign_in(self) -> None:
        page = self._until_answered("GET", "/sign-in")
        if page.status_code == 302:  # signed in already
            self.session.cookies.clear()
            self._until_answered("GET", "/sign-in")
        asked = {"login": self.who, "password": PASSWORD}
        answer = self._until_answered("POST", "/sign-in", asked)
        if answer.status_code != 302:
            raise GaveUp(f"{self.who} could not sign in: {answer.status_code}")

    def tell(self) -> None:
        """A new contact: two sections of a draft, then sent."""
        mark = self._mark()
        self._until_answered("POST", "/tell/section/1", {**CHILD, "children-0-given_names": mark})
        self._until_answered("POST", "/tell/section/2", {"narrative": mark})
        sent = self._sent("tell", uuid4(), mark)
        answer = self._send(sent, "/tell/send", {"idempotency_key": str(sent.key)})
        if answer is not None:
            sent.case = CASE.findall(answer.headers["Location"])[0]
            self.cases.append(sent.case)

    def log(self) -> None:
        self._take("log", {"source": "2A", "concerns": "physical"}, "")

    def set_priority(self) -> None:
        mark = self._mark()
        self._take("set_priority", {"rag": "amber", "rag_reason": mark}, mark)

    def add_information(self) -> None:
        mark = self._mark()
        self._take("add_information", {"anything_else": mark}, mark)

    def open_page(self) -> None:
        """Read a case; what is shown must be in the audit under the name of this request, which the answer tells."""
        case = self._a_case()
        try:
            answer = self._ask("GET", f"/cases/{case}/")
        except requests.RequestException:
            return
        if answer.status_code == 200:
            self.journal.add(Read(answer.headers["X-Request-Id"], case))

    def _take(self, step: str, answers: dict[str, str], mark: str) -> None:
        """A step's form, as it was drawn, with these answers."""
        from tests.journey import form_of

        case = self._a_case()
        address = f"/cases/{case}/do/{step}/"
        page = self._until_answered("GET", address)
        if page.status_code != 200 or 'name="idempotency_key"' not in page.text:
            return  # somebody else has done it already
        fields = form_of(page)[1]
        new = dict.fromkeys(IDENTIFIED.findall(page.text), "new")
        sent = self._sent(step, UUID(fields["idempotency_key"]), mark)
        sent.case = case
        self._send(sent, address, {**fields, **new, **answers})

    def _send(self, sent: Sent, address: str, fields: dict[str, Any]) -> requests.Response | None:
        """Send it once, twice at once, or with the first answer lost; None where it is refused."""
        way = self.drawn.random()
        if way < 0.1:
            self._lose_an_answer(address, fields)
        if 0.1 <= way < 0.2:
            with ThreadPoolExecutor(2) as both:
                futures = [both.submit(self._until_answered, "POST", address, fields, sent) for _ in range(2)]
            answers = [future.result() for future in futures]
        else:
            answers = [self._until_answered("POST", address, fields, sent)]
        done = [answer for answer in answers if answer.status_code == 302]
        sent.acknowledged = bool(done)
        return done[0] if done else None

    def _lose_an_answer(self, address: str, fields: dict[str, Any]) -> None:
        try:
            self._ask("POST", address, fields, timeout=IMPATIENT)
        except requests.RequestException:
            time.sleep(0.05)

    def _until_answered(
        self, method: str, address: str, fields: dict[str, Any] | None = None, sent: Sent | None = None
    ) -> requests.Response:
        """The first answer that is no fault of the site's; sent again, the same, until there is one."""
        until = time.monotonic() + GIVES_UP
        while time.monotonic() < until:
            if sent:
                sent.tries += 1
            try:
                answer = self._ask(method, address, fields)
                if answer.status_code < 500:
                    if "/sign-in" not in answer.headers.get("Location", "") or address == "/sign-in":
                        return answer
                    self.sign_in()
                elif answer.status_code != 503:
                    self.journal.faults.append(f"{method} {address} as {self.who}: {answer.status_code}")
            except requests.RequestException:
                pass
            time.sleep(0.1)
        raise GaveUp(f"{method} {address} as {self.who}")

    def _ask(
        self, method: str, address: str, fields: dict[str, Any] | None = None, timeout: float = 15, **more: Any
    ) -> requests.Response:
        proof = self.session.cookies.get("sightline-form")
        data = None if fields is None else {**fields, "csrfmiddlewaretoken": proof or ""}
        where = f"{self.address}{address}"
        return self.session.request(method, where, data=data, timeout=timeout, allow_redirects=False, **more)

    def _sent(self, step: str, key: UUID, mark: str) -> Sent:
        sent = Sent(self.who, step, key, mark)
        self.journal.add(sent)
        return sent

    def _a_case(self) -> str:
        return self.drawn.choice(self.cases[-12:])

    def _mark(self) -> str:
        self.marks += 1
        return f"{self.who} {self.marks}"
