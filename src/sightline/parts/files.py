"""Files attached to a case: taken in, checked, and handed out as a safe copy.

What is refused at the door is kept nowhere; the audit has its hash and the rule. What comes in while the virus scanner
is away waits in quarantine, and `check_waiting` asks again.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from sightline.engine.matter import Matter
from sightline.people.actor import Actor
from sightline.platform import audit, calendar
from sightline.platform.files import FileRefused, Kind, ScannerAway, kind_named, recognised, safe_copy, scan, store
from sightline.platform.files.limits import in_bytes, limit
from sightline.platform.jobs import clockwork

from .models import Evidence, File

AT_ONCE = 50
"""How many waiting files are looked at in one run."""
SUBJECT = "engine.Case"


def may_attach(matter: Matter, by: Actor) -> bool:
    """Whoever takes part in such matters may, while the case is open. That they see into it is asked before."""
    roles = {role.key for step in matter.process.steps.values() for role in step.by}
    held = (one for one in by.roles if one.partnership_id == matter.case.partnership_id)
    return matter.case.open and any(one.role in roles for one in held)


def attach(matter: Matter, name: str, chunks: Iterable[bytes], *, by: Actor, evidence: Evidence | None = None) -> File:
    """Take a file in and check it. Raises FileRefused; nothing of it is then kept.

    The caller has asked `may_attach` and that the case is seen, and holds the transaction.
    """
    path = store.receive(chunks, in_bytes("largest_mb"))
    try:
        _room(matter)
        kind = recognised(path, name)
        found, safe = _checked(kind, path)
    except FileRefused as refused:
        described = store.described(path)
        detail = {"rule": refused.code, "sha256": described.sha256, "size": described.size}
        audit.record("attach a file", subject=SUBJECT, ids=[matter.case.pk], detail=detail, outcome="refused")
        path.unlink()
        raise
    original = store.keep(path, store.QUARANTINE)
    file = File(
        case=matter.case,
        evidence=evidence,
        name=name,
        kind=kind.key,
        sha256=original.sha256,
        size=original.size,
        added_by=by.worker,
        agency=by.agency,
        added_at=calendar.now(),
    )
    _settle(file, found, safe)
    file.save(force_insert=True)
    _note("attach a file", file)
    return file


def content_of(file: File) -> bytes:
    """The bytes that are handed out, with their audit row. Raises FileMissing. Only for a file that is clean."""
    content = store.safe_content(file.safe_sha256)
    _note("download a file", file)
    return content


def check_waiting() -> None:
    """Ask the virus scanner again about every file that waits, each in a transaction of its own."""
    with clockwork():
        waiting = list(
            File.objects.filter(state=File.State.QUARANTINED).order_by("added_at").values_list("pk", flat=True)
        )
    for pk in waiting[:AT_ONCE]:
        if not _check_again(pk):
            return


def _check_again(pk: UUID) -> bool:
    """False where the scanner is still away."""
    with clockwork():
        file = File.objects.select_for_update(of=("self",)).filter(pk=pk, state=File.State.QUARANTINED).first()
        if file is None:
            return True
        try:
            found, safe = _checked(kind_named(file.kind), store.original(file.sha256))
        except FileRefused as refused:
            file.state, file.reason, file.checked_at = File.State.REFUSED, refused.words, calendar.now()
        else:
            _settle(file, found, safe)
        if file.state == File.State.QUARANTINED:
            return False
        file.save(force_update=True)
        _note("check a file", file)
    return True


def _room(matter: Matter) -> None:
    most = limit("on_one_case")
    if File.objects.filter(case=matter.case).count() >= most:
        raise FileRefused("too many", f"There are {most} files here already, which is the most. Put the next in a PDF.")


def _checked(kind: Kind, path: Path) -> tuple[str | None, Path | None]:
    """What the scanner found (None: it is away), and a safe copy where it found nothing. Raises FileRefused."""
    try:
        found = scan(path)
    except ScannerAway:
        return None, None
    if found:
        return found, None
    safe = store.incoming()
    safe_copy(kind, path, safe)
    return found, safe


def _settle(file: File, found: str | None, safe: Path | None) -> None:
    """What the check says of the file; nothing yet while the scanner is away."""
    if found is None:
        return
    file.checked_at = calendar.now()
    if safe is None:
        file.state = File.State.REFUSED
        file.reason = (
            f"The virus check found {found[:100]} in it. Do not open your own copy. Tell your IT service desk, "
            "and ask whoever sent it to you for a clean one."
        )
        return
    kept = store.keep(safe, store.SAFE)
    file.state, file.safe_sha256, file.safe_size = File.State.CLEAN, kept.sha256, kept.size


def _note(action: str, file: File) -> None:
    detail = {"file": str(file.pk), "kind": file.kind, "state": file.state, "sha256": file.sha256, "size": file.size}
    detail |= audit.basis_of([file.case_id])
    outcome = "refused" if file.state == File.State.REFUSED else "allowed"
    audit.record(action, subject=SUBJECT, ids=[file.case_id], detail=detail, outcome=outcome)
