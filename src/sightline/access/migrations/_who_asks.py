"""Who asks? The account behind the transaction's token, and what follows from it: roles, agencies, parts, glass.

Each function reads tables that the site's own role may not read past its wall, so it runs with the owner's rights, on a
fixed path, and takes nothing from a row: a policy asks it once a query. What may give thousands of keys (an agency's
cases) is a view of the owner's instead, into which the planner can look: it answers for one case by an index, and for a
list by a hash. A view of the owner's also lets one policy look at another walled table without going round in a circle.

What each gives is what the account asking may know by the rules themselves. The one exception: somebody who could run
SQL of their own in the site's name would learn from `wall_kept_cases` the opaque ids of cases that are kept from them.
"""

from sightline.platform.database.roles import APP_ROLE, DOOR_ROLE

FRONT_DOOR = (
    "public-intake",
    "clockwork",
    "contact-officer",
    "front-door-worker",
    "emergency-duty-worker",
    "front-door-manager",
    "duty-manager",
    "service-manager",
    "team-manager",
    "business-support",
)
IN_PERSON = FRONT_DOOR[2:]
"""Of those, the roles that people sign in with: neither the public's form nor scheduled work."""
OPENED_BY_GLASS = ("front-door", "serious-incidents", "allegations", "child-deaths")
"""Compartments whose cases about a child one of them may open for a time without a part."""
GOVERNING = (
    "data-analyst",
    "safeguarding-partner",
    "lead-partner",
    "scrutineer",
    "support-hub",
    "group-chair",
    "moderator",
)
OWN_AGENCY = ("agency-lead", "agency-decision-maker", "lead-worker")
OWN_RETURNS = ("agency-signatory", "assurance-lead")
STATUTORY = ("safeguarding-partner", "lead-partner", "support-hub", "scrutineer")
READERS = {
    "front-door": FRONT_DOOR,
    "partnership": GOVERNING,
    "statutory-partners": STATUTORY,
    "audit-samples": ("support-hub",),
    "serious-incidents": STATUTORY,
    "scrutineer": ("scrutineer",),
}
"""Which roles read which compartment. Nobody reads "allegations" or "child-deaths" by role."""
CLOSER = {
    "team": (
        "front-door-manager",
        "duty-manager",
        "service-manager",
        "team-manager",
        "emergency-duty-worker",
        "clockwork",
    ),
    "restricted": ("clockwork",),
    "sealed": ("clockwork",),
}
"""Which roles read a tier beyond the open one, in their compartments."""


def quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _listed(named: dict[str, tuple[str, ...]]) -> str:
    return ",\n        ".join(f"('{key}', array[{quoted(roles)}])" for key, roles in named.items())


def held(column: str, roles: tuple[str, ...] = ()) -> str:
    """A sub-select of one column of the roles that the account asking holds today."""
    return f"select held.{column} from wall_held() held" + (f" where held.role in ({quoted(roles)})" if roles else "")


def live(part: str = "part") -> str:
    """A part in force: it ends by itself. The statement's time, for a part may be given earlier in this transaction."""
    return f"""{part}.starts_at <= statement_timestamp()
        and ({part}.ends_at is null or {part}.ends_at > statement_timestamp())"""


def asked(name: str, gives: str, body: str, takes: str = "", declares: str = "", afresh: bool = False) -> str:
    """A lookup with the owner's rights, which the site's role alone may call. Most give a handful of rows.

    A session keeps a function's plan. One made while the tables were small would read them from end to end ever after. And
    whoever asks is a sub-select in it, worked out once: a bare call would be made again for every row that it is held against.
    afresh: it is planned each time, for what it is given decides which index answers.
    """
    rows = "rows 10" if gives.startswith(("setof", "table")) else ""
    planned = "set plan_cache_mode = force_custom_plan" if afresh else ""
    return f"""
    create or replace function {name}({takes}) returns {gives} language plpgsql stable parallel safe {rows}
    security definer set search_path = pg_catalog, public set enable_seqscan = off {planned} as $$
    #variable_conflict use_column
    declare {declares or "-- nothing"}
    begin
      {body};
    end $$;
    revoke all on function {name} from public;
    grant execute on function {name} to {APP_ROLE};
    """


def shown(name: str, query: str) -> str:
    """A view of the owner's, which shows the site's role what the account asking may see, and may only be read."""
    return f"""
    create or replace view {name} with (security_barrier) as {query};
    revoke all on {name} from {APP_ROLE};
    grant select on {name} to {APP_ROLE};
    """


STILL_KNOWN = """token.hash = sha256(convert_to(current_setting('sightline.token', true), 'UTF8'))
          and token.made_at > statement_timestamp() - interval '24 hours'"""
ASKING = "wall_token token join people_account account on account.id = token.account_id"
"""Who asks, in one join: a lookup that called another that called a third would take twice as long, in every query."""

# The site knows tokens, never whose they are; the table it can neither read nor write. Whoever could run SQL of their own
# in the site's name has no other account's token, and cannot have one made.
TOKEN = f"""
create table wall_token (
  hash bytea primary key,
  account_id uuid not null,
  made_at timestamptz not null default now()
);
create index wall_token_made_at on wall_token (made_at);
revoke all on wall_token from {APP_ROLE};

create function sightline_mint(account uuid, hash bytea) returns void language plpgsql
security definer set search_path = pg_catalog, public as $$
begin
  delete from wall_token old where old.made_at < now() - interval '25 hours';
  insert into wall_token (hash, account_id) values (sightline_mint.hash, sightline_mint.account);
end $$;
revoke all on function sightline_mint from public;
grant execute on function sightline_mint to {DOOR_ROLE};
""" + asked(
    "sightline_whoami",
    "uuid",
    f"return (select token.account_id from wall_token token where {STILL_KNOWN})",
)

TODAY = "(statement_timestamp() at time zone 'Europe/London')::date"

# Cover ends with the role that is covered.
HELD = asked(
    "wall_held",
    "table (worker_id uuid, role text, agency_id uuid, partnership_id uuid)",
    f"""return query
      select held.worker_id, held.role::text, held.agency_id, held.partnership_id
      from {ASKING}
      join people_roleheld held on held.worker_id = account.worker_id
      left join people_roleheld covered on covered.id = held.deputy_for_id
      where {STILL_KNOWN} and account.is_active
        and held.valid_from <= {TODAY} and (held.valid_to is null or held.valid_to > {TODAY})
        and (covered.id is null or (
            covered.valid_from <= {TODAY} and (covered.valid_to is null or covered.valid_to > {TODAY})))""",
) + asked(
    "wall_worker",
    "uuid",
    f"return (select account.worker_id from {ASKING} where {STILL_KNOWN})",
)

READS = asked(
    "wall_reads",
    "table (partnership_id uuid, compartment text, tier text)",
    f"""return query
      select distinct held.partnership_id, reading.compartment, closeness.tier
      from wall_held() held
      join (values
        {_listed(READERS)}
      ) reading (compartment, readers) on held.role = any (reading.readers)
      join (values
        ('open', null),
        {_listed(CLOSER)}
      ) closeness (tier, readers) on closeness.readers is null or held.role = any (closeness.readers)""",
)

# An agency's part in a matter of the partnership counts for those of its roles that see nothing else, too.
ANSWERS = asked(
    "wall_answers",
    "table (agency_id uuid, concerns text)",
    f"""return query
      select held.agency_id, about.concerns
      from wall_held() held
      join (values ('child'), ('partnership')) about (concerns)
        on held.role in ({quoted(OWN_AGENCY)})
        or (held.role in ({quoted(OWN_RETURNS)}) and about.concerns = 'partnership')
      where held.agency_id is not null""",
)

# What my agency is told of where a notice names no role.
TOLD_OF = asked(
    "wall_told",
    "table (partnership_id uuid, agency_id uuid, concerns text)",
    f"""return query
      select held.partnership_id, held.agency_id, about.concerns
      from wall_held() held
      join (values ('child'), ('partnership')) about (concerns)
        on (held.role in ({quoted((*FRONT_DOOR, *OWN_AGENCY))}) and about.concerns = 'child')
        or (held.role in ({quoted(("agency-lead", *OWN_RETURNS))}) and about.concerns = 'partnership')
      where held.agency_id is not null""",
)

AGENCY_PART = shown(
    "wall_agency_part",
    f"""
    select part.case_id, part.part from engine_involvement part
    where part.agency_id = any (array({held("agency_id", OWN_AGENCY)})) and {live()}""",
)

# Somebody with a part in person sees the case at any tier; glass never opens a sealed one. What most people have none of is
# not looked for: a plan made for anybody's number would read a table through.
MINE = asked(
    "wall_mine",
    "setof uuid",
    f"""select array_agg(held.worker_id), array_agg(held.partnership_id),
          array_agg(held.agency_id) filter (where held.role in ({quoted(OWN_RETURNS)}) and held.agency_id is not null)
        into workers, partnerships, agencies from wall_held() held;
      return query
      select part.case_id from engine_involvement part
      where part.worker_id = any (workers) and {live()};
      return query
      select glass.case_id from access_glass glass
      join engine_case matter on matter.id = glass.case_id and matter.tier <> 'sealed'
      where glass.account_id = (select sightline_whoami())
        and glass.partnership_id = any (partnerships)
        and glass.opened_at <= statement_timestamp() and glass.ends_at > statement_timestamp();
      if agencies is not null then
        return query
        select part.case_id from engine_involvement part
        join engine_case matter on matter.id = part.case_id
        where part.agency_id = any (agencies) and {live()}
          and matter.concerns = 'partnership' and matter.tier in ('open', 'team');
      end if""",
    declares="workers uuid[]; partnerships uuid[]; agencies uuid[];",
)

# Somebody matched only as told has no record yet: the case they are told of on is kept, and whatever came of it was handed them.
KEPT = asked(
    "wall_kept_persons",
    "setof uuid",
    f"""return query
      select interest.person_id from {ASKING}
      join access_interest interest on interest.worker_id = account.worker_id
      where {STILL_KNOWN} and interest.cleared_at is null and interest.person_id is not null""",
) + asked(
    "wall_kept_cases",
    "setof uuid",
    f"""select array_agg(interest.person_id) filter (where interest.person_id is not null),
          array_agg(matched.case_id) filter (where matched.case_id is not null)
        into persons, as_told from {ASKING}
        join access_interest interest on interest.worker_id = account.worker_id
        left join engine_casesubject matched on matched.id = interest.subject_id
        where {STILL_KNOWN} and interest.cleared_at is null;
      if persons is not null then
        return query select subject.case_id from engine_casesubject subject where subject.person_id = any (persons);
      end if;
      if as_told is not null then
        return query
        with recursive came (id) as (
          select unnest(as_told)
          union
          select next.id from came join lateral (
            select matter.id from engine_case matter where matter.parent_id = came.id
            union all
            select link.target_id from engine_link link
            where link.source_id = came.id and link.kind in ('asked', 'opened')) next on true)
        select came.id from came;
      end if""",
    declares="persons uuid[]; as_told uuid[];",
)

MAKE = "".join((TOKEN, HELD, READS, ANSWERS, TOLD_OF, AGENCY_PART, MINE, KEPT))
