"""The policy of each walled table. No policy to read calls a function of the row; none lets the site's role delete what it
does not delete today, and there it may not even try."""

from sightline.platform.database.roles import APP_ROLE, SEALER_ROLE

from ._what_is_seen import CASE_SEEN, OF_CASE, OF_PERSON, PERSON_SEEN
from ._who_asks import IN_PERSON, held, quoted

ME = "(select sightline_whoami())"
MY_PARTNERSHIPS = f"any (array({held('partnership_id')}))"
GOVERNED = f"any (array({held('partnership_id', ('information-governance',))}))"
CLOCKWORK = f"any (array({held('partnership_id', ('clockwork',))}))"
MANAGERS = ("front-door-manager", "duty-manager", "service-manager", "team-manager")


def wall(table: str, *, seen: str, added: str, changed: str = "", kept: str = "", deleted: str = "") -> str:
    """Policies of one table. `changed`: which rows may be changed, those seen unless given ("false": none); `kept`: what
    a row must be afterwards, as one added unless given. Without `deleted` the site's role loses the right to delete.
    """
    may_delete = (
        f"create policy deleted on {table} for delete to {APP_ROLE} using ({deleted});"
        if deleted
        else f"revoke delete on {table} from {APP_ROLE};"
    )
    return f"""
    alter table {table} enable row level security;
    create policy seen on {table} for select to {APP_ROLE} using ({seen});
    create policy added on {table} for insert to {APP_ROLE} with check ({added});
    create policy changed on {table} for update to {APP_ROLE} using ({changed or seen}) with check ({kept or added});
    {may_delete}
    """


OF_A_CASE = (
    "assurance_section11cyclerecord", "assurance_section11returnrecord",
    "engine_action", "engine_caseclock", "engine_casestep", "engine_casesubject", "engine_circulation",
    "engine_involvement", "engine_meeting",
    "front_door_agencyenquiryrecord", "front_door_contactrecord",
    "governance_agendaitem", "governance_decision", "governance_groupmeetingrecord", "governance_interest",
    "governance_paperread",
    "improvement_addressee", "improvement_expectedcount", "improvement_recommendationrecord",
    "improvement_sourcedocumentrecord",
    "instruments_answer", "instruments_asking", "instruments_moderation",
    "parts_evidence",
    "protection_strategydiscussionrecord",
    "publishing_edition", "publishing_signature", "publishing_statementrecord",
    "registers_grouplifechange", "registers_limitchange", "registers_prioritychange", "registers_targetchange",
    "registers_termschange",
)
"""Tables with a row's case in `case_id`: seen when the case is. What of it an agency that only told is shown is narrower
in the application; the engine loads a matter whole to write to it."""

OF_A_PERSON = ("people_identifier", "people_personaddress", "people_personname")
"""Tables with a row's person in `person_id`."""

SPINE = {
    "engine_case": wall(
        "engine_case",
        seen=CASE_SEEN,
        added=f"partnership_id = {MY_PARTNERSHIPS}",
    ),
    "people_person": wall(
        "people_person",
        seen=PERSON_SEEN,
        added=f"partnership_id = {MY_PARTNERSHIPS}",
    ),
}


def _of_case(table: str) -> str:
    return wall(
        table, seen=OF_CASE.format(table=table, column="case_id"), added="wall_may_write_case(case_id)"
    )


def _of_person(table: str) -> str:
    return wall(
        table, seen=OF_PERSON.format(table=table, column="person_id"), added="wall_may_write_person(person_id)"
    )


OF_CASES = {
    **{table: _of_case(table) for table in OF_A_CASE},
    "engine_link": wall(
        "engine_link",
        # Both ends, or one where neither is sealed.
        seen="""(select count(*) from engine_case matter where matter.id in (engine_link.source_id, engine_link.target_id))
            + (select count(*) from wall_open_link link where link.id = engine_link.id) > 1""",
        added="wall_may_write_case(source_id) and wall_may_write_case(target_id)",
    ),
    "engine_seat": wall(
        "engine_seat",
        seen="(select true from wall_meeting meeting where meeting.id = engine_seat.meeting_id)",
        added="wall_may_write_meeting(meeting_id)",
    ),
    "engine_harmview": wall(
        "engine_harmview",
        seen="(select true from wall_seat seat where seat.id = engine_harmview.seat_id)",
        added="wall_may_write_seat(seat_id)",
    ),
}

OF_PERSONS = {
    **{table: _of_person(table) for table in OF_A_PERSON},
    # Kept in the record of the person whose place it is.
    "people_protectedfrom": wall(
        "people_protectedfrom",
        seen="(select true from people_personaddress place where place.id = people_protectedfrom.address_id)",
        added="wall_may_write_person((select place.person_id from people_personaddress place where place.id = address_id))",
    ),
    # A tie would tell of whoever is at its other end, so both have to be seen.
    "people_relationship": wall(
        "people_relationship",
        seen="""(select count(*) from people_person subject
            where subject.id in (people_relationship.person_a_id, people_relationship.person_b_id)) > 1""",
        added="wall_may_write_person(person_a_id) and wall_may_write_person(person_b_id)",
    ),
    "people_householdmembership": wall(
        "people_householdmembership",
        seen=OF_PERSON.format(table="people_householdmembership", column="person_id"),
        added="wall_may_write_person(person_id) and wall_may_write_household(household_id)",
    ),
    "people_household": wall(
        "people_household",
        seen="""(select true from people_householdmembership member
            where member.household_id = people_household.id limit 1)""",
        added=f"partnership_id = {MY_PARTNERSHIPS}",
    ),
}

HATS = """(agency_id is null and (partnership_id, role) in (select held.partnership_id, held.role from wall_held() held))
        or (partnership_id, agency_id, role) in (select held.partnership_id, held.agency_id, held.role from wall_held() held)
        or (role = '' and (partnership_id, agency_id, concerns) in (
            select told.partnership_id, told.agency_id, told.concerns from wall_told() told))"""
def if_seen(table: str) -> str:
    """A row may be about a case: then only whoever sees the case now is shown it."""
    return f"(case_id is null or {OF_CASE.format(table=table, column='case_id')})"


NOTICES = {
    "notices_notice": wall(
        "notices_notice",
        seen=f"""partnership_id = {CLOCKWORK}
        or ((worker_id = (select wall_worker()) or (worker_id is null and ({HATS}))) and {if_seen("notices_notice")})""",
        added=f"partnership_id = {CLOCKWORK} or wall_may_write_case(case_id)",
        changed=f"partnership_id = {CLOCKWORK}",
        kept=f"partnership_id = {CLOCKWORK}",
    ),
    "notices_noticeread": wall("notices_noticeread", seen=f"account_id = {ME}", added=f"account_id = {ME}"),
}

AT_WORK = f"exists ({held('role', ('clockwork',))})"
WITHIN_CASE = "(select true from wall_case_within matter where matter.id = parts_file.case_id)"
SOMEBODY_S = {
    # What is half written is its writer's alone; that it was begun, the view `wall_draft_begun` tells.
    "web_draft": wall(
        "web_draft", seen=f"account_id = {ME}", added=f"account_id = {ME}", deleted=f"account_id = {ME}"
    ),
    "people_heldtext": wall(
        "people_heldtext",
        seen=f"account_id = {ME} or {AT_WORK}",
        added=f"account_id = {ME}",
        deleted=f"account_id = {ME} or {AT_WORK}",
    ),
    # One's own, and those of the partnership that another may agree to. Which roles agree to which kinds, the application says.
    "outgoing_export": wall(
        "outgoing_export",
        seen=f"(asked_by_id = {ME} or partnership_id = {MY_PARTNERSHIPS}) and {if_seen('outgoing_export')}",
        added=f"asked_by_id = {ME} and partnership_id = {MY_PARTNERSHIPS}",
        kept=f"partnership_id = {MY_PARTNERSHIPS}",
    ),
}

# Only within: a file is seen by whoever sees into its case. Scheduled work brings every file's row to the virus scanner.
FILES = wall(
    "parts_file",
    seen=f"{AT_WORK} or {WITHIN_CASE}",
    added=WITHIN_CASE,
    changed=AT_WORK,
    kept=AT_WORK,
)

MAY_CHANGE = f"""
    revoke update on access_glass from {APP_ROLE};
    grant update (told, reviewed_at, reviewed_by_id, finding, review_words) on access_glass to {APP_ROLE};
"""
"""Whose, which record, why and until when is said once: whom it was told to, and the review, come after."""
NOT_MINE = "worker_id is distinct from (select wall_worker())"
# A match of somebody who reviews matches may have no other reviewer; then it is a service manager's to look at.
OF_A_REVIEWER = f"""partnership_id = any (array({held("partnership_id", ("service-manager",))})) and worker_id in (
            select reviewing.worker_id from people_roleheld reviewing where reviewing.role = 'information-governance')"""
OVERSIGHT = {
    # Now, in a role of one's own at the front door, for no longer than the partnership allows. A case that is sealed, or is
    # not there, or is kept from the asker: the same refusal. What was said then stays: see MAY_CHANGE.
    "access_glass": wall(
        "access_glass",
        seen=f"""account_id = {ME} or id in (select wall_reviewed())""",
        added=f"""account_id = {ME} and reviewed_at is null and finding = ''
            and opened_at between statement_timestamp() - interval '1 minute' and statement_timestamp() + interval '1 minute'
            and exists (select from wall_held() held where held.role in ({quoted(IN_PERSON)}) and held.role = access_glass.role
                and held.partnership_id = access_glass.partnership_id
                and held.agency_id is not distinct from access_glass.agency_id)
            and review_due_at <= opened_at + interval '31 days'
            and wall_may_open(case_id, partnership_id, ends_at - opened_at)""",
        kept=f"""(account_id = {ME} and reviewed_at is null and finding = '')
            or (account_id is distinct from {ME} and id in (select wall_reviewed()))""",
    ),
    "access_interest": wall(
        "access_interest",
        seen=f"{NOT_MINE} and (partnership_id = {GOVERNED} or partnership_id = {CLOCKWORK} or ({OF_A_REVIEWER}))",
        added=f"{NOT_MINE} and (partnership_id = {GOVERNED} or partnership_id = {CLOCKWORK})",
        changed=f"{NOT_MINE} and (partnership_id = {GOVERNED} or ({OF_A_REVIEWER}))",
        kept=f"{NOT_MINE} and (partnership_id = {GOVERNED} or ({OF_A_REVIEWER}))",
    ),
    "access_owndetails": wall(
        "access_owndetails",
        seen=f"""worker_id = (select wall_worker()) or worker_id in (
            select colleague.worker_id from people_roleheld colleague
            where colleague.partnership_id = {GOVERNED} or colleague.partnership_id = {CLOCKWORK})""",
        added=f"""worker_id = (select wall_worker()) or worker_id in (
            select colleague.worker_id from people_roleheld colleague where colleague.partnership_id = {GOVERNED})""",
        deleted=f"""worker_id = (select wall_worker()) or worker_id in (
            select colleague.worker_id from people_roleheld colleague where colleague.partnership_id = {GOVERNED})""",
    ),
}

ABOUT_SEEN = """(subject = 'engine.Case' and exists (
                select from engine_case matter where matter.id = any (audit_auditrow.object_ids)))
            or (subject = 'people.Person' and exists (
                select from people_person person where person.id = any (audit_auditrow.object_ids)))"""
# Nobody writes a row in another's name. Whoever wrote a row in this transaction may read it back.
AUDIT = wall(
    "audit_auditrow",
    seen=f"""account_id = {ME}
        or written_in = (select pg_current_xact_id_if_assigned()::text::bigint)
        or worker_id in (
            select colleague.worker_id from people_roleheld colleague where colleague.partnership_id = {GOVERNED})
        or (exists ({held("role", MANAGERS)}) and ({ABOUT_SEEN}))""",
    added=f"account_id is null or account_id = {ME}",
    changed="false",
    kept="false",
) + f"create policy sealed on audit_auditrow for select to {SEALER_ROLE} using (true);"

CENSUS = wall(
    "cin_census_censusreturn",
    seen=f"partnership_id = any (array({held('partnership_id', ('data-analyst', 'clockwork'))}))",
    added=f"partnership_id = any (array({held('partnership_id', ('data-analyst', 'clockwork'))}))",
)
