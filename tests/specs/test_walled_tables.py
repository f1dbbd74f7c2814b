"""Which tables the database walls: every one of a person's or a case's, and a reason for each of the others."""

from django.apps import apps
from walls import asked, tables_with

STAFF = "who works here and in what role: every page names them to colleagues"
FIGURES = "published figures, in which nobody is counted by name"
REGISTER = "what the partnership has agreed; its changes are matters, and walled as such"
SIGN_IN = "how a member of staff signs in; no child, no case"
DJANGO = "Django's own"
JOBS = "the names and times of scheduled work; its jobs are given no argument but a time"
SEALED = "hashes and signatures of audit rows"
EXEMPT = {
    **dict.fromkeys(
        (
            "people_account",
            "people_agency",
            "people_agencyname",
            "people_agencysuccession",
            "people_group",
            "people_groupmembership",
            "people_partnership",
            "people_partnershipmembership",
            "people_roleheld",
            "people_worker",
        ),
        STAFF,
    ),
    **dict.fromkeys(
        (
            "datasets_measurenote",
            "datasets_neighbour",
            "datasets_neighbourset",
            "datasets_publishedfigure",
            "datasets_publishedfile",
            "datasets_revision",
            "indicators_childpopulation",
            "indicators_result",
            "indicators_run",
        ),
        FIGURES,
    ),
    **dict.fromkeys(
        (
            "limits_guidanceversion",
            "limits_locallimit",
            "registers_grouplife",
            "registers_priority",
            "registers_target",
            "registers_termsofreference",
        ),
        REGISTER,
    ),
    **dict.fromkeys(
        (
            "account_emailaddress",
            "account_emailconfirmation",
            "mfa_authenticator",
            "socialaccount_socialaccount",
            "socialaccount_socialapp",
            "socialaccount_socialtoken",
        ),
        SIGN_IN,
    ),
    **dict.fromkeys(
        (
            "auth_group",
            "auth_group_permissions",
            "auth_permission",
            "django_content_type",
            "django_migrations",
            "django_session",
        ),
        DJANGO,
    ),
    **dict.fromkeys(
        (
            "jobs_lost",
            "jobs_tick",
            "procrastinate_events",
            "procrastinate_jobs",
            "procrastinate_periodic_defers",
            "procrastinate_workers",
        ),
        JOBS,
    ),
    **dict.fromkeys(("audit_leaf", "audit_salt", "audit_treehead"), SEALED),
    "datasets_refusedfile": "faults of a refused file, sealed for the one account that sent it",
    "throttle_failures": "keyed digests of what failed, and how often",
    "wall_token": "hashes of tokens; the site's role has no right to it at all",
}


def test_every_table_is_walled_or_says_why_it_need_not_be(db):
    walled = tables_with("relrowsecurity")
    assert walled.isdisjoint(EXEMPT)
    assert tables_with("not relrowsecurity") == set(EXEMPT)


def test_no_table_that_leads_to_a_case_or_a_person_goes_without_a_wall(db):
    leading = asked(
        """
        with recursive led (table_id) as (
          select unnest(array['engine_case'::regclass::oid, 'people_person'::regclass::oid])
          union
          select fk.conrelid from pg_constraint fk
          join led on fk.confrelid = led.table_id and fk.contype = 'f'
        )
        select table_id::regclass::text from led
        """
    )
    assert len(leading) > 50
    assert {name for (name,) in leading} <= tables_with("relrowsecurity")


def test_no_policy_to_read_asks_a_function_about_the_row(db):
    found = asked(
        """
        select proc.proname, proc.pronargs from pg_policy policy
        join pg_depend needs on needs.classid = 'pg_policy'::regclass and needs.objid = policy.oid
        join pg_proc proc on needs.refclassid = 'pg_proc'::regclass and proc.oid = needs.refobjid
        where policy.polcmd in ('r', '*')
        union
        select proc.proname, proc.pronargs from pg_rewrite rule
        join pg_class view on view.oid = rule.ev_class and view.relname like 'wall\\_%'
        join pg_depend needs on needs.classid = 'pg_rewrite'::regclass and needs.objid = rule.oid
        join pg_proc proc on needs.refclassid = 'pg_proc'::regclass and proc.oid = needs.refobjid
        """
    )
    assert {"wall_held", "wall_reads", "wall_mine"} <= {name for name, _ in found}
    assert [name for name, arguments in found if arguments] == []


def test_lookups_with_the_owner_s_rights_keep_to_a_fixed_path_and_are_not_for_everybody(db):
    loose = asked(
        """
        select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
        and (not coalesce('search_path=pg_catalog, public' = any (proconfig), false)
             or has_function_privilege('sightline_report', oid, 'execute'))
        """
    )
    assert loose == []


def test_the_site_may_delete_only_what_it_deletes_today(db):
    may = {
        name
        for name in tables_with("relrowsecurity")
        if asked("select has_table_privilege('sightline_app', %s, 'delete')", name) == [(True,)]
    }
    assert may - {name for name in may if name.startswith("cin_census_")} == {
        "access_owndetails",
        "people_heldtext",
        "web_draft",
    }


def test_the_sealer_and_the_views_of_figures_read_past_the_wall_and_nothing_else_does(db):
    reading = asked(
        "select tablename, policyname from pg_policies where not (roles = '{sightline_app}') "
        "and tablename not like 'cin\\_census\\_%'"
    )
    assert reading == [("audit_auditrow", "sealed")]
    owners = asked("select distinct viewowner from pg_views where schemaname = 'public'")
    assert owners == [("sightline_owner",)]
    assert asked("select count(*) from pg_matviews") == [(0,)]
    readable = {
        name
        for (name,) in asked(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' "
            "and has_table_privilege('sightline_app', oid, 'select')"
        )
    }
    assert {name for name in readable if not name.startswith("wall_")} == set()
    assert apps.get_models()
