"""An edition of a statement as it goes out: what state it is in, and who has signed that very content."""

from sightline.engine.matter import Matter
from sightline.engine.models import Case
from sightline.outgoing.fragments import PUBLIC, Outgoing
from sightline.outgoing.gate import Asked, Blocked, Passed, pass_out
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.publishing.records import Edition, Signature
from sightline.processes.publishing.statement import Statement, signatures_in_force
from sightline.publications.issue import Issue


def issue_of(matter: Matter, edition: Edition, actor: Actor) -> Issue:
    """What every format prints of one edition, for somebody who may see the statement."""
    return Issue(
        document=edition.document,
        reference=matter.case.reference,
        state=state_words(matter, edition),
        signatures=tuple(signed_words(one) for one in signatures_on(matter, edition, actor)),
        draft=edition.number != matter.record.published_edition,
    )


def statement_out(issue: Issue, case: Case) -> Passed | Asked | Blocked:
    """Whether an edition may leave. What is published anybody may read, so it says nobody's protected place at all."""
    here = case.partnership_id
    return pass_out(Outgoing("statement", PUBLIC, "to publish", issue.fragments, ids=(case.pk,), everybody_of=here))


def state_words(matter: Matter, edition: Edition) -> str:
    """ "Published 4 December 2026, edition 2", "Being signed, edition 3", "Draft, edition 1, since replaced"."""
    record = matter.record
    if edition.number == record.published_edition and record.published_at:
        return f"Published {calendar.plain_date(record.published_at)}, edition {edition.number}"
    if edition.number != record.edition:
        return f"Draft, edition {edition.number}, since replaced"
    being_signed = matter.case.stage == Statement.signing.key
    return f"{'Being signed' if being_signed else 'Draft'}, edition {edition.number}"


def signatures_on(matter: Matter, edition: Edition, actor: Actor) -> list[Signature]:
    """Signatures on this edition's content: of the newest they are in force, of an earlier one they once were."""
    if edition.number == matter.record.edition:
        return signatures_in_force(matter)
    return list(Signature.visible_to(actor).filter(case=matter.case, sha256=edition.sha256))


def signed_words(one: Signature) -> str:
    """ "Signed by Ann Example for Ardenvale Council, 3 December 2026"."""
    return f"Signed by {one.worker.display_name} for {one.agency.name}, {calendar.plain_date(one.signed_at)}"
