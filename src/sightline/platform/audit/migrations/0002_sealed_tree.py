"""The sealed tree over the audit rows: three tables, two columns that the database fills, and who may do what."""

from django.db import migrations, models

# Transactions commit in another order than they began, so neither a number nor a time says which rows are new.
# What says it is the transaction: all those below a snapshot's oldest running one have ended.
COLUMNS = """
alter table audit_auditrow
  add column number bigint generated always as identity,
  add column written_in bigint not null default (pg_current_xact_id()::text::bigint);
create unique index audit_number on audit_auditrow (number);
create index audit_written_in on audit_auditrow (written_in);
"""
# The site may see that rows were sealed. It may write neither leaves nor heads, and never sees a salt.
GRANTS = """
revoke all on audit_leaf, audit_salt, audit_treehead from sightline_app;
grant select on audit_leaf, audit_treehead to sightline_app;
grant select on audit_auditrow to sightline_sealer;
grant select, insert on audit_leaf, audit_salt, audit_treehead to sightline_sealer;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(unique=True)),
                ("hash", models.BinaryField()),
                ("commitment", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Salt",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("key", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
            options={"verbose_name": "signed head"},
        ),
        migrations.RunSQL(COLUMNS, "alter table audit_auditrow drop column number, drop column written_in"),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
