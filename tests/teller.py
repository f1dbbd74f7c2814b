"""A member of the public at the public form, with a browser that keeps nothing, for tests."""

import re
from html import unescape

from django.test import Client

CHILD = {
    "children-TOTAL_FORMS": "1",
    "children-INITIAL_FORMS": "0",
    "children-0-given_names": "Maya",
    "children-0-age": "about 7",
}
WORRY = "Shouting every night through the wall"
WAY = (
    ("danger", {"in_danger": "no"}),
    ("who", CHILD),
    ("what", {"narrative": WORRY}),
    ("when", {"incident_when": "Most nights"}),
    ("said", {"child_words": ""}),
    ("home", {"lives_there": "A baby, and his new partner"}),
    ("else", {"anything_else": ""}),
    ("contact", {"may_contact": "yes", "referrer_contact": "07700 900001", "source": "1B"}),
)


class Teller:
    """A member of the public with a browser that keeps nothing."""

    def __init__(self, address: str = "192.0.2.10") -> None:
        self.client = Client(REMOTE_ADDR=address, enforce_csrf_checks=True)
        self.get("/report/before-you-start")
        self.post("begin")

    def get(self, path: str):
        return self._see(self.client.get(path))

    def post(self, at: str, **answers: str):
        return self._see(self.client.post(f"/report/question/{at}", {"carried": self.carried, **answers}))

    def _see(self, response):
        self.page = unescape(response.content.decode())
        found = re.search(r'name="carried" value="([^"]+)"', self.page)
        self.carried = found[1] if found else getattr(self, "carried", "")
        return response

    @property
    def heading(self) -> str:
        main = self.page[self.page.index('id="main-content"') :]
        return re.sub(r"<[^>]+>|\s+", " ", re.search(r"<h1.*?>(.*?)</h1>", main, re.DOTALL)[1]).strip()

    def answer_all(self, **changed: dict[str, str]) -> "Teller":
        for at, answers in WAY:
            self.post(at, **{**answers, **changed.get(at, {})})
        assert self.heading == "Check your answers before you send this"
        return self

    def send(self):
        return self.post("check", go="send")

    @property
    def receipt(self) -> tuple[str, str]:
        reference = re.search(r"C-[2-9A-Z]{6}", self.page)[0]
        return reference, re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", self.page)[0]
