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
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connections
from django.test import override_settings

from sightline.outgoing.protected import one_reading
from tests.contacts import bound
from tests.world import World, make_world

from .canary_families import Family, planted
from .canary_kinds import MADE, NOT_MADE_HERE, Made, Trial
from .row import Row

SIZES = {"small": (60, 2), "full": (5_000, 200)}
"""Families as text, HTML, CSV and emails; and of them, those as PDF and Office files too."""
A_BATCH = 250
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FORMULA = re.compile(r"^[\s\u200b]*[=+\-@\uff1d\t\r]")
MAY_HAVE_PLACES = ("at meeting pol", "at meeting edu", "at meeting gp")
MAY_HAVE_CLINIC = ("at meeting gp",)
OF_NO_FAMILY = ("public", "staff, of no family", "email, of no family")
"""In what is about nobody, the name of a school alone says nobody's place."""
TOLD_NO_THIRD_PARTY = ("mother", "father", "gran", "public", "email")


@dataclass
class Outcome:
    """What a run came to. `kinds`: artefacts that left, by kind; `kept`: those that did not, by recipient."""

    families: int = 0
    artefacts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)


def run(world: World, numbers: range, office: int, drawn: random.Random, outcome: Outcome) -> None:
    """Every kind for each of these families, searched as it is made. Whoever acts has to be bound already."""
    for family in planted(world.partnership, numbers, drawn):
        trial = Trial(family, world.partnership, world.worker, drawn, family.number < office)
        with one_reading():
            _tried(trial, outcome)
        outcome.families += 1


def _tried(trial: Trial, outcome: Outcome) -> None:
    for maker in dict.fromkeys(MADE.values()):
        for made in maker(trial):
            outcome.artefacts += 1
            outcome.kinds[made.kind if made.left else f"reasons of {made.kind}"] += 1
            outcome.leaks += [f"{made.kind} to {made.to}: {what}" for what in leaks(made, trial.family)]


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
        if made.to not in OF_NO_FAMILY:
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


def audit_leaks() -> list[str]:
    """Canaries in the audit of all this, which is exported to agencies."""
    from sightline.platform.audit.models import AuditRow

    found = []
    for row in AuditRow.objects.filter(action__in=("let out", "kept in")).values_list("subject", "detail").iterator():
        if re.search(r"quill|brae|wick|pell|intel|clinic", squashed(str(row))):
            found.append(f"audit-export: {row}")
    return found


def measure(size: str, seed: int) -> list[Row]:
    """The row of the evidence: leaks among everything made, which are to be none."""
    families, office = SIZES[size]
    outcome, drawn = Outcome(), random.Random(seed)
    with override_settings(PASSWORD_HASHERS=QUICK):
        world = make_world()
    batches = [range(start, min(start + A_BATCH, families)) for start in range(0, families, A_BATCH)]
    began = time.monotonic()
    for numbers in batches:
        with bound(world.worker):
            run(world, numbers, office, drawn, outcome)
        _freshen()
        said = f"{outcome.families:,} families, {outcome.artefacts:,} artefacts, {len(outcome.leaks)} leaks"
        print(f"{time.monotonic() - began:6.0f} s  {said}", file=sys.stderr, flush=True)
    with bound(world.worker):
        outcome.leaks += audit_leaks()
    print("\n".join(outcome.leaks[:50]), dict(outcome.kinds), file=sys.stderr, sep="\n")
    complete = set(outcome.kinds) >= set(MADE) - NOT_MADE_HERE
    measured = f"Canaries found in {outcome.artefacts:,} artefacts of {families:,} families, {office} as PDF and Office"
    met = complete and not outcome.leaks
    return [Row("canary", measured, float(len(outcome.leaks)), "leaks", "0", met, outcome.artefacts, seed)]


def _freshen() -> None:
    """What a database that lives with its data knows of it, so that its plans are those of a place of that size."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
