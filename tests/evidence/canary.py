"""Plants canaries in invented families, gives everything to everybody that may ask for it, and looks for them.

    .venv/bin/python -m tests.evidence --only canary [--size small]

Bytes, the text of PDF and Office files and their metadata are searched by rules of its own, which know nothing of the
gate's. `tests/specs/test_canary.py` runs a small size of the same.
"""

import csv
import io
import random
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .canary_families import Family, planted
from .canary_kinds import MADE, Made, Trial
from .row import Row

SIZES = {"small": (60, 2), "full": (5_000, 200)}
"""Families as text, HTML, CSV and emails; and of them, those as PDF and Office files too."""
A_BATCH = 500
FORMULA = re.compile(r"^[\s\u200b]*[=+\-@\uff1d\t\r]")
MAY_HAVE_PLACES = ("at meeting pol", "at meeting edu", "at meeting gp")
MAY_HAVE_CLINIC = ("at meeting gp",)
TOLD_NO_THIRD_PARTY = ("mother", "father", "gran", "public", "email")


@dataclass
class Outcome:
    """What a run came to. `kinds`: artefacts that left, by kind; `kept`: those that did not, by recipient."""

    families: int = 0
    artefacts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)


def run(partnership: object, families: int, office: int, seed: int) -> Outcome:
    """Every kind for every family, searched as it is made. Whoever acts has to be bound already."""
    drawn, outcome = random.Random(seed), Outcome()
    for start in range(0, families, A_BATCH):
        numbers = range(start, min(start + A_BATCH, families))
        for family in planted(partnership, numbers, drawn):  # type: ignore[arg-type]
            trial = Trial(family, partnership, drawn, family.number < office)
            for maker in dict.fromkeys(MADE.values()):
                for made in maker(trial):
                    outcome.artefacts += 1
                    outcome.kinds[made.kind if made.left else f"reasons of {made.kind}"] += 1
                    outcome.leaks += [f"{made.kind} to {made.to}: {what}" for what in leaks(made, family)]
            outcome.families += 1
        print(f"{outcome.families:,} families, {outcome.artefacts:,} artefacts", file=sys.stderr, flush=True)
    outcome.leaks += audit_leaks(families)
    return outcome


def leaks(made: Made, family: Family) -> list[str]:
    """Canaries that this recipient must not have, and cells that would run."""
    said = [squashed(text) for text in texts_of(made)]
    found = [word for word in forbidden(made, family) if any(squashed(word) in text for text in said)]
    if made.name.endswith(".csv"):
        cells = csv.reader(io.StringIO(made.body.decode("utf-8-sig"), newline=""))
        found += [f"a cell that runs: {cell!r}" for row in cells for cell in row if FORMULA.match(cell)]
    if made.name.endswith(".xlsx") and b"<f" in b"".join(parts_of(made.body)):
        found.append("a formula")
    return found


def forbidden(made: Made, family: Family) -> Iterator[str]:
    """What may not be in it, said again here and not asked of the gate."""
    reasons = not made.left
    if reasons or made.to not in (*MAY_HAVE_PLACES, "mother"):
        yield from family.places
        if made.to != "public":  # the name of a school alone says to the public nobody's place
            yield family.nursery
    if reasons or not made.to.startswith("at meeting"):
        yield family.police
    if reasons or made.to not in MAY_HAVE_CLINIC:
        yield family.clinic
    if reasons or made.to in TOLD_NO_THIRD_PARTY:
        yield family.referrer


def texts_of(made: Made) -> Iterator[str]:
    """The bytes as they are, and whatever text and metadata are packed within them."""
    yield made.body.decode("utf-8", "ignore")
    if made.name.endswith((".docx", ".xlsx")):
        for part in parts_of(made.body):
            yield re.sub(r"<[^>]+>", "", part.decode("utf-8", "ignore"))
            yield part.decode("utf-8", "ignore")
    if made.name.endswith(".html"):
        yield re.sub(r"<[^>]+>", "", made.body.decode())
    if made.name.endswith(".pdf"):
        yield from _of_pdf(made.body)
    if made.name.endswith(".eml"):
        import email

        message = email.message_from_bytes(made.body)
        yield str(message.get_payload(decode=True), "utf-8", "ignore")
        yield " ".join(str(email.header.make_header(email.header.decode_header(text))) for text in message.values())


def parts_of(body: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return [file.read(name) for name in file.namelist()]


def _of_pdf(body: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(body))
    yield "".join(page.extract_text() for page in reader.pages)
    yield str(reader.metadata)
    yield str(reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else "")


def squashed(text: str) -> str:
    """Letters and digits alone: "Rd" and "Road" apart, a canary is in it however it was written."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", plain).replace("road", "rd").replace("school", "sch")


def audit_leaks(families: int) -> list[str]:
    """Canaries in the audit of all this, which is exported to agencies."""
    from sightline.platform.audit.models import AuditRow

    found = []
    for row in AuditRow.objects.filter(action__in=("let out", "kept in")).values_list("subject", "detail").iterator():
        if re.search(r"quill|brae|wick|pell|intel|clinic", squashed(str(row))):
            found.append(f"audit-export: {row}")
    return found


def measure(size: str, seed: int) -> list[Row]:
    """The row of the evidence: leaks among everything made, which are to be none."""
    from sightline.platform import audit
    from sightline.platform.database import as_account
    from tests.world import make_world

    families, office = SIZES[size]
    world = make_world()
    with as_account(world.worker.account.pk), audit.request(account_id=world.worker.account.pk):
        outcome = run(world.partnership, families, office, seed)
    print("\n".join(outcome.leaks[:50]), dict(outcome.kinds), file=sys.stderr, sep="\n")
    complete = set(outcome.kinds) >= set(MADE) - {"attached-file", "audit-export", "print-view"}
    measured = f"Canaries found in {outcome.artefacts:,} artefacts of {families:,} families, {office} as PDF and Office"
    met = complete and not outcome.leaks
    return [Row("canary", measured, float(len(outcome.leaks)), "leaks", "0", met, outcome.artefacts, seed)]
