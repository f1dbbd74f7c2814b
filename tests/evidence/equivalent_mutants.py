"""Mutants that change no answer, and why: they are not counted. The page of evidence shows this list."""

EQUIVALENT = {
    "sightline.people.roles_held: without account.worker_id is None "
    "in not account.is_active or account.worker_id is None": (
        "It saves a query: a role held has a worker always, so an account without one holds none."
    ),
    "sightline.access.door: without pk__in in Case.objects.filter(pk__in=[one.case_id for one in found])": (
        "It saves reading every case: which of those found are seen, is the same among all that are seen."
    ),
    "function wall_answers: true for held.agency_id is not null": (
        "It spares the plan some rows: an agency that is null is equal to no agency that was asked."
    ),
}
"""By the mutant in words, why nobody could be shown, or kept from, anything by it."""
