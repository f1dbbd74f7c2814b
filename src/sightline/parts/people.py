"""People as told, whom they turn out to be, and every other child."""

from typing import Any
from uuid import UUID

from django import forms

from sightline.engine.models import CaseSubject
from sightline.engine.part import Faults, Part, Rows, declare
from sightline.people.identifiers import checked
from sightline.people.models import Identifier, Person, PersonAddress, PersonName, Relationship
from sightline.platform.calendar import local_date

from .carried import carry_on

DESCRIBED = ("given_names", "family_name", "date_of_birth", "age", "relation", "address", "postcode", "school")


class PersonTold(forms.Form):
    """One child or adult, as the referrer knows them. Anything at all is enough.

    person: a record already found, where the page has checked that whoever tells may see it; else it is not asked.
    """

    person = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="Child or adult", choices=CaseSubject.Kind, initial="child", required=False)
    given_names = forms.CharField(label="Given names", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", max_length=100, required=False)
    date_of_birth = forms.DateField(label="Date of birth", required=False)
    age = forms.CharField(label="Age, if you do not know the date of birth", max_length=40, required=False)
    relation = forms.CharField(
        label="Who they are to the child",
        help_text="Like mother, mother's partner, half-brother",
        max_length=120,
        required=False,
    )
    address = forms.CharField(label="Where they live", max_length=300, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    school = forms.CharField(label="School or nursery", max_length=120, required=False)
    nhs_number = forms.CharField(label="NHS number, if you have it", max_length=12, required=False)

    def clean_nhs_number(self) -> str:
        return str(self.cleaned_data["nhs_number"]).replace(" ", "").replace("-", "")[:10]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not any(told.get(name) for name in (*DESCRIBED, "nhs_number", "person")):
            return {}
        return told


class People(Part):
    """Everybody the referrer tells of: the children first, then the adults around them."""

    key = "people"
    label = "Who is this about?"
    hint = "Include babies, a parent's new partner, and people who visit often."
    adds = "Add another person"
    row = PersonTold

    def clean(self, matter: Any, rows: Rows, *, stepping_back: bool, protective: bool) -> tuple[Rows, Faults]:
        """Something about who is asked even of a protective step: without it nobody can be protected."""
        cleaned, faults = super().clean(matter, rows, stepping_back=stepping_back, protective=protective)
        nobody = not any(row.get("kind") != CaseSubject.Kind.ADULT for row in cleaned)
        if nobody and not faults and not matter.subjects:
            faults = {self.key: ["Tell us something about the child: a name, an age, or where they are"]}
        return cleaned, faults

    def apply(self, deed: Any, rows: Rows) -> None:
        for row in rows:
            told = {"person_id": row.get("person"), **row, "kind": row.get("kind") or CaseSubject.Kind.CHILD}
            told.pop("person", None)
            subject = CaseSubject(case=deed.case, position=len(deed.matter.subjects) + 1, **told)
            if told["kind"] == CaseSubject.Kind.CHILD:
                subject.disposition = CaseSubject.Disposition.INCLUDED
            deed.matter.subjects.append(subject)
            deed.add(subject)


class WhoThisIs(forms.Form):
    """Whom one person told of turned out to be."""

    NEW, UNSURE = "new", "unsure"

    subject = forms.UUIDField(widget=forms.HiddenInput)
    is_person = forms.CharField(label="Is this one of these people?", max_length=40)

    def clean_is_person(self) -> str:
        answer = str(self.cleaned_data["is_person"])
        if answer in (self.NEW, self.UNSURE):
            return answer
        return str(forms.UUIDField().clean(answer))


class Identified(Part):
    """Links people told of to records; a person decides each one, and "not sure" makes a new record, never a merge."""

    key = "identified"
    label = "Are these people already known?"
    row = WhoThisIs

    def initial(self, matter: Any) -> Rows:
        return [{"subject": s.pk} for s in matter.subjects if s.person_id is None]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        answered = {row["subject"] for row in rows}
        left = [s for s in matter.subjects if s.is_child and s.person_id is None and s.pk not in answered]
        if left:
            return {self.key: [f"Say whether {subject} is already known" for subject in left]}
        chosen = {row["is_person"] for row in rows} - {WhoThisIs.NEW, WhoThisIs.UNSURE}
        ours = Person.objects.filter(pk__in=chosen, partnership=matter.case.partnership)
        if chosen and ours.count() < len(chosen):
            return {self.key: ["Choose one of the records shown, or say that this is somebody new"]}
        return {}

    def apply(self, deed: Any, rows: Rows) -> None:
        waiting = {s.pk: s for s in deed.matter.subjects if s.person_id is None}
        for row in rows:
            subject = waiting.get(row["subject"])
            if subject is None:
                continue
            if row["is_person"] in (WhoThisIs.NEW, WhoThisIs.UNSURE):
                _new_person(deed, subject)
            else:
                subject.person_id = UUID(row["is_person"])
            deed.change(subject)
            carry_on(deed, subject, before=None)
        _relate(deed)


def _new_person(deed: Any, subject: CaseSubject) -> None:
    day = local_date(deed.row.recorded_at)
    person = Person(kind=subject.kind, partnership=deed.case.partnership, date_of_birth=subject.date_of_birth)
    if subject.date_of_birth is None and subject.age.strip().isdigit():
        person.approximate_age_years, person.age_recorded_on = int(subject.age), day
    subject.person = person
    deed.add(person)
    if subject.given_names or subject.family_name:
        names = {"given_names": subject.given_names, "family_name": subject.family_name}
        deed.add(PersonName(person=person, kind="current", valid_from=day, **names))
    number = checked("nhs", subject.nhs_number) if subject.nhs_number else None
    if number:
        deed.add(Identifier(person=person, type="nhs", value=number.value, validated=number.valid))
    if subject.address or subject.postcode:
        deed.add(
            PersonAddress(person=person, kind="home", lines=subject.address, postcode=subject.postcode, valid_from=day)
        )


PARENTS = ("mother", "father", "step-parent")


def _relate(deed: Any) -> None:
    """Adults told of as a parent are recorded as one of the first child told of, on the referrer's word.

    Only where one of the two is a new record: ties between people already known are not overwritten by a contact.
    """
    made_here = {row.pk for row in deed.new if isinstance(row, Person)}
    known = [s for s in deed.matter.subjects if s.person_id and not s.swept]
    child = next((s for s in known if s.is_child), None)
    for adult in (s for s in known if not s.is_child):
        kind = adult.relation.strip().lower()
        if child and kind in PARENTS and made_here & {adult.person_id, child.person_id}:
            tie = {"source": "told by the referrer", "confidence": "reported"}
            deed.add(Relationship(person_a_id=adult.person_id, person_b_id=child.person_id, type=kind, **tie))


class WrongMatch(forms.Form):
    """That one person told of is not the person they were said to be."""

    subject = forms.UUIDField(widget=forms.HiddenInput)
    undo = forms.ChoiceField(
        label="Is this match wrong?", choices=(("yes", "Yes, undo it"),), widget=forms.RadioSelect, required=False
    )

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.cleaned_data.get("undo") else {}


class WrongMatches(Part):
    """Undoes a match: the person told of is again nobody known, and both records stay as they were."""

    key = "wrong_matches"
    label = "Which match is wrong?"
    row = WrongMatch

    def initial(self, matter: Any) -> Rows:
        return [
            {"subject": s.pk, "called": f"{s}, matched to {s.person.display_name}"}
            for s in matter.subjects
            if s.person_id and not s.swept
        ]

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        return {} if rows else {self.key: ["Select the match that is wrong"]}

    def apply(self, deed: Any, rows: Rows) -> None:
        wrong = {row["subject"] for row in rows}
        for subject in deed.matter.subjects:
            if subject.pk in wrong and not subject.swept:
                before, subject.person = subject.person_id, None
                deed.change(subject)
                carry_on(deed, subject, before)


class OtherChild(forms.Form):
    """What happens for one child tied to this family."""

    person = forms.UUIDField(widget=forms.HiddenInput, required=False)
    subject = forms.UUIDField(widget=forms.HiddenInput, required=False)
    disposition = forms.ChoiceField(
        label="What happens for this child?", choices=CaseSubject.Disposition, widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(label="Why are they not affected?", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        if answers.get("disposition") == CaseSubject.Disposition.NOT_AFFECTED and not answers.get("reason"):
            self.add_error("reason", "Say why this child is not affected")
        return answers


class OtherChildren(Part):
    """Every child with a tie to the household or an adult of concern: included, own record, or not affected and why."""

    key = "other_children"
    label = "Check every other child"
    row = OtherChild

    def initial(self, matter: Any) -> Rows:
        from .family import every_other_child

        return _to_settle(matter, every_other_child(matter))

    def missing(self, matter: Any, rows: Rows, *, stepping_back: bool) -> Faults:
        if not stepping_back:
            return {}
        answered = {row.get("person") or row.get("subject") for row in rows if row.get("disposition")}
        return {
            f"{self.key}-{index}-disposition": [
                f"Say what happens for {due['called']}: included, own record or not affected"
            ]
            for index, due in enumerate(self.initial(matter))
            if not due.get("disposition") and (due.get("person") or due.get("subject")) not in answered
        }

    def apply(self, deed: Any, rows: Rows) -> None:
        known = {s.pk: s for s in deed.matter.subjects}
        listed = {s.person_id: s for s in deed.matter.subjects if s.person_id}
        for row in rows:
            if not row.get("disposition"):
                continue
            subject = known.get(row.get("subject")) or listed.get(row.get("person"))
            if subject is None:
                subject = self._swept(deed, row)
            subject.disposition, subject.reason = row["disposition"], row.get("reason") or ""
            deed.change(subject)

    @staticmethod
    def _swept(deed: Any, row: dict[str, Any]) -> CaseSubject:
        from .family import as_told

        subject = CaseSubject(
            case=deed.case,
            position=len(deed.matter.subjects) + 1,
            kind=CaseSubject.Kind.CHILD,
            swept=True,
            **as_told(deed.matter, row["person"]),
        )
        deed.matter.subjects.append(subject)
        deed.add(subject)
        return subject


def other_children_shown(matter: Any, by: Any) -> Rows:
    """The rows of that check as a page draws them: children whom `by` may see."""
    from .family import other_children

    return _to_settle(matter, other_children(matter, by))


def _to_settle(matter: Any, tied: Any) -> Rows:
    from .family import how_tied

    swept = [s for s in matter.subjects if s.is_child and s.swept]
    return [
        *({"subject": s.pk, "disposition": s.disposition, "reason": s.reason, "called": str(s)} for s in swept),
        *({"person": child.pk, "called": child.display_name, "how": how_tied(ties)} for child, ties in tied),
    ]


PEOPLE = declare(People)
IDENTIFIED = declare(Identified)
OTHER_CHILDREN = declare(OtherChildren)
WRONG_MATCHES = declare(WrongMatches)
