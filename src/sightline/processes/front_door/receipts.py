"""What a member of the public holds after telling the front door: a reference, and a code that proves it is theirs.

The reference can be read down a telephone to anybody. The code is shown once; the contact keeps only a digest of both.
"""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sightline.engine.models import Case
from sightline.engine.references import ALPHABET, LENGTH
from sightline.people.actor import Actor
from sightline.platform.sealed import keyed_digest

from .contact import Contact

CODE_LENGTH = 8
_NO_DIGEST = "0" * 64


class Said(StrEnum):
    """All that the public are ever told of a contact here."""

    RECEIVED = "Received"
    READ = "Read and acted on"


@dataclass(frozen=True)
class Receipt:
    """A reference and its code, as they are shown: "C-7F3K2P", "K2PD-9RWX"."""

    reference: str
    code: str

    @property
    def digest(self) -> str:
        """What is kept of the receipt; the same however the two were typed."""
        return hashlib.sha256(f"{self.full_reference}:{plain(self.code)}".encode()).hexdigest()

    @property
    def full_reference(self) -> str:
        """The reference as it is kept, with its prefix, whether or not that was typed."""
        return f"{Contact.prefix}-{plain(self.reference)[-LENGTH:]}"


def receipt_from(seed: str) -> Receipt:
    """The receipt of a concern: the same for the same seed, and not to be guessed from another's."""
    return receipt_for(f"{Contact.prefix}-{_letters(seed, 'receipt reference', LENGTH)}")


def receipt_for(reference: str) -> Receipt:
    """The receipt of a reference that this installation gave out: the same each time it is asked."""
    letters = _letters(reference, "receipt code", CODE_LENGTH)
    return Receipt(reference, f"{letters[:4]}-{letters[4:]}")


def _letters(text: str, purpose: str, count: int) -> str:
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in bytes.fromhex(keyed_digest(text, purpose))[:count])


def plain(typed: str) -> str:
    """A reference or a code without the spaces, dashes and capitals that people vary."""
    return "".join(letter for letter in typed.upper() if letter in ALPHABET)


def said_of(receipt: Receipt, intake: Actor) -> Said | None:
    """What the holder of a receipt may know, read as the public form's own account; None when it opens nothing.

    A wrong code and an unknown reference do the same work and give the same answer.
    """
    digest = receipt.digest
    cases = Case.visible_to(intake).filter(process=Contact.key, reference=receipt.full_reference)
    cases = cases.select_related("contactrecord")
    case = next(iter(cases[:1]), None)
    kept = (case.contactrecord.receipt_digest if case else "") or _NO_DIGEST
    if not secrets.compare_digest(kept, digest) or case is None:
        return None
    return Said.RECEIVED if case.stage == Contact.new.key else Said.READ
