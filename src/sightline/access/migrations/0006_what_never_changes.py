"""A matter and a person stay in the partnership that they were opened in: whoever may write both cannot move one."""

from django.db import migrations

STAYS = {
    "engine_case": ("id", "partnership_id", "process", "reference"),
    "people_person": ("id", "partnership_id"),
}
REFUSAL = """
create function sightline_never_changes() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % keeps its partnership and what it is known by', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
"""
TRIGGER = """
create trigger never_changes before update on {table} for each row
when (({old}) is distinct from ({new})) execute function sightline_never_changes();
"""


def guard() -> str:
    return REFUSAL + "".join(
        TRIGGER.format(table=table, **{row: ", ".join(f"{row}.{name}" for name in names) for row in ("old", "new")})
        for table, names in STAYS.items()
    )


class Migration(migrations.Migration):
    dependencies = (("access", "0005_oversight_walls"), ("engine", "0006_compartments_and_tiers"))
    operations = (
        migrations.RunSQL(
            guard(),
            "".join(f"drop trigger never_changes on {table};" for table in STAYS)
            + "drop function sightline_never_changes();",
        ),
    )
