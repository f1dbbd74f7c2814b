"""The walls of what is asked about reads, and who reads the audit for it.

A manager sees the sample drawn for them; information governance sees its partnership's, and never what is about themself.
Scheduled work reads the audit of those it draws from. Whoever owns a case sees the rows that name it.
"""

from django.db import migrations

from ._walled_tables import CLOCKWORK, GOVERNED, HATS, ME, MY_PARTNERSHIPS, NOT_MINE, wall
from ._what_is_seen import OF_CASE

TABLES = {
    "access_purpose": wall(
        "access_purpose",
        seen=f"""account_id = {ME} or {OF_CASE.format(table="access_purpose", column="case_id")}
        or account_id in (
            select account.id from people_account account
            join people_roleheld colleague on colleague.worker_id = account.worker_id
            where colleague.partnership_id = {GOVERNED})""",
        added=f"account_id = {ME} and {OF_CASE.format(table='access_purpose', column='case_id')}",
        changed="false",
    ),
    "access_sampledread": wall(
        "access_sampledread",
        seen=f"""{NOT_MINE} and (manager_id = (select wall_worker())
            or partnership_id = {GOVERNED} or partnership_id = {CLOCKWORK})""",
        added=f"partnership_id = {CLOCKWORK}",
        changed=f"{NOT_MINE} and (manager_id = (select wall_worker()) or partnership_id = {GOVERNED})",
        kept=f"{NOT_MINE} and (manager_id = (select wall_worker()) or partnership_id = {GOVERNED})",
    ),
    "access_unusualaccess": wall(
        "access_unusualaccess",
        seen=f"{NOT_MINE} and (partnership_id = {GOVERNED} or partnership_id = {CLOCKWORK})",
        added=f"partnership_id = {CLOCKWORK}",
        changed=f"{NOT_MINE} and partnership_id = {GOVERNED}",
        kept=f"{NOT_MINE} and partnership_id = {GOVERNED}",
    ),
}
AUDIT = f"""
create policy watched on audit_auditrow for select to sightline_app using (
    worker_id in (select colleague.worker_id from people_roleheld colleague where colleague.partnership_id = {CLOCKWORK})
    or object_ids && array(select matter.id from engine_case matter where matter.owner_id = (select wall_worker())));
"""
# A notice about a page of the site's own names no case.
NOTICES = f"""
create policy page_seen on notices_notice for select to sightline_app using (
    page <> '' and worker_id is null and ({HATS}));
create policy page_added on notices_notice for insert to sightline_app with check (
    page <> '' and case_id is null and partnership_id = {MY_PARTNERSHIPS});
"""
# Information governance reads no case; of those that it is asked to look at it knows the reference, and never of a sealed one.
NAMED = f"""
create function sightline_named_for_oversight(wanted uuid[])
returns table (id uuid, reference text, process text, partnership_id uuid)
language sql stable security definer set search_path = pg_catalog, public rows 20 as $$
    select matter.id, matter.reference::text, matter.process::text, matter.partnership_id
    from engine_case matter
    where matter.id = any (wanted) and matter.tier <> 'sealed' and matter.partnership_id = {GOVERNED}
      and matter.id not in (select wall_kept_cases())
$$;
revoke all on function sightline_named_for_oversight(uuid[]) from public;
grant execute on function sightline_named_for_oversight(uuid[]) to sightline_app;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("access", "0002_second_wall"),
        ("access", "0004_oversight"),
        ("notices", "0004_pages"),
        ("audit", "0003_rows_by_what_they_name"),
    )
    operations = (
        *(migrations.RunSQL(policies) for policies in TABLES.values()),
        migrations.RunSQL(AUDIT),
        migrations.RunSQL(NOTICES),
        migrations.RunSQL(NAMED),
    )
