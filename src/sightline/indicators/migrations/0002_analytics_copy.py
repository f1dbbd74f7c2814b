"""What figures are worked out from: views in which nobody is named, which the reporting role alone may read.

Every view lists its columns; none of them is a name, an address, a date of birth, free text or a number by which
somebody could be found. A child is a number counted afresh at every reading. The views belong to the owner, whom
row-level policies do not bind; so each asks that the reporting role be the one that asks, and the application's own
role is refused. `partnership_id` is there to choose one partnership's rows by, and is not copied.
"""

from django.db import migrations

from sightline.platform.database.roles import APP_ROLE, REPORT_ROLE

ASKED_FOR_A_REPORT = f"current_user = '{REPORT_ROLE}'"
LONDON_DAY = "(({instant}) at time zone 'Europe/London')::date"
UTC = "({instant}) at time zone 'UTC'"

# A child in several years' censuses is one child: the council's own number joins them here and goes no further.
CHILD = """
create view report_census_child as
select child.id,
       dense_rank() over (order by census.agency_id, child.la_child_id) as number,
       census.partnership_id,
       extract(year from census.reference_date)::int - 1 as census_year,
       min(census.reference_date) over (partition by census.partnership_id) as first_reference_date
from cin_census_child child
join cin_census_censusreturn census on census.id = child.census_return_id
where not census.superseded
"""

# Whatever is open when a year ends stands in two censuses; `census_year` says in which, as the year that it began in.
VIEWS = {
    "report_referral": f"""
select child.partnership_id, child.census_year, child.number as child, referral.referral_date as referred_on,
       (child.first_reference_date - interval '1 year' + interval '1 day')::date as held_from
from cin_census_referral referral
join report_census_child child on child.id = referral.child_id
where {ASKED_FOR_A_REPORT}
""",
    "report_assessment": f"""
select child.partnership_id, child.census_year, child.number as child, referral.referral_date as referred_on,
       assessment.authorised_date as authorised_on
from cin_census_assessment assessment
join cin_census_referral referral on referral.id = assessment.referral_id
join report_census_child child on child.id = assessment.child_id
where {ASKED_FOR_A_REPORT}
""",
    "report_section_47": f"""
select child.partnership_id, child.census_year, child.number as child, enquiry.start_date as started_on,
       enquiry.conference_date as conference_on
from cin_census_section47 enquiry
join report_census_child child on child.id = enquiry.child_id
where {ASKED_FOR_A_REPORT}
""",
    "report_plan": f"""
select child.partnership_id, child.census_year, child.number as child, plan.start_date as started_on,
       plan.end_date as ended_on, coalesce(nullif(plan.latest_category, ''), plan.initial_category) as category,
       plan.previous_plans as earlier_plans
from cin_census_protectionplan plan
join report_census_child child on child.id = plan.child_id
where {ASKED_FOR_A_REPORT}
""",
    "report_contact": f"""
select matter.partnership_id, {LONDON_DAY.format(instant="clock.due_at")} as due_on,
       {UTC.format(instant="clock.due_at")} as due_at, {UTC.format(instant="decided.at")} as done_at,
       matter.stage = 'linked' as repeats_another
from engine_case matter
join engine_caseclock clock on clock.case_id = matter.id and clock.key = 'decide_and_tell' and clock.ended <> 'replaced'
left join lateral (
    select min(step.at) as at from engine_casestep step
    where step.case_id = matter.id and step.step in ('endorse', 'change_to_more_protective', 'acknowledge')
) decided on true
where matter.process = 'contact' and {ASKED_FOR_A_REPORT}
""",
    "report_enquiry": f"""
select matter.partnership_id, {LONDON_DAY.format(instant="clock.due_at")} as due_on,
       {UTC.format(instant="clock.due_at")} as due_at, {UTC.format(instant="answered.at")} as done_at,
       matter.answering_id::text as agency, matter.stage = 'withdrawn' as withdrawn
from engine_case matter
join engine_caseclock clock on clock.case_id = matter.id and clock.key = 'reply_in_time' and clock.ended <> 'replaced'
left join lateral (
    select min(step.at) as at from engine_casestep step
    where step.case_id = matter.id and step.step in ('reply', 'reply_nothing_held', 'refuse')
) answered on true
where matter.process = 'agency-enquiry' and {ASKED_FOR_A_REPORT}
""",
    "report_strategy_discussion": f"""
select matter.partnership_id, {LONDON_DAY.format(instant="clock.due_at")} as due_on,
       {UTC.format(instant="clock.due_at")} as due_at, {UTC.format(instant="record.held_at")} as done_at,
       record.venue as venue, matter.stage = 'not_held' as not_held
from engine_case matter
join engine_caseclock clock on clock.case_id = matter.id and clock.key = 'hold_in_time' and clock.ended <> 'replaced'
join protection_strategydiscussionrecord record on record.case_id = matter.id
where matter.process = 'strategy-discussion' and {ASKED_FOR_A_REPORT}
""",
    "report_census": f"""
select partnership_id, agency_id::text as agency, year, reference_date, revision, loaded_at
from cin_census_censusreturn
where not superseded and {ASKED_FOR_A_REPORT}
""",
    "report_children": f"""
select partnership_id, middle_of as mid_year, children
from indicators_childpopulation
where {ASKED_FOR_A_REPORT}
""",
    "report_published_figure": f"""
select file.dataset, figure.area_code as area, figure.area_level, figure.time_period as year, figure.measure, figure.value
from datasets_publishedfigure figure
join datasets_revision revision on revision.id = figure.revision_id
join datasets_publishedfile file on file.id = revision.file_id
where not revision.superseded and {ASKED_FOR_A_REPORT}
""",
}


def made(name: str, query: str) -> str:
    return f"""
    create view {name} with (security_barrier) as {query};
    revoke all on {name} from {APP_ROLE};
    grant select on {name} to {REPORT_ROLE};
    """


class Migration(migrations.Migration):
    dependencies = (
        ("indicators", "0001_initial"),
        ("cin_census", "0002_row_level_security"),
        ("datasets", "0002_neighbours_and_measures"),
        ("engine", "0004_matters_of_the_partnership"),
        ("front_door", "0001_initial"),
        ("protection", "0001_initial"),
    )
    operations = (
        migrations.RunSQL(
            f"{CHILD}; revoke all on report_census_child from {APP_ROLE};", "drop view report_census_child"
        ),
        *(migrations.RunSQL(made(name, query), f"drop view {name}") for name, query in VIEWS.items()),
    )
