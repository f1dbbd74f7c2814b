"""What somebody who may not see a case is told of it: that it is there and whose it is. Never of a sealed one.

Told to those who work at the front door with children; an agency that asks for what is not its own finds nothing. The
function runs as the tables' owner, so it says for itself who is asking and how little they learn. It says nothing of a case about somebody whom the person asking is, or is close to: for them it is not there.
"""

from django.db import migrations

from ._who_asks import FRONT_DOOR, held

AT_THE_DOOR = f"""
create function sightline_at_the_door(by_case uuid, by_reference text, by_person uuid)
returns table (id uuid, reference text, process text, compartment text, tier text, partnership_id uuid)
language sql stable security definer set search_path = pg_catalog, public rows 5 as $$
    select c.id, c.reference, c.process, c.compartment, c.tier, c.partnership_id
    from engine_case c
    where c.tier <> 'sealed' and c.concerns = 'child'
      and c.partnership_id = any (array({held("partnership_id", FRONT_DOOR)}))
      and (c.id = by_case or c.reference = by_reference or c.id in (
          select subject.case_id from engine_casesubject subject where subject.person_id = by_person))
      and c.id not in (select wall_kept_cases())
$$;
revoke all on function sightline_at_the_door(uuid, text, uuid) from public;
grant execute on function sightline_at_the_door(uuid, text, uuid) to sightline_app;
"""


class Migration(migrations.Migration):
    dependencies = (("access", "0002_second_wall"),)
    operations = (migrations.RunSQL(AT_THE_DOOR, "drop function sightline_at_the_door(uuid, text, uuid)"),)
