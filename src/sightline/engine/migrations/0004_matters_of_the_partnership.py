"""Matters that concern the partnership itself: a title, and a wall of their own beside that of children's cases.

Whoever works at the front door sees children's cases; whoever governs sees the partnership's own matters; neither sees the
other's by role alone. An agency sees what it is asked, or has a part in, as before.
"""

from importlib import import_module

from django.db import migrations, models

wall = import_module("sightline.engine.migrations.0002_row_level_security")

GOVERNING = (
    "data-analyst", "safeguarding-partner", "lead-partner", "scrutineer", "support-hub", "group-chair", "moderator",
)

OWN_RETURNS = wall.held("agency_id", ("agency-signatory", "assurance-lead"))

CASE_SEEN = f"""(concerns = 'child' and partnership_id = any (array({wall.held("partnership_id", wall.PARTNERSHIP_WIDE)})))
    or (concerns = 'partnership' and partnership_id = any (array({wall.held("partnership_id", GOVERNING)})))
    or answering_id = any (array({wall.MY_AGENCIES}))
    or (concerns = 'partnership' and answering_id = any (array({OWN_RETURNS})))
    or (concerns = 'partnership' and id in (
        select part.case_id from engine_involvement part
        where part.ends_at is null and part.agency_id = any (array({OWN_RETURNS}))))
    or id in ({wall.my_cases(within=False)})"""


def again(seen: str) -> str:
    return f"""
    drop policy seen on engine_case;
    drop policy changed on engine_case;
    create policy seen on engine_case for select using ({seen});
    create policy changed on engine_case for update using ({seen}) with check ({wall.MINE});
    """


class Migration(migrations.Migration):
    dependencies = (("engine", "0003_steps_of_a_worker"),)
    operations = (
        migrations.AddField(
            "case", "concerns", models.CharField("child, or the partnership itself", max_length=12, default="child")
        ),
        migrations.AddField(
            "case",
            "title",
            models.CharField("name of a matter that concerns no child", max_length=200, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(again(CASE_SEEN), again(wall.CASE_SEEN)),
    )
