"""PostgreSQL's own wall on every table that holds a person's or a case's data.

Who asks is known by an opaque token (`_who_asks.py`); what they see of cases and persons is `_what_is_seen.py`; each
table's policies are `_walled_tables.py`. Tables without one are listed, each with its reason, in `tests/specs`.
"""

from django.db import migrations

from . import _walled_tables as tables
from . import _what_is_seen as seen
from . import _who_asks as asks

EARLIER = """
drop policy seen on engine_case;
drop policy opened on engine_case;
drop policy changed on engine_case;
drop policy seen on people_person;
drop policy opened on people_person;
drop policy changed on people_person;
drop policy seen on parts_file;
drop policy attached on parts_file;
drop policy checked on parts_file;
drop policy seen on cin_census_censusreturn;
drop policy opened on cin_census_censusreturn;
drop policy changed on cin_census_censusreturn;
"""
WALLED = {
    **tables.SPINE,
    **tables.OF_CASES,
    **tables.OF_PERSONS,
    **tables.NOTICES,
    **tables.SOMEBODY_S,
    "parts_file": tables.FILES,
    **tables.OVERSIGHT,
    "audit_auditrow": tables.AUDIT,
    "cin_census_censusreturn": tables.CENSUS,
}


class Migration(migrations.Migration):
    """It is not taken back: the policies of before trusted a name that any query could set."""

    dependencies = (
        ("access", "0001_initial"),
        ("assurance", "0001_initial"),
        ("audit", "0002_sealed_tree"),
        ("cin_census", "0002_row_level_security"),
        ("engine", "0006_compartments_and_tiers"),
        ("front_door", "0001_initial"),
        ("governance", "0001_initial"),
        ("improvement", "0001_initial"),
        ("instruments", "0001_initial"),
        ("notices", "0003_what_it_concerns"),
        ("outgoing", "0001_initial"),
        ("parts", "0002_files"),
        ("people", "0005_protected_places"),
        ("protection", "0001_initial"),
        ("publishing", "0001_initial"),
        ("registers", "0001_initial"),
        ("web", "0001_initial"),
    )
    operations = (
        migrations.RunSQL(EARLIER),
        migrations.RunSQL(asks.MAKE),
        migrations.RunSQL(seen.MAKE),
        *(migrations.RunSQL(policies) for policies in WALLED.values()),
    )
