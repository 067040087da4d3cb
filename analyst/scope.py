"""One own entity, or several, as if they were the whole company: what a certified statement reads is narrowed before it reads it.

A definition is written once, for the whole company. For chosen entities its text stays as it is; in front of it stand CTEs with the names of
the tables that it reads, directly or inside a macro, and hold the rows of those entities alone. The engine expands a macro where it is
called, so that the macro reads them too. What one entity owes another counts, unless both are chosen: the sum over all entities is the total
of the company and what its entities owe each other.

Own entities are told apart by a column of those tables, is_intercompany, and totals leave out what it marks. Asked to include them, a
statement reads the same tables with the mark gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import sql
from analyst.catalog import Catalog, Relation
from analyst.errors import Ambiguous, BadArgument, NotKnown
from analyst.kinds import NARROWING, WIDENING
from analyst.names import Ask
from analyst.snapshot import Snapshot

_TOLD = "chosen own entities alone; the others count as outsiders"
_INCLUDED = "what own entities owe each other is included"

_ORGS = """
SELECT org_id, name, coalesce(lower($text) IN (lower(org_id), bin, lower(name)), false) OR ({norm}($text) <> '' AND {norm}(name) = {norm}($text))
FROM org ORDER BY length(org_id), org_id
"""
_LABEL = re.compile(r".*\((\w+)\)")  # «name (BIN)» is what completion offers
_READ = re.compile(r"\b(?:from|join)\s+([a-z_]\w*)")
_WORD = re.compile(r"[a-z_]\w*")
_OPENING = re.compile(r"with(\s+recursive)?\b", re.IGNORECASE)
_ASKED = f"org_asked as (select unnest(string_split(${NARROWING}, ',')) as org_id)"
_OURS = "select org_id from org_asked"
_OF_ENTITY = f"org_id in ({_OURS})"
_OF_ACCOUNT = f"bank_account_id in (select a.bank_account_id from main.bank_account a where a.org_id in ({_OURS}))"
_PARTIES = f"select c.cp_id from main.cp c join main.org o on o.bin = c.bin_iin where o.org_id in ({_OURS})"
_ALL = "replace (false as is_intercompany)"
_BETWEEN = f"replace (coalesce(is_intercompany and cp_id in ({_PARTIES}), false) as is_intercompany)"


def told(bound: Mapping[str, Any]) -> str | None:
    """What is said of a number that is not of the whole company seen from outside. bound: its arguments as a worker takes them."""
    parts = [_TOLD] * (bound.get(NARROWING) is not None) + [_INCLUDED] * _is_widened(bound)
    return "; ".join(parts) or None


def _is_widened(bound: Mapping[str, Any]) -> bool:
    asked = bound.get(WIDENING)  # a pair, or a list of two where it was read back
    return asked is not None and asked[1] == "true"


def narrowed(statement: str, catalog: Catalog, bound: Mapping[str, Any]) -> str:
    """The statement over the chosen entities, their debts to each other included where that is asked; as it is where neither is.

    Raises BadArgument when it reads a relation of the company's own that does not say whose its rows are.
    """
    chosen, widened = bound.get(NARROWING) is not None, _is_widened(bound)
    if not (chosen or widened):
        return statement
    tables = _tables(statement, catalog, chosen=chosen, widened=widened)
    parts = [f"{name} as not materialized (\n{rows}\n)" for name, rows in tables.items()]
    if not parts and not chosen:
        return statement
    opening = _OPENING.match(statement)
    recursive = (opening and opening[1]) or ""
    rest = f",\n{statement[opening.end() :].lstrip()}" if opening else f"\n{statement}"
    return f"with{recursive}\n" + ",\n".join([_ASKED] * chosen + parts) + rest


def read(relations: Iterable[str], statement: str) -> tuple[str, ...]:
    """Of the relations that were read, those that the statement itself names: the narrowing names more."""
    named = frozenset(_READ.findall(statement.lower()))
    return tuple(name for name in relations if name in named)


def _words(statement: str) -> frozenset[str]:
    return frozenset(_WORD.findall(statement.lower()))


def _tables(statement: str, catalog: Catalog, *, chosen: bool, widened: bool) -> dict[str, str]:
    """The tables that a statement reads and that belong to entities, each with its rows of those asked for."""
    names = _words(statement)
    for macro in names & catalog.macros.keys():
        inside = catalog.inside(macro)
        # A snapshot that does not say what a macro reads: then anything may be read.
        names |= catalog.tables if inside is None else inside
    rows = {
        name: _rows(catalog.relations[name], chosen=chosen, widened=widened) for name in sorted(names & catalog.tables)
    }
    if not chosen:
        return {name: text for name, text in rows.items() if text}
    read = {*_READ.findall(statement.lower())}
    for macro in (read & catalog.macros.keys()) - _shipped():
        read |= catalog.inside(macro) or set()
    if whole := [name for name, text in rows.items() if not text and name in read - _shipped()]:
        why = f"{whole[0]} does not say whose its rows are: it has neither org_id nor bank_account_id"
        raise BadArgument(why, fix=f'describe {{"name":"{whole[0]}"}}')
    return {name: text for name, text in rows.items() if text}


@cache
def _shipped() -> frozenset[str]:
    """Relations of ours: of those without an entity it is known that nothing of one stands in them alone."""
    return frozenset().union(*(sql.names(folder) for folder in ("core", "settlement", "mart")))


def _rows(table: Relation, *, chosen: bool, widened: bool) -> str:
    """The rows of a table that belong to the entities asked for, own entities among the parties as these see them; empty for all as they are."""
    columns = {column.name for column in table.columns}
    owned = (
        "" if not chosen else _OF_ENTITY if "org_id" in columns else _OF_ACCOUNT if "bank_account_id" in columns else ""
    )
    between = (_ALL if widened else _BETWEEN) if {"is_intercompany", "cp_id"} <= columns else ""
    if not (owned or between):
        return ""
    return " ".join(filter(None, ("select *", between, f"from main.{table.name}", owned and f"where {owned}")))


async def entities(text: str, snapshot: Snapshot, ask: Ask) -> str:
    """Ids of the own entities that were meant, by id, BIN or name, several with commas between; in a fixed order.

    Raises NotKnown, or Ambiguous where two entities have the name.
    """
    norm = "name_norm" if "name_norm" in snapshot.catalog.scalars else "lower"
    rows: list[tuple[str, str, bool]] = []

    async def meant(part: str) -> list[str]:
        labelled = _LABEL.fullmatch(part.strip())
        found = await ask(snapshot, _ORGS.format(norm=norm), {"text": labelled[1] if labelled else part.strip()})
        rows[:] = [(str(one), str(name), bool(is_meant)) for one, name, is_meant in found]
        return [one for one, _, is_meant in rows if is_meant]

    ids = await meant(text)
    parts = [text] if ids else [part for part in re.split(r"[,;]", text) if part.strip()]
    found: set[str] = set()
    for part in parts:
        ids = ids or await meant(part)
        near = [f"{one} {name[:50]}" for one, name, _ in rows if one in ids or not ids]
        fix = 'query {"sql":"SELECT org_id, name, bin FROM org"}'
        if not ids:
            raise NotKnown(f"no own entity is called {part.strip()[:60]!r}", near=near, fix=fix)
        if len(ids) > 1:
            raise Ambiguous(f"{part.strip()[:60]!r} fits several own entities: say which by its id", near=near, fix=fix)
        found, ids = found | set(ids), []
    return ",".join(one for one, _, _ in rows if one in found)
