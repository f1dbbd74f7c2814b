"""The scorecard: which few measures have really changed. The partnership's own figures, and nobody's score of a person.

Published figures about real places have pages of their own and are never mixed with these.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.indicators.board import scorecard as rows_for
from sightline.indicators.declared import THEMES
from sightline.indicators.results import ScoreRow
from sightline.indicators.words import plain
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.vocabulary import roles
from sightline.vocabulary.dataset import State
from sightline.vocabulary.indicator import Indicator
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.components import words
from sightline.web.components.figure_drawing import counts_words, unit_beside, value_and_unit, why_no_limits
from sightline.web.components.filters import Filter, Filters
from sightline.web.components.shell import actor_of, shell
from sightline.web.components.signal_words import KINDS, target_signal, variation_signal
from sightline.web.components.sparkline import sparkline
from sightline.web.errors import NotForYou

NAV = "figures"
SPARK_POINTS = 24
READERS = frozenset(
    {key for key, role in roles.ROLES.items() if role.reach is Reach.GOVERNANCE}
    | {roles.SERVICE_MANAGER.key, roles.FRONT_DOOR_MANAGER.key}
)
"""Who reads the partnership's own figures."""
OWN_AGENCY = frozenset({roles.AGENCY_LEAD.key, roles.ASSURANCE_LEAD.key, roles.AGENCY_DECISION_MAKER.key})
"""Who reads only how their own agency stands, where a measure is split by agency."""


def reads_all(actor: Actor | None) -> bool:
    """Whether this person reads every measure of the partnership."""
    return actor is not None and any(held.role in READERS for held in actor.roles)


def own_figures_words(actor: Actor | None) -> str:
    """What the link from the published figures to this person's own says; empty for whoever has none."""
    if reads_all(actor):
        return "See your partnership’s own figures"
    own = actor is not None and any(held.role in OWN_AGENCY for held in actor.roles)
    return "See how your own agency stands" if own else ""


def reader_of(request: HttpRequest, *, own_agency: bool = False) -> tuple[Actor, Partnership]:
    """Who asks, and of which partnership. Raises NotForYou unless a role of theirs reads its figures.

    own_agency: a role that reads its own agency's figures alone will do.
    """
    actor = actor_of(request)
    allowed = READERS | OWN_AGENCY if own_agency else READERS
    if actor is None or actor.partnership is None or not any(held.role in allowed for held in actor.roles):
        who = " or ".join(role_named(key).holder for key in (roles.SUPPORT_HUB.key, roles.DATA_ANALYST.key))
        raise NotForYou(
            "see the partnership’s scorecard",
            "It is for those who answer for how the partnership works, and its front-door managers. "
            "Published figures are open to everybody.",
            f"Ask {who} what you need to know.",
        )
    return actor, actor.partnership


@login_required
def scorecard(request: HttpRequest) -> HttpResponse:
    """Every measure, the changed ones first and in full."""
    actor, here = reader_of(request, own_agency=True)
    found = rows_for(actor, here)
    asked = Filters(request.GET, _filters(found))
    context = {
        **shell(request, _heading(found), nav=NAV),
        "partnership": here,
        "as_at": _as_at(found),
        "summary": summary(found),
        "not_provided": _not_provided(found),
        "invented": any(row.series.invented for row in found),
        "changed": [row_of(row) for row in found if row.changed],
        "filters": asked,
        "rows": [row_of(row) for row in found if _kept(row, asked)],
        "every": found,
        "own_agency": "" if reads_all(actor) else str(actor.agency or ""),
    }
    return render(request, "pages/scorecard.jinja", context)


def _heading(found: Sequence[ScoreRow]) -> str:
    latest = max((row.series.latest.period for row in found if row.series.latest), default=None)
    return f"Scorecard, {latest.label}" if latest else "Scorecard"


def _as_at(found: Sequence[ScoreRow]) -> date | None:
    return max((row.series.latest.as_at for row in found if row.series.latest), default=None)


def summary(found: Sequence[ScoreRow]) -> str:
    """ "3 of 12 measures have changed: 2 getting worse and 1 improving. For 1 there is no figure."."""
    if not found:
        return "There are no figures yet."
    changed = [KINDS[row.variation] for row in found if row.changed]
    if not changed:
        return f"None of {words.plural(len(found), 'measure')} has changed."
    kinds = {
        "concern": "getting worse",
        "improving": "improving",
        "high": "neither better nor worse",
        "low": "neither better nor worse",
    }
    said = dict.fromkeys(kinds.values(), 0)
    for kind in changed:
        said[kinds[kind]] += 1
    parts = words.joined(f"{count} {how}" for how, count in said.items() if count)
    have = "has" if len(changed) == 1 else "have"
    return f"{len(changed)} of {words.plural(len(found), 'measure')} {have} changed: {parts}."


def _not_provided(found: Sequence[ScoreRow]) -> str:
    """The measures whose newest period nobody has sent, by name."""
    latest = [(row.indicator.name, row.series.latest) for row in found]
    names = [name for name, one in latest if one is None or one.state in (State.NOT_AVAILABLE, State.BLANK)]
    return f"Not provided: {words.joined(name[:1].lower() + name[1:] for name in names)}." if names else ""


def _filters(found: Sequence[ScoreRow]) -> tuple[Filter, ...]:
    owners = dict.fromkeys(row.indicator.owner for row in found)
    themes = dict.fromkeys(theme_of(row.indicator) for row in found)
    return (
        Filter("theme", "Theme", tuple((code_of(theme), theme) for theme in themes)),
        Filter("owner", "Owner", tuple((code_of(owner), owner) for owner in owners)),
        Filter("change", "Change", (("only", "Only changed"),)),
    )


def theme_of(indicator: Indicator) -> str:
    """The theme under which the measure is declared, in words: "Front door"."""
    for theme in THEMES:
        if indicator in theme.INDICATORS:
            return theme.__name__.rpartition(".")[2].replace("_", " ").capitalize()
    return "Other"


def code_of(text: str) -> str:
    """Words as they may stand in an address: "ardenvale-police"."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def _kept(row: ScoreRow, asked: Filters) -> bool:
    owner, theme = asked.one("owner"), asked.one("theme")
    return (
        (not owner or code_of(row.indicator.owner) == owner)
        and (not theme or code_of(theme_of(row.indicator)) == theme)
        and (not asked.one("change") or row.changed)
    )


def row_of(row: ScoreRow) -> dict[str, Any]:
    """One measure as the scorecard draws it. Also the partners' home page."""
    series, indicator = row.series, row.indicator
    latest = series.latest
    given = latest is not None and latest.value is not None
    values = [None if reading.value is None else float(reading.value) for reading in series.readings[-SPARK_POINTS:]]
    shown = value_and_unit(latest, indicator.unit) if latest else "Not provided"
    return {
        "number": row.number,
        "name": indicator.name,
        "href": reverse("measure", args=[indicator.slug]),
        "period": latest.period.label if latest else "",
        "latest": shown,
        "counts": counts_words(latest) if latest and shown.endswith("%") else "",
        "spark": sparkline(values, KINDS[row.variation]),
        "sentence": row.words,
        "variation": variation_signal(row.chart.points[-1], indicator.better, short=True)
        if row.chart and given
        else None,
        "no_chart": why_no_limits(series) if given else "–",
        "assurance": target_signal(row.assurance, short=True),
        "target": f"Target {plain(series.target)}{unit_beside(indicator.unit)}" if series.target is not None else "",
    }


urlpatterns = [path("scorecard/", scorecard, name="scorecard")]
