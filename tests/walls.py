"""Asking the database itself, past the application, for tests of its wall."""

from datetime import timedelta

from django.db import connection

from sightline.access.models import Glass, Interest
from sightline.engine.models import Case, CaseSubject
from sightline.people import managers
from sightline.platform import calendar


def ids(rows):
    return set(rows.values_list("pk", flat=True))


def asked(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def tables_with(condition):
    found = asked(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') "
        f"and {condition}"
    )
    return {name for (name,) in found}


def held_as(world, acting, case, **changes):
    """Scheduled work reads every tier, so it may write any."""
    with acting(world.clockwork):
        assert Case.objects.filter(pk=case.pk).update(**changes) == 1


def of_cases():
    """Models with a sight rule, whose rows belong to one case by a column of their own."""
    walled = tables_with("relrowsecurity")
    return [
        model
        for model in managers._rules
        if model._meta.db_table in walled and "case_id" in {field.attname for field in model._meta.concrete_fields}
    ]


def opened(world, case, who="worker", hours=4, since=0, **more):
    actor = getattr(world, who)
    at = calendar.now() - timedelta(hours=since)
    held = next(iter(actor.roles))
    return Glass.objects.create(
        **{
            "case": case,
            "partnership": world.partnership,
            "account": actor.account,
            "role": held.role,
            "agency": held.agency,
            "reason": "child-in-danger",
            "words": "Maya's brother is at the door of A&E tonight",
            "opened_at": at,
            "ends_at": at + timedelta(hours=hours),
            "review_due_at": at + timedelta(days=2),
            **more,
        }
    )


def keep_from(world, acting, who, case):
    with acting(world.clockwork):
        person = CaseSubject.objects.filter(case=case, person__isnull=False).first().person
        return Interest.objects.create(
            worker=getattr(world, who).worker,
            person=person,
            partnership=world.partnership,
            how="Their own details match",
            found_at=calendar.now(),
        )
