"""How pages say what the audit keeps in keys: what was relied on, and which page was opened."""

from sightline.vocabulary.roles import ROLES

_RELIED_ON = {
    "asked": "Their agency was asked about it",
    "agency": "Their agency has a part in it",
    "glass": "Opened without a part in it",
    "case": "A case that they may see",
    "": "Not known",
}
_PAGES = {
    "case": "the case",
    "case-timeline": "the timeline",
    "case-who": "who can do what next",
    "case-step": "the form of a step",
    "case-step-check": "the answers of a step",
    "case-file": "a file",
    "case-minutes": "the minutes",
    "case-circulation": "who has had the minutes",
    "case-looked": "who has looked at it",
    "person-looked": "who has looked at it",
    "person": "the person’s page",
    "search": "search",
    "search-results": "search results",
    "sent-one": "what was sent",
    "work": "their work",
    "home": "the first page",
    "glass": "the form to open it without a part in it",
    "unusual-access": "a line of unusual access",
    "sample-doubt": "a read that a manager is not sure of",
    "": "a page",
}


def relied_on_words(key: str) -> str:
    """ "role:front-door-worker" as "Front-door social worker, by role"; "part:owner" as "Their part in it: owner"."""
    kind, _, which = key.partition(":")
    if kind == "role" and which in ROLES:
        return f"Their role: {ROLES[which].name.lower()}"
    if kind == "part":
        return f"Their part in it: {which.replace('-', ' ')}"
    return _RELIED_ON.get(key, key)


def page_words(page: str) -> str:
    """What a page is called inside a sentence."""
    return _PAGES.get(page, page.replace("-", " "))
