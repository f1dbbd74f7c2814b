"""Which cases and persons does the account asking see? The conditions, and views of the owner's that hold them.

Role and compartment and tier, or an agency's or one's own live part, or glass; and never a case about somebody whom one is,
or is close to. `access/sight.py` is the application's rule, written apart; a test asks both for the same rows.
"""

from sightline.platform.database.roles import APP_ROLE

from ._who_asks import FRONT_DOOR, IN_PERSON, OPENED_BY_GLASS, TODAY, asked, held, quoted, shown

NOT_ONLY_TOLD = "and part.part <> 'referrer'"


def case_seen(case: str, told: str = "") -> str:
    """The condition on rows of engine_case by this name; `told` narrows which parts of an agency count.

    In the order of how many see a case by it: what comes later is looked up only for the rows that nothing before explains.
    """
    return f"""(
        ({case}.partnership_id, {case}.compartment, {case}.tier) in (
            select reading.partnership_id, reading.compartment, reading.tier from wall_reads() reading)
        or ({case}.tier in ('open', 'team') and (
            (select true from wall_agency_part part where part.case_id = {case}.id {told} limit 1)
            or ({case}.answering_id, {case}.concerns) in (
                select answering.agency_id, answering.concerns from wall_answers() answering)))
        or {case}.id in (select wall_mine())
    ) and {case}.id not in (select wall_kept_cases())"""


CASE_SEEN = case_seen("engine_case")
PERSON_SEEN = f"""(
        (not sealed and partnership_id = any (array({held("partnership_id", FRONT_DOOR)})))
        or (select true from wall_person_within subject where subject.person_id = people_person.id limit 1)
    ) and id <> all (array(select wall_kept_persons()))"""

# What a policy asks about a row of a case, or of a person. The sub-select meets that table's own policy. It is a value, for
# `exists` is planned twice, once for a row and once for all, and so is every policy within it; none is no, as false is.
OF_CASE = "(select true from engine_case matter where matter.id = {table}.{column})"
OF_PERSON = "(select true from people_person subject where subject.id = {table}.{column})"

IN_FORCE = f"""{{0}}.valid_from <= {TODAY} and ({{0}}.valid_to is null or {{0}}.valid_to > {TODAY})"""
# Who is at work where: roles in force today, cover while what it covers is, of people who can sign in.
AT_WORK = shown(
    "wall_at_work",
    f"""
    select held.worker_id, held.role, held.agency_id, held.partnership_id from people_roleheld held
    left join people_roleheld covered on covered.id = held.deputy_for_id
    where {IN_FORCE.format("held")} and (covered.id is null or ({IN_FORCE.format("covered")}))
      and exists (select from people_account account
        where account.worker_id = held.worker_id and account.is_active and account.kind = 'person')""",
)
# Glasses that the account asking reviews: those of others on the cases of a partnership that it governs, opened outside any
# agency where it works, or where nobody who governs works elsewhere; and, for scheduled work, all of its partnership's.
GLASSES = asked(
    "wall_reviewed",
    "setof uuid",
    f"""if exists ({held("role", ("information-governance", "clockwork"))}) then
      return query
      select glass.id from access_glass glass join engine_case matter on matter.id = glass.case_id
      where (matter.partnership_id = any (array({held("partnership_id", ("information-governance",))}))
              and glass.account_id is distinct from (select sightline_whoami())
              and (
                  not exists (select from wall_at_work mine
                      where mine.worker_id = (select wall_worker()) and mine.agency_id = glass.agency_id)
                  or not exists (select from wall_at_work other
                      join people_account opener on opener.id = glass.account_id
                      where other.role = 'information-governance' and other.partnership_id = matter.partnership_id
                        and other.worker_id is distinct from opener.worker_id
                        and not exists (select from wall_at_work beside
                          where beside.worker_id = other.worker_id and beside.agency_id = glass.agency_id))))
          or matter.partnership_id = any (array({held("partnership_id", ("clockwork",))}));
      end if""",
)
DRAFT_BEGUN = shown(
    "wall_draft_begun",
    f"""
    select draft.account_id, draft.case_id, draft.step, draft.saved_at
    from web_draft draft join engine_case matter on matter.id = draft.case_id
    where {case_seen("matter", NOT_ONLY_TOLD)}""",
)
VIEWS = "".join(
    (
        shown("wall_case", f"select matter.id from engine_case matter where {case_seen('matter')}"),
        shown(
            "wall_case_within",
            f"select matter.id from engine_case matter where {case_seen('matter', NOT_ONLY_TOLD)}",
        ),
        # An agency that only told the front door sees that there is a case, not the people within it.
        shown(
            "wall_person_within",
            f"""
            select subject.person_id from engine_casesubject subject join engine_case matter on matter.id = subject.case_id
            where subject.person_id is not null and {case_seen("matter", NOT_ONLY_TOLD)}""",
        ),
        shown(
            "wall_meeting",
            f"""
            select meeting.id from engine_meeting meeting join engine_case matter on matter.id = meeting.case_id
            where {case_seen("matter")}""",
        ),
        shown(
            "wall_seat",
            f"""
            select seat.id from engine_seat seat join engine_meeting meeting on meeting.id = seat.meeting_id
            join engine_case matter on matter.id = meeting.case_id where {case_seen("matter")}""",
        ),
        AT_WORK,
        GLASSES,
        # That a step was begun, by whom and when; what was typed is its writer's alone.
        DRAFT_BEGUN,
        # Links neither of whose ends is sealed; which cases they join, it does not say.
        shown(
            "wall_open_link",
            """
            select link.id from engine_link link
            join engine_case source on source.id = link.source_id join engine_case target on target.id = link.target_id
            where source.tier <> 'sealed' and target.tier <> 'sealed'""",
        ),
    )
)


def _new_or(table: str, view: str) -> str:
    """Whether a row of the table was written by this very transaction, or is seen.

    A row that can be read at all, and whose writer has not ended, is this transaction's own. `xmin` counts modulo 2^32; its
    whole number is the one nearest to this transaction's.
    """
    return f"""
    (select pg_xact_status((
        whole.now + ((row.xmin::text::bigint - whole.now % 4294967296 + 6442450944) % 4294967296 - 2147483648)
     )::text::xid8) = 'in progress'
     from {table} row, (select pg_current_xact_id()::text::bigint as now) whole where row.id = sought)
    or exists (select from {view} seen where seen.id = sought)"""


def _of_the_row(name: str, query: str, takes: str = "sought uuid") -> str:
    """A question about one row's key, asked where rows are written and never where they are read."""
    return f"""
    create function {name}({takes}) returns boolean language plpgsql volatile
    security definer set search_path = pg_catalog, public set enable_seqscan = off as $$
    begin
      return coalesce(({query}), false);
    end $$;
    revoke all on function {name} from public;
    grant execute on function {name} to {APP_ROLE};
    """


def _may_write(name: str, table: str, view: str) -> str:
    return _of_the_row(name, f"select {_new_or(table, view)}")


OF_MEETING = "select meeting.case_id from engine_meeting meeting where meeting.id = sought"
OF_SEAT = """select meeting.case_id from engine_seat seat join engine_meeting meeting on meeting.id = seat.meeting_id
    where seat.id = sought"""
# How long is the rule "glass-ends" of `rules.toml`, or the partnership's own limit; half a day whatever that says.
MAY_OPEN = f"""select matter.tier <> 'sealed' and matter.concerns = 'child'
    and matter.compartment in ({quoted(OPENED_BY_GLASS)})
    and matter.partnership_id = partnership
    and matter.partnership_id = any (array({held("partnership_id", IN_PERSON)}))
    and matter.id not in (select wall_kept_cases())
    and lasting <= least(interval '12 hours', coalesce(
        (select case when own."limit" > 0 and own.unit = 'hours' then make_interval(hours => own."limit")
             else interval '12 hours' end
         from limits_locallimit own join people_partnership here on here.key = own.partnership_key
         where here.id = partnership and own.rule_id = 'glass-ends' and own.variant = ''
           and own.valid_from <= {TODAY} and (own.valid_to is null or own.valid_to > {TODAY})
         order by own.valid_from desc limit 1),
        interval '4 hours'))
    from engine_case matter where matter.id = sought"""
OPENING = _of_the_row("wall_may_open", MAY_OPEN, "sought uuid, partnership uuid, lasting interval")


PERSON = shown("wall_person", f"select people_person.id from people_person where {PERSON_SEEN}")
WRITING = (
    PERSON
    + shown(
        "wall_household",
        """
        select member.household_id as id from people_householdmembership member
        where exists (select from wall_person person where person.id = member.person_id)""",
    )
    + _may_write("wall_may_write_case", "engine_case", "wall_case")
    + _may_write("wall_may_write_person", "people_person", "wall_person")
    + _may_write("wall_may_write_household", "people_household", "wall_household")
    + _of_the_row("wall_may_write_meeting", f"select wall_may_write_case(({OF_MEETING}))")
    + _of_the_row("wall_may_write_seat", f"select wall_may_write_case(({OF_SEAT}))")
    + OPENING
)
# Before a query's own condition PostgreSQL puts the policy's, unless the condition is known to leak nothing; and likeness of
# names and overlap of arrays are not. So these two ways in, which an index answers, are asked for with the owner's rights, and
# give only rows about what is seen; the rows themselves then meet their policy.
WAYS_IN = asked(
    "wall_names_like",
    "setof uuid",
    """return query
      select name.id from unnest(told) given (name)
      join people_personname name on name.normalised % people_plain_name(given.name)
        or name.normalised %> people_plain_name(given.name)
      where exists (select from wall_person person where person.id = name.person_id)""",
    takes="told text[]",
    afresh=True,
) + asked(
    "wall_rows_naming",
    "setof uuid",
    f"""named := array(
        select one.id from unnest(sought) one (id)
        where exists (select from wall_case matter where matter.id = one.id)
          or exists (select from wall_person person where person.id = one.id)
          or exists ({held("role", ("information-governance",))}));
      return query select row.id from audit_auditrow row where row.object_ids && named""",
    takes="sought uuid[]",
    declares="named uuid[];",
    afresh=True,
)
MAKE = VIEWS + WRITING + WAYS_IN
