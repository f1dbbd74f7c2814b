"""Statement: put together from the records, signed by the three partners on one content, then published.

Working Together to Safeguard Children (2023), chapter 2: the lead safeguarding partners are jointly accountable for
what the arrangements publish. That three different people sign one content, and that any edit cancels what was signed,
is our own rule: a signature on a text that has changed since is nobody's.
"""

from typing import Any

from sightline.parts.kept import keep, kept
from sightline.platform import calendar
from sightline.vocabulary import roles
from sightline.vocabulary.partners import STATUTORY_PARTNERS
from sightline.vocabulary.process import Answers, Process, Stage, Step
from sightline.vocabulary.publication import Publication, publication_named

from .records import Edition, Signature, StatementRecord

PARTNER_WORDS = {partner.kind: f"the {partner.name}" for partner in STATUTORY_PARTNERS}
EDITED_WORDS = {"introduction": "the introduction", "assurance": "what the partners conclude"}
EDITED = tuple(EDITED_WORDS)
SIGNERS = (roles.LEAD_PARTNER, roles.SAFEGUARDING_PARTNER)


def publication_of(matter: Any) -> Publication:
    """What the statement is an edition of. Raises LookupError for a publication that is not declared."""
    return publication_named(matter.record.publication)


def edition_of(matter: Any, number: int = 0) -> Edition | None:
    """One edition, the newest unless numbered."""
    rows = kept(matter, Edition)
    return next((row for row in rows if row.number == number), None) if number else (rows[-1] if rows else None)


def signatures_in_force(matter: Any) -> list[Signature]:
    """Signatures on the content as it stands: those on any earlier content no longer count."""
    return [row for row in kept(matter, Signature) if row.sha256 == matter.record.sha256]


def _signed_by(matter: Any) -> tuple[str, ...]:
    """Kinds of agency whose partners sign; none while it is not said what is to be published."""
    return publication_of(matter).signed_by if matter.record.publication else ()


def still_to_sign(matter: Any) -> list[str]:
    """Kinds of agency whose partner has not signed the content as it stands."""
    signed = {row.kind for row in signatures_in_force(matter)}
    return [kind for kind in _signed_by(matter) if kind not in signed]


def _not_theirs(matter: Any, by: Any) -> str:
    """For an agency that has not signed, by somebody who has not signed for another; why not, where it is neither."""
    kind = by.agency.kind if by.agency else ""
    if kind not in _signed_by(matter):
        return "It is signed by the council, the police and the NHS."
    if kind not in still_to_sign(matter):
        return f"It is already signed for {PARTNER_WORDS[kind]}."
    if any(row.worker_id == by.worker.pk for row in signatures_in_force(matter)):
        return "You signed it for another partner. Three different people have to sign."
    return ""


def _assemble(deed: Any) -> None:
    """A new edition from what the editor may see now. What was signed before was another content."""
    record = deed.record
    words = {name: getattr(record, name) for name in EDITED}
    content = publication_of(deed.matter).assemble(deed.by, deed.case.partnership, {**words, "title": record.name})
    record.edition, record.sha256 = record.edition + 1, content.sha256
    edition = Edition(
        case=deed.case,
        step=deed.row,
        number=record.edition,
        content=content.as_json(),
        sha256=content.sha256,
        made_at=deed.row.recorded_at,
    )
    keep(deed, edition)


def _begin(deed: Any) -> None:
    deed.own(deed.by.worker)
    _assemble(deed)


def _offer(deed: Any) -> None:
    for kind in still_to_sign(deed.matter):
        deed.tell(f"A statement waits for the signature of {PARTNER_WORDS[kind]}", role=roles.LEAD_PARTNER.key)


def _sign(deed: Any) -> None:
    signature = Signature(
        case=deed.case,
        step=deed.row,
        sha256=deed.record.sha256,
        kind=deed.by.agency.kind,
        agency=deed.by.agency,
        worker=deed.by.worker,
        signed_at=deed.row.recorded_at,
    )
    keep(deed, signature)
    if not still_to_sign(deed.matter):
        deed.tell("Signed by all three partners: ready to publish", role=roles.SUPPORT_HUB.key)


def _refused(deed: Any) -> None:
    if deed.case.owner:
        deed.tell("A partner does not sign: read why", worker=deed.case.owner)


def _must_have_read(matter: Any, answers: Answers) -> dict[str, str]:
    return {} if answers.get("has_read") else {"has_read": StatementRecord.messages["has_read"]}


def _all_signed(matter: Any) -> str:
    missing = [PARTNER_WORDS[kind] for kind in still_to_sign(matter)]
    return f"Not yet signed by: {', '.join(missing)}." if missing else ""


def _published(matter: Any, answers: Answers) -> Answers:
    return {"published_edition": matter.record.edition, "published_at": calendar.now()}


def _words_missing(matter: Any) -> str:
    missing = [words for name, words in EDITED_WORDS.items() if not getattr(matter.record, name).strip()]
    return f"It does not say yet: {', '.join(missing)}." if missing else ""


class Statement(Process):
    """A document about the partnership's work that three partners sign before anybody else reads it."""

    record = StatementRecord
    prefix = "P"
    version = "2026-11"
    concerns = "partnership"
    title = "name"
    sources = (
        "Working Together to Safeguard Children 2023, chapter 2: accountability of lead safeguarding partners",
        "Own rule: three different people sign one content; any edit cancels what was signed",
    )
    fixed = frozenset({"publication", "edition", "sha256", "published_edition", "published_at"})

    drafting, signing, published = Stage(), Stage("Being signed"), Stage()
    archived = Stage(final=True)

    draft = Step(
        "Put a statement together",
        by=(roles.SUPPORT_HUB,),
        to=drafting,
        asks=("publication", "name", *EDITED),
        needs=("publication", "name"),
        then=_begin,
        done="Put the first edition together",
        help="Figures, recommendations and evidence are put in from the records as they stand today.",
    )
    rewrite = Step(
        "Edit and put it together again",
        by=(roles.SUPPORT_HUB,),
        at=(drafting, signing),
        to=drafting,
        asks=("name", *EDITED),
        needs=("name",),
        then=_assemble,
        done="Put a new edition together",
        help="The records are read again. Every signature is cancelled, because it was on another text.",
    )
    offer = Step(
        "Send it to be signed",
        by=(roles.SUPPORT_HUB,),
        at=(drafting,),
        to=signing,
        only_when=_words_missing,
        then=_offer,
        done="Sent it to the three partners",
    )
    sign = Step(
        "Sign this edition",
        by=SIGNERS,
        at=(signing,),
        asks=("has_read",),
        only_for=_not_theirs,
        checks=_must_have_read,
        then=_sign,
        done="Signed",
        help="Read the edition first. If anything in it is changed afterwards, your signature is cancelled.",
    )
    refuse = Step(
        "Do not sign, and say why",
        by=SIGNERS,
        at=(signing,),
        to=drafting,
        asks=("refusal",),
        needs=("refusal",),
        next_up=False,
        then=_refused,
        done="Did not sign",
    )
    publish = Step(
        "Publish this edition",
        by=(roles.SUPPORT_HUB,),
        at=(signing,),
        to=published,
        only_when=_all_signed,
        settles=_published,
        tells=(roles.LEAD_PARTNER, roles.SAFEGUARDING_PARTNER),
        done="Published",
    )
    open_again = Step(
        "Open it again for a new edition",
        by=(roles.SUPPORT_HUB,),
        at=(published,),
        to=drafting,
        asks=("returned_because",),
        needs=("returned_because",),
        then=_assemble,
        next_up=False,
        done="Opened it again",
        help="The published edition stays as it is until the next one is signed and published.",
    )
    archive = Step(
        "Archive it",
        by=(roles.SUPPORT_HUB,),
        at=(published, drafting),
        to=archived,
        next_up=False,
        done="Archived",
    )
