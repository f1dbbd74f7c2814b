"""Mutants that change no answer, and why: they are not counted. The page of evidence shows this list."""

EQUIVALENT: dict[str, str] = {}
"""By the mutant in words, why nobody could be shown, or kept from, anything by it."""
