"""The one gate: `pass_out` says what of an artefact its recipient may have, and nothing is drawn that it did not pass.

A typed fragment that the recipient may not have is left out. Free text cannot be left out by halves: where it says a
protected place it stops the artefact, or asks a second person. Addresses are read again each time.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sightline.platform import audit

from .fragments import Form, Fragment, Outgoing, Recipient, Sort, Standing
from .kinds import kind_named
from .protected import CannotLook, Place, Protected, protected_from
from .scanning import Scan, found_in

WITHIN: Final = frozenset({Standing.AT_MEETING, Standing.STAFF})
"""Those who work with the family, or take away what they may read."""
MAY_HAVE: Final[Mapping[Sort, frozenset[Standing]]] = {
    Sort.OPEN: frozenset(Standing),
    Sort.THIRD_PARTY: WITHIN,
    Sort.POLICE: frozenset({Standing.AT_MEETING}),
    Sort.SEXUAL_HEALTH: frozenset({Standing.AT_MEETING}),
    Sort.SMALL_NUMBER: frozenset(),
    Sort.PROTECTED_PLACE: WITHIN | {Standing.FAMILY},
}
"""Who may have each sort of fragment at all; a protected place and sexual health have a condition of their own too."""
SEXUAL_HEALTH_KINDS: Final = frozenset({"csc", "icb", "aht", "cht", "hth", "gp"})
"""Kinds of agency that may hold sexual health: local rule, social care and health."""
ASKS: Final = frozenset({Standing.AGENCY, Standing.STAFF, Standing.FAMILY})
"""To whom free text with a protected place may go once a second person has read it."""
HIDDEN_NUMBER: Final = "c"
SIDE_BY_SIDE: Final = "Parts that stand side by side"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was left out or kept in, where it is, and what puts it right. Never what it says."""

    says: str
    where: str
    put_right: str

    def __str__(self) -> str:
        return ". ".join(part for part in (self.says, self.where, self.put_right) if part)


@dataclass(frozen=True, slots=True)
class Passed:
    """What may leave: `texts`, one for each fragment, None where it is left out for the `left_out` reasons."""

    outgoing: Outgoing
    texts: tuple[str | None, ...]
    left_out: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """It may leave once a second person has read it. `digest`: of the content and the recipient that they read."""

    outgoing: Outgoing
    reasons: tuple[Reason, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """It may not leave as it is."""

    outgoing: Outgoing
    reasons: tuple[Reason, ...]


BLIND: Final = Reason(
    "It cannot be checked for protected places, because no account holds the role of scheduled work",
    "",
    "Ask whoever looks after this installation to run: sightline doctor.",
)


class KeptIn(Exception):  # noqa: N818 - it is an answer, not a fault
    """Raised by what has nothing to give out but what was blocked or asked about."""

    def __init__(self, verdict: Asked | Blocked) -> None:
        super().__init__(" ".join(map(str, verdict.reasons)))
        self.verdict = verdict


def pass_out(outgoing: Outgoing, *, agreed: str = "") -> Passed | Asked | Blocked:
    """What of this may leave. `agreed`: the digest that a second person has let go.

    Audited with codes and ids, never content. Raises LookupError for a kind of artefact that is not in the catalogue.
    """
    verdict = would_pass(outgoing, agreed=agreed)
    _note(outgoing, verdict)
    return verdict


def would_pass(outgoing: Outgoing, *, agreed: str = "") -> Passed | Asked | Blocked:
    """The same verdict before anything leaves, to say it to whoever writes; it is not a yes to anything."""
    kind_named(outgoing.kind)
    try:
        protected = protected_from(outgoing)
    except CannotLook:
        return Blocked(outgoing, (BLIND,))
    return _judged(outgoing, protected, agreed)


def passed_or_kept_in(outgoing: Outgoing, *, agreed: str = "") -> Passed:
    """What may leave. Raises KeptIn where nothing may yet."""
    verdict = pass_out(outgoing, agreed=agreed)
    if isinstance(verdict, Passed):
        return verdict
    raise KeptIn(verdict)


def digest_of(outgoing: Outgoing) -> str:
    """Of the recipient and all that is said, so that a yes is to exactly this."""
    to = outgoing.to
    said = [
        outgoing.kind,
        to.standing,
        to.name,
        str(to.person_id),
        to.send_to,
        *(one.text for one in outgoing.fragments),
    ]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def _judged(outgoing: Outgoing, protected: Protected, agreed: str) -> Passed | Asked | Blocked:
    to = outgoing.to
    typed = [_typed(fragment, to, protected) for fragment in outgoing.fragments]
    texts = tuple(text for text, _ in typed)
    asks, blocks = _said_in_words(outgoing, texts, protected)
    if blocks or (asks and (to.standing not in ASKS or protected.at_risk_from(to))):
        return Blocked(outgoing, (*blocks, *asks))
    if asks and agreed != (digest := digest_of(outgoing)):
        return Asked(outgoing, asks, digest)
    return Passed(outgoing, texts, tuple(dict.fromkeys(reason for _, reason in typed if reason)))


def _said_in_words(
    outgoing: Outgoing, texts: tuple[str | None, ...], protected: Protected
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What the words say that they must not: places, and third parties."""
    to = outgoing.to
    if to.standing is Standing.AT_MEETING or not (protected.known or protected.third_parties):
        return (), ()
    places: dict[Reason, None] = {}
    others: dict[Reason, None] = {}
    free = [(one, text) for one, text in zip(outgoing.fragments, texts, strict=True) if not _typed_for_a_place(one)]
    for fragment, text in free:
        if text and found_in(text, protected.known):
            places[_says_a_place(fragment.where, to)] = None
        if text and found_in(text, protected.third_parties):
            others[_says_who(fragment.where, to)] = None
    whole = " ".join(text for _, text in free if text)
    if not places and found_in(whole, protected.known):
        places[_says_a_place(SIDE_BY_SIDE, to)] = None
    if not others and found_in(whole, protected.third_parties):
        others[_says_who(SIDE_BY_SIDE, to)] = None
    return tuple(places), tuple(others)


def _typed(fragment: Fragment, to: Recipient, protected: Protected) -> tuple[str | None, Reason | None]:
    """The text that may go, and why it may not. Free text of no special sort is looked at by its words instead."""
    if not fragment.text:
        return fragment.text, None
    if fragment.sort is Sort.SMALL_NUMBER:
        return HIDDEN_NUMBER, None
    allowed = to.standing in MAY_HAVE[fragment.sort]
    if fragment.sort is Sort.SEXUAL_HEALTH:
        allowed = allowed and to.agency_kind in SEXUAL_HEALTH_KINDS
    if fragment.sort is Sort.PROTECTED_PLACE or _typed_place(fragment, protected):
        allowed = to.standing in WITHIN or (to.standing is Standing.FAMILY and _own_place(fragment, to, protected))
    return (fragment.text, None) if allowed else (None, _left_out(fragment, to))


def _typed_for_a_place(fragment: Fragment) -> bool:
    return fragment.form in (Form.PLACE, Form.CONTACT) or fragment.sort is Sort.PROTECTED_PLACE


def _typed_place(fragment: Fragment, protected: Protected) -> bool:
    return _typed_for_a_place(fragment) and bool(found_in(fragment.text, protected.known))


def _own_place(fragment: Fragment, to: Recipient, protected: Protected) -> bool:
    """Whether this member of the family lives at every protected place that the fragment may be, and with no risk."""
    places = _places_of(fragment, protected)
    return (
        bool(places) and not protected.at_risk_from(to) and all(to.person_id in place.lives_there for place in places)
    )


def _places_of(fragment: Fragment, protected: Protected) -> list[Place]:
    scan = Scan(fragment.text)
    return [
        place
        for place in protected.places
        if place.lives_there & fragment.about or any(scan.has(known) for known in place.known)
    ]


def _left_out(fragment: Fragment, to: Recipient) -> Reason:
    return Reason(
        f"Left out for {to.name}: {fragment.sort.value if fragment.sort is not Sort.OPEN else 'protected place'}",
        fragment.where,
        "Nothing needs to be done.",
    )


def _says_a_place(where: str, to: Recipient) -> Reason:
    return Reason(
        "This says where somebody whose address is protected lives, learns or can be reached, and it would go to "
        f"{to.name}",
        where,
        "Take the place out of what is written there, and try again.",
    )


def _says_who(where: str, to: Recipient) -> Reason:
    return Reason(
        f"This names somebody who told us, and it would go to {to.name}",
        where,
        "Take the name out of what is written there, and try again.",
    )


def _note(outgoing: Outgoing, verdict: Passed | Asked | Blocked) -> None:
    passed = isinstance(verdict, Passed)
    reasons = verdict.left_out if isinstance(verdict, Passed) else verdict.reasons
    said = {"to": outgoing.to.standing.value, "verdict": type(verdict).__name__.lower(), "reasons": len(reasons)}
    audit.record(
        "let out" if passed else "kept in",
        subject=f"outgoing.{outgoing.kind}",
        ids=sorted({*outgoing.ids, *outgoing.about}),
        detail={**said, **audit.basis_of(outgoing.ids)},
        outcome="allowed" if passed else "denied",
    )
