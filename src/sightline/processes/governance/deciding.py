"""Decisions: whose each is, who agreed, and when it takes effect. One that is not quorate waits to be ratified."""

from typing import Any

from django import forms

from sightline.engine.part import Faults, Part, Rows, declare
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.parts.kept import keep, kept
from sightline.people.group_seats import workers_holding
from sightline.platform import calendar
from sightline.vocabulary import roles
from sightline.vocabulary.meeting import discipline_of
from sightline.vocabulary.partners import STATUTORY_PARTNERS

from .agenda import item_choices, items_of
from .agenda_items import AgendaItem, Decision, Interest
from .seating import counted, terms_for
from .terms import PARTNERS

DECIDERS = (roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER, roles.GROUP_CHAIR)
"""Whoever may take a decision. The independent scrutineer is not among them."""

BY_EACH_PARTNER = (roles.SAFEGUARDING_PARTNER.key, roles.LEAD_PARTNER.key)
"""Roles that council, police and NHS each hold, so that each has to agree; a chair decides for the group."""


def decisions_of(matter: Any) -> list[Decision]:
    """The matter's decisions in order."""
    return sorted(kept(matter, Decision), key=lambda one: one.position)


def waiting(matter: Any) -> list[Decision]:
    """Decisions that have not taken effect and may yet."""
    return [one for one in decisions_of(matter) if one.waiting]


class DecisionTaken(forms.Form):
    """One decision as the meeting took it."""

    item = forms.ChoiceField(label="On which item?", required=False)
    words = forms.CharField(label="What was decided?", widget=forms.Textarea, max_length=1000, required=False)
    role = forms.ChoiceField(
        label="Whose decision is it?",
        help_text="By the group's terms of reference. What is another's to decide, the group proposes.",
        choices=[(role.key, role.name) for role in DECIDERS],
        widget=forms.RadioSelect,
        required=False,
    )
    agreed = forms.MultipleChoiceField(
        label="Who agreed?",
        choices=[(partner.discipline, partner.titled) for partner in STATUTORY_PARTNERS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    dissent = forms.CharField(label="Who did not agree, and why?", max_length=500, required=False)
    legal_basis = forms.CharField(label="Under which power or duty?", max_length=300, required=False)

    def __init__(self, *args: Any, items: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "Choose an item"), *items]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.values()):
            return {}
        wanted = {
            "item": "Select the item that the decision is on",
            "words": "Say what was decided",
            "role": "Select whose decision it is",
        }
        for name, message in wanted.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, message)
        return given


class Decisions(Part):
    """Decisions taken. Only who was there agreed; only who holds the role decides."""

    key = "decisions"
    label = "Decisions"
    adds = "Add another decision"
    row = DecisionTaken

    def form_kwargs(self, matter: Any) -> dict[str, Any]:
        return {"items": item_choices(matter)}

    def apply(self, deed: Any, rows: Rows) -> None:
        said = [_cannot(deed.matter, row) for row in rows]
        faults = {f"{self.key}-{index}-agreed": [why] for index, why in enumerate(said) if why}
        if faults:
            raise AnswersRefused(faults)
        for row in rows:
            keep(deed, _decision(deed, row))


def _cannot(matter: Any, row: dict[str, Any]) -> str:
    """Why those who are said to have agreed cannot have; empty where they can."""
    there = counted(matter)
    absent = [PARTNERS[name] for name in row["agreed"] if name not in [seat.discipline for seat in there]]
    if absent:
        return f"Nobody who counts was here for {' or '.join(absent)}. Leave out who was not here"
    if row["role"] not in BY_EACH_PARTNER or row["role"] not in terms_for(matter).decides:
        return ""
    holders = workers_holding(matter.case.partnership, [row["role"]], matter.record.meets_on)
    able = {seat.discipline for seat in there if seat.worker_id in holders}
    unable = [PARTNERS[name] for name in row["agreed"] if name not in able]
    whose = roles.role_named(row["role"]).name.lower()
    said = f"Nobody here may take this decision for {' or '.join(unable)}: it is for the {whose} or a listed deputy"
    return said if unable else ""


def _decision(deed: Any, row: dict[str, Any]) -> Decision:
    item = next(one for one in items_of(deed.matter) if str(one.pk) == row["item"])
    state, because = _state(deed.matter, row)
    return Decision(
        case=deed.case,
        item=item,
        position=len(kept(deed.matter, Decision)) + 1,
        **{name: row.get(name) or "" for name in ("words", "role", "dissent", "legal_basis")},
        agreed=list(row["agreed"]),
        state=state,
        because=because,
        made_on=calendar.local_date(deed.at),
    )


def _state(matter: Any, row: dict[str, Any]) -> tuple[str, str]:
    """Where the decision stands as it is recorded, and why it has not taken effect."""
    terms = terms_for(matter)
    missing = terms.missing([seat.discipline for seat in counted(matter)])
    whose = roles.role_named(row["role"]).name.lower()
    if row["role"] not in terms.decides:
        return Decision.State.PROPOSED, f"This group may only propose it: it is for the {whose}"
    if missing:
        return Decision.State.PROVISIONAL, f"Not quorate: {' and '.join(missing)}"
    without = _without(row["role"], row["agreed"])
    if without:
        return Decision.State.PROPOSED, f"Not yet agreed by {' and '.join(without)}"
    return Decision.State.EFFECTIVE, ""


def _without(role: str, agreed: list[str]) -> list[str]:
    """Partners whose agreement the decision still needs."""
    if role not in BY_EACH_PARTNER:
        return []
    return [said for name, said in PARTNERS.items() if name not in agreed]


class DecisionAgreed(forms.Form):
    """Whether whoever answers agrees to one decision that waits."""

    decided = forms.UUIDField(widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label="Do you agree, for your agency?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
        required=False,
    )
    dissent = forms.CharField(label="If not, why?", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("agrees") == "no" and not given.get("dissent"):
            self.add_error("dissent", "Say why you do not agree")
        return given if given.get("agrees") else {}


class Ratified(Part):
    """An email round: each partner agrees for their own agency, and the last to agree makes the decision effective."""

    key = "ratified"
    label = "Decisions that wait to be ratified"
    row = DecisionAgreed

    def initial(self, matter: Any) -> Rows:
        return [_listed(one) for one in waiting(matter)]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {self.key: ["Select whether you agree to at least one of them"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        known = {one.pk: one for one in waiting(deed.matter)}
        for row in rows:
            decision = known.get(row["decided"])
            if decision:
                _agree(deed, decision, row)


def _listed(decision: Decision) -> dict[str, Any]:
    said = "a restricted item" if decision.item.restricted else decision.words
    agreed = ", ".join(PARTNERS[name] for name in decision.agreed) or "nobody yet"
    stands = f"{decision.get_state_display()}. {decision.because}".rstrip(". ")
    return {
        "decided": decision.pk,
        "called": f"Item {decision.item.position}: {said}",
        "how": f"{stands}. For the {decision.whose.lower()}. Agreed by: {agreed}",
    }


def _agree(deed: Any, decision: Decision, row: dict[str, Any]) -> None:
    _may_decide(deed, decision)
    partner = discipline_of(deed.by.agency.kind) if deed.by.agency else ""
    if row["agrees"] == "no":
        said = f"{PARTNERS.get(partner, deed.by.name)}: {row['dissent']}"
        decision.dissent = f"{decision.dissent} {said}".strip()[:500]
    elif partner in PARTNERS and partner not in decision.agreed:
        decision.agreed = [*decision.agreed, partner]
    without = _without(decision.role, decision.agreed)
    decision.because = f"Not yet agreed by {' and '.join(without)}" if without else decision.because
    if row["agrees"] == "yes" and not without:
        ratify(decision, calendar.local_date(deed.at), "By an email round")
    deed.change(decision)


def _may_decide(deed: Any, decision: Decision) -> None:
    """Raises NotAllowed where the decision is another role's, or the person has an interest in the item."""
    what = f"decide on item {decision.item.position}"
    if not deed.by.holds(decision.role):
        raise NotAllowed(what, f"It is for the {decision.whose.lower()}.", (decision.whose,))
    if decision.role == roles.GROUP_CHAIR.key:
        chairs(deed, what)
    mine = deed.by.worker.pk if deed.by.worker else None
    if any(one.item_id == decision.item_id and one.worker_id == mine for one in kept(deed.matter, Interest)):
        raise NotAllowed(what, "An interest of yours in that item is recorded.", (decision.whose,))


def chairs(deed: Any, what: str) -> None:
    """Raises NotAllowed unless whoever takes the step chaired this sitting, or holds the group's chair."""
    held = [seat for seat in deed.matter.seats_now if seat.why == "Chair"]
    able = [deed.record.chaired_by, *(seat.worker for seat in held)]
    worker = deed.by.worker
    if worker is None or not any(one and one.pk == worker.pk for one in able):
        names = " or ".join(dict.fromkeys(one.display_name for one in able if one)) or "whoever chairs the group"
        raise NotAllowed(what, f"It is for {names}, who chairs this group.", (roles.GROUP_CHAIR.name,))


def ratify(decision: Decision, on: Any, how: str) -> None:
    """The decision takes effect."""
    decision.state, decision.because = Decision.State.RATIFIED, ""
    decision.ratified_on, decision.ratified_how = on, how


class DecisionRevoked(forms.Form):
    """That one decision no longer holds."""

    decided = forms.UUIDField(widget=forms.HiddenInput)
    revoked_because = forms.CharField(label="If it no longer holds, why?", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.cleaned_data.get("revoked_because") else {}


class Revoked(Part):
    """Decisions that no longer hold."""

    key = "revoked"
    label = "Decisions that no longer hold"
    row = DecisionRevoked

    def initial(self, matter: Any) -> Rows:
        return [_listed(one) for one in decisions_of(matter) if one.state != Decision.State.REVOKED]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {self.key: ["Say which decision no longer holds, and why"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        known = {one.pk: one for one in decisions_of(deed.matter)}
        for row in rows:
            decision = known.get(row["decided"])
            if decision:
                _may_decide(deed, decision)
                decision.state, decision.revoked_on = Decision.State.REVOKED, calendar.local_date(deed.at)
                decision.revoked_because = row["revoked_because"]
                deed.change(decision)


def voiceless(matter: Any, answers: dict[str, Any]) -> frozenset[Any]:
    """Keys of the items that ask for a decision, or on which one is recorded."""
    asked = {item.pk for item in items_of(matter) if item.kind == AgendaItem.Kind.DECISION}
    chosen = {row.get("item") for row in answers.get(DECISIONS) or []}
    return frozenset(asked | {item.pk for item in items_of(matter) if str(item.pk) in chosen})


DECISIONS = declare(Decisions)
RATIFIED = declare(Ratified)
REVOKED = declare(Revoked)
