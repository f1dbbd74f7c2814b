"""PostgreSQL's own wall on loaded censuses, written apart from the application's (`cin_census/sight.py`).

Read and written by whoever looks after figures in the census's partnership, and by scheduled work there, in whose name
the command line loads. A row of a child is seen with its census, whose own wall the sub-select meets.
"""

from importlib import import_module

from django.db import migrations

wall = import_module("sightline.engine.migrations.0002_row_level_security")

CENSUS = "cin_census_censusreturn"
ROWS = tuple(
    f"cin_census_{name}"
    for name in (
        "child", "disability", "referral", "assessment", "assessmentfactor", "plandates", "section47",
        "protectionplan", "review", "preproceedings",
    )
)
OURS = f"partnership_id = any (array({wall.held('partnership_id', ('data-analyst', 'clockwork'))}))"
WITH_ITS_CENSUS = f"census_return_id in (select census.id from {CENSUS} census)"


def walled(table: str, seen: str) -> str:
    return f"""
    alter table {table} enable row level security;
    create policy seen on {table} for select using ({seen});
    create policy opened on {table} for insert with check ({seen});
    create policy changed on {table} for update using ({seen}) with check ({seen});
    """


class Migration(migrations.Migration):
    dependencies = (
        ("cin_census", "0001_initial"),
        ("engine", "0002_row_level_security"),
    )
    operations = (
        migrations.RunSQL(walled(CENSUS, OURS), wall.no_wall(CENSUS)),
        *(migrations.RunSQL(walled(table, WITH_ITS_CENSUS), wall.no_wall(table)) for table in ROWS),
    )
