"""A position statement of the invented partnership that waits for one more signature."""

from datetime import date, timedelta
from typing import Any

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.people.models import Partnership
from sightline.platform import calendar

from .cast import KEY
from .in_the_name_of import in_the_name_of, morning

HUB, SIGNED_BY = "hub", ("chief-council", "chief-police")
WORDS = {
    "publication": "position-statement",
    "name": "Position statement, autumn 2026",
    "introduction": (
        "Inspectors asked the partnership to change how it meets, shares and listens. This statement says what was "
        "asked, what has been done since, and what shows that it made a difference.\n\n"
        "Where nothing shows a difference yet, it says so."
    ),
    "assurance": (
        "Nothing here is called closed without a measure, an audit or what families said. We are not yet assured that "
        "children are heard before every decision, and have asked the executive group to look again in the spring."
    ),
}


def load_statements() -> None:
    """Put together and signed by two of three, as people would; once, however often called. Needs recommendations."""
    with in_the_name_of(HUB) as hub:
        if Case.visible_to(hub).filter(process="statement").exists():
            return
    began = calendar.today() - timedelta(days=6)
    with in_the_name_of(HUB) as hub, calendar.frozen(morning(began)):
        partnership = Partnership.objects.get(key=KEY)
        case = open_case("statement", by=hub, partnership=partnership, answers=WORDS).case
    _take(HUB, case, "offer", began + timedelta(days=1))
    for later, who in enumerate(SIGNED_BY, 2):
        _take(who, case, "sign", began + timedelta(days=later), has_read=True)


def _take(who: str, case: Case, step: str, on: date, **answers: Any) -> None:
    with in_the_name_of(who) as actor:
        perform(case, step, by=actor, answers=answers, at=morning(on))
