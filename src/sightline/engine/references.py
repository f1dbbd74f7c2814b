"""References that a person can read down a telephone: "C-7F3K2P". No vowels, no look-alikes, nothing guessable."""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def new_reference(prefix: str, choose: "secrets.SystemRandom | None" = None) -> str:
    """A fresh reference with the process's prefix. `choose` lets a seeded history repeat itself."""
    pick = choose or secrets.SystemRandom()
    return f"{prefix}-" + "".join(pick.choice(ALPHABET) for _ in range(LENGTH))
