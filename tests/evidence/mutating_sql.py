"""Mutants of the database's policies: one condition dropped or turned round, in the text that PostgreSQL gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

WORD = re.compile(r"'(?:[^']|'')*'|\b[a-zA-Z_]+\b|[();]")
BEGINS, ENDS = {"where", "on", "and", "or"}, {"and", "or", "union", "group", "order", "join", "left", "limit", "where"}


@dataclass(frozen=True)
class SqlMutant:
    """Statements that put a mutant in place and take it away. `table` is what its policy guards; empty: all of them."""

    where: str
    said: str
    put: str
    back: str
    table: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.said}"


def sql_mutants(owner: psycopg.Connection[Any], tables: tuple[str, ...]) -> Iterator[SqlMutant]:
    """Of the policies of some tables, and of every lookup and view behind them.

    A policy of what may be changed stands before nothing where the site's role has no right to change at all.
    """
    found = owner.execute(
        "select tablename, policyname, cmd, qual, with_check from pg_policies where tablename = any (%s) "
        "and (cmd <> 'UPDATE' or has_any_column_privilege('sightline_app', tablename, 'update')) order by 1, 2",
        [list(tables)],
    )
    for table, name, _, using, check in found.fetchall():
        for clause, text in (("using", using), ("with check", check)):
            alter = f"alter policy {name} on {table} {clause} "
            for said, changed in _changed(f" where {text}" if text else ""):
                put = f"{alter}({changed.removeprefix(' where ')})"
                yield SqlMutant(f"policy {name} on {table}, {clause}", said, put, f"{alter}({text})", table)
    functions = owner.execute(
        "select proname, pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace "
        "and (proname like 'wall\\_%' or proname in ('sightline_whoami', 'sightline_at_the_door')) order by 1"
    )
    for name, text in functions.fetchall():
        head, body, tail = text.split("$function$")
        for said, changed in _changed(body):
            yield SqlMutant(f"function {name}", said, f"{head}$function${changed}$function${tail}", text)
    views = owner.execute("select viewname, definition from pg_views where viewname like 'wall\\_%' order by 1")
    for name, text in views.fetchall():
        make = f"create or replace view {name} with (security_barrier) as "
        for said, changed in _changed(text):
            yield SqlMutant(f"view {name}", said, make + changed, make + text)


def _changed(text: str) -> Iterator[tuple[str, str]]:
    """The text with each condition in turn always so, and turned round; one side of an "or", never so."""
    for start, end, before in operands(text):
        condition = text[start:end].strip()
        said = " ".join(condition.split())
        nothing = "false" if before == "or" else "true"
        yield f"{nothing} for {said}", f"{text[:start]} {nothing} {text[end:]}"
        yield f"the opposite of {said}", f"{text[:start]} (not ({condition})) {text[end:]}"


def operands(text: str) -> list[tuple[int, int, str]]:
    """Where each condition of a where, on, and, or begins and ends, and which of these it stands by."""
    found: list[tuple[int, int, str]] = []
    tokens = [(one.group().lower(), one.start(), one.end()) for one in WORD.finditer(text)]
    for number, (word, _, end) in enumerate(tokens):
        if word in BEGINS or (word == "(" and _leads(tokens, number)):
            stop, next_word = _end_of(tokens, number + 1, len(text))
            by = "or" if "or" in (word, next_word) else word
            if text[end:stop].strip():
                found.append((end, stop, by))
    return found


def _leads(tokens: list[tuple[str, int, int]], number: int) -> bool:
    """Whether a bracket opens a run of conditions: an "and" or "or" stands in it at its own depth."""
    _, following = _end_of(tokens, number + 1, 0)
    return following in ("and", "or") and tokens[number + 1][0] != "select"


def _end_of(tokens: list[tuple[str, int, int]], number: int, last: int) -> tuple[int, str]:
    """Where the condition that begins at a token ends, and with which word."""
    depth = 0
    for word, start, _ in tokens[number:]:
        if depth == 0 and (word in ENDS or word in (")", ";")):
            return start, word
        depth += (word == "(") - (word == ")")
    return last, ""
