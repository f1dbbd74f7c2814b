"""The wall on persons, brought level with the application's: whoever was asked sees whom it is about.

An agency that only told the front door sees that there is a contact, not the records of the people in it.
"""

from importlib import import_module

from django.db import migrations

wall = import_module("sightline.engine.migrations.0002_row_level_security")

WITHIN = f"""select part.case_id from engine_involvement part
        where part.ends_at is null and part.part <> 'referrer'
          and part.agency_id = any (array({wall.held("agency_id", wall.OWN_AGENCY)}))
        union all
        select part.case_id from engine_involvement part
        join people_account account on account.worker_id = part.worker_id
        where part.ends_at is null and part.part <> 'referrer' and account.id = {wall.ME} and account.is_active
        union all
        select answer.id from engine_case answer
        where answer.answering_id = any (array({wall.held("agency_id", wall.OWN_AGENCY)}))"""

PERSON_SEEN = f"""partnership_id = any (array({wall.held("partnership_id", wall.PARTNERSHIP_WIDE)}))
    or id = any (array(select subject.person_id from engine_casesubject subject
        where subject.person_id is not null and subject.case_id = any (array({WITHIN}))))"""


def policies(seen: str) -> str:
    return f"""
    alter policy seen on people_person using ({seen});
    alter policy changed on people_person using ({seen}) with check ({wall.MINE});
    """


class Migration(migrations.Migration):
    dependencies = (("engine", "0002_row_level_security"),)
    operations = (migrations.RunSQL(policies(PERSON_SEEN), policies(wall.PERSON_SEEN)),)
