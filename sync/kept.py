"""Tables that need not be built again: those whose definition and whatever they read are, to the row, what they were.

A table has a recipe: the engine's version, its own file, those of the views and macros that it reads, and a digest of the rows of every
table behind them. meta.built keeps the recipe that made a table and, where others read it, a digest of the rows that came out: what reads
a table that was built anew and came out the same stands too. Where something is not known to give the same twice, there is no recipe.
A program that knows nothing of all this may have built in between: then meta.run tells of another moment, and nothing stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from sync.mirror import listed, quoted, stored

if TYPE_CHECKING:
    from sync.models import Model, Name

Columns = tuple[tuple[str, str], ...]  # names in order, each with its type

# The engine's parse holds these as columns.
_MOMENT = re.compile(r"\b(current_(date|time|timestamp|user)|local(time|timestamp))\b", re.IGNORECASE)
_SAME_EVERY_TIME = """
select lower(function_name) from duckdb_functions() where internal group by all having bool_and(stability = 'CONSISTENT')
union select lower(type_name) from duckdb_types()
"""
# The engine does not say it of its own macros, table functions and what it makes of words.
_SAME_TOO = frozenset({"array_to_string", "generate_series", "generate_subscripts", "if", "nullif", "range", "unnest"})


class Kept:
    """What the last build has left in the master, held against the models of now; asked in the order in which they are built.

    To be made before meta.run is written. stood: tables that were found to stand so far.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> None:
        self.stood = 0
        self._con = con
        self._models: Mapping[Name, Model] = {model.name: model for model in models}
        self._read = frozenset(name for model in models if model.kind == "table" for name in self._behind(model))
        self._same = {str(row[0]) for row in con.execute(_SAME_EVERY_TIME).fetchall()} | _SAME_TOO
        self._before: dict[str, tuple[str, str | None]] = {
            name: (recipe, digest)
            for name, recipe, digest in con.execute(
                "select name, recipe, digest from meta.built join meta.run on run.now = built.at"
            ).fetchall()
        }
        self._columns = _columns(con)
        self._now: list[tuple[str, str, str | None]] = []
        self._recipes: dict[Name, str | None] = {}
        self._digests: dict[Name, str | None] = {}

    def stands(self, model: Model) -> bool:
        """Whether the table is there and need not be built. What it reads must have been built."""
        recipe, digest = self._before.get(model.name[1], (None, None))
        if model.kind != "table" or model.name not in self._columns or recipe is None or recipe != self._recipe(model):
            return False
        if digest:
            self._digests[model.name] = digest
        self.stood += 1
        return True

    def note(self, model: Model, columns: Columns) -> None:
        """Remember a table as it stands now, built or kept."""
        if model.kind == "table":
            self._columns[model.name] = columns
            digest = self._digest(model.name) if model.name in self._read else None
            if recipe := self._recipe(model):
                self._now.append((model.name[1], recipe, digest))

    def finish(self, now: datetime) -> None:
        """Write down what was noted, and nothing of before. now: aware, the moment in meta.run."""
        self._con.execute("delete from meta.built")
        if self._now:
            names, recipes, digests = (list(part) for part in zip(*self._now, strict=True))
            self._con.execute(
                "insert into meta.built select unnest($names), unnest($recipes), unnest($digests::varchar[]), $at",
                {"names": names, "recipes": recipes, "digests": digests, "at": stored(now)},
            )

    def _behind(self, model: Model) -> Iterator[Name]:
        """Every table that a model reads, by itself or through views and macros."""
        for name in model.reads - {model.name}:
            read = self._models.get(name)
            if read and read.kind != "table":
                yield from self._behind(read)
            else:
                yield name

    def _recipe(self, model: Model) -> str | None:
        if model.name not in self._recipes:
            parts = [duckdb.__version__, repr(model.definition), *map(self._input, sorted(model.reads - {model.name}))]
            known = None not in parts and not _MOMENT.search(model.definition.body)
            text = "\n".join(map(str, parts))
            self._recipes[model.name] = hashlib.sha256(text.encode()).hexdigest() if known else None
        return self._recipes[model.name]

    def _input(self, name: Name) -> str | None:
        """What stands for a thing that is read; None where that cannot be known."""
        model = self._models.get(name)
        if model and model.kind != "table":
            return self._recipe(model)
        if model or name[0] in ("raw", "meta"):
            return self._digest(name)
        return name[1] if name[0] == "main" and name[1] in self._same else None

    def _digest(self, name: Name) -> str | None:
        """Columns, rows and two sums of the hashes of all rows, whatever their order; None for what is no table."""
        if name not in self._digests:
            columns = self._columns.get(name)
            row = f"hash({listed([column for column, _ in columns or ()])})"
            sums = f"select count(*), sum({row}), bit_xor({row}) from {name[0]}.{quoted(name[1])}"
            self._digests[name] = repr((columns, self._con.execute(sums).fetchone())) if columns else None
        return self._digests[name]


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Let nothing stand in the next build."""
    con.execute("delete from meta.built")


def drop_all(con: duckdb.DuckDBPyConnection, but: Sequence[str] = ()) -> None:
    """Drop what earlier builds have made, `but` tables of these names: a file that was removed takes its relation with it."""
    con.execute("drop schema if exists staging cascade")
    con.execute("create schema staging")
    made = con.execute(
        """select case when table_type = 'VIEW' then 'view' else 'table' end, table_name
        from information_schema.tables where table_schema = 'main' and table_catalog = current_database()
        union all
        select distinct if(function_type = 'table_macro', 'macro table', 'macro'), function_name from duckdb_functions()
        where schema_name = 'main' and not internal and database_name = current_database()"""
    ).fetchall()
    for kind, name in made:
        if kind == "table" and name in but:
            continue
        con.execute(f"drop {kind} if exists main.{quoted(name)}")


def _columns(con: duckdb.DuckDBPyConnection) -> dict[Name, Columns]:
    """The columns of every table of the master."""
    rows = con.execute(
        """select schema_name, table_name, list((column_name, data_type) order by column_index)
        from duckdb_columns() semi join duckdb_tables() using (database_name, schema_name, table_name)
        where database_name = current_database() and schema_name in ('raw', 'meta', 'main')
        group by all"""
    ).fetchall()
    return {(schema, table): tuple((name, kind) for name, kind in columns) for schema, table, columns in rows}
