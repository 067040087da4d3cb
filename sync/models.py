"""The files of sql/ as views, tables and macros of the master, each with its header as its comment.

What a file reads is found by the engine's own parser, so files need no list of what comes before what.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

import duckdb
import structlog

import sql
from sync.errors import ModelFailed
from sync.kept import Kept, drop_all
from sync.mirror import quoted, stored

FOLDERS = ("staging", "core", "settlement", "mart")
_KIND = re.compile(r"(view|table|macro|scalar)\s*(?:\((.*)\))?")
_ARGUMENT = re.compile(r"\s*(\w+)\s+([^,(]+(?:\([^)]*\))?)\s*(?:,|$)")

log = structlog.get_logger()

Name = tuple[str, str]  # schema, name; lower case


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a macro. type: as DuckDB names it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Model:
    """One file: its definition, kind (view, table, macro or scalar), arguments of a macro, and what it reads."""

    definition: sql.Definition
    kind: str
    arguments: tuple[Argument, ...]
    reads: frozenset[Name]

    @property
    def file(self) -> str:
        """Where it stands inside sql/."""
        return f"{self.definition.folder}/{self.definition.name}.sql"

    @property
    def name(self) -> Name:
        """Schema and name in the master."""
        return ("staging" if self.definition.folder == "staging" else "main", self.definition.name)

    @property
    def published(self) -> bool:
        """Whether it goes into a serving file."""
        return self.definition.folder != "staging" and self.definition.facts.get("published", "yes") != "no"


@dataclass(frozen=True, slots=True)
class Relation:
    """A model as it was built: its columns in order, each with its type; none for a scalar macro."""

    model: Model
    columns: tuple[tuple[str, str], ...]


def build(
    con: duckdb.DuckDBPyConnection, now: datetime, zone: ZoneInfo, root: Traversable | None = None
) -> tuple[Relation, ...]:
    """Build every model, in the order they read each other. now: aware UTC. root: another place of .sql files.

    A table stays as it is when neither its definition nor anything that it reads has changed since the last build.
    Short ids are given between the staging views and what reads them. Raises ModelFailed.
    """
    con.begin()
    try:
        relations, stood = _build_all(con, now, zone, root)
    except (ModelFailed, duckdb.Error):
        con.rollback()
        raise
    con.commit()
    log.info("models.built", models=len(relations), stood=stood)
    return tuple(relations)


def _build_all(
    con: duckdb.DuckDBPyConnection, now: datetime, zone: ZoneInfo, root: Traversable | None
) -> tuple[list[Relation], int]:
    """The relations, and how many tables among them were not built again."""
    models = ordered([modelled(con, definition) for folder in FOLDERS for definition in read(folder, root)])
    kept = Kept(con, models)
    con.execute("delete from meta.run")
    con.execute("insert into meta.run values (?, ?, ?)", [now.astimezone(zone).date(), stored(now), zone.key])
    drop_all(con, but=tuple(model.definition.name for model in models if model.kind == "table"))
    views_left = sum(model.definition.folder == "staging" for model in models)
    relations = []
    for model in models:
        relations.append(_build(con, model, kept))
        if model.definition.folder == "staging":
            views_left -= 1
            if not views_left:
                give_short_ids(con, models)
    kept.finish(now)
    return relations, kept.stood


def read(folder: str, root: Traversable | None = None) -> tuple[sql.Definition, ...]:
    """The definitions of one folder; none when there is no such folder. Raises ModelFailed for a header that cannot be read."""
    if not (root or files(sql)).joinpath(folder).is_dir():
        return ()
    try:
        return sql.read(folder, root)
    except sql.HeaderError as wrong:
        raise ModelFailed(folder, str(wrong)) from wrong


def ordered(models: Sequence[Model]) -> list[Model]:
    """The models, each after those it reads; else by folder and name. Raises ModelFailed when they read each other in a ring."""
    by_name = {model.name: model for model in models}
    if len(by_name) != len(models):
        double = next(m for m in models if by_name[m.name] is not m)
        raise ModelFailed(double.file, f"{by_name[double.name].file} has the same name")
    sorter = TopologicalSorter({m.name: [r for r in m.reads if r in by_name and r != m.name] for m in models})
    try:
        sorter.prepare()
    except CycleError as ring:
        names = [by_name[name].file for name in ring.args[1]]
        raise ModelFailed(names[0], "they read each other in a ring: " + " ← ".join(names)) from ring
    result: list[Model] = []
    waiting: list[tuple[int, Name]] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heapq.heappush(waiting, (FOLDERS.index(by_name[name].definition.folder), name))
        _, name = heapq.heappop(waiting)
        result.append(by_name[name])
        sorter.done(name)
    return result


def give_short_ids(con: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> None:
    """Number the keys of every `staging.ref_<kind>` that have no number yet, in order of their keys; numbers are never given twice."""
    names = [
        name for schema, name in (model.name for model in models) if schema == "staging" and name.startswith("ref_")
    ]
    if not names:
        return
    kinds = " union ".join(
        f"select {_literal(n.removeprefix('ref_'))} as kind, src_base, src_ref from staging.{quoted(n)}" for n in names
    )
    # One statement: in DuckDB 2.0.0 an insert that reads its own table, after another insert into it in the same
    # transaction, may leave its rows unseen until the file is opened anew.
    con.execute(
        f"""insert into meta.short_id
        select r.kind, r.src_base, r.src_ref, coalesce(m.last, 0) + row_number() over (partition by r.kind order by r.src_base, r.src_ref)
        from ({kinds}) as r
        left join (select kind, max(id) as last from meta.short_id group by kind) as m on m.kind = r.kind
        where not exists (from meta.short_id as s where s.kind = r.kind and s.src_base = r.src_base and s.src_ref = r.src_ref)"""
    )


def body_reads(con: duckdb.DuckDBPyConnection, query: str) -> frozenset[Name]:
    """Every table and function that a query names, by the engine's parse; what a CTE hides is left out. Raises ValueError.

    Parsed once for a process, which may build the same models every night.
    """
    if query not in _READ:
        _READ[query] = _parsed_reads(con, query)
    return _READ[query]


_READ: dict[str, frozenset[Name]] = {}


def _parsed_reads(con: duckdb.DuckDBPyConnection, query: str) -> frozenset[Name]:
    row = con.execute("select json_serialize_sql($query)", {"query": query}).fetchone()
    tree = json.loads(row[0]) if row else {}
    if tree.get("error"):
        raise ValueError(tree["error_message"])
    if len(tree["statements"]) != 1:
        raise ValueError("it holds more than one statement")
    return frozenset(_names(tree, frozenset()))


def _names(node: object, hidden: frozenset[str]) -> Iterator[Name]:
    """A CTE is seen by its later siblings and the main body, and by itself only when it is recursive."""
    if isinstance(node, list):
        for part in node:
            yield from _names(part, hidden)
    elif isinstance(node, dict):
        for entry in (node.get("cte_map") or {}).get("map", ()):
            recursive = entry["value"].get("query_node", {}).get("type") == "RECURSIVE_CTE_NODE"
            own = frozenset({str(entry["key"]).lower()})
            yield from _names(entry["value"], hidden | own if recursive else hidden)
            hidden |= own
        path = tuple(str(part).lower() for part in (node.get("qualified_name") or {}).get("path", ()))
        if path and not (node.get("type") == "BASE_TABLE" and len(path) == 1 and path[0] in hidden):
            yield ("main", path[0]) if len(path) == 1 else (path[-2], path[-1])
        for key, part in node.items():
            if key != "cte_map":
                yield from _names(part, hidden)


def modelled(con: duckdb.DuckDBPyConnection, definition: sql.Definition) -> Model:
    """A file as a model: its kind, arguments and what it reads. Raises ModelFailed."""
    file = f"{definition.folder}/{definition.name}.sql"
    default = "view" if definition.folder == "staging" else "table"
    kind = _KIND.fullmatch(definition.facts.get("kind", default).strip())
    if not kind:
        raise ModelFailed(file, f"kind is {definition.facts['kind']!r}; it is view, table, macro(…) or scalar(…)")
    arguments = tuple(Argument(name, kind_.strip().upper()) for name, kind_ in _ARGUMENT.findall(kind[2] or ""))
    try:
        reads = body_reads(con, f"select {definition.body}" if kind[1] == "scalar" else definition.body)
    except ValueError as wrong:
        raise ModelFailed(file, str(wrong)) from wrong
    return Model(definition, kind[1], arguments, reads)


def create(model: Model, schema: str) -> str:
    """The statement that makes a view, table or macro of a model."""
    name, body = f"{schema}.{quoted(model.definition.name)}", model.definition.body
    if model.kind == "scalar":  # no types: a bare DECIMAL would cut what it is given to three places
        return f"create macro {name}({', '.join(quoted(a.name) for a in model.arguments)}) as (\n{body}\n)"
    if model.kind == "macro":
        typed = ", ".join(f"{quoted(a.name)} {a.type}" for a in model.arguments)
        return f"create macro {name}({typed}) as table\n{body}"
    return f"create {model.kind} {name} as\n{body}"


def describe(con: duckdb.DuckDBPyConnection, model: Model, schema: str) -> tuple[tuple[str, str], ...]:
    """The real columns of what was built, each with its type."""
    if model.kind == "scalar":
        return ()
    call = f"({', '.join(f'cast(null as {a.type})' for a in model.arguments)})" if model.kind == "macro" else ""
    rows = con.execute(f"describe select * from {schema}.{quoted(model.definition.name)}{call}").fetchall()
    return tuple((str(row[0]), str(row[1])) for row in rows)


def comments(model: Model, schema: str, kind: str) -> Iterator[str]:
    """The statements that write a model's header into the catalog. kind: what stands there: view, table, macro or scalar."""
    name, said = f"{schema}.{quoted(model.definition.name)}", model.definition
    what = {"macro": "macro table", "scalar": "macro"}.get(kind, kind)
    yield f"comment on {what} {name} is {_literal(said.summary)}"
    if kind in ("view", "table"):
        for column in said.columns:
            yield f"comment on column {name}.{quoted(column.name)} is {_literal(column.description)}"


def _build(con: duckdb.DuckDBPyConnection, model: Model, kept: Kept) -> Relation:
    schema = model.name[0]
    try:
        stands = kept.stands(model)
        if not stands:
            if model.kind == "table":
                con.execute(f"drop table if exists {schema}.{quoted(model.definition.name)}")
            con.execute(create(model, schema))
        columns = describe(con, model, schema)
        kept.note(model, columns)
        hold_to_header(model, [name for name, _ in columns])
        for comment in comments(model, schema, model.kind) if model.published and not stands else ():
            con.execute(comment)
    except duckdb.Error as wrong:
        raise ModelFailed(model.file, str(wrong)) from wrong
    return Relation(model, columns)


def hold_to_header(model: Model, real: Sequence[str]) -> None:
    """Raise ModelFailed unless the header has a line for each real column, in their order."""
    said = [column.name for column in model.definition.columns]
    if said == list(real) or not (said or model.published):
        return
    undescribed = [name for name in real if name not in said]
    missing = [name for name in said if name not in real]
    if undescribed or missing:
        parts = [f"no header line for {', '.join(undescribed)}"] * bool(undescribed)
        parts += [f"no column for the header line of {', '.join(missing)}"] * bool(missing)
        raise ModelFailed(model.file, "; ".join(parts))
    raise ModelFailed(
        model.file, f"the header's columns stand in another order: {', '.join(said)}; real: {', '.join(real)}"
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
