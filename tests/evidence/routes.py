"""Every address of the site, what it shows, and the oracle's rule for it. An address without a line fails the tests.

`shows` is one of KINDS. `rule` is a key of `route_cells.RULES` for a page of a case or a person, and a key of
`oracle.PLACES` for a page of no one record; pages open without signing in have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver

KINDS = ("case", "person", "partnership matter", "own account", "public", "figures", "oversight", "front door", "work")


@dataclass(frozen=True)
class Route:
    """One named address. `methods`: those that it answers; `values`: of the parts of its address that are no record."""

    shows: str
    rule: str = ""
    methods: tuple[str, ...] = ("GET", "POST")
    values: dict[str, str] = field(default_factory=dict)


def _each(route: Route, *names: str) -> dict[str, Route]:
    return dict.fromkeys(names, route)


SAFE, SENT = ("GET",), ("POST",)
STEP = {"step_key": "set_priority"}
ROUTES: dict[str, Route] = {
    "case": Route("case", "sees"),
    "case-timeline": Route("case", "sees"),
    "case-who": Route("case", "sees"),
    "case-step": Route("case", "takes"),
    "case-step-check": Route("case", "takes"),
    "case-step-draft": Route("case", "takes", SENT),
    "case-override": Route("case", "overrides"),
    "case-correct": Route("case", "corrects", values={"number": "1"}),
    "case-file-add": Route("case", "attaches"),
    "case-file": Route("case", "no such file", SAFE),
    "case-calendar-entry": Route("case", "no such file", SAFE),
    "case-held": Route("case", "says how closely"),
    "case-place-kept": Route("case", "keeps a place"),
    "case-place-ended": Route("case", "no such item"),
    "glass": Route("case", "opens by glass"),
    "case-looked": Route("oversight", "sees who looked"),
    "purpose": Route("oversight", "says what for"),
    "purpose-lists": Route("oversight", "what for", SAFE),
    "sent-concern": Route("case", "sent it", SAFE),
    "sent-now": Route("case", "sent it", SAFE),
    **_each(
        Route("case", "no such item", values={"number": "1", "key": "pdf"}),
        "case-minutes", "case-circulation",
    ),
    **_each(Route("case", "no such file", values={"key": "pdf"}), "case-family-copy", "case-family-copy-file"),
    **_each(
        Route("partnership matter", "another kind", values={"number": "1", "standard": "1", "item": "1", "key": "pdf"}),
        "meeting-item", "meeting-minutes", "meeting-public-minutes", "meeting-pack", "section-11-cycle",
        "section-11-cycle-file", "section-11-heat-map-file", "section-11-heat-map", "section-11-return",
        "section-11-return-file", "section-11-moderate", "section-11-question", "section-11-autosave",
        "section-11-read", "section-11-shared", "section-11-sign", "statement", "statement-edition",
        "statement-download",
    ),
    "person": Route("person", "sees the person", SAFE),
    "person-looked": Route("person", "sees who looked at the person", SAFE),
    **_each(Route("own account", "everybody", SAFE), "home", "work", "notices", "exports", "own-details"),
    **_each(Route("work", "registers", SAFE), "registers"),
    **_each(Route("work", "minutes sent", SAFE), "minutes-to-open"),
    **_each(Route("work", "find a record", SAFE), "search"),
    **_each(Route("front door", "front door", SAFE), "front-door", "front-door-board"),
    **_each(Route("front door", "tell of a child", SAFE), "professional-concern", "sent"),
    **_each(Route("partnership matter", "groups", SAFE), "meetings", "meetings-actions", "meetings-decisions"),
    **_each(Route("partnership matter", "everybody", SAFE), "section-11"),
    **_each(Route("partnership matter", "recommendations", SAFE), "recommendations"),
    **_each(Route("partnership matter", "statements", SAFE), "statements"),
    **_each(Route("figures", "own figures too", SAFE), "scorecard"),
    **_each(Route("figures", "files of figures", SAFE), "returns", "return-send"),
    **_each(Route("oversight", "oversight", SAFE), "oversight", "glasses", "interests"),
}  # fmt: skip
"""Addresses whose every answer is compared."""

NOT_COMPARED: dict[str, Route] = {
    # Nobody signs in, and no record is shown.
    **_each(Route("public"), "health", "leave", "report", "report-before-you-start", "report-answer", "report-to",
        "report-status", "report-to-before-you-start", "published-figures", "figure", "figure_csv", "account_login",
        "account_reauthenticate", "account_inactive", "account_choose_password", "account_logout"),
    # One's own account and how one signs in to it; no record is shown.
    **_each(Route("own account"), "still_here", "account_change_password", "sign_out_everywhere", "mfa_index",
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_authenticate", "mfa_reauthenticate", "mfa_list_webauthn",
        "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
        "mfa_login_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes", "socialaccount_login_cancelled", "socialaccount_login_error",
        "socialaccount_connections", "openid_connect_login", "openid_connect_callback", "socialaccount_signup"),
    # By the id of a row of one's own, or of a register, a figure, a file of figures or a review: their own tests.
    **_each(Route("own account"), "export", "export-file", "export-faults", "search-results", "professional-check",
        "professional-delete", "professional-section", "professional-section-draft", "professional-send"),
    **_each(Route("front door"), "front-door-allocate", "front-door-take-next"),
    **_each(Route("work"), "case-start"),
    **_each(Route("partnership matter"), "meetings-group", "recommendation-new", "register", "register-entry",
        "register-change", "register-end", "register-new", "neighbour-sets", "neighbour-set"),
    **_each(Route("figures"), "measure", "behind-figure", "measure_csv", "return", "return-queries",
        "return-refused", "return-faults"),
    **_each(Route("oversight"), "glass-review", "interest", "sample-doubt", "sample", "unusual-access",
        "colleagues", "colleague"),
}  # fmt: skip
"""Addresses that have a policy and whose tests are elsewhere, with the reason."""


def named_addresses() -> Iterator[tuple[str, set[str]]]:
    """Name and the parts of each address of the site."""
    from sightline.web.urls import urlpatterns

    yield from _walk(urlpatterns, set())


def _walk(found: list[URLPattern | URLResolver], parts: set[str]) -> Iterator[tuple[str, set[str]]]:
    for one in found:
        inside = parts | set(one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, inside)
        else:
            yield one.name or str(one.pattern), inside


def without_policy() -> set[str]:
    """Names of addresses that nobody has classified."""
    return {name for name, _ in named_addresses()} - ROUTES.keys() - NOT_COMPARED.keys()


def of_no_address() -> set[str]:
    """Names in the table that are no address of the site."""
    return (ROUTES.keys() | NOT_COMPARED.keys()) - {name for name, _ in named_addresses()}
