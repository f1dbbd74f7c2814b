"""PostgreSQL's own wall on cases and persons, written apart from the application's (`access/sight.py`).

The transaction says on whose behalf it works (`platform.database.as_account`); with nothing said, nothing is seen.
Every lookup is an uncorrelated sub-select, so the planner runs it once a query, not once a row. Those that give a few
keys are arrays, which an index can answer; those that may give thousands (a busy agency's cases) are `in`, which is hashed:
an array of thousands is searched from end to end for every row.
"""

from django.db import migrations

TODAY = "(now() at time zone 'Europe/London')::date"
ME = "nullif(current_setting('sightline.account', true), '')::uuid"

PARTNERSHIP_WIDE = (
    "public-intake", "clockwork", "contact-officer", "front-door-worker", "emergency-duty-worker",
    "front-door-manager", "duty-manager", "service-manager", "team-manager", "business-support",
)
OWN_AGENCY = ("agency-lead", "agency-decision-maker", "lead-worker")


def held(column: str, roles: tuple[str, ...] = ()) -> str:
    named = f"and held.role in ({', '.join(repr(role) for role in roles)})" if roles else ""
    return f"""select held.{column} from people_roleheld held
        join people_account account on account.worker_id = held.worker_id
        where account.id = {ME} and account.is_active {named}
          and held.valid_from <= {TODAY} and (held.valid_to is null or held.valid_to > {TODAY})"""


MY_AGENCIES = held("agency_id", OWN_AGENCY)


def my_cases(*, within: bool) -> str:
    """Cases in which my agency, or I while I hold any role, have a live part.

    An agency that only told the front door sees that there is a case, not the people `within` it.
    """
    told_only = "and part.part <> 'referrer'" if within else ""
    return f"""select part.case_id from engine_involvement part
        where part.ends_at is null {told_only} and part.agency_id = any (array({MY_AGENCIES}))
        union all
        select part.case_id from engine_involvement part
        where part.ends_at is null {told_only} and part.worker_id = any (array({held("worker_id")}))"""


CASE_SEEN = f"""partnership_id = any (array({held("partnership_id", PARTNERSHIP_WIDE)}))
    or answering_id = any (array({MY_AGENCIES}))
    or id in ({my_cases(within=False)})"""

PERSON_SEEN = f"""partnership_id = any (array({held("partnership_id", PARTNERSHIP_WIDE)}))
    or id in (select subject.person_id from engine_casesubject subject
        where subject.person_id is not null and subject.case_id in (
            {my_cases(within=True)}
            union all
            select answer.id from engine_case answer where answer.answering_id = any (array({MY_AGENCIES}))))"""

MINE = f"partnership_id = any (array({held('partnership_id')}))"


def wall(table: str, seen: str) -> str:
    return f"""
    alter table {table} enable row level security;
    create policy seen on {table} for select using ({seen});
    create policy opened on {table} for insert with check ({MINE});
    create policy changed on {table} for update using ({seen}) with check ({MINE});
    """


def no_wall(table: str) -> str:
    return f"""
    drop policy seen on {table};
    drop policy opened on {table};
    drop policy changed on {table};
    alter table {table} disable row level security;
    """


class Migration(migrations.Migration):
    dependencies = (
        ("engine", "0001_initial"),
        ("people", "0002_name_trigram"),
    )
    operations = (
        migrations.RunSQL(wall("engine_case", CASE_SEEN), no_wall("engine_case")),
        migrations.RunSQL(wall("people_person", PERSON_SEEN), no_wall("people_person")),
    )
